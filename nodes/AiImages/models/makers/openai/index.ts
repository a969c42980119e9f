import type { ModelRow, OutputTokens } from '../../types';
import {
	DALL_E_PARAMETERS,
	FIXED_SIZE,
	FREE_SIZE,
	GPT_IMAGE_26_PARAMETERS,
	GPT_IMAGE_PARAMETERS,
	IMAGE_COUNT,
	INPUT_FIDELITY,
	INPUT_IMAGES,
	MARKUP,
	MASK,
	MASK_26,
	NO_TRANSPARENT_JPEG,
	ONE_IMAGE_PER_REQUEST,
	QUALITY_UP_TO_HIGH,
	QUALITY_UP_TO_MAX,
} from './parameters';
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
} from './sources';

/** All GPT Image models, unless their row says otherwise. */
const GPT_IMAGE = {
	maker: 'openai',
	family: 'gpt-image',
	// GUIDE: "you may need to complete the API Organization Verification".
	needsVerification: true,
	operations: ['generate', 'edit'],
	exclusions: [NO_TRANSPARENT_JPEG],
	inputImages: INPUT_IMAGES,
	mask: MASK,
	markup: null,
} as const satisfies Partial<ModelRow>;

/** Since GPT Image 2 (https://developers.openai.com/api/docs/models/gpt-image-2.md). */
const PRICES_2 = { textInput: 5, imageInput: 8, imageOutput: 30, textOutput: null } as const;

/** Of the calculator in GUIDE. */
const OUTPUT_TOKENS_2 = {
	kind: 'formula',
	patches: { low: 16, medium: 48, high: 96 },
} as const satisfies OutputTokens;

const OUTPUT_TOKENS_25 = {
	kind: 'formula',
	patches: { low: 16, medium: 24, high: 48, xhigh: 64, max: 96 },
} as const satisfies OutputTokens;

/** GPT Image 1, 1 Mini and 1.5 (GUIDE). */
const OUTPUT_TOKENS_1 = {
	kind: 'table',
	tokens: {
		low: { '1024x1024': 272, '1024x1536': 408, '1536x1024': 400 },
		medium: { '1024x1024': 1056, '1024x1536': 1584, '1536x1024': 1568 },
		high: { '1024x1024': 4160, '1024x1536': 6240, '1536x1024': 6208 },
	},
} as const satisfies OutputTokens;

/** Both editions of GPT Image 2.5. */
const GPT_IMAGE_25 = {
	...GPT_IMAGE,
	shutdown: null,
	parameters: { ...GPT_IMAGE_PARAMETERS, size: FREE_SIZE, quality: QUALITY_UP_TO_MAX },
	markup: MARKUP,
	prices: PRICES_2,
	outputTokens: OUTPUT_TOKENS_25,
	sources: [SDK, GUIDE, EDIT_REFERENCE],
} as const satisfies Partial<ModelRow>;

/** Both editions of GPT Image 2.6. Their sizes and qualities are from COMFY_26. */
const GPT_IMAGE_26 = {
	...GPT_IMAGE,
	shutdown: null,
	parameters: GPT_IMAGE_26_PARAMETERS,
	mask: MASK_26,
	markup: MARKUP,
	prices: PRICES_2,
	outputTokens: null,
	sources: [SDK, GUIDE_26, EDIT_REFERENCE, MODEL_26, COMFY_26],
} as const satisfies Partial<ModelRow>;

/** Both DALL·E models. */
const DALL_E = {
	maker: 'openai',
	family: 'dall-e',
	needsVerification: false,
	shutdown: '2026-05-12',
	exclusions: [NO_TRANSPARENT_JPEG],
	markup: null,
	prices: null,
	outputTokens: null,
	sources: [SDK_WITH_DALLE, DEPRECATIONS, NEW_API],
} as const satisfies Partial<ModelRow>;

