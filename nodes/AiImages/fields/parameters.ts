import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import {
	specOf,
	type IntegerSpec,
	type ModelRow,
	type ModelTable,
	type Operation,
	type ParameterName,
	type ParameterSpec,
	type TextSpec,
} from '../models';
import { PARAMETERS, placeOf, type ParameterInfo } from '../models/parameters';
import { formatCount } from '../values/format';
import { sizeFields } from './size';
import { ratioLabel, valueLabel } from './valueLabel';
import { sharedFields, valuesFor, visibleFor, type Selection } from './visibility';

/**
 * The fields for API parameters, either the main ones or those in *Options*. Models with the same
 * spec for a parameter share its field.
 */
export function parameterFields(
	table: ModelTable,
	operations: readonly Operation[],
	place: ParameterInfo['place'],
): INodeProperties[] {
	const names = Object.keys(PARAMETERS) as ParameterName[];
	return names
		.filter((name) => name !== 'prompt')
		.flatMap((name) => {
			const specAt = (row: ModelRow, operation: Operation) => {
				const spec = specOf(row, operation, name);
				return placeOf(name, spec) === place ? spec : undefined;
			};
			return sharedFields(table, operations, specAt).flatMap(({ spec, selections }) =>
				selections.flatMap((selection) =>
					toFields(name, spec, displayOptions(name, spec, selection)),
				),
			);
		});
}

/** The same field for every model and operation, so that nothing can hide what the user wrote. */
export function promptField(): INodeProperties {
	const { rows, ...texts } = PARAMETERS.prompt;
	const { displayName, description, placeholder } = texts;
	return {
		...{ displayName, name: 'prompt', type: 'string', default: '', required: true },
		...{ description, placeholder, typeOptions: { rows } },
	};
}

function displayOptions(
	name: ParameterName,
	spec: ParameterSpec,
	selection: Selection,
): IDisplayOptions {
	const { onlyWith, notWith, requires } = spec;
	const isInOptions = placeOf(name, spec) === 'options';
	const hide = {
		...valuesFor(notWith, isInOptions),
		...valuesFor(requires && { [requires]: [''] }, isInOptions),
	};
	return visibleFor(selection, { onlyWith, hide }, isInOptions);
}

/** Several fields for a size, otherwise one. */
function toFields(
	name: ParameterName,
	spec: ParameterSpec,
	visibility: IDisplayOptions,
): INodeProperties[] {
	const { displayName, unit, description, placeholder, rows } = PARAMETERS[name];
	const common = {
		displayName: unit ? `${displayName} (${unit})` : displayName,
		name,
		description,
		displayOptions: visibility,
		...(CONTROLLING_PARAMETERS.includes(name) ? { noDataExpression: true } : {}),
	};
	switch (spec.kind) {
		case 'text':
			return [
				{
					...common,
					placeholder,
					type: 'string',
					default: '',
					...(spec.required ? { required: true } : {}),
					...(rows ? { typeOptions: { rows } } : {}),
					description: describeText(description, spec),
				},
			];
		case 'integer':
			// A number field cannot be left empty.
			if (spec.default === undefined)
				return [{ ...common, placeholder, type: 'string', default: '' }];
			return [
				{
					...common,
					type: 'number',
					typeOptions: { minValue: spec.min, maxValue: spec.max, numberPrecision: 0 },
					default: spec.default,
					description: describeInteger(description, spec),
				},
			];
		case 'number':
			if (spec.default === undefined)
				return [{ ...common, placeholder, type: 'string', default: '' }];
			return [
				{
					...common,
					type: 'number',
					typeOptions: { minValue: spec.min, maxValue: spec.max },
					default: spec.default,
				},
			];
		case 'boolean':
			return [{ ...common, type: 'boolean', default: spec.default }];
		case 'choice': {
			const values = spec.default === undefined ? ['', ...spec.values] : spec.values;
			const options = values.map((value) =>
				name === 'aspectRatio'
					? ratioLabel(value, spec.pixels)
					: { name: valueLabel(value), value },
			);
			return [{ ...common, type: 'options', options, default: spec.default ?? '' }];
		}
		case 'size':
			return sizeFields(spec, common);
	}
}

/** Other fields depend on their values, so the editor has to know them: no expressions. */
const CONTROLLING_PARAMETERS: readonly ParameterName[] = ['outputFormat', 'stream'];

function describeText(description: string, { maxLength }: TextSpec): string {
	return maxLength ? `${description}. Max. ${formatCount(maxLength)} characters.` : description;
}

function describeInteger(description: string, { perRequest }: IntegerSpec): string {
	return perRequest
		? `${description} This model returns ${perRequest} per request; the node sends further requests for the rest.`
		: description;
}
