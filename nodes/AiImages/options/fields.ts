import type { INodeProperties } from 'n8n-workflow';
import type { ModelRow, Operation } from '../models';
import { parameterFields } from '../fields/parameters';

type Table = Readonly<Record<string, ModelRow>>;

/** Where an image is put, unless the option says otherwise. */
export const OUTPUT_BINARY_FIELD = 'data';

/** Requests that are under way at the same time by default, and at most. */
export const PARALLEL_REQUESTS = 4;
export const MOST_PARALLEL_REQUESTS = 100;

/** Forty times what OpenAI allows its largest customers; more would be a slip of the keyboard. */
export const MOST_IMAGES_PER_MINUTE = 10_000;

/**
 * Seconds to wait for an answer. The official client waits as long by default
 * (https://www.npmjs.com/package/openai/v/7.57.0, README, Timeouts).
 */
export const TIMEOUT = 600;

/**
 * Seconds that a call may wait for another attempt: a queue of 20 images passes a limit of five
 * per minute in less.
 */
export const MAX_RETRY_WAIT = 600;

/** Megabytes that an image may have: about ten times the largest that the models make. */
export const LARGEST_IMAGE = 256;

/** The *Options* collection: rare parameters of the API, then settings of the node. */
export function optionsField(table: Table, operations: readonly Operation[]): INodeProperties {
	const children: INodeProperties[] = [
		...operations.flatMap((operation) => parameterFields(table, operation, 'options')),
		{
			displayName: 'Drop Unsupported Parameters',
			name: 'dropUnsupported',
			type: 'boolean',
			default: true,
			description:
				'Whether to leave out parameters that the server does not know, even those that you set, instead of failing',
		},
		{
			displayName: 'Largest Image',
			name: 'largestImage',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: LARGEST_IMAGE,
			description:
				'How many megabytes one image may have. What is larger is not stored; an answer may be as long as the images that were asked for.',
		},
		{
			displayName: 'Longest Wait',
			name: 'maxRetryWait',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: MAX_RETRY_WAIT,
			description:
				'How many seconds one item may wait in all before it is tried again: after a rate limit, or when the server is overloaded or cannot be reached. With 0 nothing is tried again.',
		},
		{
			displayName: 'Retry Server Errors',
			name: 'retryServerErrors',
			type: 'boolean',
			default: true,
			description:
				'Whether to try again after any failure of the server (status 500 and above). The image may be billed twice.',
		},
		{
			displayName: 'Extra Body Fields',
			name: 'extraFields',
			type: 'json',
			default: '{}',
			placeholder: 'e.g. {"seed": 7, "negative_prompt": "text"}',
			description:
				'More fields of the request, for servers that take them: seed, negative_prompt and others',
		},
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '{prompt}-{item}-{index}',
			description:
				'The name of the file without its extension. Words in braces are filled in: prompt, model, item, index, date.',
		},
		{
			displayName: 'Images per Minute',
			name: 'imagesPerMinute',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: MOST_IMAGES_PER_MINUTE, numberPrecision: 0 },
			default: 0,
			description:
				'How many images all items of a run together may ask for in any minute, or 0 for no limit. Repeated requests count again. What waits for it does not use up Longest Wait. The setting of the first item counts for all.',
		},
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{ name: 'One Item per Image', value: 'itemPerImage' },
				{ name: 'One Item With All Images', value: 'singleItem' },
			],
			default: 'singleItem',
			description: 'How several images of one input item leave the node',
		},
		{
			displayName: 'Prices',
			name: 'prices',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Price',
			default: {},
			description:
				'What your provider bills, in US dollars per million tokens, to compute the cost by. For what is not listed, the prices of OpenAI count.',
			options: [{ displayName: 'Price', name: 'price', values: priceFields() }],
		},
		{
			displayName: 'Send Images as JSON',
			name: 'imagesAsJson',
			type: 'boolean',
			default: true,
			description:
				'Whether to send input images inside a JSON body instead of as files, for servers that want it so',
			displayOptions: { show: { '/operation': ['edit'] } },
		},
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
				'How many requests of all items are under way at the same time. When the server refuses one because there are too many, the number is halved; each success gives one back. The setting of the first item counts for all.',
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

function priceFields(): INodeProperties[] {
	return [
		{
			displayName: 'Tokens',
			name: 'tokens',
			type: 'options',
			options: [
				{ name: 'Image Input', value: 'imageInput' },
				{ name: 'Image Output', value: 'imageOutput' },
				{ name: 'Text Input', value: 'textInput' },
				{ name: 'Text Output', value: 'textOutput' },
			],
			default: 'imageOutput',
		},
		{
			displayName: 'Dollars per Million',
			name: 'dollars',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
		},
	];
}
