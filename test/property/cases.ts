import fc from 'fast-check';
import { createContext, Script } from 'node:vm';

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
 * Holds a property against the examples, then against random cases; reports the seed and the
 * smallest case that breaks it.
 *
 * @throws Error that names the case, too, if a call does not end: V8 breaks off a property that
 *   runs for two minutes, regular expressions included
 */
export function everyCase<Values>(
	property: fc.IProperty<Values>,
	examples: Values[] = [],
	numRuns = CASES,
): void {
	let last: unknown;
	const run = property.run.bind(property);
	property.run = (values) => run((last = values) as Values);
	ending(
		() => fc.assert(property, { examples, seed: SEED, numRuns: numRuns + examples.length }),
		() => fc.stringify(last),
	);
}

/** The same for a property that takes its time. */
export async function everyCaseLater<Values>(
	property: fc.IAsyncProperty<Values>,
	examples: Values[] = [],
	numRuns = CASES,
): Promise<void> {
	await fc.assert(property, { examples, seed: SEED, numRuns: numRuns + examples.length });
}

function ending(call: () => void, describeLast: () => string): void {
	const sandbox = createContext({ call });
	try {
		new Script('call()').runInContext(sandbox, { timeout: LONGEST });
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
		throw new Error(`It does not end for ${describeLast().slice(0, 1000)}`);
	}
}

/** Milliseconds that all cases of a property may take; they take a few seconds. */
const LONGEST = 120_000;

jest.setTimeout(LONGEST);
