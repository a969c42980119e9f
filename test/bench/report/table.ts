import { CONTESTANTS, takesPart } from '../contestants/index.ts';
import { ROWS } from '../rows.ts';
import type { Row } from '../rows.ts';
import type { Spread } from '../statistics.ts';
import type { Summary } from '../summary.ts';

const MB = 1_000_000;

/** Medians as a table in Markdown, with their spread if there is more than one round. */
export function resultTable(summary: Summary): string {
	const inSeconds = (spread: Spread) => figure(spread, (seconds) => seconds.toFixed(2), summary);
	const inMegabytes = (spread: Spread) =>
		`+${figure(spread, (bytes) => (bytes / MB).toFixed(0), summary)}`;
	const lines = measuredRows(summary).flatMap((row) =>
		CONTESTANTS.flatMap((contestant) => {
			if (!takesPart(contestant, row)) return [];
			const reason = contestant.cannot(row);
			if (reason) return [[row.title, contestant.title, reason, '', '']];
			const result = summary.result(row.id, contestant.id);
			if (!result) return [];
			const { wall, cpu, memory } = result;
			return [[row.title, contestant.title, inSeconds(wall), inSeconds(cpu), inMegabytes(memory)]];
		}),
	);
	return markdownTable(['Work', 'Node', 'Time, s', 'CPU, s', 'Memory, MB'], once(lines));
}

/** One round has no spread, and nothing says how much another one would differ. */
export function whatFiguresAre({ rounds }: Pick<Summary, 'rounds'>): string {
	return rounds === 1
		? 'Each figure is a single measurement: there was one round.'
		: `Medians of ${rounds} rounds, with minimum and maximum in parentheses.`;
}

/** The medians of AI Images, divided by those of each other contestant. */
export function ratioTable(summary: Summary): string {
	const lines = measuredRows(summary).flatMap((row) => {
		const ours = summary.result(row.id, 'ours');
		if (!ours) return [];
		return CONTESTANTS.flatMap(({ id, title }) => {
			const other = summary.result(row.id, id);
			if (!other || id === 'ours') return [];
			const ratios = (['wall', 'cpu', 'memory'] as const).map(
				(measure) => `${(ours[measure].median / other[measure].median).toFixed(2)} ×`,
			);
			return [[row.title, title, ...ratios]];
		});
	});
	return markdownTable(['Work', 'AI Images against', 'Time', 'CPU', 'Memory'], once(lines));
}

export function markdownTable(head: readonly string[], lines: readonly string[][]): string {
	const all = [[...head], head.map(() => '---'), ...lines];
	return all.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function measuredRows(summary: Summary): Row[] {
	return ROWS.filter(({ id }) => CONTESTANTS.some((each) => summary.result(id, each.id)));
}

/** The title of a row only where it begins. */
function once(lines: readonly string[][]): string[][] {
	return lines.map(([title = '', ...cells], index) => [
		title === lines[index - 1]?.[0] ? '' : title,
		...cells,
	]);
}

function figure(
	{ median, min, max }: Spread,
	format: (value: number) => string,
	{ rounds }: Summary,
): string {
	return rounds === 1 ? format(median) : `${format(median)} (${format(min)}–${format(max)})`;
}
