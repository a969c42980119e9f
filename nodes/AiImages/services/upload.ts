import type { Path } from './path';

/** How input files that are too large for a request are uploaded before it. */
export interface Upload {
	/** Bytes of a file that the request itself can have, as a data URL. */
	readonly inlineBytes: number;
	readonly path: string;
	/** The part of the form that has the file. */
	readonly part: string;
	/** Where the response has the address that the request names in place of the file. */
	readonly url: Path;
}
