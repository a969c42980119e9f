import type {
	Exclusion,
	InputImageSpec,
	ModelRow,
	OverlaySpec,
	ParameterSpec,
	SizeSpec,
} from '../../types';

// What several of OpenAI's models share. Names in capitals refer to the documents in sources.ts.

type Parameters = Record<string, ParameterSpec>;

const FIXED_SIZES = ['auto', '1024x1024', '1536x1024', '1024x1536'] as const;

/** `size` before GPT Image 2 (SDK). */
export const FIXED_SIZE = {
	kind: 'size',
	values: FIXED_SIZES,
	default: 'auto',
} as const satisfies SizeSpec;

/** `size` since GPT Image 2 (SDK, GUIDE). Both documents name the listed sizes as examples. */
export const FREE_SIZE = {
	kind: 'size',
	values: [...FIXED_SIZES, '2048x2048', '2048x1152', '3840x2160', '2160x3840'],
	default: 'auto',
	rule: {
		multipleOf: 16,
		minPixels: 655_360,
		maxPixels: 8_294_400,
		maxEdge: 3840,
		maxRatio: 3,
	},
} as const satisfies SizeSpec;

/** `quality` before GPT Image 2.5 (SDK). */
export const QUALITY_UP_TO_HIGH = {
	kind: 'choice',
	values: ['auto', 'low', 'medium', 'high'],
	default: 'auto',
} as const satisfies ParameterSpec;

/** `quality` since GPT Image 2.5 (SDK). */
export const QUALITY_UP_TO_MAX = {
	kind: 'choice',
	values: ['auto', 'low', 'medium', 'high', 'xhigh', 'max'],
	default: 'auto',
} as const satisfies ParameterSpec;

/** GPT Image 1 and 1.5. Later models always keep every detail of the input images (SDK). */
export const INPUT_FIDELITY = {
	kind: 'choice',
	values: ['low', 'high'],
	default: 'low',
	operations: ['edit'],
} as const satisfies ParameterSpec;

/** `n` (SDK). */
export const IMAGE_COUNT = {
	kind: 'integer',
	min: 1,
	max: 10,
	default: 1,
} as const satisfies ParameterSpec;

/**
 * `n` of a model that makes one image per request (SDK_WITH_DALLE: "For `dall-e-3`, only `n=1` is
 * supported"). The node sends several requests, up to the `n` of the other models.
 */
export const ONE_IMAGE_PER_REQUEST = {
	...IMAGE_COUNT,
	perRequest: 1,
} as const satisfies ParameterSpec;

const OUTPUT_COMPRESSION = {
	kind: 'integer',
	min: 0,
	max: 100,
	default: 100,
	onlyWith: { outputFormat: ['jpeg', 'webp'] },
} as const satisfies ParameterSpec;

/** What all GPT Image models take (SDK). */
export const GPT_IMAGE_PARAMETERS = {
	prompt: { kind: 'text', required: true, maxLength: 32_000 },
	n: IMAGE_COUNT,
	background: { kind: 'choice', values: ['auto', 'opaque', 'transparent'], default: 'auto' },
	outputFormat: { kind: 'choice', values: ['png', 'jpeg', 'webp'], default: 'png' },
	outputCompression: OUTPUT_COMPRESSION,
	stream: { kind: 'boolean', default: false },
	partialImages: { kind: 'integer', min: 0, max: 3, default: 0, onlyWith: { stream: [true] } },
	moderation: { kind: 'choice', values: ['auto', 'low'], default: 'auto' },
	// 128 characters: GUIDE.
	safetyIdentifier: { kind: 'text', maxLength: 128 },
} as const satisfies Parameters;

const SVG_REASONING_EFFORT = {
	kind: 'choice',
	values: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'],
	onlyWith: { outputFormat: ['svg'] },
} as const satisfies ParameterSpec;

/** GPT Image 2.6 adds animations (GIF), drawings (SVG) and planning (SDK, GUIDE_26). */
export const GPT_IMAGE_26_PARAMETERS = {
	...GPT_IMAGE_PARAMETERS,
	size: FREE_SIZE,
	quality: QUALITY_UP_TO_MAX,
	n: { ...IMAGE_COUNT, notWith: { outputFormat: ['svg'] } },
	outputFormat: {
		kind: 'choice',
		values: ['png', 'jpeg', 'webp', 'gif', 'svg'],
		default: 'png',
	},
	stream: { ...GPT_IMAGE_PARAMETERS.stream, notWith: { outputFormat: ['gif', 'svg'] } },
	partialImages: {
		...GPT_IMAGE_PARAMETERS.partialImages,
		notWith: { outputFormat: ['gif', 'svg'] },
	},
	frameCount: {
		kind: 'integer',
		min: 2,
		max: 16,
		default: 9,
		onlyWith: { outputFormat: ['gif'] },
	},
	// At least 20 ms: EDIT_REFERENCE. At most 655,350 ms: SDK.
	frameDurationMs: {
		kind: 'integer',
		min: 20,
		max: 655_350,
		default: 200,
		onlyWith: { outputFormat: ['gif'] },
	},
	svgModel: { kind: 'text', onlyWith: { outputFormat: ['svg'] } },
	// The effort needs a model for a generation, but not for an edit (SDK).
	svgReasoningEffort: [
		{ ...SVG_REASONING_EFFORT, operations: ['generate'], requires: 'svgModel' },
		{ ...SVG_REASONING_EFFORT, operations: ['edit'] },
	],
	complexity: { kind: 'choice', values: ['low', 'medium', 'high'], default: 'high' },
} as const satisfies ModelRow['parameters'];

/** What both DALL·E models take (SDK_WITH_DALLE). */
export const DALL_E_PARAMETERS = {
	responseFormat: { kind: 'choice', values: ['url', 'b64_json'], default: 'url' },
	user: { kind: 'text' },
	// Gateways pass these on if the model that they serve under this ID takes them (NEW_API).
	background: { kind: 'choice', values: ['auto', 'opaque', 'transparent'] },
	outputFormat: { kind: 'choice', values: ['png', 'jpeg', 'webp'] },
	outputCompression: OUTPUT_COMPRESSION,
	watermark: { kind: 'boolean', default: false },
} as const satisfies Parameters;

/** The API's 400: `Transparent background is not supported for JPEG output format`. */
export const NO_TRANSPARENT_JPEG = {
	parameter: 'background',
	value: 'transparent',
	with: { parameter: 'outputFormat', values: ['jpeg'] },
	because: 'JPEG has no transparency. Choose PNG or WebP, or another background',
} as const satisfies Exclusion;

/**
 * Up to 16 files below 50 MB each (SDK, EDIT_REFERENCE). The documents do not say whether a MB is
 * 10⁶ bytes or 2²⁰; here it is the smaller one.
 */
export const INPUT_IMAGES = {
	maxCount: 16,
	maxBytes: 50_000_000,
	formats: ['png', 'jpeg', 'webp'],
} as const satisfies InputImageSpec;

/** Below 50 MB according to GUIDE, below 4 MB according to SDK. */
export const MASK = {
	maxBytes: 50_000_000,
	warnAboveBytes: 4_000_000,
} as const satisfies OverlaySpec;

/** GPT Image 2.6 takes no mask for an animation (SDK). */
export const MASK_26 = {
	...MASK,
	notWith: { outputFormat: ['gif'] },
} as const satisfies OverlaySpec;

/** The limit of an input image (SDK). */
export const MARKUP = { maxBytes: 50_000_000 } as const satisfies OverlaySpec;