/** OpenAI's models by their ID on OpenAI's API, newest first. */
export const OPENAI_MODELS = {
	'gpt-image-2.6-flare': {
		displayName: 'GPT Image 2.6 Flare',
		summary: 'Newest and fastest; animations and SVG',
		...GPT_IMAGE_26,
	},
	'gpt-image-2.6-sunburst': {
		displayName: 'GPT Image 2.6 Sunburst',
		summary: 'Finest details; animations and SVG',
		...GPT_IMAGE_26,
	},
	'gpt-image-2.5-flare': {
		displayName: 'GPT Image 2.5 Flare',
		summary: 'Fast, for everyday images',
		...GPT_IMAGE_25,
	},
	'gpt-image-2.5-sunburst': {
		displayName: 'GPT Image 2.5 Sunburst',
		summary: 'Finer details and edits; slower',
		...GPT_IMAGE_25,
	},
	'gpt-image-2': {
		displayName: 'GPT Image 2',
		summary: 'The generation before 2.5',
		...GPT_IMAGE,
		shutdown: null,
		parameters: {
			...GPT_IMAGE_PARAMETERS,
			size: FREE_SIZE,
			quality: QUALITY_UP_TO_HIGH,
			// The preview of `transparent` ended in October 2026. The API now responds with a 400.
			background: { kind: 'choice', values: ['auto', 'opaque'], default: 'auto' },
		},
		exclusions: [],
		prices: PRICES_2,
		outputTokens: OUTPUT_TOKENS_2,
		sources: [SDK, GUIDE, EDIT_REFERENCE],
	},
	'chatgpt-image-latest': {
		displayName: 'ChatGPT Image Latest',
		summary: 'The image model of ChatGPT',
		...GPT_IMAGE,
		shutdown: '2026-12-01',
		parameters: { ...GPT_IMAGE_PARAMETERS, size: FIXED_SIZE, quality: QUALITY_UP_TO_HIGH },
		// This ID is an alias, and the published prices contradict each other.
		prices: null,
		outputTokens: null,
		sources: [SDK, DEPRECATIONS],
	},
	'gpt-image-1.5': {
		displayName: 'GPT Image 1.5',
		summary: 'Fixed sizes; can preserve faces and details',
		...GPT_IMAGE,
		shutdown: '2026-12-01',
		parameters: {
			...GPT_IMAGE_PARAMETERS,
			size: FIXED_SIZE,
			quality: QUALITY_UP_TO_HIGH,
			inputFidelity: INPUT_FIDELITY,
		},
		// This model also bills text output.
		prices: { textInput: 5, imageInput: 8, imageOutput: 32, textOutput: 10 },
		outputTokens: OUTPUT_TOKENS_1,
		sources: [SDK, SDK_WITH_DALLE, GUIDE, DEPRECATIONS, PRICES_15],
	},
	'gpt-image-1-mini': {
		displayName: 'GPT Image 1 Mini',
		summary: 'The cheapest per image',
		...GPT_IMAGE,
		shutdown: '2026-12-01',
		parameters: { ...GPT_IMAGE_PARAMETERS, size: FIXED_SIZE, quality: QUALITY_UP_TO_HIGH },
		prices: { textInput: 2, imageInput: 2.5, imageOutput: 8, textOutput: null },
		outputTokens: OUTPUT_TOKENS_1,
		sources: [SDK, GUIDE, DEPRECATIONS, MODEL_1_MINI],
	},
	'gpt-image-1': {
		displayName: 'GPT Image 1',
		summary: 'The first GPT Image model',
		...GPT_IMAGE,
		shutdown: '2026-10-23',
		parameters: {
			prompt: GPT_IMAGE_PARAMETERS.prompt,
			n: IMAGE_COUNT,
			size: FIXED_SIZE,
			quality: QUALITY_UP_TO_HIGH,
			background: GPT_IMAGE_PARAMETERS.background,
			outputFormat: GPT_IMAGE_PARAMETERS.outputFormat,
			outputCompression: GPT_IMAGE_PARAMETERS.outputCompression,
			stream: GPT_IMAGE_PARAMETERS.stream,
			partialImages: GPT_IMAGE_PARAMETERS.partialImages,
			inputFidelity: INPUT_FIDELITY,
			moderation: GPT_IMAGE_PARAMETERS.moderation,
			user: { kind: 'text' },
		},
		prices: { textInput: 5, imageInput: 10, imageOutput: 40, textOutput: null },
		outputTokens: OUTPUT_TOKENS_1,
		sources: [SDK_WITH_DALLE, GUIDE, DEPRECATIONS, MODEL_1],
	},
	'dall-e-3': {
		displayName: 'DALL·E 3',
		summary: 'Vivid or natural style; generates only',
		...DALL_E,
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
			...DALL_E_PARAMETERS,
		},
		inputImages: null,
		mask: null,
	},
	'dall-e-2': {
		displayName: 'DALL·E 2',
		summary: 'Square images',
		...DALL_E,
		operations: ['generate', 'edit'],
		parameters: {
			prompt: { kind: 'text', required: true, maxLength: 1000 },
			n: IMAGE_COUNT,
			size: { kind: 'size', values: ['256x256', '512x512', '1024x1024'], default: '1024x1024' },
			...DALL_E_PARAMETERS,
		},
		// One square PNG below 4 MB (SDK_WITH_DALLE), a MB being 10⁶ bytes as for INPUT_IMAGES.
		inputImages: { maxCount: 1, maxBytes: 4_000_000, formats: ['png'], square: true },
		mask: { maxBytes: 4_000_000 },
	},
} as const satisfies Record<string, ModelRow>;
