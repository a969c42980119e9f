import type { Path } from './path';

interface UploadRules {
	/** Bytes of a file that the request itself can have, as a data URL. */
	readonly inlineBytes: number;
	readonly path: string;
	/** Where the response has the address that the request names in place of the file. */
	readonly url: Path;
}

/** A form with the file. */
export interface FormUpload extends UploadRules {
	/** The part of the form that has the file. */
	readonly part: string;
}

/** JSON about the file. The response names an address that takes the bytes by `PUT`, without the key. */
export interface SignedUpload extends UploadRules {
	/** Where `path` is, if the credential has the service's own address. One of its `origins`. */
	readonly origin: string;
	/** What the JSON calls what it tells about the file. */
	readonly facts: { readonly fileName: string; readonly mimeType: string };
	readonly headers: Readonly<Record<string, string>>;
	/** Where the response has the address for the bytes. */
	readonly target: Path;
}

/** How input files that are too large for a request are uploaded before it. */
export type Upload = FormUpload | SignedUpload;
