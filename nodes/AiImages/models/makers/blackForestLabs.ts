import type { ChoiceSpec, InputImageSpec, ModelRow, ParameterSpec, SizeSpec } from '../types';

/** Black Forest Labs' description of its API: sizes, steps, guidance, output formats. */
const ENDPOINTS =
	'https://github.com/black-forest-labs/skills/blob/master/skills/bfl-api/references/endpoints.md';
/** Input images by model. */
const EDITING = 'https://docs.bfl.ai/guides/prompting_editing_overview';
const KONTEXT =
	'https://docs.bfl.ml/api-reference/models/edit-or-create-an-image-with-flux-kontext-pro';
const PRICING = 'https://docs.bfl.ml/quick_start/pricing';
const RELEASE_1 = 'https://bfl.ai/blog/24-08-01-bfl';
/** Which models take steps and guidance at Together, and up to 50 steps. */
const TOGETHER = 'https://docs.together.ai/docs/images-overview';
/** Schemas of the same models at Replicate: formats of input images, sizes. */
const REPLICATE_2 = 'https://replicate.com/black-forest-labs/flux-2-pro/api';
const REPLICATE_11 = 'https://replicate.com/black-forest-labs/flux-1.1-pro/api';
/** Aspect ratios of Kontext and Ultra. */
const FAL = 'https://www.npmjs.com/package/@fal-ai/client/v/1.10.1 (src/types/endpoints.d.ts)';
/** A copy of https://api.bfl.ai/openapi.json: steps, guidance and mask of Fill. */
const FILL =
	'https://github.com/iancaseydouglas/strange.pets.comfyui/blob/30db8eb269c0eaf38f0b06d2448e9a327554b63d/bfl_openapi.json';
const REPLICATE_FILL = 'https://replicate.com/black-forest-labs/flux-fill-pro/api';
/** Sizes of FLUX.1 [schnell] where Vercel gets it. */
const PRODIA = 'https://www.npmjs.com/package/@ai-sdk/prodia/v/1.0.50 (src/prodia-image-model.ts)';

/**
 * Up to 4 MP, which includes 2048x2048 (ENDPOINTS, REPLICATE_2), in multiples of 16 from 64x64 on;
 * the longest edge follows from both. Of the sizes in ENDPOINTS, those with an edge of 1080 are left
 * out, which is no such multiple. Without a size, an edit keeps that of its image.
 */
const FLUX_2_SIZE = {
	kind: 'size',
	values: ['auto', '1024x1024', '1024x1280', '1536x1152', '2048x1024', '2048x2048'],
	default: 'auto',
	unset: 'auto',
	rule: {
		multipleOf: 16,
		minPixels: 64 * 64,
		maxPixels: 2048 * 2048,
		minEdge: 64,
		maxEdge: (2048 * 2048) / 64,
	},
} as const satisfies SizeSpec;

/** Edges from 256 to 1440 in multiples of 32 (REPLICATE_11). */
const FLUX_11_SIZE = {
	kind: 'size',
	values: ['1024x768', '1024x1024', '768x1024'],
	default: '1024x768',
	rule: {
		multipleOf: 32,
		minPixels: 256 * 256,
		maxPixels: 1440 * 1440,
		minEdge: 256,
		maxEdge: 1440,
	},
} as const satisfies SizeSpec;

/** 0.1 to 2 MP (RELEASE_1), with edges up to 1920 (PRODIA). */
const FLUX_1_SIZE = {
	kind: 'size',
	values: ['1024x1024', '1024x768', '768x1024'],
	default: '1024x1024',
	rule: {
		multipleOf: 16,
		minPixels: 100_000,
		maxPixels: 2_000_000,
		minEdge: 256,
		maxEdge: 1920,
	},
} as const satisfies SizeSpec;

/** From 21:9 to 9:21 (KONTEXT); these are the ones that FAL lists. */
const ASPECT_RATIO = {
	kind: 'choice',
	values: ['auto', '1:1', '2:3', '3:2', '3:4', '4:3', '9:16', '16:9', '9:21', '21:9'],
	default: 'auto',
	unset: 'auto',
} as const satisfies ChoiceSpec;

