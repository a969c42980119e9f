import type { Codebook } from './codebook';
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
