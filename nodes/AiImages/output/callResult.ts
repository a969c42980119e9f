import type { ParameterName } from '../models';
import type { Metadata } from '../services/types';
import type { FoundImage } from './items';
import type { StoredImage } from './storeImage';
import type { MissingImage } from './warnings';

/** A stored image with the position that its file name states. */
export interface NamedImage extends StoredImage {
	/** Position among the images of the item, from 0. */
	readonly namedAs: number;
}

/** An image of a call. */
export interface CallImage extends FoundImage {
	readonly image: NamedImage;
	/** Where it was downloaded from, if the response only linked to it. */
	readonly link?: string;
}

/** An image that was generated, but not downloaded yet. */
export interface LinkedImage {
	/** Position in the response, from 0. */
	readonly index: number;
	readonly link: string;
	/** What the response reports about this image alone. */
	readonly metadata: Metadata;
}

/** The result of a call. Plain data: n8n keeps it for a retry of the execution. */
export interface CallResult {
	readonly images: readonly CallImage[];
	/** Images that are still to be downloaded. */
	readonly links: readonly LinkedImage[];
	readonly previews: readonly StoredImage[];
	/** What the response reports about all its images. */
	readonly metadata: Metadata;
	/** HTTP status of the response. */
	readonly status: number;
	readonly requestId: string;
	readonly attempts: number;
	/** Milliseconds, retry delays included. */
	readonly durationMs: number;
	readonly warnings: readonly string[];
	/** How many images were requested. */
	readonly requested: number;
	/** Results that are no images. */
	readonly missing: readonly MissingImage[];
	/** Why the response ended early, or the error that it reports beside its images. */
	readonly responseError?: string;
	/** Parameters that were left out because the API does not know them. */
	readonly dropped: readonly ParameterName[];
}

/** A call without any image. */
export interface FailedCall {
	readonly requested: number;
	readonly error: unknown;
}

export type Outcome = CallResult | FailedCall;

export function succeeded(outcome: Outcome): outcome is CallResult {
	return 'images' in outcome;
}