/** TOGETHER. */
const STEPS = { kind: 'integer', min: 1, max: 50 } as const satisfies ParameterSpec;
const GUIDANCE = { kind: 'number', min: 0 } as const satisfies ParameterSpec;

/** What all models take. */
const PARAMETERS = {
	prompt: { kind: 'text', required: true },
	// The maker's own API makes one per request, others make more.
	n: { kind: 'integer', min: 1, max: 10, default: 1 },
	outputFormat: { kind: 'choice', values: ['jpeg', 'png'], default: 'jpeg' },
	seed: { kind: 'integer', min: 0 },
} as const satisfies ModelRow['parameters'];

/** Eight through the API, ten only in the playground (EDITING). Formats: REPLICATE_2. */
const INPUT_IMAGES = {
	maxCount: 8,
	maxBytes: 20_000_000,
	formats: ['png', 'jpeg', 'webp', 'gif'],
} as const satisfies InputImageSpec;

const FLUX = {
	maker: 'blackForestLabs',
	family: 'flux',
	shutdown: null,
	needsVerification: false,
	exclusions: [],
	mask: null,
	markup: null,
	prices: null,
	outputTokens: null,
} as const satisfies Partial<ModelRow>;

/** FLUX.2 is billed by the megapixel, both of results and of input images, so it has no prices. */
const FLUX_2 = {
	...FLUX,
	operations: ['generate', 'edit'],
	parameters: { ...PARAMETERS, size: FLUX_2_SIZE },
	inputImages: INPUT_IMAGES,
	sources: [ENDPOINTS, EDITING, TOGETHER, REPLICATE_2],
} as const satisfies Partial<ModelRow>;

const FLUX_KONTEXT = {
	...FLUX,
	operations: ['generate', 'edit'],
	parameters: { ...PARAMETERS, aspectRatio: ASPECT_RATIO },
	// More than one is experimental (KONTEXT), and gateways take a single one (TOGETHER).
	inputImages: { ...INPUT_IMAGES, maxCount: 1 },
	sources: [KONTEXT, PRICING, TOGETHER, FAL],
} as const satisfies Partial<ModelRow>;

/** Models that only generate. */
const FLUX_1 = {
	...FLUX,
	operations: ['generate'],
	inputImages: null,
} as const satisfies Partial<ModelRow>;

