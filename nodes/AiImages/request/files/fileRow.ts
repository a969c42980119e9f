/** A row of *Input Images*, *Mask* or *Markup*, with the raw values of its fields. */
export interface FileRow {
	readonly source?: unknown;
	readonly binaryField?: unknown;
	readonly url?: unknown;
	readonly base64?: unknown;
	readonly fileId?: unknown;
	/** Rows whose files `*` doesn't include. */
	readonly not?: readonly FileRow[];
}
