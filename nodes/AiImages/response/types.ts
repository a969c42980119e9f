import type { ApiError } from '../errors';
import type { JsonRecord } from '../values/json';

/** One result of a response: a stored image, a link to one, or why there is neither. */
export interface Entry<Image, Reported = JsonRecord> {
	readonly image?: Image;
	readonly link?: string;
	readonly error?: ApiError;
	/** What else the response reports about it, such as the revised prompt. */
	readonly metadata: Reported;
	/** It has the bytes of an input image. It is a result only if there is no other. */
	readonly isInput?: boolean;
}

/** A successful response. */
export interface Decoded<Image, Reported = JsonRecord> {
	/** What the response reports beside its images. */
	readonly metadata: Reported;
	readonly entries: ReadonlyArray<Entry<Image, Reported>>;
	/** Previews, in the order of their arrival. */
	readonly previews: readonly Image[];
	/** The error that the response reports beside its images, or that ended it early. */
	readonly error?: ApiError | undefined;
}

/** What is known about an image before it arrives. */
export interface Expected {
	/** A preview, not a result. */
	readonly isPreview: boolean;
	/** How many results of the response precede it. */
	readonly position: number;
	/** Only bytes that tell width and height are an image: its key says nothing. */
	readonly mustTellSize: boolean;
}

/** Where the images of a response go. */
export interface ImageStore<Image> {
	/**
	 * Stores an image while it arrives. Bytes that are not read are skipped.
	 *
	 * @returns null if nothing was stored: the bytes are no image, or an unwanted preview
	 */
	readonly store: StoreImage<Image>;
	/** Whether two images have the same bytes. */
	isSame(one: Image, other: Image): Promise<boolean>;
	/** Whether an image has the bytes of an input image. */
	isInput(image: Image): Promise<boolean>;
	/** Whether a link is the URL of an input image. */
	isInputLink(link: string): boolean;
}

export type StoreImage<Image> = (
	bytes: AsyncIterable<Buffer>,
	expected: Expected,
) => Promise<Image | null>;

/** An image that the splitter found. */
export interface SplitImage<Image> {
	/** null = the bytes are no image, or an unwanted preview. */
	readonly image: Image | ApiError | null;
	/** Its key says that it is an image. */
	readonly isCertain: boolean;
}

/** By the placeholders that replace them in the skeleton. */
export type SplitImages<Image> = Map<string, SplitImage<Image>>;
