import {
	ANY_SIZE,
	CLASSIC_QUALITY,
	CLASSIC_SIZE,
	DALLE_ON_GATEWAYS,
	FULL_QUALITY,
	GPT_IMAGE,
	GPT_IMAGE_26,
	INPUT_FIDELITY,
	MARKUP,
	MASK,
	MASK_26,
	NO_TRANSPARENT_JPEG,
	ONE_IMAGE_PER_REQUEST,
	SIXTEEN_IMAGES,
} from './makers/openai/parameters';
import {
	COMFY_26,
	DEPRECATIONS,
	EDIT_REFERENCE,
	GUIDE,
	GUIDE_26,
	MODEL_1,
	MODEL_1_MINI,
	MODEL_26,
	NEW_API,
	PRICES_15,
	SDK,
	SDK_WITH_DALLE,
} from './makers/openai/sources';
import type { ModelRow } from './types';

/** What the rows of GPT Image have in common. */
const GPT_IMAGE_ROW = {
	operations: ['generate', 'edit'],
	exclusions: [NO_TRANSPARENT_JPEG],
	inputImages: SIXTEEN_IMAGES,
	mask: MASK,
	markup: null,
} as const satisfies Partial<ModelRow>;

/** Since GPT Image 2 (https://developers.openai.com/api/docs/models/gpt-image-2.md). */
const PRICES_2 = { textInput: 5, imageInput: 8, imageOutput: 30, textOutput: null } as const;

/** GPT Image 2.5, either edition. */
const ROW_25 = {
	...GPT_IMAGE_ROW,
	shutdown: null,
	parameters: { ...GPT_IMAGE, size: ANY_SIZE, quality: FULL_QUALITY },
	markup: MARKUP,
	prices: PRICES_2,
	sources: [SDK, GUIDE, EDIT_REFERENCE],
} as const satisfies Partial<ModelRow>;

/** GPT Image 2.6, either edition. Sizes and qualities are known from integrations only. */
const ROW_26 = {
	...GPT_IMAGE_ROW,
	shutdown: null,
	parameters: GPT_IMAGE_26,
	mask: MASK_26,
	markup: MARKUP,
	prices: PRICES_2,
	sources: [SDK, GUIDE_26, EDIT_REFERENCE, MODEL_26, COMFY_26],
} as const satisfies Partial<ModelRow>;

/**
 * One row per model, keyed by its id on OpenAI's API. Everything that the node shows, checks and
 * sends follows from it; a new model is a new row. The dropdown keeps the order.
 */
