import type { Exclusion, InputImageSpec, ModelRow, ParameterSpec, SizeRule } from './types';

/**
 * Sources of the limits below. The types of the official client are generated from OpenAI's own
 * specification, and their doc comments are the newest public contract.
 */
const SDK = 'https://www.npmjs.com/package/openai/v/7.55.0 (resources/images.d.ts)';
/** The last version of the client that documents DALL·E. */
const SDK_WITH_DALLE = 'https://www.npmjs.com/package/openai/v/6.49.0 (resources/images.d.ts)';
const GUIDE = 'https://developers.openai.com/api/docs/guides/image-generation';
const EDIT_REFERENCE =
	'https://developers.openai.com/api/reference/resources/images/methods/edit.md';
const DEPRECATIONS = 'https://developers.openai.com/api/docs/deprecations';

/** Sizes of GPT Image before version 2 (SDK). */
const CLASSIC_SIZES = ['auto', '1024x1024', '1536x1024', '1024x1536'] as const;

/** Sizes the SDK and the guide name for models with a free size, smallest first. */
const COMMON_SIZES = [
	...CLASSIC_SIZES,
	'2048x2048',
	'2048x1152',
	'3840x2160',
	'2160x3840',
] as const;

/** The rule for a free size since GPT Image 2 (SDK, guide). */
const FREE_SIZE = {
	multipleOf: 16,
	minPixels: 655_360,
	maxPixels: 8_294_400,
	maxEdge: 3840,
	maxRatio: 3,
} as const satisfies SizeRule;

/**
 * Up to 16 files below 50 MB each (SDK, edit reference). Whether MB is decimal is not said;
 * the smaller reading is used.
 */
const SIXTEEN_IMAGES = {
	maxCount: 16,
	maxBytes: 50_000_000,
	formats: ['png', 'jpeg', 'webp'],
} as const satisfies InputImageSpec;

/** `Transparent background is not supported for JPEG output format`, a 400 of the API. */
const NO_TRANSPARENT_JPEG = {
	parameter: 'background',
	value: 'transparent',
	with: { parameter: 'outputFormat', values: ['jpeg'] },
	because: 'JPEG has no transparency. Choose PNG or WebP, or another background',
} as const satisfies Exclusion;

/** What every GPT Image model takes alike (SDK). */
const GPT_IMAGE_PARAMETERS = {
	prompt: { kind: 'text', required: true, maxLength: 32_000 },
	n: { kind: 'integer', min: 1, max: 10, default: 1 },
	background: { kind: 'choice', values: ['auto', 'opaque', 'transparent'], default: 'auto' },
	outputFormat: { kind: 'choice', values: ['png', 'jpeg', 'webp'], default: 'png' },
	outputCompression: {
		kind: 'integer',
		min: 0,
		max: 100,
		default: 100,
		onlyForFormats: ['jpeg', 'webp'],
	},
	moderation: { kind: 'choice', values: ['auto', 'low'], default: 'auto' },
	// 128 characters: the guide.
	safetyIdentifier: { kind: 'text', maxLength: 128 },
} as const satisfies Record<string, ParameterSpec>;

/**
 * One row per model, keyed by its id on OpenAI's API. Everything that the node shows, checks and
 * sends follows from it; a new model is a new row. The first row is the default of the dropdown.
 */
