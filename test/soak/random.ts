/** Numbers from 0 to 1 that follow from a seed: https://github.com/cprosche/mulberry32 */
export function random(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A seed that follows from another and a text: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv */
export function seedFor(seed: number, text: string): number {
	let hash = (2166136261 ^ seed) >>> 0;
	for (const character of text) {
		hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
	}
	return hash;
}
