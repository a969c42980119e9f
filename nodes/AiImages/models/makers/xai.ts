import type { ModelRow, ParameterSpec } from '../types';

const OVERVIEW = 'https://docs.x.ai/developers/model-capabilities/images';
/** The API's schema, as a gateway passes it on. */
const SCHEMA =
	'https://docs.comfy.org/zh/development/comfy-router/models/xai/grok-imagine-image-2-0/code';
/** The AI SDK's client, which knows more aspect ratios than SCHEMA and no seed. */
const CLIENT = 'https://www.npmjs.com/package/@ai-sdk/xai/v/5.0.12 (src/xai-image-model.ts)';
/** xAI's limits for input images of any model. */
const INPUT_LIMITS = 'https://docs.x.ai/developers/model-capabilities/images/understanding';
/** A relay at xAI's own prices. */
const PRICES = 'https://docs.apiyi.com/ru/api-capabilities/grok-imagine-image-official/overview.md';
/** A client that shows xAI's prices, with those of input images. */
const COMFY = 'https://github.com/comfyanonymous/ComfyUI/blob/master/comfy_api_nodes/nodes_grok.py';

/** What all models take (OVERVIEW, SCHEMA). */
const PARAMETERS = {
	prompt: { kind: 'text', required: true },
	n: { kind: 'integer', min: 1, max: 10, default: 1 },
	aspectRatio: {
		kind: 'choice',
		values: [
			...['auto', '1:1', '3:4', '4:3', '9:16', '16:9', '2:3', '3:2'],
			...['9:19.5', '19.5:9', '9:20', '20:9', '1:2', '2:1'],
		],
		default: 'auto',
		unset: 'auto',
	},
	resolution: { kind: 'choice', values: ['1K', '2K'], default: '1K' },
	user: { kind: 'text' },
} as const satisfies ModelRow['parameters'];

/** SCHEMA: other models ignore it, and 2.0 has no `high`. */
const QUALITY = {
	kind: 'choice',
	values: ['low', 'medium'],
	default: 'medium',
} as const satisfies ParameterSpec;

const GROK_IMAGINE = {
	maker: 'xai',
	family: 'grok-imagine',
	shutdown: null,
	needsVerification: false,
	operations: ['generate', 'edit'],
	parameters: PARAMETERS,
	exclusions: [],
	// Up to three (OVERVIEW), of 20 MiB each (INPUT_LIMITS).
	inputImages: { maxCount: 3, maxBytes: 20 * 2 ** 20, formats: ['png', 'jpeg', 'webp'] },
	mask: null,
	markup: null,
	prices: null,
	outputTokens: null,
	sources: [OVERVIEW, SCHEMA, CLIENT, INPUT_LIMITS, PRICES, COMFY],
} as const satisfies Partial<ModelRow>;

/** xAI's image models by their ID on xAI's API, newest and best first. */
export const XAI_MODELS = {
	'grok-imagine-image-2.0': {
		displayName: 'Grok Imagine 2.0',
		summary: 'Newest; best text and edits',
		...GROK_IMAGINE,
		parameters: { ...PARAMETERS, quality: QUALITY },
		imagePrices: {
			by: ['quality', 'resolution'],
			perImage: { 'low 1K': 0.04, 'low 2K': 0.06, 'medium 1K': 0.06, 'medium 2K': 0.08 },
			perInputImage: 0.01,
		},
	},
	'grok-imagine-image-quality': {
		displayName: 'Grok Imagine Quality',
		aliases: ['grok-imagine-image-quality-latest', 'grok-imagine-image-pro'],
		summary: 'Finer details; the former Pro',
		...GROK_IMAGINE,
		imagePrices: {
			by: ['resolution'],
			perImage: { '1K': 0.05, '2K': 0.07 },
			perInputImage: 0.01,
		},
	},
	'grok-imagine-image': {
		displayName: 'Grok Imagine',
		summary: 'Fast and cheap',
		...GROK_IMAGINE,
		imagePrices: { by: [], perImage: { '': 0.02 }, perInputImage: 0.002 },
	},
} as const satisfies Record<string, ModelRow>;
