/**
 * Passes a file through, and fails at its end if the file is cut off: where the server didn't
 * declare a length, a connection that breaks looks like the end of the file.
 *
 * Unlike `EndFinder`, this check only searches for an end mark, on purpose. A false alarm here repeats
 * a download for a minute and adds a warning to an image that is fine, whereas a cut that goes
 * unnoticed in an input file leads to an edit of half an image that is billed. So any end mark is
 * enough here, even that of a thumbnail inside the file, or one without its checksum. A damaged
 * structure, where `EndFinder` gives up, doesn't hide a missing end mark either.
 *
 * @param cutOffError makes the error that is thrown after the last byte
 */
export async function* requireComplete(
	bytes: AsyncIterable<Buffer>,
	cutOffError: () => Error,
): AsyncGenerator<Buffer> {
	const check = new CompletenessCheck();
	for await (const piece of bytes) {
		check.push(piece);
		yield piece;
	}
	if (check.isCutOff) throw cutOffError();
}

/** End marks: https://www.w3.org/TR/png-3/#11IEND and ITU-T T.81, B.1.1.3 (EOI). */
const END_MARKS: ReadonlyArray<readonly [signature: Buffer, endMark: Buffer]> = [
	[Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('IEND')],
	[Buffer.from('ffd8ff', 'hex'), Buffer.from('ffd9', 'hex')],
];

/** Contains the signature of every format, and the length that a WebP declares. */
const HEADER_BYTES = 12;

/** The longest part of an end mark that the piece before can contain. */
const MAX_OVERLAP_BYTES = 3;

class CompletenessCheck {
	private head = Buffer.alloc(0);
	/** The last bytes of the pieces so far. */
	private tail = Buffer.alloc(0);
	private length = 0;
	private hasEndMark = false;

	push(piece: Buffer): void {
		this.length += piece.length;
		if (this.head.length < HEADER_BYTES) {
			this.head = Buffer.concat([this.head, piece.subarray(0, HEADER_BYTES)]);
		}
		const { endMark } = this;
		if (this.hasEndMark || !endMark) return;
		const seam = Buffer.concat([this.tail, piece.subarray(0, MAX_OVERLAP_BYTES)]);
		this.hasEndMark = seam.includes(endMark) || piece.includes(endMark);
		const lastBytes = Buffer.concat([this.tail, piece.subarray(-MAX_OVERLAP_BYTES)]);
		this.tail = lastBytes.subarray(-MAX_OVERLAP_BYTES);
	}

	get isCutOff(): boolean {
		if (this.endMark) return !this.hasEndMark;
		// https://developers.google.com/speed/webp/docs/riff_container#webp_file_header
		const isRiff = this.head.toString('latin1', 0, 4) === 'RIFF';
		if (!isRiff || this.head.length < HEADER_BYTES) return false;
		return this.length < this.head.readUInt32LE(4) + 8;
	}

	private get endMark(): Buffer | undefined {
		return END_MARKS.find(([signature]) =>
			this.head.subarray(0, signature.length).equals(signature),
		)?.[1];
	}
}
