import { SIZE_BY_RATIO } from '../fields/size';
import { nearestSize, parseRatio, RESOLUTIONS, type ParameterSpec } from '../models';

/**
 * The size for *Size Mode: By Aspect Ratio*; undefined in the other modes. A list of sizes has no
 * resolution to choose, so the ratio alone decides there.
 */
export function sizeByRatio(
	get: (name: string) => unknown,
	spec: ParameterSpec | undefined,
	problems: string[],
): string | undefined {
	if (spec?.kind !== 'size' || get('sizeMode') !== SIZE_BY_RATIO) return undefined;
	const ratio = parseRatio(String(get('aspectRatio')));
	const resolution = String(get('resolution') ?? '1K');
	if (ratio === null) {
		problems.push(
			`Aspect Ratio: ${JSON.stringify(get('aspectRatio'))} is no ratio. Allowed: WIDTH:HEIGHT, such as 16:9`,
		);
	}
	if (!isResolution(resolution)) {
		problems.push(
			`Resolution: ${JSON.stringify(resolution)} is not possible. Allowed: ${Object.keys(RESOLUTIONS).join(', ')}`,
		);
	}
	if (ratio === null || !isResolution(resolution)) return undefined;
	return nearestSize(spec, ratio, RESOLUTIONS[resolution]);
}

function isResolution(text: string): text is keyof typeof RESOLUTIONS {
	return Object.hasOwn(RESOLUTIONS, text);
}
