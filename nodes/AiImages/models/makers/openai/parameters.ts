import type {
	Exclusion,
	InputImageSpec,
	ModelRow,
	OverlaySpec,
	ParameterSpec,
	SizeRule,
} from '../../types';

type Parameters = Record<string, ParameterSpec>;

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

/** `size` of GPT Image before version 2. */
export const CLASSIC_SIZE = { kind: 'size', values: CLASSIC_SIZES, default: 'auto' } as const;

/** `size` since GPT Image 2. */
export const ANY_SIZE = {
	kind: 'size',
	values: COMMON_SIZES,
	default: 'auto',
	rule: FREE_SIZE,
} as const;

export const CLASSIC_QUALITY = {
	kind: 'choice',
	values: ['auto', 'low', 'medium', 'high'],
	default: 'auto',
} as const satisfies ParameterSpec;

/** `xhigh` and `max` came with GPT Image 2.5 (SDK). */
export const FULL_QUALITY = {
	kind: 'choice',
	values: ['auto', 'low', 'medium', 'high', 'xhigh', 'max'],
	default: 'auto',
} as const satisfies ParameterSpec;

/** GPT Image 1 and 1.5; since version 2 every input image is kept in full (SDK). */
export const INPUT_FIDELITY = {
	kind: 'choice',
	values: ['low', 'high'],
	default: 'low',
	operations: ['edit'],
} as const satisfies ParameterSpec;

/** What every GPT Image model takes alike (SDK). */
export const GPT_IMAGE = {
	prompt: { kind: 'text', required: true, maxLength: 32_000 },
	n: { kind: 'integer', min: 1, max: 10, default: 1 },
	background: { kind: 'choice', values: ['auto', 'opaque', 'transparent'], default: 'auto' },
	outputFormat: { kind: 'choice', values: ['png', 'jpeg', 'webp'], default: 'png' },
	outputCompression: {
		kind: 'integer',
		min: 0,
		max: 100,
		default: 100,
		onlyWith: { outputFormat: ['jpeg', 'webp'] },
	},
	stream: { kind: 'boolean', default: true },
	partialImages: { kind: 'integer', min: 0, max: 3, default: 1, onlyWith: { stream: [true] } },
	moderation: { kind: 'choice', values: ['auto', 'low'], default: 'auto' },
	// 128 characters: the guide.
	safetyIdentifier: { kind: 'text', maxLength: 128 },
} as const satisfies Parameters;

const SVG_REASONING_EFFORT = {
	kind: 'choice',
	values: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'],
	onlyWith: { outputFormat: ['svg'] },
} as const satisfies ParameterSpec;

/** What GPT Image 2.6 adds (SDK, Korean guide): animations, drawings, planning. */
export const GPT_IMAGE_26 = {
	...GPT_IMAGE,
	size: ANY_SIZE,
	quality: FULL_QUALITY,
	n: { ...GPT_IMAGE.n, notWith: { outputFormat: ['svg'] } },
	outputFormat: {
		kind: 'choice',
		values: ['png', 'jpeg', 'webp', 'gif', 'svg'],
		default: 'png',
	},
	stream: { ...GPT_IMAGE.stream, notWith: { outputFormat: ['gif', 'svg'] } },
	partialImages: { ...GPT_IMAGE.partialImages, notWith: { outputFormat: ['gif', 'svg'] } },
	frameCount: {
		kind: 'integer',
		min: 2,
		max: 16,
		default: 9,
		onlyWith: { outputFormat: ['gif'] },
	},
	// At least 20 ms: the edit reference. At most 655,350 ms: the SDK.
	frameDurationMs: {
		kind: 'integer',
		min: 20,
		max: 655_350,
		default: 200,
		onlyWith: { outputFormat: ['gif'] },
	},
	svgModel: { kind: 'text', onlyWith: { outputFormat: ['svg'] } },
	// Within the object, only a generation requires a model (SDK).
	svgReasoningEffort: [
		{ ...SVG_REASONING_EFFORT, operations: ['generate'], requires: 'svgModel' },
		{ ...SVG_REASONING_EFFORT, operations: ['edit'] },
	],
	complexity: { kind: 'choice', values: ['low', 'medium', 'high'], default: 'high' },
} as const satisfies ModelRow['parameters'];

/**
 * `n` of a model that makes one image per request (SDK_WITH_DALLE: "For `dall-e-3`, only `n=1` is
 * supported"). That it takes as many in all as the other models do in one request is our own limit.
 */
export const ONE_IMAGE_PER_REQUEST = {
	kind: 'integer',
	min: 1,
	max: GPT_IMAGE.n.max,
	default: 1,
	perRequest: 1,
} as const satisfies ParameterSpec;

/** What gateways pass on under a DALL·E id, if the model behind it takes it (NEW_API). */
export const DALLE_ON_GATEWAYS = {
	background: { kind: 'choice', values: ['auto', 'opaque', 'transparent'] },
	outputFormat: { kind: 'choice', values: ['png', 'jpeg', 'webp'] },
	outputCompression: {
		kind: 'integer',
		min: 0,
		max: 100,
		default: 100,
		onlyWith: { outputFormat: ['jpeg', 'webp'] },
	},
	watermark: { kind: 'boolean', default: false },
} as const satisfies Parameters;

/** `Transparent background is not supported for JPEG output format`, a 400 of the API. */
export const NO_TRANSPARENT_JPEG = {
	parameter: 'background',
	value: 'transparent',
	with: { parameter: 'outputFormat', values: ['jpeg'] },
	because: 'JPEG has no transparency. Choose PNG or WebP, or another background',
} as const satisfies Exclusion;

/**
 * Up to 16 files below 50 MB each (SDK, edit reference). Whether MB is decimal is not said;
 * the smaller reading is used.
 */
export const SIXTEEN_IMAGES = {
	maxCount: 16,
	maxBytes: 50_000_000,
	formats: ['png', 'jpeg', 'webp'],
} as const satisfies InputImageSpec;

/** Below 50 MB says the guide, below 4 MB the SDK. */
export const MASK = {
	maxBytes: 50_000_000,
	warnAboveBytes: 4_000_000,
} as const satisfies OverlaySpec;

/** GPT Image 2.6: no mask for an animation (SDK). */
export const MASK_26 = {
	...MASK,
	notWith: { outputFormat: ['gif'] },
} as const satisfies OverlaySpec;

/** A markup is no larger than an input image (SDK). */
export const MARKUP = { maxBytes: 50_000_000 } as const satisfies OverlaySpec;
