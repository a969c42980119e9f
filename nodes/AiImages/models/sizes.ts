import { formatCount } from '../values/format';
import type { SizeRule, SizeSpec } from './types';

export type Edges = readonly [width: number, height: number];

/** `1536x1024` → [1536, 1024]; null for any other text. */
export function parseSize(text: string): Edges | null {
	const found = /^([1-9]\d{0,5})x([1-9]\d{0,5})$/.exec(text);
	return found && [Number(found[1]), Number(found[2])];
}

/**
 * What to use instead, as a sentence; null if the model supports the size.
 *
 * @param isFrame whether it is the size of one frame of an animation. No minimum number of pixels
 * is published for frames.
 */
export function sizeError(
	size: string,
	{ values, rule }: SizeSpec,
	isFrame = false,
): string | null {
	if (values.includes(size)) return null;
	if (!rule) return `Use one of: ${values.join(', ')}`;
	const edges = parseSize(size);
	if (!edges) {
		const example = values.find((value) => parseSize(value)) ?? '1536x1024';
		const keywords = values.filter((value) => !parseSize(value)).join(', ');
		return `Use WIDTHxHEIGHT in pixels, e.g. ${example}${keywords && `, or ${keywords}`}`;
	}
	const limits = isFrame ? { ...rule, minPixels: 1 } : rule;
	const broken = LIMITS.filter(({ allows }) => !allows(edges, limits));
	if (broken.length === 0) return null;
	const [first = '', ...others] = broken.map(({ describe }) => describe(limits, edges));
	return [`${first.charAt(0).toUpperCase()}${first.slice(1)}`, ...others].join('; ');
}

export function followsRule(edges: Edges, rule: SizeRule): boolean {
	return LIMITS.every(({ allows }) => allows(edges, rule));
}

/**
 * The rule for one frame of an animation. The model draws all frames on one sheet, and the sheet
 * has to stay within the pixel limits. OpenAI does not publish how the sheet is divided. These
 * numbers were measured (https://docs.apiyi.com/en/live/2026-11/gpt-image-2-6-gif-size-table.md),
 * so use the rule to choose a size, not to reject one.
 */
export function frameRule(rule: SizeRule, frames: number): SizeRule {
	const cells = SHEET_CELLS.find((count) => frames <= count) ?? frames;
	return {
		...rule,
		minPixels: Math.ceil(rule.minPixels / cells),
		maxPixels: Math.floor(rule.maxPixels / cells),
	};
}

/** The numbers of frames that a sheet has room for. */
const SHEET_CELLS = [9, 12, 16];

interface Limit {
	allows(edges: Edges, rule: SizeRule): boolean;
	describe(rule: SizeRule, edges: Edges): string;
}

const LIMITS: readonly Limit[] = [
	{
		allows: ([width, height], { multipleOf }) =>
			width % multipleOf === 0 && height % multipleOf === 0,
		describe: ({ multipleOf }) => `width and height must be multiples of ${multipleOf}`,
	},
	{
		allows: (edges, { maxEdge }) => Math.max(...edges) <= maxEdge,
		describe: ({ maxEdge }) => `width and height can be at most ${maxEdge} px`,
	},
	{
		allows: (edges, { minEdge = 0 }) => Math.min(...edges) >= minEdge,
		describe: ({ minEdge }) => `width and height must be at least ${minEdge} px`,
	},
	{
		allows: (edges, { maxRatio = Infinity }) => Math.max(...edges) / Math.min(...edges) <= maxRatio,
		describe: ({ maxRatio }) => `the longer side can be at most ${maxRatio} times the shorter one`,
	},
	{
		allows: ([width, height], { minPixels }) => width * height >= minPixels,
		describe: ({ minPixels }, edges) =>
			`the total must be at least ${formatCount(minPixels)} pixels, not ${countOf(edges)}`,
	},
	{
		allows: ([width, height], { maxPixels }) => width * height <= maxPixels,
		describe: ({ maxPixels }, edges) =>
			`the total can be at most ${formatCount(maxPixels)} pixels, not ${countOf(edges)}`,
	},
];

function countOf([width, height]: Edges): string {
	return formatCount(width * height);
}
