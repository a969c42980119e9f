/** What a parser asks for: the next bytes, to pass over some, or the place behind a sequence. */
type Step = { readonly take: number } | { readonly skip: number } | { readonly find: Buffer };

/** Goes through a file; true at its end, false where its structure is broken. */
type Walk = Generator<Step, boolean, Buffer>;

/** Formats whose files say where they end. */
type WalkedFormat = 'png' | 'jpeg' | 'webp' | 'gif';

const WALKS: Readonly<Record<WalkedFormat, () => Walk>> = {
	png: walkPng,
	jpeg: walkJpeg,
	webp: walkWebp,
	gif: walkGif,
};

/**
 * Finds the end that an image file marks by itself, piece by piece, without keeping the pieces.
 * Files are not decoded: one whose inside is damaged counts as whole.
 */
export class EndFinder {
	/** Offset of the byte behind the end mark; null = not reached, or not to be found. */
	end: number | null = null;
	private rest: Buffer = NOTHING;
	private position = 0;
	private step: Step | null;
	private readonly walk: Walk;

	private constructor(format: WalkedFormat) {
		this.walk = WALKS[format]();
		this.step = this.walk.next(NOTHING).value as Step;
	}

	/** @returns null for formats without an end mark */
	static for(format: string): EndFinder | null {
		return Object.hasOwn(WALKS, format) ? new EndFinder(format as WalkedFormat) : null;
	}

	/** Whether all that was pushed belongs to the file, and more has to follow. */
	get isOpen(): boolean {
		return this.step !== null;
	}

	push(piece: Buffer): void {
		if (!this.step) return;
		this.rest = this.rest.length > 0 ? Buffer.concat([this.rest, piece]) : piece;
		while (this.step && this.advance(this.step));
	}

	/** Does what a step asks for, or as much of it as the bytes allow. */
	private advance(step: Step): boolean {
		if ('take' in step) {
			if (this.rest.length < step.take) return false;
			const bytes = this.rest.subarray(0, step.take);
			this.drop(step.take);
			return this.proceed(bytes);
		}
		if ('skip' in step) {
			const count = Math.min(step.skip, this.rest.length);
			this.drop(count);
			if (count === step.skip) return this.proceed(NOTHING);
			this.step = { skip: step.skip - count };
			return false;
		}
		const at = this.rest.indexOf(step.find);
		if (at < 0) {
			this.drop(Math.max(0, this.rest.length - step.find.length + 1));
			return false;
		}
		this.drop(at + step.find.length);
		return this.proceed(NOTHING);
	}

	private drop(count: number): void {
		this.position += count;
		this.rest = this.rest.subarray(count);
	}

	private proceed(bytes: Buffer): boolean {
		const { done, value } = this.walk.next(bytes);
		if (done && value) this.end = this.position;
		this.step = done ? null : value;
		if (done) this.rest = NOTHING;
		return !done;
	}
}

const NOTHING = Buffer.alloc(0);

/** https://www.w3.org/TR/png-3/#5Chunk-layout */
function* walkPng(): Walk {
	yield { skip: 8 };
	for (;;) {
		const header = yield { take: 8 };
		const type = header.toString('latin1', 4);
		if (!/^[A-Za-z]{4}$/.test(type)) return false;
		yield { skip: header.readUInt32BE(0) + 4 };
		if (type === 'IEND') return true;
	}
}

const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;

/** https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B */
function* walkJpeg(): Walk {
	yield { skip: 2 };
	let [start, marker = 0] = yield { take: 2 };
	for (;;) {
		if (start !== 0xff) return false;
		// Fill bytes may stand before a marker.
		while (marker === 0xff) [marker = 0] = yield { take: 1 };
		if (marker === END_OF_IMAGE) return true;
		if (marker < 0xc0 || isInsideOfScan(marker)) return false;
		const length = (yield { take: 2 }).readUInt16BE();
		if (length < 2) return false;
		yield { skip: length - 2 };
		if (marker === START_OF_SCAN) marker = yield* walkScan();
		else [start, marker = 0] = yield { take: 2 };
	}
}

/** @returns the marker that ends the data of a scan */
function* walkScan(): Generator<Step, number, Buffer> {
	for (;;) {
		yield { find: MARKER_START };
		const [marker = 0] = yield { take: 1 };
		if (!isInsideOfScan(marker)) return marker;
	}
}

const MARKER_START = Buffer.from([0xff]);

/** A zero makes 0xff a byte of the data; RST0 to RST7 stand between parts of it. */
function isInsideOfScan(marker: number): boolean {
	return marker === 0 || (marker >= 0xd0 && marker <= 0xd7);
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function* walkWebp(): Walk {
	yield { skip: 4 };
	const length = (yield { take: 4 }).readUInt32LE();
	// Programs that write to a pipe do not know it.
	if (length < 4 || length === 0xffff_ffff) return false;
	yield { skip: length };
	return true;
}

/** https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
function* walkGif(): Walk {
	yield { skip: 10 };
	const [flags = 0] = yield { take: 3 };
	yield { skip: tableLength(flags) };
	for (;;) {
		const [kind] = yield { take: 1 };
		if (kind === 0x3b) return true;
		if (kind === 0x2c) {
			const descriptor = yield { take: 9 };
			yield { skip: tableLength(descriptor.readUInt8(8)) };
		} else if (kind !== 0x21) {
			return false;
		}
		// The label of an extension, or the length of the first code.
		yield { skip: 1 };
		for (let [length = 0] = yield { take: 1 }; length > 0; [length = 0] = yield { take: 1 }) {
			yield { skip: length };
		}
	}
}

/** Bytes of the table of colours that the flags announce. */
function tableLength(flags: number): number {
	return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}
