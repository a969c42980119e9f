import { ApiError } from '../errors';
import type { ParameterName } from '../models';
import type { MissingImage } from './warnings';
import type { FoundImage } from './items';
import type { JsonRecord } from '../values/json';
import type { StoredImage } from './storeImage';

/** A stored image with the position that its name tells. */
export interface NamedImage extends StoredImage {
	/** Its position among the images of the item, from 0. */
	readonly namedAs: number;
}

/** An image of a call. */
export interface CallImage extends FoundImage {
	readonly image: NamedImage;
	/** Where it was downloaded from, if the response only linked to it. */
	readonly link?: string;
}

/** An image that is made and not downloaded yet. */
export interface LinkedImage {
	/** Position in the response, from 0. */
	readonly index: number;
	readonly link: string;
	/** What the server says of this image alone. */
	readonly metadata: JsonRecord;
}

/** What a call has brought: plain data, so that a retry of the execution can go on with it. */
export interface CallResult {
	readonly images: readonly CallImage[];
	/** Those that are still to be downloaded. */
	readonly links: readonly LinkedImage[];
	readonly partials: readonly StoredImage[];
	/** What the server says of all images of the call. */
	readonly metadata: JsonRecord;
	/** HTTP status of the response. */
	readonly status: number;
	readonly requestId: string;
	readonly attempts: number;
	/** Milliseconds, pauses included. */
	readonly durationMs: number;
	readonly warnings: readonly string[];
	/** How many images were wanted. */
	readonly requested: number;
	/** Why results of the response are no images. */
	readonly missing: readonly MissingImage[];
	/** Why the response ended early, or what it complains of beside its images. */
	readonly responseError?: string;
	/** Parameters that were left out because the server does not know them. */
	readonly dropped: readonly ParameterName[];
}

/** A call that brought nothing. */
export interface FailedCall {
	readonly requested: number;
	readonly error: unknown;
}

/** What became of a call. */
export type Outcome = CallResult | FailedCall;

export function succeeded(outcome: Outcome): outcome is CallResult {
	return 'images' in outcome;
}

/** A failure as a reason beside images that came. */
export function errorSentences(error: unknown): string {
	if (error instanceof ApiError) return `${sentence(error.message)} ${error.advice}`;
	return sentence(error instanceof Error ? error.message : String(error));
}

function sentence(text: string): string {
	return `${text.replace(/\.$/, '')}.`;
}
