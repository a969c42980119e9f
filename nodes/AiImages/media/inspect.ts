import type { ImageInfo } from './detectImage';
import { cutOffDefect, notAnImageDefect, type Defect } from './defect';
import { EndFinder } from './fileEnd';
import { FileHead, MAX_HEAD_BYTES } from './fileHead';

/** What the bytes of a file say. */
export interface Inspection {
	/** null = not an image in a known format. */
	readonly image: ImageInfo | null;
	/** Bytes; null = the file was not read to its end. */
	readonly length: number | null;
	/** Why the file can't be used; null = no reason found. */
	readonly defect: Defect | null;
	/** The image is complete. */
	readonly hasEnd: boolean;
	/** The image is complete, and nothing follows it. */
	readonly isExact: boolean;
}

/** Reads a file once, and holds no more of it than its head. */
export async function inspectFile(pieces: AsyncIterable<Buffer>): Promise<Inspection> {
	const inspector = new Inspector();
	for await (const piece of pieces) {
		inspector.push(piece);
		if (inspector.isDone) return inspector.result({ isWholeFile: false });
	}
	return inspector.result({ isWholeFile: true });
}

/** The same for pieces that are in memory anyway, all of which are read. */
export function inspectPieces(pieces: Iterable<Buffer>): Inspection & { readonly length: number } {
	const inspector = new Inspector();
	let length = 0;
	for (const piece of pieces) {
		length += piece.length;
		inspector.push(piece);
	}
	return { ...inspector.result({ isWholeFile: true }), length };
}

/** Largest file that is read to its end; models accept smaller ones only. */
const MAX_INSPECTED_BYTES = 67_108_864;

/** Photos can have several megabytes of metadata, such as depth maps, before their size. */
const MAX_INPUT_HEAD_BYTES = 1.5 * MAX_HEAD_BYTES;

class Inspector {
	private length = 0;
	/** null once it has been read. */
	private head: FileHead | null = new FileHead(isEnough, MAX_INPUT_HEAD_BYTES);
	private image: ImageInfo | null = null;
	private defect: Defect | null = null;
	/** null for formats whose end isn't checked. */
	private endFinder: EndFinder | null = null;

	push(piece: Buffer): void {
		this.length += piece.length;
		if (!this.head) this.endFinder?.push(piece);
		else if (this.head.push(piece)) this.readHead(this.head);
	}

	/** The rest of the file says nothing more. */
	get isDone(): boolean {
		return this.length > MAX_INSPECTED_BYTES || (!this.head && !this.endFinder);
	}

	result({ isWholeFile }: { isWholeFile: boolean }): Inspection {
		if (this.head) this.readHead(this.head);
		const { image, length, endFinder } = this;
		const isCutOff = isWholeFile && image && endFinder?.isOpen && needsEndMark(image);
		return {
			image,
			length: isWholeFile ? length : null,
			defect: isCutOff ? cutOffDefect(image.format) : this.defect,
			hasEnd: typeof endFinder?.end === 'number',
			isExact: isWholeFile && endFinder?.end === length,
		};
	}

	private readHead(head: FileHead): void {
		const { bytes, image } = head.read();
		this.head = null;
		this.image = image;
		if (image) this.endFinder = EndFinder.for(image.format);
		else this.defect = notAnImageDefect(bytes);
		this.endFinder?.push(bytes);
	}
}

function isEnough({ format, width, hasAlpha }: ImageInfo): boolean {
	return Boolean(width) && (format !== 'png' || hasAlpha !== null);
}

/** Programs display a GIF that lacks its end mark, a single byte. */
function needsEndMark({ format }: ImageInfo): boolean {
	return format !== 'gif';
}
