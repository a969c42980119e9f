import type { INodeProperties } from 'n8n-workflow';
import {
	followsRule,
	nearestSize,
	parseRatio,
	parseSize,
	RESOLUTIONS,
	type SizeRule,
	type SizeSpec,
} from '../models';
import { formatCount } from '../values/format';
import { formatEdges, orientation, valueLabel } from './valueLabel';
import type { FieldValues } from './visibility';

/** Values of `sizeType`. */
export const PRESET_SIZE = 'preset';
export const CUSTOM_SIZE = 'custom';
export const SIZE_BY_RATIO = 'aspectRatio';

/**
 * *Size Type* and the fields of each type: a list, width and height if the model takes free sizes,
 * and an aspect ratio if it takes sizes in pixels.
 */
export function sizeFields(
	spec: SizeSpec,
	common: Pick<INodeProperties, 'displayName' | 'name' | 'description'> & {
		displayOptions: NonNullable<INodeProperties['displayOptions']>;
	},
): INodeProperties[] {
	const { values, default: defaultSize, rule } = spec;
	const { displayOptions } = common;
	const hasPixels = rule !== undefined || values.some((value) => parseSize(value));
	const { show, hide } = displayOptions;
	const ofType = (type: string) => ({
		displayOptions: { ...displayOptions, show: withSizeType(type, show) },
	});
	// Hidden by the other types: if it were shown by its own, n8n would not reset a size that the next
	// model doesn't support.
	const presetOnly = { ...hide, sizeType: [CUSTOM_SIZE, SIZE_BY_RATIO] };
	const edge = (displayName: string, name: string, rule: SizeRule): INodeProperties => ({
		displayName,
		name,
		type: 'number',
		typeOptions: { minValue: 1, maxValue: rule.maxEdge, numberPrecision: 0 },
		default: firstEdge(rule),
		...ofType(CUSTOM_SIZE),
	});
	return [
		{
			displayName: 'Size Type',
			name: 'sizeType',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Preset', value: PRESET_SIZE },
				...(rule ? [{ name: 'Custom', value: CUSTOM_SIZE }] : []),
				...(hasPixels ? [{ name: 'Aspect Ratio', value: SIZE_BY_RATIO }] : []),
			],
			default: PRESET_SIZE,
			description: 'How to set the size of the image',
			displayOptions,
		},
		{
			...common,
			type: 'options',
			options: values.map((value) => ({ name: sizeLabel(value), value })),
			default: defaultSize,
			displayOptions: { ...displayOptions, hide: presetOnly },
		},
		...(rule
			? [
					{ ...edge('Width', 'width', rule), description: 'Width in pixels' },
					{
						...edge('Height', 'height', rule),
						description: 'Height in pixels',
						hint: describeRule(rule),
					},
				]
			: []),
		...(hasPixels
			? [
					{
						displayName: 'Aspect Ratio',
						name: 'aspectRatio',
						type: 'options' as const,
						options: [...ratioOptions(spec)],
						default: '1:1',
						description: 'Width to height. The closest supported size is used.',
						...ofType(SIZE_BY_RATIO),
					},
				]
			: []),
		...(rule
			? [
					{
						displayName: 'Resolution',
						name: 'resolution',
						type: 'options' as const,
						options: Object.keys(RESOLUTIONS).map((value) => ({ name: value, value })),
						default: '1K',
						description: 'Approximate resolution. 1K has as many pixels as 1024 × 1024.',
						...ofType(SIZE_BY_RATIO),
					},
				]
			: []),
	];
}

function sizeLabel(value: string): string {
	return /^\dK$/.test(value) ? `${value} (The Model Chooses the Ratio)` : valueLabel(value);
}

/** What *Width* and *Height* begin with: a size that nobody has changed must not be refused. */
function firstEdge(rule: SizeRule): number {
	return [1024, 1280, 2048].find((edge) => followsRule([edge, edge], rule)) ?? 1024;
}

/** An expression can give any other ratio. */
const RATIOS = ['1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16', '21:9', '9:21'];

type RatioOption = Readonly<Record<'name' | 'value' | 'description', string>>;

/** For free sizes, the search is long: models that share their sizes share what it found. */
const RATIO_OPTIONS = new WeakMap<SizeSpec | SizeRule, readonly RatioOption[]>();

function ratioOptions(spec: SizeSpec): readonly RatioOption[] {
	const sizes = spec.rule ?? spec;
	const known = RATIO_OPTIONS.get(sizes);
	if (known) return known;
	const options = RATIOS.map((value) => ratioOption(spec, value));
	RATIO_OPTIONS.set(sizes, options);
	return options;
}

/** `16:9 (Landscape)`, and the sizes that the ratio leads to. */
function ratioOption(spec: SizeSpec, value: string): RatioOption {
	const ratio = parseRatio(value) ?? 1;
	const sizes = Object.entries(RESOLUTIONS).flatMap(([resolution, pixels]) => {
		const edges = parseSize(nearestSize(spec, ratio, pixels) ?? '');
		return edges ? [{ resolution, text: formatEdges(edges) }] : [];
	});
	const shape = orientation([ratio, 1]);
	return {
		name: `${value} (${shape})`,
		value,
		description: spec.rule
			? sizes.map(({ resolution, text }) => `${resolution}: ${text}`).join(' · ')
			: (sizes[0]?.text ?? ''),
	};
}

/** Keeps `model` last: n8n's editor stops checking at a key whose value is an expression. */
function withSizeType(type: string, { model, ...others }: FieldValues = {}): FieldValues {
	return { ...others, sizeType: [type], ...(model ? { model } : {}) };
}

/** Of images that people make. */
const MAX_USUAL_RATIO = 4;

function describeRule({
	multipleOf,
	minEdge,
	maxEdge,
	maxRatio,
	minPixels,
	maxPixels,
}: SizeRule): string {
	const limits = [
		multipleOf > 1 && `Multiples of ${multipleOf}`,
		minEdge && `min. ${minEdge} per side`,
		// Longer edges would have too many pixels anyway.
		maxEdge ** 2 <= maxPixels * MAX_USUAL_RATIO && `max. ${maxEdge} per side`,
		maxRatio && `aspect ratio up to ${maxRatio}:1`,
		`${formatCount(minPixels)}–${formatCount(maxPixels)} pixels in total`,
	];
	const [first = '', ...others] = limits.filter((limit) => typeof limit === 'string');
	return [first.charAt(0).toUpperCase() + first.slice(1), ...others].join(', ');
}