export const MODELS = {
	'gpt-image-2.5-flare': {
		displayName: 'GPT Image 2.5 Flare',
		released: '2026-09-08',
		shutdown: null,
		operations: ['generate', 'edit'],
		parameters: {
			...GPT_IMAGE_PARAMETERS,
			size: { kind: 'size', values: COMMON_SIZES, default: 'auto', rule: FREE_SIZE },
			quality: {
				kind: 'choice',
				values: ['auto', 'low', 'medium', 'high', 'xhigh', 'max'],
				default: 'auto',
			},
		},
		exclusions: [NO_TRANSPARENT_JPEG],
		inputImages: SIXTEEN_IMAGES,
		mask: { maxBytes: 50_000_000 },
		maxPartialImages: 3,
		prices: { textInput: 5, imageInput: 8, imageOutput: 30, textOutput: null },
		sources: [SDK, GUIDE, EDIT_REFERENCE],
	},
	'gpt-image-1.5': {
		displayName: 'GPT Image 1.5',
		released: '2025-12-16',
		shutdown: '2026-12-01',
		operations: ['generate', 'edit'],
		parameters: {
			...GPT_IMAGE_PARAMETERS,
			size: { kind: 'size', values: CLASSIC_SIZES, default: 'auto' },
			quality: { kind: 'choice', values: ['auto', 'low', 'medium', 'high'], default: 'auto' },
			inputFidelity: {
				kind: 'choice',
				values: ['low', 'high'],
				default: 'low',
				operations: ['edit'],
			},
		},
		exclusions: [NO_TRANSPARENT_JPEG],
		inputImages: SIXTEEN_IMAGES,
		mask: { maxBytes: 50_000_000 },
		maxPartialImages: 3,
		// Text output is billed on this model (https://www.aifreeapi.com/en/posts/gpt-image-1-5-pricing).
		prices: { textInput: 5, imageInput: 8, imageOutput: 32, textOutput: 10 },
		sources: [SDK, SDK_WITH_DALLE, GUIDE, DEPRECATIONS],
	},
	'dall-e-3': {
		displayName: 'DALL·E 3',
		released: '2023-11-06',
		shutdown: '2026-05-12',
		operations: ['generate'],
		parameters: {
			prompt: { kind: 'text', required: true, maxLength: 4000 },
			size: {
				kind: 'size',
				values: ['1024x1024', '1792x1024', '1024x1792'],
				default: '1024x1024',
			},
			quality: { kind: 'choice', values: ['standard', 'hd'], default: 'standard' },
			style: { kind: 'choice', values: ['vivid', 'natural'], default: 'vivid' },
			responseFormat: { kind: 'choice', values: ['url', 'b64_json'], default: 'b64_json' },
			user: { kind: 'text' },
		},
		exclusions: [],
		inputImages: null,
		mask: null,
		maxPartialImages: null,
		prices: null,
		sources: [SDK_WITH_DALLE, DEPRECATIONS],
	},
	'dall-e-2': {
		displayName: 'DALL·E 2',
		released: '2022-11-03',
		shutdown: '2026-05-12',
		operations: ['generate', 'edit'],
		parameters: {
			prompt: { kind: 'text', required: true, maxLength: 1000 },
			n: { kind: 'integer', min: 1, max: 10, default: 1 },
			size: { kind: 'size', values: ['256x256', '512x512', '1024x1024'], default: '1024x1024' },
			responseFormat: { kind: 'choice', values: ['url', 'b64_json'], default: 'b64_json' },
			user: { kind: 'text' },
		},
		exclusions: [],
		// One square PNG below 4 MB (SDK_WITH_DALLE); the smaller reading of MB.
		inputImages: { maxCount: 1, maxBytes: 4_000_000, formats: ['png'], square: true },
		mask: { maxBytes: 4_000_000 },
		maxPartialImages: null,
		prices: null,
		sources: [SDK_WITH_DALLE, DEPRECATIONS],
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
export const PERMISSIVE_ROW: ModelRow = {
	displayName: 'Unknown Model',
	released: null,
	shutdown: null,
	operations: ['generate', 'edit'],
	parameters: {
		prompt: { kind: 'text', required: true },
		n: { kind: 'integer', default: 1 },
		size: { kind: 'text' },
		quality: { kind: 'text' },
		background: { kind: 'text' },
		outputFormat: { kind: 'text' },
		outputCompression: { kind: 'integer', default: 100, onlyForFormats: ['jpeg', 'webp'] },
		style: { kind: 'text', operations: ['generate'] },
		moderation: { kind: 'text' },
		inputFidelity: { kind: 'text', operations: ['edit'] },
		responseFormat: { kind: 'text' },
		safetyIdentifier: { kind: 'text' },
		user: { kind: 'text' },
	},
	exclusions: [],
	inputImages: null,
	mask: 'unchecked',
	maxPartialImages: null,
	prices: null,
	sources: [],
};
