import type { ChoiceSpec, InputImageSpec, ModelRow, RatioSizes } from '../types';

const GUIDE = 'https://ai.google.dev/gemini-api/docs/image-generation';
const PRICING = 'https://ai.google.dev/gemini-api/docs/pricing';
const DEPRECATIONS = 'https://ai.google.dev/gemini-api/docs/deprecations';
const LITE_PAGE = 'https://ai.google.dev/gemini-api/docs/models/gemini-3.1-flash-lite-image';
/** Google's limits for input images, by model. */
const INPUT_LIMITS =
	'https://docs.cloud.google.com/vertex-ai/generative-ai/docs/multimodal/image-understanding';
/** The types of the API's parameters, which Google's pages only show by example. */
const SDK = 'https://www.npmjs.com/package/@google/genai/v/3.3.0 (dist/genai.d.ts)';
/** A gateway's announcement, with Google's prices and the end of Nano Banana 2. */
const LITELLM_21 = 'https://github.com/BerriAI/litellm/discussions/44983';
/** A client whose types list what Nano Banana 2.1 takes. */
const TANSTACK_21 = 'https://github.com/tanstack/ai/releases/tag/%40tanstack%2Fai-gemini%400.36.0';
/** A relay's comparison of all five models: thinking levels, reference images, sizes. */
const COMPARISON = 'https://docs.laozhang.ai/ja/api-capabilities/nano-banana-image.md';
const LOBEHUB_25 = 'https://github.com/lobehub/lobe-chat/commit/ae3ed6e';

const RATIOS = [
	...['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'],
] as const satisfies readonly string[];

/** Without one, the model chooses a ratio, or keeps that of the input image (GUIDE). */
const ASPECT_RATIO = {
	kind: 'choice',
	values: ['auto', ...RATIOS],
	default: 'auto',
	unset: 'auto',
} as const satisfies ChoiceSpec;

/** Nano Banana 2 and 2.1 also make banners (GUIDE, TANSTACK_21). */
const ASPECT_RATIO_WITH_BANNERS = {
	...ASPECT_RATIO,
	values: [...ASPECT_RATIO.values, '1:4', '4:1', '1:8', '8:1'],
} as const satisfies ChoiceSpec;

const UP_TO_4K = {
	kind: 'choice',
	values: ['1K', '2K', '4K'],
	default: '1K',
} as const satisfies ChoiceSpec;

/** 1K since Gemini 3 (GUIDE). */
const SIZES_1K = {
	'1:1': [1024, 1024],
	'2:3': [848, 1264],
	'3:2': [1264, 848],
	'3:4': [896, 1200],
	'4:3': [1200, 896],
	'4:5': [928, 1152],
	'5:4': [1152, 928],
	'9:16': [768, 1376],
	'16:9': [1376, 768],
	'21:9': [1584, 672],
} as const;

/**
 * All other resolutions since Gemini 3 have exact multiples of these edges (GUIDE, where one of 512
 * is misprinted). The banners are left out: images are up to 9% shorter than Google's table says.
 */
function scaled(factor: number): RatioSizes[string] {
	const sizes = Object.entries(SIZES_1K).map(([ratio, edges]) => [
		ratio,
		edges.map((edge) => edge * factor).join('x'),
	]);
	return Object.fromEntries(sizes) as RatioSizes[string];
}

const RATIO_SIZES_4K = { '1K': scaled(1), '2K': scaled(2), '4K': scaled(4) } satisfies RatioSizes;

/** GUIDE. */
const RATIO_SIZES_25 = {
	'1K': {
		'1:1': '1024x1024',
		'2:3': '832x1248',
		'3:2': '1248x832',
		'3:4': '864x1184',
		'4:3': '1184x864',
		'4:5': '896x1152',
		'5:4': '1152x896',
		'9:16': '768x1344',
		'16:9': '1344x768',
		'21:9': '1536x672',
	},
} as const satisfies RatioSizes;

/** INPUT_LIMITS, whose MB may be 10⁶ bytes or 2²⁰; here it is the smaller one. */
const INPUT_IMAGES = {
	maxCount: 14,
	maxBytes: 7_000_000,
	formats: ['png', 'jpeg', 'webp'],
} as const satisfies InputImageSpec;

/** What all models take. */
const PARAMETERS = {
	prompt: { kind: 'text', required: true },
	// One image per request: SDK (`candidateCount`).
	n: { kind: 'integer', min: 1, max: 10, default: 1, perRequest: 1 },
	// 32 bits (SDK).
	seed: { kind: 'integer', min: 0, max: 2_147_483_647 },
} as const satisfies ModelRow['parameters'];