/** Black Forest Labs' models by their ID on its API, or else by that form; newest and best first. */
export const BLACK_FOREST_LABS_MODELS = {
	'flux-2-max': {
		displayName: 'FLUX.2 Max',
		aliases: ['flux.2-max'],
		summary: 'Best images and most exact edits',
		...FLUX_2,
	},
	'flux-2-pro': {
		displayName: 'FLUX.2 Pro',
		aliases: ['flux.2-pro', 'flux-2-pro-preview'],
		summary: 'For most uses; good quality and speed',
		...FLUX_2,
	},
	'flux-2-flex': {
		displayName: 'FLUX.2 Flex',
		aliases: ['flux.2-flex'],
		summary: 'Text in images; adjustable steps and guidance',
		...FLUX_2,
		parameters: {
			...FLUX_2.parameters,
			// ENDPOINTS.
			steps: { ...STEPS, default: 50 },
			guidance: { kind: 'number', min: 1.5, max: 10, default: 4.5 },
		},
	},
	'flux-2-dev': {
		displayName: 'FLUX.2 Dev',
		aliases: ['flux.2-dev'],
		summary: 'Open weights; adjustable steps and guidance',
		...FLUX_2,
		parameters: { ...FLUX_2.parameters, steps: STEPS, guidance: GUIDANCE },
		// "Recommended max 6" (EDITING).
		inputImages: { ...INPUT_IMAGES, maxCount: 6 },
	},
	'flux-2-klein-9b': {
		displayName: 'FLUX.2 Klein 9B',
		aliases: ['flux.2-klein-9b', 'flux-2-klein-9b-preview'],
		summary: 'Fast and cheap',
		...FLUX_2,
		inputImages: { ...INPUT_IMAGES, maxCount: 4 },
	},
	'flux-2-klein-4b': {
		displayName: 'FLUX.2 Klein 4B',
		aliases: ['flux.2-klein-4b'],
		summary: 'Fastest and cheapest',
		...FLUX_2,
		inputImages: { ...INPUT_IMAGES, maxCount: 4 },
	},
	'flux-kontext-max': {
		displayName: 'FLUX.1 Kontext Max',
		aliases: ['flux.1-kontext-max'],
		summary: 'Edits and text, before FLUX.2',
		...FLUX_KONTEXT,
		imagePrices: { by: [], perImage: { '': 0.08 } },
	},
	'flux-kontext-pro': {
		displayName: 'FLUX.1 Kontext Pro',
		aliases: ['flux.1-kontext-pro'],
		summary: 'Fast edits, before FLUX.2',
		...FLUX_KONTEXT,
		imagePrices: { by: [], perImage: { '': 0.04 } },
	},
	'flux-kontext-dev': {
		displayName: 'FLUX.1 Kontext Dev',
		aliases: ['flux.1-kontext-dev'],
		summary: 'Open weights; edits only',
		...FLUX_KONTEXT,
		operations: ['edit'],
		parameters: {
			...FLUX_KONTEXT.parameters,
			aspectRatio: { ...ASPECT_RATIO, values: [...ASPECT_RATIO.values, '4:5', '5:4'] },
			steps: STEPS,
			guidance: GUIDANCE,
		},
	},
	'flux-pro-1.0-fill': {
		displayName: 'FLUX.1 Fill Pro',
		aliases: ['flux-fill-pro', 'flux.1-fill-pro'],
		summary: 'Repaints what a mask shows; edits only',
		...FLUX,
		operations: ['edit'],
		parameters: {
			...PARAMETERS,
			steps: { kind: 'integer', min: 15, max: 50 },
			guidance: { kind: 'number', min: 1.5, max: 100 },
		},
		inputImages: { ...INPUT_IMAGES, maxCount: 1 },
		// Without one, the transparent areas of the image are repainted (FILL).
		mask: { maxBytes: INPUT_IMAGES.maxBytes, isNeeded: true },
		imagePrices: { by: [], perImage: { '': 0.05 } },
		sources: [FILL, PRICING, REPLICATE_FILL],
	},
	'flux-pro-1.1-ultra': {
		displayName: 'FLUX 1.1 Pro Ultra',
		aliases: ['flux-1.1-pro-ultra', 'flux.1.1-pro-ultra'],
		summary: '4 megapixels; generates only',
		...FLUX_1,
		parameters: { ...PARAMETERS, aspectRatio: ASPECT_RATIO },
		imagePrices: { by: [], perImage: { '': 0.06 } },
		sources: [PRICING, FAL],
	},
	'flux-pro-1.1': {
		displayName: 'FLUX 1.1 Pro',
		aliases: ['flux-1.1-pro', 'flux.1.1-pro'],
		summary: 'The generation before FLUX.2; generates only',
		...FLUX_1,
		parameters: { ...PARAMETERS, size: FLUX_11_SIZE },
		imagePrices: { by: [], perImage: { '': 0.04 } },
		sources: [PRICING, TOGETHER, REPLICATE_11],
	},
	'flux-1-dev': {
		displayName: 'FLUX.1 Dev',
		aliases: ['flux.1-dev', 'flux-dev'],
		summary: 'Open weights; generates only',
		...FLUX_1,
		parameters: { ...PARAMETERS, size: FLUX_1_SIZE, steps: STEPS, guidance: GUIDANCE },
		sources: [RELEASE_1, TOGETHER, PRODIA],
	},
	'flux-1-schnell': {
		displayName: 'FLUX.1 Schnell',
		aliases: ['flux.1-schnell', 'flux.1-schnell-free', 'flux-schnell', 'flux-fast-schnell'],
		summary: 'Open weights; needs only four steps',
		...FLUX_1,
		parameters: { ...PARAMETERS, size: FLUX_1_SIZE, steps: STEPS },
		sources: [RELEASE_1, TOGETHER, PRODIA],
	},
} as const satisfies Record<string, ModelRow>;
