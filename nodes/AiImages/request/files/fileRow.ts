/** A row of *Input Images*, or the one of *Mask* or *Markup*, as the user filled it in. */
export interface FileRow {
	readonly source?: unknown;
	readonly binaryField?: unknown;
	readonly url?: unknown;
	readonly base64?: unknown;
	readonly fileId?: unknown;
	/** Rows whose files `*` leaves out. */
	readonly not?: ReadonlyArray<FileRow | null>;
}
