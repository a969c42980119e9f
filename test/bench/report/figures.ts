import { ROWS } from '../rows.ts';
import type { Result, Summary } from '../summary.ts';

/** A goal and its result. */
export interface Figure {
	what: string;
	/** Such as "≤ 1.05 ×". */
	goal: string;
	measured: string;
	reached: boolean;
}

/** Compares a run with the goals of this project. Goals that were not measured are left out. */
export function figuresOf(summary: Summary): Figure[] {
	return GOALS.flatMap(({ what, value, most, least, unit }) => {
		const measured = value(summary);
		if (measured === undefined) return [];
		return [
			{
				what,
				goal: most === undefined ? `≥ ${least} ${unit}` : `≤ ${most} ${unit}`,
				measured: `${measured.toFixed(Math.abs(measured) < 10 ? 2 : 0)} ${unit}`,
				reached: measured >= (least ?? -Infinity) && measured <= (most ?? Infinity),
			},
		];
	});
}

interface Goal {
	what: string;
	/** Undefined if it was not measured. */
	value(summary: Summary): number | undefined;
	most?: number;
	least?: number;
	unit: string;
}

type Measure = 'wall' | 'cpu' | 'memory';

const MB = 1_000_000;

const TITLES: Record<Measure, string> = { wall: 'time', cpu: 'CPU', memory: 'memory' };

const NODES: Record<string, string> = {
	openai: 'OpenAI node',
	http: 'HTTP Request node',
	gemini: 'Google Gemini node',
	bare: 'baseline script',
};

/** How much the peak memory of the same work varies, in MB. */
const NOISE = 10;

/** The same for work that sends 150 MB of files, in MB. */
const UPLOAD_NOISE = 30;

const GOALS: readonly Goal[] = [
	ratio('20x1.5', 'wall', 'http', 1.05),
	{
		what: `${titleOf('20x1.5')}: time of the OpenAI node against AI Images`,
		value: (summary) => divided(summary, '20x1.5', 'wall', 'openai', 'ours'),
		least: 10,
		unit: '×',
	},
	ratio('20x1.5', 'memory', 'http', 0.25),
	ratio('20x1.5', 'cpu', 'openai', 1),
	{
		what: `${titleOf('default4')}: time beyond five times the latency`,
		value: (summary) => from(summary, 'default4', 'ours', ({ wall }) => wall.median - 5),
		most: 0.5,
		unit: 's',
	},
	memory('n10x8', 100),
	ratio('n10x8', 'memory', 'openai', 0.25),
	ratio('n10x8', 'wall', 'openai', 0.8),
	ratio('n10x8', 'cpu', 'openai', 0.8),
	ratio('n10x8', 'cpu', 'bare', 1.5),
	// Three times the size of all inputs.
	memory('edit20', 3 * 20 * 2),
	ratio('edit20', 'wall', 'http', 1),
	memory('json20', 80),
	ratio('json20', 'memory', 'http', 0.25),
	// n8n copies the text with each value of an expression; the node itself keeps none.
	ratio('base64x40', 'memory', 'http', 1),
	ratio('40x4', 'wall', 'http', 1),
	memory('40x4', 200),
	ratio('40x4', 'cpu', 'openai', 0.5),
	ratio('40x4', 'cpu', 'bare', 1.5),
	ratio('gemini20x8', 'wall', 'gemini', 0.2),
	memory('gemini20x8', 60),
	ratio('gemini20x8', 'memory', 'gemini', 0.25),
	beyondForm('gemini3x5'),
	beyondForm('xai3x5'),
	memory('mask4096', 60),
	{
		what: `${titleOf('1000x0')}: time per item beyond that of the baseline script`,
		value: (summary) => {
			const wallOf = (id: string) => from(summary, '1000x0', id, ({ wall }) => wall.median);
			return minus(wallOf('ours'), wallOf('bare'));
		},
		most: 3,
		unit: 'ms',
	},
	{
		what: `growth of the memory kept, from 100 to 1,000 items, less n8n alone (noise: ${NOISE} MB)`,
		value: (summary) => growth(summary, 'kept'),
		most: NOISE,
		unit: 'MB',
	},
	{
		what: `growth of the peak memory, from 100 to 1,000 items, less n8n alone (noise: ${NOISE} MB)`,
		value: (summary) => growth(summary, 'memory'),
		most: NOISE,
		unit: 'MB',
	},
];

/** A ratio of medians, AI Images to another. */
function ratio(row: string, measure: Measure, other: string, most: number): Goal {
	return {
		what: `${titleOf(row)}: ${TITLES[measure]} against the ${NODES[other]}`,
		value: (summary) => divided(summary, row, measure, 'ours', other),
		most,
		unit: '×',
	};
}

function memory(row: string, most: number): Goal {
	return {
		what: `${titleOf(row)}: memory`,
		value: (summary) => from(summary, row, 'ours', (result) => result.memory.median / MB),
		most,
		unit: 'MB',
	};
}

/** How many MB more an edit takes in JSON than in a form, where its files are not encoded. */
function beyondForm(row: string): Goal {
	return {
		what: `${titleOf(row)}: memory beyond that of a form (noise: ${UPLOAD_NOISE} MB)`,
		value: (summary) => {
			const [json, form] = [row, 'form3x5'].map((id) =>
				from(summary, id, 'ours', (result) => result.memory.median / MB),
			);
			return minus(json, form);
		},
		most: UPLOAD_NOISE,
		unit: 'MB',
	};
}

function titleOf(row: string): string {
	return ROWS.find(({ id }) => id === row)?.title ?? row;
}

/** How many MB more AI Images takes for 1,000 items than for 100, less n8n alone. */
function growth(summary: Summary, measure: 'memory' | 'kept'): number | undefined {
	const grown = (contestant: string) => {
		const [more, less] = ['1000x0', '100x0'].map((row) =>
			from(summary, row, contestant, (result) => result[measure].median / MB),
		);
		return minus(more, less);
	};
	return minus(grown('ours'), grown('nothing'));
}

function divided(summary: Summary, row: string, measure: Measure, one: string, other: string) {
	const of = (id: string) => from(summary, row, id, (result) => result[measure].median);
	const [a, b] = [of(one), of(other)];
	return a === undefined || b === undefined ? undefined : a / b;
}

function from(
	summary: Summary,
	row: string,
	contestant: string,
	value: (result: Result) => number,
): number | undefined {
	const result = summary.result(row, contestant);
	return result && value(result);
}

function minus(a: number | undefined, b: number | undefined): number | undefined {
	return a === undefined || b === undefined ? undefined : a - b;
}
