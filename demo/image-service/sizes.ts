import { invalidValue, unsupportedValue } from './apiError.ts';
import type { SizeRule } from './grammar.ts';

export interface Size {
	width: number;
	height: number;
}

type FreeSizes = Exclude<SizeRule, { fixed: readonly string[] }>;

/**
 * Reads a `size` parameter; undefined stands for `auto`. Messages of the refusals are those clients
 * have recorded from the API.
 */
export function readSize(value: string, rule: SizeRule): Size | undefined {
	if ('fixed' in rule) {
		if (!rule.fixed.includes(value)) throw unsupportedValue('size', value, rule.fixed);
		return value === 'auto' ? undefined : parseSize(value);
	}
	if (value === 'auto') return undefined;
	const size = parseSize(value);
	checkEdges(value, size, rule);
	return size;
}

/** Refuses a still picture outside the pixel budget of a model with free sizes. */
export function checkPixels({ width, height }: Size, rule: SizeRule): void {
	if ('fixed' in rule) return;
	const pixels = width * height;
	if (pixels < rule.minimumPixels) {
		throw invalidValue('size', 'Requested resolution is below the current minimum pixel budget.');
	}
	if (pixels > rule.maximumPixels) {
		throw invalidValue('size', 'Requested resolution exceeds the current pixel budget.');
	}
}

/**
 * Refuses GIF frames that do not fit. All frames are drawn on one sheet of 4 × 2, 3 × 3, 4 × 3 or
 * 4 × 4 cells which must keep the limits of a still picture, together with the other animations of
 * the request; OpenAI publishes no numbers, these follow from measured ones:
 * https://docs.apiyi.com/en/live/2026-11/gpt-image-2-6-gif-size-table.md
 */
export function checkFrames(
	{ width, height }: Size,
	frames: number,
	count: number,
	rule: SizeRule,
) {
	if ('fixed' in rule) return;
	const [long, short] = sheetCells(frames);
	const fits = [
		[long, short],
		[short, long],
	].some(([columns, rows]) => Math.max(width * columns!, height * rows!) <= rule.longestEdge);
	const pixels = width * height * long * short;
	if (!fits || pixels * count > rule.maximumPixels || pixels < rule.minimumPixels) {
		throw invalidValue(
			'size',
			`The requested ${frames} frames of ${width}x${height} do not fit the current pixel budget for GIF output.`,
		);
	}
}

/** The largest square frame, up to 640 pixels, that fits `count` animations of `frames` frames. */
export function defaultFrameSize(frames: number, count: number, rule: SizeRule): Size {
	const budget = 'fixed' in rule ? 0 : rule.maximumPixels;
	const [long, short] = sheetCells(frames);
	const edge = Math.min(640, Math.floor(Math.sqrt(budget / (count * long * short)) / 16) * 16);
	return { width: edge, height: edge };
}

/** What `auto` becomes: the shape of `wanted` (the first input picture), within the rule. */
export function automaticSize(wanted: Size | undefined, rule: SizeRule): Size {
	const { width, height } = wanted ?? { width: 1024, height: 1024 };
	if ('fixed' in rule) {
		const ratio = width / height;
		if (ratio > 1.2) return { width: 1536, height: 1024 };
		return ratio < 1 / 1.2 ? { width: 1024, height: 1536 } : { width: 1024, height: 1024 };
	}
	return nearestSize({ width, height }, rule);
}

function nearestSize({ width, height }: Size, rule: FreeSizes): Size {
	const ratio = Math.min(rule.longestRatio, Math.max(1 / rule.longestRatio, width / height));
	const pixels = Math.min(rule.maximumPixels, Math.max(1024 * 1024, width * height));
	const longest = Math.min(rule.longestEdge, Math.sqrt(pixels * Math.max(ratio, 1 / ratio)));
	const shortest = longest / Math.max(ratio, 1 / ratio);
	const step = (edge: number) => Math.floor(edge / rule.multipleOf) * rule.multipleOf;
	const round = (edge: number) => Math.ceil(edge / rule.multipleOf) * rule.multipleOf;
	const long = step(longest);
	const short = Math.max(step(shortest), round(long / rule.longestRatio));
	return ratio >= 1 ? { width: long, height: short } : { width: short, height: long };
}

function checkEdges(value: string, { width, height }: Size, rule: FreeSizes): void {
	if (width % rule.multipleOf !== 0 || height % rule.multipleOf !== 0) {
		throw invalidValue(
			'size',
			`Invalid size '${value}'. Width and height must both be divisible by ${rule.multipleOf}.`,
		);
	}
	const longest = Math.max(width, height);
	if (longest > rule.longestEdge) {
		throw invalidValue(
			'size',
			`Invalid size '${value}'. The longest edge must be less than or equal to ${rule.longestEdge}.`,
		);
	}
	if (longest > Math.min(width, height) * rule.longestRatio) {
		throw invalidValue(
			'size',
			`Invalid size '${value}'. The aspect ratio must be between 1:${rule.longestRatio} and ${rule.longestRatio}:1.`,
		);
	}
}

function parseSize(value: string): Size {
	const match = /^([1-9]\d{0,5})x([1-9]\d{0,5})$/.exec(value);
	if (!match) {
		throw invalidValue(
			'size',
			`Invalid size '${value}'. Expected WIDTHxHEIGHT, for example '1824x1024'.`,
		);
	}
	return { width: Number(match[1]), height: Number(match[2]) };
}

/** Cells of the sheet along its long and its short side. */
function sheetCells(frames: number): [long: number, short: number] {
	if (frames <= 8) return [4, 2];
	if (frames === 9) return [3, 3];
	return frames <= 12 ? [4, 3] : [4, 4];
}
