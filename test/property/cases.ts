import fc from 'fast-check';
import { createContext, Script } from 'node:vm';

import { sharesOf } from './shares';

/** Cases of the first property of each piece of code. */
export const CASES = 10_000;

/** Cases of its other properties. */
export const FURTHER_CASES = 3000;

/**
 * `npm test` looks at the same cases each time, so that it says the same each time; the full tier
 * looks at others in each run, whose seed the report names.
 */
const SEED = Number(process.env.PROPERTY_SEED ?? 20_261_120);

/**
 * Holds a property against the examples, then against random cases, as many of them as belong to
 * the tier; reports the seed and the smallest case that breaks it.
 *
 * @throws Error that names the case, too, if a call does not end: V8 breaks it off, regular
 *   expressions included
 */
export function everyCase<Values>(
	property: fc.IProperty<Values>,
	examples: Values[] = [],
	numRuns = CASES,
): void {
	let last: unknown;
	const run = property.run.bind(property);
	property.run = (values) => run((last = values) as Values);
	for (const share of sharesOf(globalThis.TIER, examples.length, numRuns)) {
		ending(
			() => fc.assert(property, { examples, seed: SEED, ...share }),
			() => new Error(endless(last)),
		);
	}
}

/** The same for a property that takes its time. */
export async function everyCaseLater<Values>(
	property: fc.IAsyncProperty<Values>,
	examples: Values[] = [],
	numRuns = CASES,
): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const hangs = new Promise<never>((_, reject) => {
		const run = property.run.bind(property);
		property.run = async (values) => {
			clearTimeout(timer);
			timer = setTimeout(() => reject(new Error(endless(values))), LONGEST);
			return await run(values);
		};
	});
	const all = async () => {
		for (const share of sharesOf(globalThis.TIER, examples.length, numRuns)) {
			await fc.assert(property, { examples, seed: SEED, ...share });
		}
	};
	await Promise.race([all(), hangs]).finally(() => clearTimeout(timer));
}

function ending(call: () => void, hangs: () => Error): void {
	const sandbox = createContext({ call });
	try {
		new Script('call()').runInContext(sandbox, { timeout: LONGEST });
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? hangs() : error;
	}
}

const endless = (values: unknown) => `It does not end for ${fc.stringify(values).slice(0, 1000)}`;

/**
 * Milliseconds after which a case that takes its time hangs, or a share of the others, all of which
 * take a second.
 */
const LONGEST = 120_000;

// A case that hangs has its own timeout; all cases together can take as long as a busy machine needs.
jest.setTimeout(3_600_000);
