import { BitReader } from './bitReader';
import {
	DISTANCES,
	END_OF_BLOCK,
	FIXED_CODES,
	LENGTHS,
	readCodes,
	type Codes,
} from './inflateCodes';
import { damaged } from './pngHeader';

/** How far back bytes can be repeated. */
const WINDOW_BYTES = 32_768;

/** The longest repetition. */
const MAX_REPEATED_BYTES = 258;

/** https://www.rfc-editor.org/rfc/rfc1950#section-8.2 */
const ADLER_MODULUS = 65_521;

/**
 * Decompresses the pixels of a PNG: https://www.rfc-editor.org/rfc/rfc1950,
 * https://www.rfc-editor.org/rfc/rfc1951. A `DecompressionStream` would hold all that a piece contains,
 * on Node.js 20, and a thousand times its length is possible.
 *
 * @returns pieces of at most 64 kB, each of which is valid until the next one is read
 * @throws PngError if they are damaged
 */
export async function* inflate(compressed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	const bits = new BitReader(compressed);
	const output = new Output();
	await bits.refill();
	const [method, flags] = [bits.take(8), bits.take(8)];
	const isZlib = (method & 0x0f) === 8 && method >> 4 <= 7 && ((method << 8) | flags) % 31 === 0;
	if (!isZlib || flags & 0x20) throw damaged('its pixels have no valid beginning');
	for (let isLast = false; !isLast;) {
		await bits.refill();
		isLast = bits.take(1) === 1;
		const type = bits.take(2);
		if (type === 0) {
			yield* copyStored(bits, output);
		} else {
			if (type === 3) throw damaged('its pixels have a block of no known type');
			const codes = type === 1 ? FIXED_CODES : await readCodes(bits);
			yield* decode(bits, output, codes);
		}
	}
	yield output.flush();
	await bits.refill();
	bits.align();
	for (const byte of output.adler()) {
		if (bits.take(8) !== byte) throw damaged('the checksum of its pixels is wrong');
	}
	// Bytes behind it mean nothing, but their chunk has a checksum.
	await bits.skipAll();
}

async function* copyStored(bits: BitReader, output: Output): AsyncGenerator<Uint8Array> {
	bits.align();
	const length = bits.take(16);
	if ((bits.take(16) ^ 0xffff) !== length) throw damaged('its pixels have a block of no length');
	for (let left = length; left > 0; left--) {
		if (bits.isLow) await bits.refill();
		output.push(bits.take(8));
		if (output.isFull) yield output.flush();
	}
}

async function* decode(
	bits: BitReader,
	output: Output,
	{ symbols, distances }: Codes,
): AsyncGenerator<Uint8Array> {
	for (;;) {
		if (bits.isLow) await bits.refill();
		if (output.isFull) yield output.flush();
		const symbol = bits.decode(symbols);
		if (symbol < 256) {
			output.push(symbol);
			continue;
		}
		if (symbol === END_OF_BLOCK) return;
		const length = LENGTHS[symbol - 257];
		if (!length) throw damaged('its pixels have a repetition of no length');
		const bytes = length.base + bits.take(length.extra);
		const distance = DISTANCES[bits.decode(distances)];
		if (!distance) throw damaged('its pixels have a repetition of no distance');
		output.repeat(bytes, distance.base + bits.take(distance.extra));
	}
}

/** The end of what was decompressed, as far as it can be repeated. */
class Output {
	private bytes = new Uint8Array(2 * WINDOW_BYTES + MAX_REPEATED_BYTES);
	private spare = new Uint8Array(2 * WINDOW_BYTES + MAX_REPEATED_BYTES);
	private start = 0;
	private end = 0;
	private low = 1;
	private high = 0;

	/** A repetition might not fit in any more. */
	get isFull(): boolean {
		return this.end >= 2 * WINDOW_BYTES;
	}

	push(byte: number): void {
		this.bytes[this.end++] = byte;
	}

	repeat(length: number, distance: number): void {
		if (distance > this.end) throw damaged('its pixels repeat what comes before the first one');
		const { bytes, end } = this;
		if (distance >= length) bytes.copyWithin(end, end - distance, end - distance + length);
		else if (distance === 1) bytes.fill(bytes[end - 1] as number, end, end + length);
		else for (let at = end; at < end + length; at++) bytes[at] = bytes[at - distance] as number;
		this.end += length;
	}

	/** What has been added since. It is valid until the next call. */
	flush(): Uint8Array {
		const { bytes, start, end } = this;
		const piece = bytes.subarray(start, end);
		for (const byte of piece) {
			this.low += byte;
			this.high += this.low;
		}
		this.low %= ADLER_MODULUS;
		this.high %= ADLER_MODULUS;
		const kept = bytes.subarray(Math.max(0, end - WINDOW_BYTES), end);
		[this.bytes, this.spare] = [this.spare, bytes];
		this.bytes.set(kept);
		this.start = this.end = kept.length;
		return piece;
	}

	/** The checksum of all bytes, of which the highest byte comes first. */
	adler(): number[] {
		return [this.high >> 8, this.high & 0xff, this.low >> 8, this.low & 0xff];
	}
}
