import type { SizeRule, SizeSpec } from './types';

/**
 * Why a size is refused, as the end of a sentence that begins with what is allowed, or null.
 * Words such as `auto` are legal only where the list has them.
 *
 * @param anyPixels leaves the number of pixels to the server
 */
export function sizeError(
	size: string,
	{ values, rule }: SizeSpec,
	anyPixels = false,
): string | null {
	if (values.includes(size)) return null;
	if (!rule) return `Allowed: ${values.join(', ')}`;
	const edges = /^([1-9]\d{0,5})x([1-9]\d{0,5})$/.exec(size);
	if (!edges) return `Allowed: WIDTHxHEIGHT in pixels, for example 1536x1024, or ${words(values)}`;
	const limits = anyPixels ? { ...rule, minPixels: 1 } : rule;
	const broken = violations(Number(edges[1]), Number(edges[2]), limits);
	return broken.length ? `Allowed: ${broken.join('; ')}` : null;
}

function violations(width: number, height: number, rule: SizeRule): string[] {
	const pixels = width * height;
	const ratio = Math.max(width, height) / Math.min(width, height);
	const checks: Array<[boolean, string]> = [
		[
			width % rule.multipleOf === 0 && height % rule.multipleOf === 0,
			`multiples of ${rule.multipleOf} for width and height`,
		],
		[Math.max(width, height) <= rule.maxEdge, `at most ${rule.maxEdge} px for the longest edge`],
		[ratio <= rule.maxRatio, `at most ${rule.maxRatio} times the shorter edge for the longer one`],
		[
			pixels >= rule.minPixels,
			`at least ${grouped(rule.minPixels)} pixels in all, this has ${grouped(pixels)}`,
		],
		[
			pixels <= rule.maxPixels,
			`at most ${grouped(rule.maxPixels)} pixels in all, this has ${grouped(pixels)}`,
		],
	];
	return checks.filter(([kept]) => !kept).map(([, sentence]) => sentence);
}

function words(values: readonly string[]): string {
	return values.filter((value) => !/^\d/.test(value)).join(', ');
}

function grouped(pixels: number): string {
	return pixels.toLocaleString('en-US');
}
