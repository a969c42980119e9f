import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join, relative } from 'node:path';

import { sharesOf } from '../property/shares';

const root = join(__dirname, '../..');
const program = join(root, 'node_modules/jest/bin/jest.js');

/** The test files that Jest finds with a configuration, from the project's folder. */
function filesOf(config: string): string[] {
	const args = [program, '--config', config, '--listTests', '--json'];
	const files = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
	return (JSON.parse(files) as string[]).map((file) => relative(root, file)).sort();
}

describe('every test file', () => {
	const quick = filesOf('test/tiers/quick.config.cjs');
	const rest = filesOf('test/tiers/rest.config.cjs');
	const both = quick.filter((file) => rest.includes(file));

	it('is in the quick tier or in the rest, unless it is long, and those with random cases are in both', () => {
		const all = filesOf('jest.config.js').filter((file) => !file.endsWith('.long.test.ts'));
		expect([...new Set([...quick, ...rest])].sort()).toEqual(all);
		const random = all.filter((file) => /^test\/property\/(?!.*\.rest\.test\.ts$)/.test(file));
		expect(both).toEqual(random);
	});

	it('is found by one of the configurations', () => {
		const configs = globSync(['jest.config.js', 'test/*/jest*.config.cjs'], { cwd: root });
		const found = configs.flatMap(filesOf);
		// A name of two parts is that of a test: `fields.test.ts`, `queue.full.ts`.
		const named = globSync('test/**/*.*.ts', { cwd: root });
		expect(found.sort()).toEqual(named.sort());
	});
});

describe('every random case', () => {
	const examples = [[-1], [-2], [-3]] as Array<[number]>;

	/** What a property is held against, with the shares of a tier. */
	function casesOf(tier: typeof TIER, random: number): number[] {
		const cases: number[] = [];
		const property = fc.property(fc.integer({ min: 0 }), (value) => void cases.push(value));
		for (const share of sharesOf(tier, examples.length, random)) {
			fc.assert(property, { examples, seed: 1, ...share });
		}
		return cases;
	}

	it.each([1, 3, 60, 3000, 10_000])('of %i is in exactly one tier, in the same order', (random) => {
		const cases: number[] = [];
		const property = fc.property(fc.integer({ min: 0 }), (value) => void cases.push(value));
		fc.assert(property, { examples, seed: 1, numRuns: examples.length + random });
		expect(casesOf(undefined, random)).toEqual(cases);
		expect([...casesOf('quick', random), ...casesOf('rest', random)]).toEqual(cases);
		expect(casesOf('quick', random)).toHaveLength(examples.length + Math.ceil(random / 10));
	});
});
