import type { INodeProperties } from 'n8n-workflow';
import type { ModelRow, Operation } from '../models';
import { optionFields } from '../options/fields';
import { OPTIONS } from '../options/table';
import { overlayOptions } from './images';
import { modelIdOption } from './model';
import { parameterFields } from './parameters';

/**
 * The *Options* collection, by subject: what belongs to the model, then the node's own options in
 * the order of their table.
 */
export function optionsField(
	table: Readonly<Record<string, ModelRow>>,
	operations: readonly Operation[],
): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			modelIdOption(),
			...overlayOptions(table, operations),
			...parameterFields(table, operations, 'options'),
			...optionFields(OPTIONS),
		],
	};
}
