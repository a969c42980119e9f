import type { INodeProperties } from 'n8n-workflow';
import type { ModelRow, Operation } from '../models';
import { parameterFields } from './parameters';

type Table = Readonly<Record<string, ModelRow>>;

/** Where an image is put, unless the option says otherwise. */
export const OUTPUT_BINARY_FIELD = 'data';

/** Items that are worked on at the same time by default, and at most. */
export const PARALLEL_REQUESTS = 4;
export const MOST_PARALLEL_REQUESTS = 100;

/**
 * Seconds to wait for an answer. The official client waits as long by default
 * (https://www.npmjs.com/package/openai/v/7.55.0, README, Timeouts).
 */
export const TIMEOUT = 600;

/** The *Options* collection: rare parameters of the API, then settings of the node. */
export function optionsField(table: Table, operations: readonly Operation[]): INodeProperties {
	const children: INodeProperties[] = [
		...operations.flatMap((operation) => parameterFields(table, operation, 'options')),
		{
			displayName: 'Output Binary Field',
			name: 'outputBinaryField',
			type: 'string',
			default: OUTPUT_BINARY_FIELD,
			description: 'The name of the field of the item that the image is put into',
		},
		{
			displayName: 'Parallel Requests',
			name: 'parallelRequests',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MOST_PARALLEL_REQUESTS, numberPrecision: 0 },
			default: PARALLEL_REQUESTS,
			description:
				'How many items are worked on at the same time. The setting of the first item counts for all.',
		},
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: TIMEOUT,
			description:
				'How many seconds to wait for one answer. An image may be billed even if its answer comes too late.',
		},
	];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: children.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}
