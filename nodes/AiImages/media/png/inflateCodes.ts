import type { BitReader } from './bitReader';
import { toCodebook, type Codebook } from './codebook';
import { damaged } from './pngHeader';

/** The codes of a compressed block: https://www.rfc-editor.org/rfc/rfc1951#section-3.2 */
export interface Codes {
	/** Bytes, the end of the block, and lengths of repetitions. */
	readonly symbols: Codebook;
	readonly distances: Codebook;
}

export const END_OF_BLOCK = 256;

/** The codes of a block that doesn't describe its own. */
export const FIXED_CODES: Codes = {
	symbols: toCodebook([
		...Array.from({ length: 144 }, () => 8),
		...Array.from({ length: 112 }, () => 9),
		...Array.from({ length: 24 }, () => 7),
		...Array.from({ length: 8 }, () => 8),
	]),
	distances: toCodebook(Array.from({ length: 32 }, () => 5)),
};

/** A number that is a base and as many bits as `extra` says. */
interface Span {
	readonly base: number;
	readonly extra: number;
}

/** By symbol, from 257. The last one would be 258 and 259 to 289 without its rule. */
export const LENGTHS: readonly Span[] = [...spans(3, 4, 28), { base: 258, extra: 0 }];

/** By symbol. */
export const DISTANCES: readonly Span[] = spans(1, 2, 30);

/** Spans that follow one another; each doubling of their length comes after `step` of them. */
function spans(first: number, step: number, count: number): Span[] {
	let base = first;
	return Array.from({ length: count }, (_, index) => {
		const extra = Math.max(0, Math.floor(index / step) - 1);
		const span = { base, extra };
		base += 2 ** extra;
		return span;
	});
}

/** Which symbol each code length at the beginning of a block belongs to. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** The codes that a block describes at its beginning. */
export async function readCodes(bits: BitReader): Promise<Codes> {
	const [symbols, distances, own] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4];
	const ownLengths = ORDER.map(() => 0);
	for (const symbol of ORDER.slice(0, own)) {
		if (bits.isLow) await bits.refill();
		ownLengths[symbol] = bits.take(3);
	}
	const codebook = toCodebook(ownLengths);
	const lengths: number[] = [];
	while (lengths.length < symbols + distances) {
		if (bits.isLow) await bits.refill();
		const symbol = bits.decode(codebook);
		if (symbol < 16) lengths.push(symbol);
		else lengths.push(...repeatedLengths(symbol, bits, lengths.at(-1)));
	}
	if (lengths.length > symbols + distances) throw damaged('its pixels have too many codes');
	return {
		symbols: toCodebook(lengths.slice(0, symbols)),
		distances: toCodebook(lengths.slice(symbols)),
	};
}

function repeatedLengths(symbol: number, bits: BitReader, last: number | undefined): number[] {
	if (symbol > 16) {
		const count = symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7);
		return Array.from({ length: count }, () => 0);
	}
	if (last === undefined) throw damaged('its pixels repeat a code that is not there');
	return Array.from({ length: 3 + bits.take(2) }, () => last);
}
