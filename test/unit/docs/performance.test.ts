import { resultTable, whatFiguresAre } from '../../bench/report/table';
import type { Result, Summary } from '../../bench/summary';

const spread = (scale: number) => ({ median: 2 * scale, min: scale, max: 3 * scale });
const RESULT: Result = {
	wall: spread(1),
	cpu: spread(0.25),
	memory: spread(1_000_000),
	idle: spread(0),
	kept: spread(0),
	others: spread(0),
};

/** A summary in which one contestant took part in one row. */
const summaryOf = (rounds: number): Summary => ({
	result: (row, contestant) => (row === '20x1.5' && contestant === 'ours' ? RESULT : undefined),
	others: spread(0),
	rounds,
});

describe('the figures of the bench', () => {
	it('have no spread after one round', () => {
		expect(resultTable(summaryOf(1))).toContain('| AI Images | 2.00 | 0.50 | +2 |');
		expect(whatFiguresAre({ rounds: 1 })).toMatch(/one round/);
	});

	it('have a spread after several, and tell how many', () => {
		const row = '| AI Images | 2.00 (1.00–3.00) | 0.50 (0.25–0.75) | +2 (1–3) |';
		expect(resultTable(summaryOf(5))).toContain(row);
		expect(whatFiguresAre({ rounds: 5 })).toMatch(/5 rounds.*minimum and maximum/);
	});
});
