declare global {
	/** Set by the configurations of test/tiers; without it, a test runs with all its cases. */
	var TIER: 'quick' | 'rest' | undefined;
}

/** Consecutive cases of a property, in the terms of fast-check's parameters. */
export interface Share {
	/** How many cases of the seed's sequence come before, as text. */
	readonly path: string;
	readonly numRuns: number;
}

/**
 * The cases of a tier, in shares of which each is over in a moment. The quick one takes the examples
 * and the first random cases, and the rest goes on from there.
 */
export function sharesOf(tier: typeof TIER, examples: number, random: number): Share[] {
	const all = examples + random;
	const quick = examples + Math.ceil(random * QUICK);
	const end = tier === 'quick' ? quick : all;
	const shares: Share[] = [];
	for (let from = tier === 'rest' ? quick : 0; from < end; from += LARGEST) {
		shares.push({ path: String(from), numRuns: Math.min(LARGEST, end - from) });
	}
	return shares;
}

/** The part of the random cases that `npm test` looks at. */
const QUICK = 0.1;

const LARGEST = 1000;
