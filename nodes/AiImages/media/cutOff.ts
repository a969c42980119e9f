/**
 * The same bytes of a file, but for the end of one that was cut off: a connection that breaks looks
 * like an end where no length was told before. Only what its format tells for sure counts.
 *
 * @param cutOff makes what is thrown behind the last byte of a file that is not complete
 */
export async function* requireComplete(
	bytes: AsyncIterable<Buffer>,
	cutOff: () => Error,
): AsyncGenerator<Buffer> {
	const end = new ExpectedEnd();
	for await (const piece of bytes) {
		end.look(piece);
		yield piece;
	}
	if (end.isMissing) throw cutOff();
}

/** What a format ends with: https://www.w3.org/TR/png-3/#11IEND and ITU-T T.81, B.1.1.3 (EOI). */
const ENDS: ReadonlyArray<readonly [beginning: Buffer, end: Buffer]> = [
	[Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('IEND')],
	[Buffer.from('ffd8ff', 'hex'), Buffer.from('ffd9', 'hex')],
];

/** Bytes that tell the format, and how long the file is. */
const HEAD = 12;
/** What an end can have in the piece before. */
const OVERLAP = 3;

class ExpectedEnd {
	private head = Buffer.alloc(0);
	private last = Buffer.alloc(0);
	private length = 0;
	private wasSeen = false;

	look(piece: Buffer): void {
		this.length += piece.length;
		if (this.head.length < HEAD) this.head = Buffer.concat([this.head, piece.subarray(0, HEAD)]);
		const end = this.end;
		if (this.wasSeen || !end) return;
		const seam = Buffer.concat([this.last, piece.subarray(0, OVERLAP)]);
		this.wasSeen = seam.includes(end) || piece.includes(end);
		this.last = Buffer.concat([this.last, piece.subarray(-OVERLAP)]).subarray(-OVERLAP);
	}

	get isMissing(): boolean {
		if (this.end) return !this.wasSeen;
		// https://developers.google.com/speed/webp/docs/riff_container#webp_file_header
		const isWebp = this.head.toString('latin1', 0, 4) === 'RIFF' && this.head.length >= HEAD;
		return isWebp && this.length < this.head.readUInt32LE(4) + 8;
	}

	private get end(): Buffer | undefined {
		return ENDS.find(([beginning]) =>
			this.head.subarray(0, beginning.length).equals(beginning),
		)?.[1];
	}
}
