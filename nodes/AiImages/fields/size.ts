import type { INodeProperties } from 'n8n-workflow';
import { RESOLUTIONS, type SizeSpec } from '../models';
import { valueLabel } from './valueLabel';

/** Values of `sizeMode`. */
export const SIZE_FROM_LIST = 'list';
export const CUSTOM_SIZE = 'custom';
export const SIZE_BY_RATIO = 'aspectRatio';

/** Ratios that are offered; an expression can give any other. */
const RATIOS = ['1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16', '21:9', '9:21'];

/** The ways to give a size: from the list, by width and height where free, or by ratio. */
export function sizeFields(
	{ values, default: chosen, rule }: SizeSpec,
	common: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'placeholder'> & {
		displayOptions: NonNullable<INodeProperties['displayOptions']>;
	},
): INodeProperties[] {
	const { show = {} } = common.displayOptions;
	const hasPixels = rule !== undefined || values.some((value) => /^\d+x\d+$/.test(value));
	const inMode = (mode: string) => ({
		displayOptions: {
			...common.displayOptions,
			show: withKeyLast('model', { sizeMode: [mode] }, show),
		},
	});
	const list: INodeProperties = {
		...common,
		type: 'options',
		options: values.map((value) => ({ name: valueLabel(value), value })),
		default: chosen,
		...inMode(SIZE_FROM_LIST),
	};
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
		displayOptions: common.displayOptions,
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
		description:
			`WIDTHxHEIGHT in pixels: multiples of ${rule.multipleOf}, longest edge up to ${rule.maxEdge}, ` +
			`at most ${rule.maxRatio} times the shorter one, ` +
			`${grouped(rule.minPixels)} to ${grouped(rule.maxPixels)} pixels in all`,
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

/** The model's key stays last: n8n's editor stops reading at a key whose value is an expression. */
function withKeyLast(last: string, added: object, show: object): Record<string, never> {
	const entries = Object.entries({ ...show, ...added });
	return Object.fromEntries([
		...entries.filter(([key]) => key !== last),
		...entries.filter(([key]) => key === last),
	]) as Record<string, never>;
}

function grouped(count: number): string {
	return count.toLocaleString('en-US');
}
