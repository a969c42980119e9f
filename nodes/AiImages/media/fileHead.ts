import { detectImage, type ImageInfo } from './detectImage';

/** Enough for every format, except for a JPEG with more metadata than this before its size. */
export const MAX_HEAD_BYTES = 4_194_304;

/** Collects the beginning of a file, piece by piece, until it says enough about the image. */
export class FileHead {
	private pieces: Buffer[] = [];
	private length = 0;
	/** Length of the head, in bytes, at which it is looked at again. */
	private nextCheck = 0;

	/**
	 * @param isEnough whether the image needs no further bytes
	 * @param maxBytes length at which the head is complete, whatever it says
	 */
	constructor(
		private readonly isEnough: (image: ImageInfo) => boolean,
		private readonly maxBytes = MAX_HEAD_BYTES,
	) {}

	/** @returns whether the head is complete with this piece */
	push(piece: Buffer): boolean {
		this.pieces.push(piece);
		this.length += piece.length;
		if (this.length < this.nextCheck) return false;
		const { image } = this.read();
		// Each check copies the head, so it has to double before the next one.
		this.nextCheck = Math.min(this.length * 2, this.maxBytes);
		return this.length >= this.maxBytes || (image !== null && this.isEnough(image));
	}

	/** What was pushed, and the image that it is the beginning of; null = none that is known. */
	read(): { readonly bytes: Buffer; readonly image: ImageInfo | null } {
		const bytes =
			this.pieces.length === 1 ? (this.pieces[0] as Buffer) : Buffer.concat(this.pieces);
		this.pieces = [bytes];
		return { bytes, image: detectImage(bytes) };
	}
}
