import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import {
	UNVALIDATED_MODEL,
	specOf,
	type Condition,
	type ModelRow,
	type Operation,
	type ParameterName,
	type ParameterSpec,
} from '../models';
import { OTHER_MODEL, SAME_AS_ID, UNKNOWN_MODEL } from './model';
import { PARAMETERS, type ParameterInfo } from '../models/parameters';
import { valueLabel } from './valueLabel';
import { sizeFields } from './size';

type Table = Readonly<Record<string, ModelRow>>;
export type Show = NonNullable<IDisplayOptions['show']>;

/**
 * The fields of one place and operation, made from the table: one field for all models that take
 * a parameter alike, shown for these models and for ids declared compatible with them.
 */
export function parameterFields(
	table: Table,
	operation: Operation,
	place: ParameterInfo['place'],
): INodeProperties[] {
	const names = Object.keys(PARAMETERS) as ParameterName[];
	return names
		.filter((name) => PARAMETERS[name].place === place)
		.flatMap((name) =>
			groupBySpec(table, operation, name).flatMap(({ spec, models }) =>
				visibilityRules(models).flatMap((audience) =>
					toFields(name, spec, { operation, audience }),
				),
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
		[SAME_AS_ID, UNVALIDATED_MODEL],
		[UNKNOWN_MODEL, UNVALIDATED_MODEL],
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
export function visibilityRules(models: readonly string[]): Show[] {
	const direct = models.filter((model) => model !== SAME_AS_ID && model !== UNKNOWN_MODEL);
	return [
		...(direct.length ? [{ model: direct }] : []),
		{ compatibleWith: [...models], model: [OTHER_MODEL] },
	];
}

interface Visibility {
	operation: Operation;
	audience: Show;
}

function toFields(
	name: ParameterName,
	spec: ParameterSpec,
	visibility: Visibility,
): INodeProperties[] {
	const { displayName, description, placeholder, rows } = PARAMETERS[name];
	const common = {
		displayName,
		name,
		description,
		placeholder,
		displayOptions: displayOptions(name, spec, visibility),
		...(CONTROLLING_PARAMETERS.includes(name) ? { noDataExpression: true } : {}),
	};
	switch (spec.kind) {
		case 'text':
			return [
				{
					...common,
					type: 'string',
					default: '',
					...(spec.required ? { required: true } : {}),
					...(rows ? { typeOptions: { rows } } : {}),
					...(spec.maxLength ? { description: withLimit(description, spec.maxLength) } : {}),
				},
			];
		case 'integer':
			// A number field cannot be left empty.
			if (spec.default === undefined) return [{ ...common, type: 'string', default: '' }];
			return [
				{
					...common,
					type: 'number',
					...(spec.perRequest
						? { description: `${description} ${perRequest(spec.perRequest)}` }
						: {}),
					typeOptions: { minValue: spec.min, maxValue: spec.max, numberPrecision: 0 },
					default: spec.default,
				},
			];
		case 'boolean':
			return [{ ...common, type: 'boolean', default: spec.default }];
		case 'choice': {
			const values = spec.default === undefined ? ['', ...spec.values] : spec.values;
			const options = values.map((value) => ({ name: valueLabel(value), value }));
			return [{ ...common, type: 'options', options, default: spec.default ?? '' }];
		}
		case 'size':
			return sizeFields(spec, common);
	}
}

/** Parameters on whose value other fields depend, so that the editor has to know it. */
const CONTROLLING_PARAMETERS: readonly ParameterName[] = ['outputFormat', 'stream'];

function displayOptions(
	name: ParameterName,
	{ onlyWith, notWith }: Pick<ParameterSpec, 'onlyWith' | 'notWith'>,
	{ operation, audience }: Visibility,
): IDisplayOptions {
	const inOptions = PARAMETERS[name].place === 'options';
	const fromHere = (show: Show): Show => (inOptions ? fromRoot(show) : show);
	return {
		show: {
			...fromHere({ operation: [operation] }),
			...conditions(name, onlyWith),
			...fromHere(audience),
		},
		...(notWith ? { hide: conditions(name, notWith) } : {}),
	};
}

/** A condition as the editor reads it from where the field stands. */
export function conditions(name: ParameterName | null, condition: Condition = {}): Show {
	const inOptions = name !== null && PARAMETERS[name].place === 'options';
	const entries = Object.entries(condition) as Array<[ParameterName, string[]]>;
	return Object.assign(
		{},
		...entries.map(([other, values]) => {
			// People type `jpg` where the format is free text.
			const show = {
				[other]: values.flatMap((value) => (value === 'jpeg' ? [value, 'jpg'] : value)),
			};
			return inOptions && PARAMETERS[other].place === 'main' ? fromRoot(show) : show;
		}),
	) as Show;
}

/** Fields inside *Options* see the main fields from the root. */
function fromRoot(show: Show): Show {
	return Object.fromEntries(Object.entries(show).map(([key, value]) => [`/${key}`, value]));
}

function perRequest(count: number): string {
	return `The model makes ${count} per request, so that more take several requests.`;
}

function withLimit(description: string, maxLength: number): string {
	return `${description}. Up to ${maxLength.toLocaleString('en-US')} characters.`;
}
