import { CUSTOM_SIZE, PRESET_SIZE, SIZE_BY_RATIO } from '../fields/size';
import {
	frameRule,
	nearestSize,
	parseRatio,
	RESOLUTIONS,
	type ParameterSpec,
	type SizeSpec,
} from '../models';
import { formatValue, toNumber, toText } from '../values/format';

type Get = (name: string) => unknown;

/** *Width* and *Height*, or an aspect ratio. */
export type SizeBy = 'custom' | 'aspectRatio';

export interface ChosenSize {
	/** `WIDTHxHEIGHT`, or what stands in for it if the input is wrong. */
	readonly size?: string;
	/** The fields that it follows from; absent = *Size* itself. */
	readonly sizeBy?: SizeBy;
}

/**
 * The size that *Custom* or *Aspect Ratio* leads to; empty for *Preset*, where *Size* has it. Models
 * with a fixed list of sizes have no *Resolution*: there, the ratio alone decides.
 *
 * @param spec what the editor shows
 */
export function readSize(
	get: Get,
	spec: ParameterSpec | undefined,
	problems: string[],
): ChosenSize {
	if (spec?.kind !== 'size') return {};
	const type = get('sizeType') ?? PRESET_SIZE;
	const types: unknown[] = [PRESET_SIZE, ...(spec.rule ? [CUSTOM_SIZE] : []), SIZE_BY_RATIO];
	if (!types.includes(type)) {
		problems.push(
			`'Size Type' ${formatValue(type)} isn't supported by this model. Use one of: ${types.join(', ')}`,
		);
	}
	if (type === CUSTOM_SIZE) return customSize(get, problems);
	return type === SIZE_BY_RATIO ? sizeByRatio(get, spec, problems) : {};
}

function customSize(get: Get, problems: string[]): ChosenSize {
	const edges = (['Width', 'Height'] as const).map((displayName) => {
		const value = get(displayName.toLowerCase()) ?? DEFAULT_EDGE;
		const edge = typeof value === 'boolean' || value === '' ? NaN : toNumber(value);
		if (Number.isSafeInteger(edge) && edge > 0) return edge;
		problems.push(`'${displayName}' ${formatValue(value)} must be a whole number of pixels`);
		return null;
	});
	return edges.includes(null) ? {} : { size: edges.join('x'), sizeBy: 'custom' };
}

/** What *Width* and *Height* have in a workflow that says nothing of them, in pixels. */
const DEFAULT_EDGE = 1024;

function sizeByRatio(get: Get, spec: SizeSpec, problems: string[]): ChosenSize {
	const ratio = parseRatio(toText(get('aspectRatio') ?? '1:1'));
	const resolution = toText(get('resolution') ?? '1K');
	if (ratio === null) {
		problems.push(
			`'Aspect Ratio' ${formatValue(get('aspectRatio'))} must be WIDTH:HEIGHT, e.g. 16:9`,
		);
	}
	if (!isResolution(resolution)) {
		problems.push(
			`'Resolution' ${formatValue(resolution)} isn't supported. Use one of: ${Object.keys(RESOLUTIONS).join(', ')}`,
		);
	}
	if (ratio === null || !isResolution(resolution)) return {};
	const size = nearestSize(frameSpec(spec, get), ratio, RESOLUTIONS[resolution]);
	return size ? { size, sizeBy: 'aspectRatio' } : {};
}

/** For an animation, the limits of a single frame. */
function frameSpec(spec: SizeSpec, get: Get): SizeSpec {
	if (!spec.rule || get('outputFormat') !== 'gif') return spec;
	return { ...spec, rule: frameRule(spec.rule, toNumber(get('frameCount')) || 1) };
}

function isResolution(text: string): text is keyof typeof RESOLUTIONS {
	return Object.hasOwn(RESOLUTIONS, text);
}
