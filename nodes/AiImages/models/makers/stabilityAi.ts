import type { ChoiceSpec, InputImageSpec, ModelRow } from '../types';

/** The description that the service serves itself: prompts, seeds, ratios, formats, styles. */
const SPEC = 'https://api.stability.ai/v2alpha/openapi';
const REFERENCE = 'https://platform.stability.ai/docs/api-reference';
/** Credits for each image of Stable Diffusion 3.5, in a client that is made from SPEC. */
const CREDITS =
	'https://github.com/tryAGI/StabilityAI/blob/67b31be4afd3225fce45679bcaa59f5ba48edc29/src/libs/StabilityAI/Generated/StabilityAI.Models.CreateStableImageGenerateSd3RequestModel.g.cs';
/** "1 credit = $0.01" */
const PRICING = 'https://platform.stability.ai/pricing';
/** The services for edits. */
const PRICES_OF_EDITS = 'https://stability.ai/api-pricing-update-25';
/** The only source of the range of guidance. */
const CLIENT =
	'https://github.com/tadasant/mcp-server-stability-ai/blob/038b0a576d4eef3f1df440b724db09b5d3afc2a2/src/tools/generateImageSD35.ts';
/** A client with a default for the strength, which the API requires. */
const COMFY =
	'https://github.com/comfyanonymous/ComfyUI/blob/master/comfy_api_nodes/nodes_stability.py';

/** What all models take (SPEC). */
const PARAMETERS = {
	prompt: { kind: 'text', required: true, maxLength: 10_000 },
	n: { kind: 'integer', min: 1, max: 10, default: 1 },
	outputFormat: { kind: 'choice', values: ['png', 'jpeg', 'webp'], default: 'png' },
	seed: { kind: 'integer', min: 0, max: 4_294_967_294 },
	stylePreset: {
		kind: 'choice',
		values: [
			...['3d-model', 'analog-film', 'anime', 'cinematic', 'comic-book', 'digital-art'],
			...['enhance', 'fantasy-art', 'isometric', 'line-art', 'low-poly', 'modeling-compound'],
			...['neon-punk', 'origami', 'photographic', 'pixel-art', 'tile-texture'],
		],
	},
} as const satisfies ModelRow['parameters'];

/** All but the fastest model (SPEC). */
const NEGATIVE_PROMPT = { kind: 'text', maxLength: 10_000 } as const;

const ASPECT_RATIO = {
	kind: 'choice',
	values: ['auto', '1:1', '2:3', '3:2', '4:5', '5:4', '9:16', '16:9', '9:21', '21:9'],
	default: 'auto',
	unset: 'auto',
} as const satisfies ChoiceSpec;

/** The API requires it; the default is COMFY's. */
const STRENGTH = {
	kind: 'number',
	min: 0,
	max: 1,
	default: 0.5,
	operations: ['edit'],
} as const;

/** "payloads cannot be larger than 10MiB in size" (SPEC) */
const INPUT_IMAGES = {
	maxCount: 1,
	maxBytes: 10 * 2 ** 20,
	formats: ['png', 'jpeg', 'webp'],
} as const satisfies InputImageSpec;

const STABLE_IMAGE = {
	maker: 'stabilityAi',
	family: 'stable-image',
	shutdown: null,
	needsVerification: false,
	exclusions: [],
	mask: null,
	markup: null,
	prices: null,
	outputTokens: null,
} as const satisfies Partial<ModelRow>;

const SD_35 = {
	...STABLE_IMAGE,
	operations: ['generate', 'edit'],
	parameters: {
		...PARAMETERS,
		// An edit keeps the ratio of its image (SPEC).
		aspectRatio: { ...ASPECT_RATIO, operations: ['generate'] },
		negativePrompt: NEGATIVE_PROMPT,
		guidance: { kind: 'number', min: 1, max: 10 },
		strength: STRENGTH,
	},
	inputImages: INPUT_IMAGES,
	sources: [SPEC, REFERENCE, CREDITS, PRICING, CLIENT, COMFY],
} as const satisfies Partial<ModelRow>;

const { negativePrompt: _, ...TURBO_PARAMETERS } = SD_35.parameters;

/**
 * Stability AI's models, best first. Those of Stable Diffusion have the API's IDs; the others have
 * endpoints instead.
 */
export const STABILITY_AI_MODELS = {
	'stable-image-ultra': {
		displayName: 'Stable Image Ultra',
		summary: 'Best images; photographs, fine detail',
		...STABLE_IMAGE,
		operations: ['generate', 'edit'],
		parameters: {
			...PARAMETERS,
			aspectRatio: ASPECT_RATIO,
			negativePrompt: NEGATIVE_PROMPT,
			strength: STRENGTH,
		},
		inputImages: INPUT_IMAGES,
		imagePrices: { by: [], perImage: { '': 0.08 } },
		sources: [SPEC, REFERENCE, PRICING, COMFY],
	},
	'stable-image-core': {
		displayName: 'Stable Image Core',
		summary: 'Fast and cheap; generates only',
		...STABLE_IMAGE,
		operations: ['generate'],
		parameters: {
			...PARAMETERS,
			aspectRatio: ASPECT_RATIO,
			negativePrompt: NEGATIVE_PROMPT,
		},
		inputImages: null,
		imagePrices: { by: [], perImage: { '': 0.03 } },
		sources: [SPEC, REFERENCE, PRICING],
	},
	'stable-image-inpaint': {
		displayName: 'Stable Image Inpaint',
		summary: 'Repaints what a mask shows; edits only',
		...STABLE_IMAGE,
		operations: ['edit'],
		parameters: { ...PARAMETERS, negativePrompt: NEGATIVE_PROMPT },
		inputImages: INPUT_IMAGES,
		// Without one, the transparent areas of the image are repainted (SPEC).
		mask: { maxBytes: INPUT_IMAGES.maxBytes, isNeeded: true },
		imagePrices: { by: [], perImage: { '': 0.05 } },
		sources: [SPEC, REFERENCE, PRICES_OF_EDITS],
	},
	'sd3.5-large': {
		displayName: 'Stable Diffusion 3.5 Large',
		// "re-routed to their sd3.5-[model version] equivalent" (CREDITS), like the others.
		aliases: ['sd3-large'],
		summary: 'Open weights; follows prompts closely',
		...SD_35,
		imagePrices: { by: [], perImage: { '': 0.065 } },
	},
	'sd3.5-large-turbo': {
		displayName: 'Stable Diffusion 3.5 Large Turbo',
		aliases: ['sd3-large-turbo'],
		summary: 'Open weights; faster than Large',
		...SD_35,
		parameters: TURBO_PARAMETERS,
		imagePrices: { by: [], perImage: { '': 0.04 } },
	},
	'sd3.5-medium': {
		displayName: 'Stable Diffusion 3.5 Medium',
		aliases: ['sd3-medium'],
		summary: 'Open weights; smaller than Large',
		...SD_35,
		imagePrices: { by: [], perImage: { '': 0.035 } },
	},
} as const satisfies Record<string, ModelRow>;
