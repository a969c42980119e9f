import type { IDisplayOptions, INodeProperties, NodeParameterValue } from 'n8n-workflow';
import {
	PERMISSIVE_ROW,
	specOf,
	type ImageFormat,
	type ModelRow,
	type Operation,
	type ParameterName,
	type ParameterSpec,
} from '../models';
import { OTHER_MODEL, SAME_AS_ID, UNKNOWN_MODEL } from './model';
import { nameOfValue, PRESENTATION, type Presentation } from './presentation';

type Table = Readonly<Record<string, ModelRow>>;
type Show = NonNullable<IDisplayOptions['show']>;

/** Values of `sizeMode`, the field that offers a free size beside the list. */
export const SIZE_FROM_LIST = 'list';
export const CUSTOM_SIZE = 'custom';

/**
 * The fields of one place and operation, made from the table: one field for all models that take
 * a parameter alike, shown for these models and for ids declared compatible with them.
 */
export function parameterFields(
	table: Table,
	operation: Operation,
	place: Presentation['place'],
): INodeProperties[] {
	const names = Object.keys(PRESENTATION) as ParameterName[];
	return names
		.filter((name) => PRESENTATION[name].place === place)
		.flatMap((name) =>
			groupBySpec(table, operation, name).flatMap(({ spec, models }) =>
				audiences(models).flatMap((audience) => fieldsOf(name, spec, operation, audience, place)),
			),
		);
}

interface Group {
	spec: ParameterSpec;
	models: string[];
}

/** Models (and the two entries of *Compatible With* that show everything) by what they take. */
function groupBySpec(table: Table, operation: Operation, name: ParameterName): Group[] {
	const groups = new Map<string, Group>();
	const rows: Array<[string, ModelRow]> = [
		...Object.entries(table),
		[SAME_AS_ID, PERMISSIVE_ROW],
		[UNKNOWN_MODEL, PERMISSIVE_ROW],
	];
	for (const [model, row] of rows) {
		const spec = specOf(row, operation, name);
		if (!spec) continue;
		const key = JSON.stringify(spec);
		const group = groups.get(key) ?? { spec, models: [] };
		group.models.push(model);
		groups.set(key, group);
	}
	return [...groups.values()];
}

/** Who sees a field: those who chose one of the models, and those who named one as compatible. */
function audiences(models: string[]): Show[] {
	const direct = models.filter((model) => model !== SAME_AS_ID && model !== UNKNOWN_MODEL);
	return [
		...(direct.length ? [{ model: direct }] : []),
		{ compatibleWith: models, model: [OTHER_MODEL] },
	];
}

function fieldsOf(
	name: ParameterName,
	spec: ParameterSpec,
	operation: Operation,
	audience: Show,
	place: Presentation['place'],
): INodeProperties[] {
	const show = (conditions: Show = {}): IDisplayOptions => ({
		show: rooted({ operation: [operation], ...conditions, ...audience }, place),
	});
	const { displayName, description, placeholder, rows } = PRESENTATION[name];
	const common = { displayName, name, description, placeholder };
	const text = (defaultValue: string, conditions?: Show): INodeProperties => ({
		...common,
		type: 'string',
		default: defaultValue,
		displayOptions: show(conditions),
	});
	const choice = (values: readonly string[], chosen: string, conditions?: Show) =>
		({
			...common,
			type: 'options',
			options: values.map((value) => ({ name: nameOfValue(value), value })),
			default: chosen,
			displayOptions: show(conditions),
		}) satisfies INodeProperties;

	switch (spec.kind) {
		case 'text':
			return [
				{
					...text(''),
					...(spec.required ? { required: true } : {}),
					...(rows ? { typeOptions: { rows } } : {}),
					...(spec.maxLength
						? { description: `${description}. Up to ${grouped(spec.maxLength)} characters` }
						: {}),
					...decidesOnFields(name),
				},
			];
		case 'integer':
			return [
				{
					...common,
					type: 'number',
					typeOptions: { minValue: spec.min, maxValue: spec.max, numberPrecision: 0 },
					default: spec.default,
					displayOptions: show(
						spec.onlyForFormats && { outputFormat: formats(spec.onlyForFormats) },
					),
				},
			];
		case 'choice':
			return [{ ...choice(spec.values, spec.default), ...decidesOnFields(name) }];
		case 'size':
			if (!spec.rule) return [choice(spec.values, spec.default)];
			return [
				{
					displayName: 'Size Mode',
					name: 'sizeMode',
					type: 'options',
					noDataExpression: true,
					options: [
						{ name: 'Common Sizes', value: SIZE_FROM_LIST },
						{ name: 'Custom Size', value: CUSTOM_SIZE },
					],
					default: SIZE_FROM_LIST,
					description: 'Whether to choose the size from a list or to give width and height',
					displayOptions: show(),
				},
				choice(spec.values, spec.default, { sizeMode: [SIZE_FROM_LIST] }),
				{
					...text('1024x1024', { sizeMode: [CUSTOM_SIZE] }),
					description:
						`${description}, as WIDTHxHEIGHT: multiples of ${spec.rule.multipleOf}, ` +
						`longest edge up to ${spec.rule.maxEdge}, at most ${spec.rule.maxRatio} times the shorter one, ` +
						`${grouped(spec.rule.minPixels)} to ${grouped(spec.rule.maxPixels)} pixels in all`,
				},
			];
	}
}

/** `outputFormat` decides whether the compression is shown, so the editor must know its value. */
function decidesOnFields(name: ParameterName): Partial<INodeProperties> {
	return name === 'outputFormat' ? { noDataExpression: true } : {};
}

/** People type `jpg` where the format is free text. */
function formats(values: readonly ImageFormat[]): NodeParameterValue[] {
	return values.flatMap((value) => (value === 'jpeg' ? [value, 'jpg'] : [value]));
}

/** Fields inside *Options* see the main fields from the root. */
function rooted(show: Show, place: Presentation['place']): Show {
	if (place === 'main') return show;
	return Object.fromEntries(Object.entries(show).map(([key, value]) => [`/${key}`, value]));
}

function grouped(count: number): string {
	return count.toLocaleString('en-US');
}
