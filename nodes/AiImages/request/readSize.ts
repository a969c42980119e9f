import { CUSTOM_SIZE, SIZE_BY_RATIO, SIZE_FROM_LIST } from '../fields/size';
import {
	frameRule,
	nearestSize,
	parseRatio,
	RESOLUTIONS,
	type ParameterSpec,
	type SizeSpec,
} from '../models';
import { formatValue, toNumber, toText } from '../values/format';

/**
 * The size for *Size Mode: By Aspect Ratio*; undefined in the other modes. Models with a fixed list
 * of sizes have no *Resolution*: there, the ratio alone decides.
 */
export function sizeByRatio(
	get: (name: string) => unknown,
	spec: ParameterSpec | undefined,
	problems: string[],
): string | undefined {
	if (spec?.kind !== 'size') return undefined;
	const mode = get('sizeMode') ?? SIZE_FROM_LIST;
	const modes: unknown[] = [SIZE_FROM_LIST, ...(spec.rule ? [CUSTOM_SIZE] : []), SIZE_BY_RATIO];
	if (!modes.includes(mode)) {
		problems.push(
			`Size Mode: ${formatValue(mode)} is not possible with this model. Choose it again`,
		);
	}
	if (mode !== SIZE_BY_RATIO) return undefined;
	const ratio = parseRatio(toText(get('aspectRatio')));
	const resolution = toText(get('resolution') ?? '1K');
	if (ratio === null) {
		problems.push(
			`Aspect Ratio: ${formatValue(get('aspectRatio'))} is no ratio. Allowed: WIDTH:HEIGHT, such as 16:9`,
		);
	}
	if (!isResolution(resolution)) {
		problems.push(
			`Resolution: ${formatValue(resolution)} is not possible. Allowed: ${Object.keys(RESOLUTIONS).join(', ')}`,
		);
	}
	if (ratio === null || !isResolution(resolution)) return undefined;
	return nearestSize(frameSpec(spec, get), ratio, RESOLUTIONS[resolution]);
}

/** For an animation, the limits of a single frame. */
function frameSpec(spec: SizeSpec, get: (name: string) => unknown): SizeSpec {
	if (!spec.rule || get('outputFormat') !== 'gif') return spec;
	return { ...spec, rule: frameRule(spec.rule, toNumber(get('frameCount')) || 1) };
}

function isResolution(text: string): text is keyof typeof RESOLUTIONS {
	return Object.hasOwn(RESOLUTIONS, text);
}
