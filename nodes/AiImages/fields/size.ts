import type { INodeProperties } from 'n8n-workflow';
import { parseSize, RESOLUTIONS, type SizeRule, type SizeSpec } from '../models';
import { formatCount } from '../values/format';
import { valueLabel } from './valueLabel';
import type { FieldValues } from './visibility';

/** Values of `sizeMode`. */
export const SIZE_FROM_LIST = 'list';
export const CUSTOM_SIZE = 'custom';
export const SIZE_BY_RATIO = 'aspectRatio';

/**
 * *Size Mode* and the fields of each mode: a list, width and height if the model takes free sizes,
 * and an aspect ratio if it takes sizes in pixels.
 */
export function sizeFields(
	{ values, default: defaultSize, rule }: SizeSpec,
	common: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'placeholder'> & {
		displayOptions: NonNullable<INodeProperties['displayOptions']>;
	},
): INodeProperties[] {
	const { displayOptions } = common;
	const hasPixels = rule !== undefined || values.some((value) => parseSize(value));
	const inMode = (mode: string) => ({
		displayOptions: { ...displayOptions, show: withSizeMode(mode, displayOptions.show) },
	});
	const mode: INodeProperties = {
		displayName: 'Size Mode',
		name: 'sizeMode',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'From List', value: SIZE_FROM_LIST },
			...(rule ? [{ name: 'Width and Height', value: CUSTOM_SIZE }] : []),
			...(hasPixels ? [{ name: 'By Aspect Ratio', value: SIZE_BY_RATIO }] : []),
		],
		default: SIZE_FROM_LIST,
		description: 'How to choose the size of the image',
		displayOptions,
	};
	const list: INodeProperties = {
		...common,
		type: 'options',
		options: values.map((value) => ({ name: valueLabel(value), value })),
		default: defaultSize,
		...inMode(SIZE_FROM_LIST),
	};
	const ratio: INodeProperties = {
		displayName: 'Aspect Ratio',
		name: 'aspectRatio',
		type: 'options',
		options: RATIOS.map((value) => ({ name: value, value })),
		default: '1:1',
		description: 'Width to height. The nearest size that the model takes is used.',
		...inMode(SIZE_BY_RATIO),
	};
	if (!rule) return [mode, list, ratio];
	const custom: INodeProperties = {
		...common,
		type: 'string',
		default: '1024x1024',
		description: describeRule(rule),
		...inMode(CUSTOM_SIZE),
	};
	const resolution: INodeProperties = {
		displayName: 'Resolution',
		name: 'resolution',
		type: 'options',
		options: Object.keys(RESOLUTIONS).map((value) => ({ name: value, value })),
		default: '1K',
		description: 'Roughly how many pixels: as many as a square with edges of this length',
		...inMode(SIZE_BY_RATIO),
	};
	return [mode, list, custom, ratio, resolution];
}

/** An expression can give any other ratio. */
const RATIOS = ['1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16', '21:9', '9:21'];

/** Keeps `model` last: n8n's editor stops checking at a key whose value is an expression. */
function withSizeMode(mode: string, { model, ...others }: FieldValues = {}): FieldValues {
	return { ...others, sizeMode: [mode], ...(model ? { model } : {}) };
}

function describeRule({ multipleOf, maxEdge, maxRatio, minPixels, maxPixels }: SizeRule): string {
	return (
		`WIDTHxHEIGHT in pixels: multiples of ${multipleOf}, longest edge up to ${maxEdge}, ` +
		`at most ${maxRatio} times the shorter one, ` +
		`${formatCount(minPixels)} to ${formatCount(maxPixels)} pixels in all`
	);
}
