import type { SizeRule } from './types';

/**
 * The rule for one frame of an animation. Its frames are drawn on one sheet, to which the limits
 * of pixels apply. OpenAI publishes no numbers; those of the sheet were measured
 * (https://docs.apiyi.com/en/live/2026-11/gpt-image-2-6-gif-size-table.md), so that they choose
 * a size, but refuse none.
 */
export function frameRule(rule: SizeRule, frames: number): SizeRule {
	const cells = CELLS.find((count) => frames <= count) ?? frames;
	return {
		...rule,
		minPixels: Math.ceil(rule.minPixels / cells),
		maxPixels: Math.floor(rule.maxPixels / cells),
	};
}

/** Numbers of cells that a sheet can have. */
const CELLS = [9, 12, 16];
