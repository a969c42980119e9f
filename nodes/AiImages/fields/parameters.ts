import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import {
	specOf,
	type IntegerSpec,
	type ModelTable,
	type Operation,
	type ParameterName,
	type ParameterSpec,
	type TextSpec,
} from '../models';
import { PARAMETERS, type ParameterInfo } from '../models/parameters';
import { formatCount } from '../values/format';
import { sizeFields } from './size';
import { valueLabel } from './valueLabel';
import { fromRoot, groupBySpec, selections, valuesFor, type FieldValues } from './visibility';

/**
 * The fields of one operation, either the main ones or those in *Options*. Models with the same
 * spec for a parameter share a field, which is shown for them and for IDs that are compatible
 * with them.
 */
export function parameterFields(
	table: ModelTable,
	operation: Operation,
	place: ParameterInfo['place'],
): INodeProperties[] {
	const names = Object.keys(PARAMETERS) as ParameterName[];
	return names
		.filter((name) => PARAMETERS[name].place === place)
		.flatMap((name) =>
			groupBySpec(table, (row) => specOf(row, operation, name)).flatMap(({ spec, models }) =>
				selections(models).flatMap((selection) =>
					toFields(name, spec, displayOptions(name, spec, operation, selection)),
				),
			),
		);
}

function displayOptions(
	name: ParameterName,
	{ onlyWith, notWith }: ParameterSpec,
	operation: Operation,
	selection: FieldValues,
): IDisplayOptions {
	const isInOptions = PARAMETERS[name].place === 'options';
	const main = (values: FieldValues) => (isInOptions ? fromRoot(values) : values);
	return {
		show: {
			...main({ operation: [operation] }),
			...valuesFor(onlyWith, isInOptions),
			...main(selection),
		},
		...(notWith ? { hide: valuesFor(notWith, isInOptions) } : {}),
	};
}

/** Several fields for a size, otherwise one. */
function toFields(
	name: ParameterName,
	spec: ParameterSpec,
	visibility: IDisplayOptions,
): INodeProperties[] {
	const { displayName, description, placeholder, rows } = PARAMETERS[name];
	const common = {
		displayName,
		name,
		description,
		placeholder,
		displayOptions: visibility,
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
					description: describeText(description, spec),
				},
			];
		case 'integer':
			// A number field cannot be left empty.
			if (spec.default === undefined) return [{ ...common, type: 'string', default: '' }];
			return [
				{
					...common,
					type: 'number',
					typeOptions: { minValue: spec.min, maxValue: spec.max, numberPrecision: 0 },
					default: spec.default,
					description: describeInteger(description, spec),
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

/** Other fields depend on their values, so the editor has to know them: no expressions. */
const CONTROLLING_PARAMETERS: readonly ParameterName[] = ['outputFormat', 'stream'];

function describeText(description: string, { maxLength }: TextSpec): string {
	return maxLength ? `${description}. Up to ${formatCount(maxLength)} characters.` : description;
}

function describeInteger(description: string, { perRequest }: IntegerSpec): string {
	return perRequest
		? `${description} The model makes ${perRequest} per request, so that more take several requests.`
		: description;
}
