import { damaged, PngError } from './pngHeader';

/** Bytes that the longest repetition takes, and what is read ahead of it. */
const MIN_BYTES = 10;

/**
 * Reads single bits of bytes that come in pieces, the lowest bit first. Only `refill` waits for bytes,
 * so that all else is fast.
 */
export class BitReader {
	private readonly pieces: AsyncIterator<Uint8Array>;
	private bytes: Uint8Array = new Uint8Array(0);
	private at = 0;
	private bits = 0;
	private count = 0;
	private isEnded = false;

	constructor(source: AsyncIterable<Uint8Array>) {
		this.pieces = source[Symbol.asyncIterator]();
	}

	/** There might be too few bytes for a repetition. */
	get isLow(): boolean {
		return !this.isEnded && this.at + MIN_BYTES > this.bytes.length;
	}

	async refill(): Promise<void> {
		while (this.isLow) {
			const { done, value } = await this.pieces.next();
			if (done) this.isEnded = true;
			else this.bytes = Buffer.concat([this.bytes.subarray(this.at), value]);
			if (!done) this.at = 0;
		}
	}

	take(count: number): number {
		this.need(count);
		const value = this.bits & ((1 << count) - 1);
		this.drop(count);
		return value;
	}

	/** The symbol of the next code. */
	decode({ table, longest }: Codebook): number {
		// A code at the very end can be shorter than the longest one.
		while (this.count < longest && this.at < this.bytes.length) this.load();
		const entry = table[this.bits & ((1 << longest) - 1)] as number;
		const length = entry & 15;
		if (length === 0) throw damaged('its pixels have a code without a meaning');
		this.need(length);
		this.drop(length);
		return entry >> 4;
	}

	/** Continues with the next whole byte. */
	align(): void {
		this.drop(this.count & 7);
	}

	/** Reads all that is left. */
	async skipAll(): Promise<void> {
		while (!this.isEnded) {
			this.at = this.bytes.length;
			await this.refill();
		}
	}

	private need(count: number): void {
		while (this.count < count) {
			if (this.at === this.bytes.length) throw new PngError('it is cut off');
			this.load();
		}
	}

	private load(): void {
		this.bits |= (this.bytes[this.at++] as number) << this.count;
		this.count += 8;
	}

	private drop(count: number): void {
		this.bits >>>= count;
		this.count -= count;
	}
}

/** What the bits of a code mean. */
export interface Codebook {
	/** By the next bits: 16 × the symbol + the length of its code; 0 = no code. */
	readonly table: Uint16Array;
	/** Bits of the longest code, and of the index of the table. */
	readonly longest: number;
}

/**
 * @param lengths bits of the code of each symbol; 0 = it has none
 * @throws PngError if there are more codes than possible
 */
export function toCodebook(lengths: readonly number[]): Codebook {
	const longest = Math.max(1, ...lengths);
	const table = new Uint16Array(1 << longest);
	let code = 0;
	for (let length = 1; length <= longest; length++) {
		for (const [symbol, bits] of lengths.entries()) {
			if (bits !== length) continue;
			if (code >= 1 << length) throw damaged('its pixels have too many codes');
			const first = reversed(code++, length);
			for (let at = first; at < table.length; at += 1 << length) {
				table[at] = (symbol << 4) | length;
			}
		}
		code <<= 1;
	}
	return { table, longest };
}

/** Codes are stored with their highest bit first. */
function reversed(code: number, length: number): number {
	let result = 0;
	for (let bit = 0; bit < length; bit++) result |= ((code >> bit) & 1) << (length - 1 - bit);
	return result;
}