export const MODELS = {
	'gpt-image-2.6-flare': { displayName: 'GPT Image 2.6 Flare', ...ROW_26 },
	'gpt-image-2.6-sunburst': { displayName: 'GPT Image 2.6 Sunburst', ...ROW_26 },
	'gpt-image-2.5-flare': { displayName: 'GPT Image 2.5 Flare', ...ROW_25 },
	'gpt-image-2.5-sunburst': { displayName: 'GPT Image 2.5 Sunburst', ...ROW_25 },
	'gpt-image-2': {
		...GPT_IMAGE_ROW,
		displayName: 'GPT Image 2',
		shutdown: null,
		parameters: {
			...GPT_IMAGE,
			size: ANY_SIZE,
			quality: CLASSIC_QUALITY,
			// Transparency was a preview, was discontinued in October 2026, and now ends in a 400.
			background: { kind: 'choice', values: ['auto', 'opaque'], default: 'auto' },
		},
		exclusions: [],
		prices: PRICES_2,
		sources: [SDK, GUIDE, EDIT_REFERENCE],
	},
	'chatgpt-image-latest': {
		...GPT_IMAGE_ROW,
		displayName: 'ChatGPT Image Latest',
		shutdown: '2026-12-01',
		parameters: { ...GPT_IMAGE, size: CLASSIC_SIZE, quality: CLASSIC_QUALITY },
		// An alias, whose price sources contradict each other.
		prices: null,
		sources: [SDK, DEPRECATIONS],
	},
	'gpt-image-1.5': {
		...GPT_IMAGE_ROW,
		displayName: 'GPT Image 1.5',
		shutdown: '2026-12-01',
		parameters: {
			...GPT_IMAGE,
			size: CLASSIC_SIZE,
			quality: CLASSIC_QUALITY,
			inputFidelity: INPUT_FIDELITY,
		},
		// Text output is billed on this model.
		prices: { textInput: 5, imageInput: 8, imageOutput: 32, textOutput: 10 },
		sources: [SDK, SDK_WITH_DALLE, GUIDE, DEPRECATIONS, PRICES_15],
	},
	'gpt-image-1-mini': {
		...GPT_IMAGE_ROW,
		displayName: 'GPT Image 1 Mini',
		shutdown: '2026-12-01',
		parameters: { ...GPT_IMAGE, size: CLASSIC_SIZE, quality: CLASSIC_QUALITY },
		prices: { textInput: 2, imageInput: 2.5, imageOutput: 8, textOutput: null },
		sources: [SDK, GUIDE, DEPRECATIONS, MODEL_1_MINI],
	},
	'gpt-image-1': {
		...GPT_IMAGE_ROW,
		displayName: 'GPT Image 1',
		shutdown: '2026-10-23',
		parameters: {
			prompt: GPT_IMAGE.prompt,
			n: GPT_IMAGE.n,
			size: CLASSIC_SIZE,
			quality: CLASSIC_QUALITY,
			background: GPT_IMAGE.background,
			outputFormat: GPT_IMAGE.outputFormat,
			outputCompression: GPT_IMAGE.outputCompression,
			stream: GPT_IMAGE.stream,
			partialImages: GPT_IMAGE.partialImages,
			inputFidelity: INPUT_FIDELITY,
			moderation: GPT_IMAGE.moderation,
			user: { kind: 'text' },
		},
		prices: { textInput: 5, imageInput: 10, imageOutput: 40, textOutput: null },
		sources: [SDK_WITH_DALLE, GUIDE, DEPRECATIONS, MODEL_1],
	},
	'dall-e-3': {
		displayName: 'DALL·E 3',
		shutdown: '2026-05-12',
		operations: ['generate'],
		parameters: {
			prompt: { kind: 'text', required: true, maxLength: 4000 },
			n: ONE_IMAGE_PER_REQUEST,
			size: {
				kind: 'size',
				values: ['1024x1024', '1792x1024', '1024x1792'],
				default: '1024x1024',
			},
			quality: { kind: 'choice', values: ['standard', 'hd'], default: 'standard' },
			style: { kind: 'choice', values: ['vivid', 'natural'], default: 'vivid' },
			responseFormat: { kind: 'choice', values: ['url', 'b64_json'], default: 'b64_json' },
			user: { kind: 'text' },
			...DALLE_ON_GATEWAYS,
		},
		exclusions: [NO_TRANSPARENT_JPEG],
		inputImages: null,
		mask: null,
		markup: null,
		prices: null,
		sources: [SDK_WITH_DALLE, DEPRECATIONS, NEW_API],
	},
	'dall-e-2': {
		displayName: 'DALL·E 2',
		shutdown: '2026-05-12',
		operations: ['generate', 'edit'],
		parameters: {
			prompt: { kind: 'text', required: true, maxLength: 1000 },
			n: { kind: 'integer', min: 1, max: 10, default: 1 },
			size: { kind: 'size', values: ['256x256', '512x512', '1024x1024'], default: '1024x1024' },
			responseFormat: { kind: 'choice', values: ['url', 'b64_json'], default: 'b64_json' },
			user: { kind: 'text' },
			...DALLE_ON_GATEWAYS,
		},
		exclusions: [NO_TRANSPARENT_JPEG],
		// One square PNG below 4 MB (SDK_WITH_DALLE); the smaller reading of MB.
		inputImages: { maxCount: 1, maxBytes: 4_000_000, formats: ['png'], square: true },
		mask: { maxBytes: 4_000_000 },
		markup: null,
		prices: null,
		sources: [SDK_WITH_DALLE, DEPRECATIONS, NEW_API],
	},
} as const satisfies Record<string, ModelRow>;

/** An id that has a row of its own. */
export type ModelId = keyof typeof MODELS;

/** The default of the model dropdown: the best model that is fully documented. */
export const DEFAULT_MODEL: ModelId = 'gpt-image-2.5-flare';

/**
 * The row of every model that the table does not know: all parameters as free text, nothing
 * checked but types, and nothing sent that is left empty.
 */
export const UNVALIDATED_MODEL: ModelRow = {
	displayName: 'Unknown Model',
	shutdown: null,
	operations: ['generate', 'edit'],
	parameters: {
		prompt: { kind: 'text', required: true },
		n: { kind: 'integer' },
		size: { kind: 'text' },
		quality: { kind: 'text' },
		background: { kind: 'text' },
		outputFormat: { kind: 'text' },
		outputCompression: { kind: 'integer', onlyWith: { outputFormat: ['jpeg', 'webp'] } },
		frameCount: { kind: 'integer', onlyWith: { outputFormat: ['gif'] } },
		frameDurationMs: { kind: 'integer', onlyWith: { outputFormat: ['gif'] } },
		svgModel: { kind: 'text', onlyWith: { outputFormat: ['svg'] } },
		svgReasoningEffort: { kind: 'text', onlyWith: { outputFormat: ['svg'] } },
		complexity: { kind: 'text' },
		style: { kind: 'text', operations: ['generate'] },
		stream: { kind: 'boolean', default: true },
		partialImages: { kind: 'integer', onlyWith: { stream: [true] } },
		inputFidelity: { kind: 'text', operations: ['edit'] },
		moderation: { kind: 'text' },
		responseFormat: { kind: 'text' },
		safetyIdentifier: { kind: 'text' },
		user: { kind: 'text' },
		watermark: { kind: 'boolean', default: false },
	},
	exclusions: [],
	inputImages: null,
	mask: 'unvalidated',
	markup: 'unvalidated',
	prices: null,
	sources: [],
};
