/**
 * Finds the end of an image file, by its end mark or the length that it declares, piece by piece
 * and without keeping the pieces. It skips from part to part, so the end mark of an embedded
 * thumbnail doesn't mislead it. It decodes nothing and doesn't notice damaged pixels.
 */
export class EndFinder {
	/** Offset of the first byte after the image; null = not reached, or the structure is broken. */
	end: number | null = null;
	private unread: Buffer = NOTHING;
	private position = 0;
	/** null once the walk has ended. */
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

	/** The end has not been reached, and the structure is intact so far. */
	get isOpen(): boolean {
		return this.step !== null;
	}

	push(piece: Buffer): void {
		if (!this.step) return;
		this.unread = this.unread.length > 0 ? Buffer.concat([this.unread, piece]) : piece;
		while (this.step && this.advance(this.step));
	}

	/** @returns false if the step needs more bytes or was the last one */
	private advance(step: Step): boolean {
		if ('take' in step) {
			if (this.unread.length < step.take) return false;
			const bytes = this.unread.subarray(0, step.take);
			this.consume(step.take);
			return this.nextStep(bytes);
		}
		if ('skip' in step) {
			const count = Math.min(step.skip, this.unread.length);
			this.consume(count);
			if (count === step.skip) return this.nextStep(NOTHING);
			this.step = { skip: step.skip - count };
			return false;
		}
		const at = this.unread.indexOf(step.find);
		if (at < 0) {
			this.consume(Math.max(0, this.unread.length - step.find.length + 1));
			return false;
		}
		this.consume(at + step.find.length);
		return this.nextStep(NOTHING);
	}

	private consume(count: number): void {
		this.position += count;
		this.unread = this.unread.subarray(count);
	}

	private nextStep(bytes: Buffer): boolean {
		const { done, value } = this.walk.next(bytes);
		if (done && value) this.end = this.position;
		this.step = done ? null : value;
		if (done) this.unread = NOTHING;
		return !done;
	}
}

const NOTHING = Buffer.alloc(0);

/** What a walk wants: the next bytes, to skip some, or to continue after a sequence. */
type Step = { readonly take: number } | { readonly skip: number } | { readonly find: Buffer };

/** Goes through a file; returns true at its end, false where its structure is broken. */
type Walk = Generator<Step, boolean, Buffer>;

type WalkedFormat = 'png' | 'jpeg' | 'webp' | 'gif';

const WALKS: Readonly<Record<WalkedFormat, () => Walk>> = {
	png: walkPng,
	jpeg: walkJpeg,
	webp: walkWebp,
	gif: walkGif,
};

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
		// Fill bytes may precede a marker.
		while (marker === 0xff) [marker = 0] = yield { take: 1 };
		if (marker === END_OF_IMAGE) return true;
		if (marker < 0xc0 || isPartOfScan(marker)) return false;
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
		if (!isPartOfScan(marker)) return marker;
	}
}

const MARKER_START = Buffer.from([0xff]);

/** A zero makes the 0xff before it a data byte; RST0 to RST7 separate intervals of data. */
function isPartOfScan(marker: number): boolean {
	return marker === 0 || (marker >= 0xd0 && marker <= 0xd7);
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function* walkWebp(): Walk {
	yield { skip: 4 };
	const length = (yield { take: 4 }).readUInt32LE();
	// Programs that write to a pipe don't know the length and leave a placeholder.
	if (length < 4 || length === 0xffff_ffff) return false;
	yield { skip: length };
	return true;
}

/** https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
function* walkGif(): Walk {
	yield { skip: 10 };
	const [flags = 0] = yield { take: 3 };
	yield { skip: colorTableLength(flags) };
	for (;;) {
		const [kind] = yield { take: 1 };
		if (kind === 0x3b) return true;
		if (kind === 0x2c) {
			const descriptor = yield { take: 9 };
			yield { skip: colorTableLength(descriptor.readUInt8(8)) };
		} else if (kind !== 0x21) {
			return false;
		}
		// The label of an extension, or the code size of an image.
		yield { skip: 1 };
		for (let [length = 0] = yield { take: 1 }; length > 0; [length = 0] = yield { take: 1 }) {
			yield { skip: length };
		}
	}
}

/** Length in bytes of the color table that the flags declare. */
function colorTableLength(flags: number): number {
	return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}
