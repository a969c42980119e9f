import type { INodeProperties } from 'n8n-workflow';
import type { ModelRow, Operation } from '../models';
import { optionFields } from '../options/fields';
import { OPTIONS } from '../options/table';
import { parameterFields } from './parameters';

/** The *Options* collection: rare parameters of the API and the node's own options, by name. */
export function optionsField(
	table: Readonly<Record<string, ModelRow>>,
	operations: readonly Operation[],
): INodeProperties {
	const fields = [
		...operations.flatMap((operation) => parameterFields(table, operation, 'options')),
		...optionFields(OPTIONS),
	];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: fields.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}
