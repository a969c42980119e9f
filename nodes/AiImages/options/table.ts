import type { OptionTable, SettingsOf } from './types';

/** A day. */
const MAX_SECONDS = 86_400;

/**
 * The node's own options. The editor's field, the reader, the limits, the error messages and the
 * type of the setting follow from a row.
 */
export const OPTIONS = {
	/** The field of an item that holds the image. */
	outputBinaryField: {
		kind: 'string',
		displayName: 'Output Binary Field',
		description: 'The name of the field of the item that the image is put into',
		default: 'data',
		fallback: 'data',
	},
	/** Whether the images of an input item share one item. */
	output: {
		kind: 'choice',
		displayName: 'Output',
		description: 'How several images of one input item leave the node',
		choices: [
			{ name: 'One Item per Image', value: 'itemPerImage' },
			{ name: 'One Item With All Images', value: 'singleItem' },
		],
		default: 'singleItem',
		fallback: 'itemPerImage',
	},
	/** Template of the file name without its extension; empty = the node names the file. */
	fileName: {
		kind: 'string',
		displayName: 'File Name',
		description:
			'The name of the file without its extension. Words in braces are filled in: prompt, model, item, index, date.',
		default: '{prompt}-{item}-{index}',
		fallback: '',
	},
	/** Whether edits send their files inside a JSON body. */
	imagesAsJson: {
		kind: 'boolean',
		displayName: 'Send Images as JSON',
		description:
			'Whether to send input images inside a JSON body instead of as files, for servers that want it so',
		operations: ['edit'],
		default: true,
		fallback: false,
	},
	/** Further fields of the request body. */
	extraFields: {
		kind: 'json',
		displayName: 'Extra Body Fields',
		description:
			'More fields of the request, for servers that take them: seed, negative_prompt and others',
		placeholder: 'e.g. {"seed": 7, "negative_prompt": "text"}',
		example: '{"seed": 7}',
	},
	/** Prices that replace those of the model's row. */
	prices: {
		kind: 'prices',
		displayName: 'Prices',
		description:
			'What your provider bills, in US dollars per million tokens, to compute the cost by. For what is not listed, the prices of OpenAI count.',
		tokens: [
			{ name: 'Text Input', value: 'textInput' },
			{ name: 'Image Input', value: 'imageInput' },
			{ name: 'Image Output', value: 'imageOutput' },
			{ name: 'Text Output', value: 'textOutput' },
		],
	},
	/** Requests at the same time. The first item decides for the whole run. */
	parallelRequests: {
		kind: 'integer',
		displayName: 'Parallel Requests',
		description:
			'How many requests of all items are under way at the same time. When the server refuses one because there are too many, the number is halved; each success gives one back. The setting of the first item counts for all.',
		default: 4,
		min: 1,
		max: 100,
	},
	/** Images that may be requested in any minute, 0 = no limit. The first item decides. */
	imagesPerMinute: {
		kind: 'integer',
		displayName: 'Images per Minute',
		description:
			'How many images all items of a run together may ask for in any minute, or 0 for no limit. Repeated requests count again. What waits for it does not use up Longest Wait. The setting of the first item counts for all.',
		default: 0,
		min: 0,
		// Forty times what OpenAI allows its largest customers; more would be a typing error.
		max: 10_000,
	},
	/** Whether to leave out parameters that the server does not know, even if the user set them. */
	dropUnsupported: {
		kind: 'boolean',
		displayName: 'Drop Unsupported Parameters',
		description:
			'Whether to leave out parameters that the server does not know, even those that you set, instead of failing',
		default: true,
		fallback: false,
	},
	/** Milliseconds that all delays of an item before further attempts may take together. */
	maxRetryWait: {
		kind: 'seconds',
		displayName: 'Longest Wait',
		description:
			'How many seconds one item may wait in all before it is tried again: after a rate limit, or when the server is overloaded or cannot be reached. With 0 nothing is tried again.',
		// In this time, 20 images pass a limit of five per minute.
		default: 600,
		allowsZero: true,
		max: MAX_SECONDS,
	},
	/** Whether to retry after a server error although the image may have been billed. */
	retryServerErrors: {
		kind: 'boolean',
		displayName: 'Retry Server Errors',
		description:
			'Whether to try again after any failure of the server (status 500 and above). The image may be billed twice.',
		default: true,
		fallback: false,
	},
	/** Bytes that one image may have. */
	largestImage: {
		kind: 'megabytes',
		displayName: 'Largest Image',
		description:
			'How many megabytes one image may have. What is larger is not stored; an answer may be as long as the images that were asked for.',
		// About ten times the largest image that the models make.
		default: 256,
		allowsZero: false,
		// Twice the largest file that n8n stores in its database by default
		// (N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE).
		max: 1024,
	},
	/** Milliseconds until the last byte of a response has to arrive. */
	timeout: {
		kind: 'seconds',
		displayName: 'Timeout',
		description:
			'How many seconds to wait for one answer. An image may be billed even if its answer comes too late.',
		// As long as the official client waits
		// (https://www.npmjs.com/package/openai/v/7.57.0, README, Timeouts).
		default: 600,
		allowsZero: false,
		max: MAX_SECONDS,
	},
	/** US dollars that all items of a run may cost together, 0 = no cap. The first item decides. */
	maxCost: {
		kind: 'dollars',
		displayName: 'Max Cost per Run (USD)',
		description:
			"Stop before a request that would raise the total cost of all items above this amount. 0 for no cap. Without known prices for the model, fill in 'Token Prices'. Only the first item's value is used.",
		default: 0,
		allowsZero: true,
		// More would be a typing error.
		max: 1_000_000,
	},
} as const satisfies OptionTable;

/** The options as the node works with them. */
export type Settings = SettingsOf<typeof OPTIONS>;
