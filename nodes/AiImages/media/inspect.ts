import { detectImage, HEAD_BYTES, type ImageInfo } from './detectImage';
import { describeCutOff, describeFile, type Defect } from './defect';
import { EndFinder } from './fileEnd';

/** What the bytes of a file say. */
export interface Inspection {
	/** null = no image that is known. */
	readonly mediaType: ImageInfo | null;
	/** Length in bytes; null = the file was not read to its end. */
	readonly length: number | null;
	/** Why the file cannot be used; null = nothing speaks against it. */
	readonly defect: Defect | null;
	/** The end that its format marks is there. */
	readonly isWhole: boolean;
	/** And nothing follows it. */
	readonly endsAtMark: boolean;
}

/** Largest file that is read to its end, in bytes; models take less. */
const MAX_READ = 67_108_864;

/** Reads a file once, and holds no more of it than it takes to know what it is. */
export async function inspect(pieces: AsyncIterable<Buffer>): Promise<Inspection> {
	const inspector = new Inspector();
	for await (const piece of pieces) {
		inspector.push(piece);
		if (inspector.hasSeenEnough) return inspector.result(false);
	}
	return inspector.result(true);
}

/** The same for bytes that are all there. */
export function inspectBytes(bytes: Buffer): Inspection {
	const inspector = new Inspector();
	inspector.push(bytes);
	return inspector.result(true);
}

class Inspector {
	private length = 0;
	/** The beginning, as long as it does not tell enough. */
	private head: Buffer[] = [];
	/** Bytes of the head when it was looked at. */
	private lookedAt = 0;
	private found: { mediaType: ImageInfo | null; defect: Defect | null } | null = null;
	private ending: EndFinder | null = null;

	push(piece: Buffer): void {
		this.length += piece.length;
		if (this.found) {
			this.ending?.push(piece);
			return;
		}
		this.head.push(piece);
		// Each look copies the head, which pays once it has grown by half.
		if (this.length > this.lookedAt * 1.5) this.look(false);
	}

	/** Nothing that follows is of interest. */
	get hasSeenEnough(): boolean {
		return this.length > MAX_READ || (this.found !== null && !this.ending);
	}

	/** @param isAll whether the file was read to its end */
	result(isAll: boolean): Inspection {
		const { mediaType, defect } = this.found ?? this.look(true);
		const isCutOff = isAll && this.ending?.isOpen && mediaType && isStrict(mediaType);
		return {
			mediaType,
			length: isAll ? this.length : null,
			defect: isCutOff ? describeCutOff(mediaType.format) : defect,
			isWhole: typeof this.ending?.end === 'number',
			endsAtMark: isAll && this.ending?.end === this.length,
		};
	}

	private look(isLast: boolean): NonNullable<Inspector['found']> {
		const head = Buffer.concat(this.head);
		const mediaType = detectImage(head);
		this.lookedAt = head.length;
		const isComplete =
			mediaType?.width && (mediaType.format !== 'png' || mediaType.hasAlpha !== null);
		const found = { mediaType, defect: mediaType ? null : describeFile(head) };
		if (!isComplete && !isLast && head.length < HEAD_BYTES) return found;
		this.found = found;
		this.ending = mediaType && EndFinder.for(mediaType.format);
		this.ending?.push(head);
		this.head = [];
		return found;
	}
}

/** Programs show a GIF without its last byte. */
function isStrict({ format }: ImageInfo): boolean {
	return format !== 'gif';
}
