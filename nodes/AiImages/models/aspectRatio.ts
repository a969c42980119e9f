import { followsRule, parseSize, type Edges } from './sizes';
import type { SizeRule, SizeSpec } from './types';

/** Numbers of pixels: those of a square for 1K and 2K, those of 3840x2160 for 4K. */
export const RESOLUTIONS = { '1K': 1024 ** 2, '2K': 2048 ** 2, '4K': 3840 * 2160 } as const;

/** `16:9` → 16/9; null if the text is not a ratio. */
export function parseRatio(text: string): number | null {
	const found = /^\s*(\d+(?:\.\d+)?)\s*[:/x]\s*(\d+(?:\.\d+)?)\s*$/.exec(text);
	const ratio = found ? Number(found[1]) / Number(found[2]) : NaN;
	return Number.isFinite(ratio) && ratio > 0 ? ratio : null;
}

/**
 * The valid size closest to a ratio. The number of pixels has far less weight: it mostly decides
 * between sizes of about the same ratio.
 *
 * @param ratio width divided by height
 * @returns `WIDTHxHEIGHT`; undefined if the model takes no size in pixels
 */
export function nearestSize(spec: SizeSpec, ratio: number, pixels: number): string | undefined {
	const candidates = spec.rule ? sizesNear(spec.rule, ratio, pixels) : listedSizes(spec.values);
	const distance = ([width, height]: Edges) => {
		const shape = Math.abs(Math.log(width / height / ratio));
		const area = Math.abs(Math.log((width * height) / pixels));
		// A ratio that is off by 1% weighs as much as an area that is off by a factor of e.
		return shape * 100 + area;
	};
	let closest: Edges | undefined;
	let smallest = Infinity;
	for (const candidate of candidates) {
		const current = distance(candidate);
		if (!closest || current < smallest) [closest, smallest] = [candidate, current];
	}
	return closest?.join('x');
}

function listedSizes(values: readonly string[]): Edges[] {
	return values.flatMap((value) => {
		const edges = parseSize(value);
		return edges ? [edges] : [];
	});
}

/** Widths that are tried. Models that take any width have more, for ratios that are hardly closer. */
const MAX_WIDTHS = 256;

/** For every width near the ideal one, the valid heights around the one that fits the ratio. */
function sizesNear(rule: SizeRule, ratio: number, pixels: number): Edges[] {
	const { multipleOf, minEdge = 1, maxEdge, maxRatio = Infinity, minPixels, maxPixels } = rule;
	const longest = Math.floor(maxEdge / multipleOf) * multipleOf;
	// Even with the longest possible edge, a very flat size has fewer pixels than the minimum.
	const limit = Math.min(maxRatio, longest ** 2 / minPixels, maxEdge / minEdge);
	const validRatio = Math.min(Math.max(ratio, 1 / limit), limit);
	const validArea = Math.min(Math.max(pixels, minPixels), maxPixels);
	const wanted = Math.sqrt(validArea * validRatio);
	const lowest = Math.max(wanted, minEdge, minEdge * validRatio);
	const idealWidth = Math.min(lowest, maxEdge, maxEdge * validRatio);
	const step = multipleOf * Math.ceil(idealWidth / multipleOf / MAX_WIDTHS);
	const sizes: Edges[] = [];
	for (let width = step; width <= maxEdge; width += step) {
		// Some valid size is always closer than those this far from the ideal width.
		if (Math.abs(width - idealWidth) > idealWidth / 2) continue;
		const ideal = Math.round(width / validRatio / multipleOf) * multipleOf;
		for (const height of [ideal - multipleOf, ideal, ideal + multipleOf, longest]) {
			if (height > 0 && followsRule([width, height], rule)) sizes.push([width, height]);
		}
	}
	return sizes;
}
