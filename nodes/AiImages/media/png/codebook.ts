import { damaged } from './pngHeader';

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
