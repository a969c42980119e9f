import { createHash } from 'node:crypto';

/** Other seeds give other cases. */
export const SEED = '2026-11';

/** Choices that are the same in every recording. */
export interface Random {
	/** Whole, from 0 up to below the limit. */
	below(limit: number): number;
	chance(probability: number): boolean;
	pick<Value>(values: readonly Value[]): Value;
}

/**
 * The choices for one thing, by its names. Each thing has its own, so that a field that is added
 * changes nothing but itself.
 */
export function randomFor(...names: ReadonlyArray<string | number>): Random {
	let state = createHash('sha256')
		.update([SEED, ...names].join('\n'))
		.digest()
		.readUInt32LE(0);
	// https://en.wikipedia.org/wiki/Xorshift
	const next = () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
	state ||= 1;
	next();
	const below = (limit: number) => Math.floor(next() * limit);
	return {
		below,
		chance: (probability) => next() < probability,
		pick: <Value>(values: readonly Value[]) => values[below(values.length)] as Value,
	};
}
