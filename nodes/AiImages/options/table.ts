import type { OptionTable, SettingsOf } from './types';

/** A day. */
const MAX_SECONDS = 86_400;

/**
 * The node's own options. The editor's field, the reader, the limits, the error messages and the
 * type of the setting follow from a row. The editor keeps their order: about the request body, about
 * sending, about the output.
 */
export const OPTIONS = {
	/** Further fields of the request body. */
	extraFields: {
		kind: 'json',
		displayName: 'Additional Body Fields',
		description:
			'JSON to merge into the request body, for parameters of the service without a field',
		placeholder: 'e.g. {"safety_tolerance": 2}',
		example: '{"safety_tolerance": 2}',
	},
	/** Whether edits send their files inside a JSON body. */
	imagesAsJson: {
		kind: 'boolean',
		displayName: 'Send Images as JSON',
		description:
			'Whether to send input images in a JSON body instead of multipart/form-data. Services that only take JSON always get it.',
		operations: ['edit'],
		default: false,
	},
	/** Whether values are checked against what is known about the model. */
	checkParameters: {
		kind: 'boolean',
		displayName: 'Check Parameters',
		description:
			'Whether to check parameters and files before sending, and to leave out what the model does not support. Turn off to send every value as entered.',
		default: true,
	},
	/** Whether to leave out parameters that the API does not know, even if the user set them. */
	dropUnsupported: {
		kind: 'boolean',
		displayName: 'Drop Unsupported Parameters',
		description: 'Whether to retry without parameters that the API rejects as unknown',
		default: false,
	},
	/** Whether to output what would be sent, and to send nothing. */
	previewRequest: {
		kind: 'boolean',
		displayName: 'Preview Request',
		description:
			'Whether to output the request, with its estimated cost, instead of sending it. No connection is opened.',
		default: false,
	},
	/** Requests at the same time. The first item decides for the whole run. */
	parallelRequests: {
		kind: 'integer',
		displayName: 'Parallel Requests',
		description:
			"Max. requests to run at the same time across all items. Halved while the API is rate limiting. Only the first item's value is used.",
		default: 4,
		min: 1,
		max: 100,
	},
	/** Images that may be requested in any minute, 0 = no limit. The first item decides. */
	imagesPerMinute: {
		kind: 'integer',
		displayName: 'Images per Minute',
		description:
			"Max. images to request per minute across all items. 0 for no limit. Retries count. Only the first item's value is used.",
		default: 0,
		min: 0,
		// Forty times what OpenAI allows its largest customers; more would be a typing error.
		max: 10_000,
	},
	/** The job to fetch in place of new images, as `details.job` of an error item has it. */
	resumeJob: {
		kind: 'json',
		displayName: 'Resume Job',
		description:
			"Job to fetch instead of requesting images: 'details.job' of an error item, or one of 'pendingJobs'. Needs the same service and model. Prompt and files are not sent.",
		placeholder: 'e.g. {{ $json.details.job }}',
		example: '{"service": "Black Forest Labs", "id": "…", "url": "https://…"}',
	},
	/** US dollars that all items of a run may cost together, 0 = no limit. The first item decides. */
	maxCost: {
		kind: 'dollars',
		displayName: 'Max Cost per Run',
		description:
			"Max. total cost of all items. No request is sent that is expected to exceed it. 0 for no limit. For models without known prices, add 'Token Prices'. Only the first item's value is used.",
		default: 0,
		allowsZero: true,
		// More would be a typing error.
		max: 1_000_000,
	},
	/** Milliseconds until the last byte of a response has to arrive. */
	timeout: {
		kind: 'seconds',
		displayName: 'Timeout',
		description:
			'How long to wait for a complete response. Images that arrive later might still be billed.',
		// As long as the official client waits
		// (https://www.npmjs.com/package/openai/v/7.57.0, README, Timeouts).
		default: 600,
		allowsZero: false,
		max: MAX_SECONDS,
	},
	/** Milliseconds that all delays of a request before further attempts may take together. */
	maxRetryWait: {
		kind: 'seconds',
		displayName: 'Max Retry Wait',
		description:
			'Total time to wait between the retries of a request, after rate limits or when the API is unavailable. 0 disables retries.',
		// In this time, 20 images pass a limit of five per minute.
		default: 600,
		allowsZero: true,
		max: MAX_SECONDS,
	},
	/** Whether to retry after a server error although the image may have been billed. */
	retryServerErrors: {
		kind: 'boolean',
		displayName: 'Retry Server Errors',
		description: 'Whether to retry on all 5xx responses. You might be billed twice.',
		default: false,
	},
	/** Prices that replace those of the model's row. */
	prices: {
		kind: 'prices',
		displayName: 'Token Prices',
		description:
			"Your provider's prices in USD per million tokens, used for 'costUsd' if the response has no cost. Defaults to the prices of the model's maker.",
		tokens: [
			{ name: 'Text Input', value: 'textInput' },
			{ name: 'Image Input', value: 'imageInput' },
			{ name: 'Image Output', value: 'imageOutput' },
			{ name: 'Text Output', value: 'textOutput' },
		],
	},
	/** Whether the images of an input item share one item. */
	output: {
		kind: 'choice',
		displayName: 'Output',
		description: 'How to output multiple images per input item',
		choices: [
			{ name: 'One Item per Image', value: 'itemPerImage' },
			{ name: 'One Item With All Images', value: 'singleItem' },
		],
		default: 'itemPerImage',
	},
	/** The field of an item that holds the image. */
	outputBinaryField: {
		kind: 'string',
		displayName: 'Put Output File in Field',
		description: 'Name of the output binary field',
		default: 'data',
		placeholder: 'e.g. data',
	},
	/** Template of the file name without its extension; empty = the node names the file. */
	fileName: {
		kind: 'string',
		displayName: 'File Name',
		description:
			'File name without extension. Empty to name the file after the prompt. Placeholders: {prompt}, {model}, {item}, {index}, {date}.',
		default: '',
		placeholder: 'e.g. {prompt}-{item}-{index}',
	},
	/** Bytes that one image may have. */
	largestImage: {
		kind: 'megabytes',
		displayName: 'Max Image Size',
		description: 'Larger images are not stored',
		// About ten times the largest image that the models make.
		default: 256,
		allowsZero: false,
		// Twice the largest file that n8n stores in its database by default
		// (N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE).
		max: 1024,
	},
	/** Whether the json leaves out what few workflows need. */
	simplify: {
		kind: 'boolean',
		displayName: 'Simplify',
		description: 'Whether to return a simplified version of the response instead of the raw data',
		default: true,
	},
	/** Whether the json has the links that the API returned. */
	includeImageUrl: {
		kind: 'boolean',
		displayName: 'Include Image URL',
		description: "Whether to add 'imageUrl' to the JSON if the API returns a URL. It might expire.",
		default: false,
	},
	/** Whether the json has the IDs of the files, by which an agent refers to them. */
	includeBinaryId: {
		kind: 'boolean',
		displayName: 'Include Binary ID',
		description:
			"Whether to add 'binaryId' to the JSON: the ID of the file in n8n's storage. An AI agent can use it as 'Input Binary Field' of another tool.",
		default: false,
	},
} as const satisfies OptionTable;

/** The options as the node works with them. */
export type Settings = SettingsOf<typeof OPTIONS>;