const GEMINI = {
	maker: 'google',
	family: 'gemini',
	shutdown: null,
	needsVerification: false,
	operations: ['generate', 'edit'],
	exclusions: [],
	inputImages: INPUT_IMAGES,
	mask: null,
	markup: null,
	outputTokens: null,
} as const satisfies Partial<ModelRow>;

/** Google's image models by their ID on the Gemini API, newest and best first. */
export const GOOGLE_MODELS = {
	'gemini-nano-banana-2.1': {
		displayName: 'Nano Banana 2.1',
		aliases: ['nano-banana-2.1'],
		summary: 'Newest; sharp text, up to 4K, cheap',
		...GEMINI,
		parameters: {
			...PARAMETERS,
			aspectRatio: { ...ASPECT_RATIO_WITH_BANNERS, pixels: RATIO_SIZES_4K },
			// The API rejects 512 (TANSTACK_21).
			resolution: UP_TO_4K,
			thinkingLevel: {
				kind: 'choice',
				values: ['minimal', 'medium', 'high'],
				default: 'medium',
			},
		},
		prices: { textInput: 1.5, imageInput: 1.5, imageOutput: 30, textOutput: 7.5 },
		sources: [GUIDE, SDK, INPUT_LIMITS, LITELLM_21, TANSTACK_21, COMPARISON],
	},
	'gemini-3-pro-image': {
		displayName: 'Nano Banana Pro',
		aliases: ['gemini-3-pro-image-preview', 'nano-banana-pro', 'nano-banana-pro-preview'],
		summary: 'Complex layouts and long texts; always thinks',
		...GEMINI,
		parameters: {
			...PARAMETERS,
			aspectRatio: { ...ASPECT_RATIO, pixels: RATIO_SIZES_4K },
			resolution: UP_TO_4K,
		},
		prices: { textInput: 2, imageInput: 2, imageOutput: 120, textOutput: 12 },
		sources: [GUIDE, PRICING, SDK, INPUT_LIMITS, COMPARISON],
	},
	'gemini-3.1-flash-image': {
		displayName: 'Nano Banana 2',
		aliases: ['gemini-3.1-flash-image-preview', 'nano-banana-2'],
		summary: 'The generation before 2.1; also 512 px',
		...GEMINI,
		shutdown: '2026-10-29',
		parameters: {
			...PARAMETERS,
			aspectRatio: {
				...ASPECT_RATIO_WITH_BANNERS,
				pixels: { '512': scaled(1 / 2), ...RATIO_SIZES_4K },
			},
			resolution: { kind: 'choice', values: ['512', '1K', '2K', '4K'], default: '1K' },
			thinkingLevel: { kind: 'choice', values: ['minimal', 'high'], default: 'minimal' },
		},
		prices: { textInput: 0.5, imageInput: 0.5, imageOutput: 60, textOutput: 3 },
		sources: [GUIDE, PRICING, SDK, INPUT_LIMITS, LITELLM_21, COMPARISON],
	},
	'gemini-3.1-flash-lite-image': {
		displayName: 'Nano Banana 2 Lite',
		aliases: ['nano-banana-2-lite'],
		summary: 'Fastest; 1K only',
		...GEMINI,
		parameters: {
			...PARAMETERS,
			// LITE_PAGE lists these, although it speaks of 14.
			aspectRatio: { ...ASPECT_RATIO, pixels: { '1K': RATIO_SIZES_4K['1K'] } },
			thinkingLevel: { kind: 'choice', values: ['minimal', 'high'] },
		},
		prices: { textInput: 0.25, imageInput: 0.25, imageOutput: 30, textOutput: 1.5 },
		sources: [LITE_PAGE, PRICING, SDK, INPUT_LIMITS, COMPARISON],
	},
	'gemini-2.5-flash-image': {
		displayName: 'Nano Banana',
		aliases: ['gemini-2.5-flash-image-preview', 'flash-image-2.5', 'nano-banana'],
		summary: 'The first Nano Banana; 1K only',
		...GEMINI,
		shutdown: '2026-10-02',
		parameters: { ...PARAMETERS, aspectRatio: { ...ASPECT_RATIO, pixels: RATIO_SIZES_25 } },
		inputImages: { ...INPUT_IMAGES, maxCount: 3 },
		prices: { textInput: 0.3, imageInput: 0.3, imageOutput: 30, textOutput: 2.5 },
		sources: [GUIDE, DEPRECATIONS, SDK, INPUT_LIMITS, LOBEHUB_25],
	},
} as const satisfies Record<string, ModelRow>;
