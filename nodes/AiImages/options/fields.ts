import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { OptionSpec, OptionTable } from './types';

/** The editor's fields for the options of a table. */
export function optionFields(table: OptionTable): INodeProperties[] {
	return Object.entries(table).map(([name, spec]) => toField(name, spec));
}

function toField(name: string, spec: OptionSpec): INodeProperties {
	const { description, operations } = spec;
	const head = { displayName: labelOf(spec), name };
	const tail = {
		description,
		...(operations ? { displayOptions: { show: { '/operation': [...operations] } } } : {}),
	};
	switch (spec.kind) {
		case 'boolean':
			return { ...head, type: 'boolean', default: spec.default, ...tail };
		case 'string':
			return {
				...head,
				type: 'string',
				default: spec.default,
				placeholder: spec.placeholder,
				...tail,
			};
		case 'choice':
			return {
				...head,
				type: 'options',
				options: byName(spec.choices),
				default: spec.default,
				...tail,
			};
		case 'integer':
			return {
				...head,
				type: 'number',
				typeOptions: { minValue: spec.min, maxValue: spec.max, numberPrecision: 0 },
				default: spec.default,
				...tail,
			};
		case 'seconds':
		case 'megabytes':
		case 'dollars':
			return {
				...head,
				type: 'number',
				// Fractions below 1 can be given by an expression.
				typeOptions: { minValue: spec.allowsZero ? 0 : 1 },
				default: spec.default,
				...tail,
			};
		case 'json':
			return { ...head, type: 'json', default: '{}', placeholder: spec.placeholder, ...tail };
		case 'prices':
			return {
				...head,
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Price',
				default: {},
				...tail,
				options: [{ displayName: 'Price', name: 'price', values: priceFields(spec.tokens) }],
			};
	}
}

/** Messages name the option without its unit. */
function labelOf({ displayName, kind }: OptionSpec): string {
	const unit = UNITS[kind];
	return unit ? `${displayName} (${unit})` : displayName;
}

const UNITS: Readonly<Partial<Record<OptionSpec['kind'], string>>> = {
	seconds: 'Seconds',
	megabytes: 'MB',
	dollars: 'USD',
};

function priceFields(tokens: readonly INodePropertyOptions[]): INodeProperties[] {
	return [
		{
			displayName: 'Tokens',
			name: 'tokens',
			type: 'options',
			options: byName(tokens),
			default: 'imageOutput',
		},
		{
			displayName: 'Price per Million (USD)',
			name: 'dollars',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
		},
	];
}

function byName(options: readonly INodePropertyOptions[]): INodePropertyOptions[] {
	return options.toSorted((a, b) => a.name.localeCompare(b.name));
}
