import { describeMatrix, runsIn, runsOf } from './matrix';
import { TOPICS } from './rows';

describeMatrix('quick');

describe('the matrix', () => {
	const rows = TOPICS.flatMap((topic) => topic.rows);

	it('has at least 120 rows, each with a name of its own', () => {
		expect(rows.length).toBeGreaterThanOrEqual(120);
		const names = rows.map(({ name }) => name);
		expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
	});

	it('runs every row under at least one setting and operation', () => {
		expect(rows.filter((row) => runsOf(row).length === 0)).toEqual([]);
	});

	it('has each run in exactly one tier', () => {
		const names = (runs: ReturnType<typeof runsOf>) =>
			runs.map(({ name, operation, onError }) => `${name} (${operation}, ${onError})`).sort();
		const tiers = (['quick', 'rest'] as const).flatMap((tier) =>
			TOPICS.flatMap((topic) => runsIn(tier, topic.rows)),
		);
		expect(names(tiers)).toEqual(names(rows.flatMap(runsOf)));
	});

	it('runs every row in the quick tier, under all settings in turn', () => {
		const quick = TOPICS.flatMap((topic) => runsIn('quick', topic.rows));
		expect(quick.map(({ row }) => row)).toEqual(rows);
		const settings = new Set(quick.map(({ operation, onError }) => `${operation} ${onError}`));
		expect(settings.size).toBe(6);
	});
});
