import { CONTESTANTS, takesPart } from '../contestants/index.ts';
import { ROWS } from '../rows.ts';
import type { Row } from '../rows.ts';
import type { Spread } from '../statistics.ts';
import type { Summary } from '../summary.ts';

const MB = 1_000_000;

/** Medians with their spread, as a table in Markdown. */
export function resultTable(summary: Summary): string {
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

function inSeconds({ median, min, max }: Spread): string {
	return `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
}

function inMegabytes({ median, min, max }: Spread): string {
	const [middle, least, most] = [median, min, max].map((bytes) => (bytes / MB).toFixed(0));
	return `+${middle} (${least}–${most})`;
}
