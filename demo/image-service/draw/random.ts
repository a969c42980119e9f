import { createHash } from 'node:crypto';

/** A repeatable source of numbers in [0, 1): the same seed text always gives the same sequence. */
export interface Random {
	next(): number;
	between(low: number, high: number): number;
	pick<T>(choices: readonly T[]): T;
}

/** Seeds a xorshift32 generator (Marsaglia 2003) with the SHA-256 of a text. */
export function seededRandom(seed: string): Random {
	let state = createHash('sha256').update(seed).digest().readUInt32BE(0) || 1;
	const next = () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
	return {
		next,
		between: (low, high) => low + next() * (high - low),
		pick: (choices) => choices[Math.floor(next() * choices.length)]!,
	};
}
