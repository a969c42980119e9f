import { describeMatrix, ROWS, runsIn, runsOf, settingOf, type Run } from './matrix';

describeMatrix('quick');

describe('the matrix', () => {
	const all = ROWS.flatMap(runsOf);
	const nameOf = (run: Run) => `${run.name} (${settingOf(run)})`;

	it('has at least 120 rows, each with a name of its own', () => {
		expect(ROWS.length).toBeGreaterThanOrEqual(120);
		const names = ROWS.map(({ name }) => name);
		expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
	});

	it('runs every row under at least one setting and operation', () => {
		expect(ROWS.filter((row) => runsOf(row).length === 0)).toEqual([]);
	});

	it('has each run in exactly one tier', () => {
		const tiers = [...runsIn('quick'), ...runsIn('rest')].map(nameOf);
		expect(tiers.sort()).toEqual(all.map(nameOf).sort());
	});

	it('has each row and each setting in the quick tier', () => {
		const quick = runsIn('quick');
		expect(quick.map(({ row }) => row)).toEqual(ROWS);
		const settings = (runs: Run[]) => [...new Set(runs.map(settingOf))].sort();
		expect(settings(quick)).toEqual(settings(all));
	});
});
