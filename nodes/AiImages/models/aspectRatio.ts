import type { SizeRule, SizeSpec } from './types';

/** Rough resolutions and the number of pixels that each stands for: that of a square image. */
export const RESOLUTIONS = { '1K': 1024 ** 2, '2K': 2048 ** 2, '4K': 3840 * 2160 } as const;

export type Resolution = keyof typeof RESOLUTIONS;

/** `16:9` → 16/9; null if it is no ratio. */
export function parseRatio(text: string): number | null {
	const found = /^\s*(\d+(?:\.\d+)?)\s*[:/x]\s*(\d+(?:\.\d+)?)\s*$/.exec(text);
	const ratio = found ? Number(found[1]) / Number(found[2]) : NaN;
	return Number.isFinite(ratio) && ratio > 0 ? ratio : null;
}

/**
 * The legal size that comes nearest to a ratio, and among those as near, to a number of pixels.
 *
 * @param ratio width divided by height
 * @returns `WIDTHxHEIGHT`; undefined if the list has no size in pixels
 */
export function nearestSize(spec: SizeSpec, ratio: number, pixels: number): string | undefined {
	const candidates = spec.rule ? freeSizes(spec.rule, ratio, pixels) : listedSizes(spec.values);
	const distance = ([width, height]: Edges) => {
		const shape = Math.abs(Math.log(width / height / ratio));
		const area = Math.abs(Math.log((width * height) / pixels));
		// A hundredth off the ratio shows as much as a whole size off the area.
		return shape * 100 + area;
	};
	const [first, ...others] = candidates;
	if (!first) return undefined;
	return others
		.reduce((best, next) => (distance(next) < distance(best) ? next : best), first)
		.join('x');
}

type Edges = readonly [width: number, height: number];

function listedSizes(values: readonly string[]): Edges[] {
	return values
		.map((value) => /^(\d+)x(\d+)$/.exec(value))
		.flatMap((found): Edges[] => (found ? [[Number(found[1]), Number(found[2])]] : []));
}

/** For every legal width, the legal heights next to the one that the ratio asks for. */
function freeSizes(rule: SizeRule, ratio: number, pixels: number): Edges[] {
	const { multipleOf: step, maxEdge, maxRatio, minPixels, maxPixels } = rule;
	// A long edge as long as allowed still has to hold the fewest pixels allowed.
	const longest = Math.floor(maxEdge / step) * step;
	const limit = Math.min(maxRatio, longest ** 2 / minPixels);
	const bounded = Math.min(Math.max(ratio, 1 / limit), limit);
	const area = Math.min(Math.max(pixels, minPixels), maxPixels);
	const ideal = Math.min(Math.sqrt(area * bounded), maxEdge, maxEdge * bounded);
	const sizes: Edges[] = [];
	for (let width = step; width <= maxEdge; width += step) {
		// Far from the ideal width there is always a legal size that comes nearer.
		if (Math.abs(width - ideal) > ideal / 2) continue;
		const near = Math.round(width / bounded / step) * step;
		for (const height of [near - step, near, near + step, longest]) {
			const legal =
				height > 0 &&
				height <= maxEdge &&
				Math.max(width / height, height / width) <= maxRatio &&
				width * height >= minPixels &&
				width * height <= maxPixels;
			if (legal) sizes.push([width, height]);
		}
	}
	return sizes;
}
