import type { ModelRow, ParameterSpec, SizeRule } from '../types';

/** Sizes by resolution, and which models take which. */
const SIZES = 'https://docs.siraya.ai/docs/api-reference/generative-model-api/Seedream/';
/** Limits of a free size. */
const PIXELS = 'https://docs.uniall.ai/zh-CN/models/image/seedream';
/** Reference images, the ratio of a free size, and that words leave the ratio to the prompt. */
const REFERENCE_45 =
	'https://www.compshare.cn/docs/modelverse-master/api_doc/image_api/doubao-seedream-4.5';
/** Formats and bytes of reference images. */
const REFERENCE_5 = 'https://www.modellix.ai/models/bytedance/seedream-5.0-lite-edit';
/** Prices, and the limits of 5.0 Pro. */
const VERSIONS = 'https://docs.apiyi.com/en/api-capabilities/seedream-image/historical-versions.md';
/** The IDs on BytePlus, and which models have an output format. */
const CLIENT = 'https://www.npmjs.com/package/@ai-sdk/bytedance/v/1.0.29 (dist/index.d.ts)';
/** Volcengine's own client. */
const ARK =
	'https://github.com/volcengine/volcengine-python-sdk/tree/master/volcenginesdkarkruntime/resources/images';

const SIZES_1K = [
	...['1024x1024', '864x1152', '1152x864', '1312x736', '736x1312'],
	...['832x1248', '1248x832', '1568x672'],
] as const;

const SIZES_2K = [
	...['2048x2048', '1728x2304', '2304x1728', '2848x1600', '1600x2848'],
	...['1664x2496', '2496x1664', '3136x1344'],
] as const;

const SIZES_3K = [
	...['3072x3072', '2592x3456', '3456x2592', '4096x2304', '2304x4096'],
	...['2496x3744', '3744x2496', '4704x2016'],
] as const;

const SIZES_4K = [
	...['4096x4096', '3520x4704', '4704x3520', '5504x3040', '3040x5504'],
	...['3328x4992', '4992x3328', '6240x2656'],
] as const;

/** PIXELS, REFERENCE_45. No edge is given; this is the longest one that the ratio allows. */
const RULE = {
	multipleOf: 1,
	minPixels: 3_686_400,
	maxPixels: 16_777_216,
	maxEdge: 16_384,
	maxRatio: 16,
} as const satisfies SizeRule;

const OUTPUT_FORMAT = {
	kind: 'choice',
	values: ['jpeg', 'png'],
	default: 'jpeg',
} as const satisfies ParameterSpec;

/** What all models take. */
const PARAMETERS = {
	prompt: { kind: 'text', required: true },
	// A request can only ask for a set of related images, of a number that the model chooses (ARK).
	n: { kind: 'integer', min: 1, max: 10, default: 1, perRequest: 1 },
	// The service adds one unless told not to (ARK), so the field is always on screen.
	watermark: { kind: 'boolean', default: true, place: 'main' },
} as const satisfies ModelRow['parameters'];

const SEEDREAM = {
	maker: 'byteDance',
	family: 'seedream',
	shutdown: null,
	needsVerification: false,
	operations: ['generate', 'edit'],
	exclusions: [],
	// 14 (REFERENCE_45), of up to 10 MB (REFERENCE_5).
	inputImages: {
		maxCount: 14,
		maxBytes: 10_000_000,
		formats: ['png', 'jpeg', 'webp', 'gif'],
	},
	mask: null,
	markup: null,
	prices: null,
	outputTokens: null,
	sources: [SIZES, PIXELS, REFERENCE_45, REFERENCE_5, VERSIONS, CLIENT, ARK],
} as const satisfies Partial<ModelRow>;

/**
 * ByteDance's image models, newest and best first. Volcengine and BytePlus serve each under an ID
 * with a date, so the rows have the ID that gateways agree on. A size such as `2K` leaves the shape
 * to the prompt and the input images.
 */
export const BYTE_DANCE_MODELS = {
	'seedream-5.0-pro': {
		displayName: 'Seedream 5.0 Pro',
		aliases: ['seedream-5-0-pro', 'seedream-5-pro'],
		summary: 'Best images; slow, about two minutes',
		...SEEDREAM,
		parameters: {
			...PARAMETERS,
			size: {
				kind: 'size',
				// Without the wide ones of 2K, whose pixels differ from those of other models.
				values: [
					...['1K', '2K', ...SIZES_1K],
					...['2048x2048', '1728x2304', '2304x1728', '1664x2496', '2496x1664'],
				],
				default: '2K',
				// The lower limits are not published; these are those of Seedream 4.0.
				rule: { ...RULE, minPixels: 921_600, maxPixels: 4_194_304 },
			},
			outputFormat: OUTPUT_FORMAT,
		},
		inputImages: { ...SEEDREAM.inputImages, maxCount: 10 },
		// The price depends on the number of pixels (VERSIONS), so it is not one per image.
	},
	'seedream-5.0-lite': {
		displayName: 'Seedream 5.0 Lite',
		aliases: ['seedream-5-0-lite', 'seedream-5-lite', 'seedream-5-0'],
		summary: 'For most uses; up to 4K, also PNG',
		...SEEDREAM,
		parameters: {
			...PARAMETERS,
			size: {
				kind: 'size',
				values: ['2K', '3K', '4K', ...SIZES_2K, ...SIZES_3K, ...SIZES_4K],
				default: '2K',
				rule: RULE,
			},
			outputFormat: OUTPUT_FORMAT,
		},
		imagePrices: { by: [], perImage: { '': 0.035 } },
	},
	'seedream-4.5': {
		displayName: 'Seedream 4.5',
		aliases: ['seedream-4-5'],
		summary: 'Sharp text and portraits; up to 4K',
		...SEEDREAM,
		parameters: {
			...PARAMETERS,
			size: {
				kind: 'size',
				values: ['2K', '4K', ...SIZES_2K, ...SIZES_4K],
				default: '2K',
				rule: RULE,
			},
		},
		imagePrices: { by: [], perImage: { '': 0.04 } },
	},
	'seedream-4.0': {
		displayName: 'Seedream 4.0',
		aliases: ['seedream-4-0', 'seedream-4'],
		summary: 'Cheapest; 1K to 4K',
		...SEEDREAM,
		parameters: {
			...PARAMETERS,
			size: {
				kind: 'size',
				values: ['1K', '2K', '4K', ...SIZES_1K, ...SIZES_2K, ...SIZES_4K],
				default: '2K',
				rule: { ...RULE, minPixels: 921_600 },
			},
		},
		imagePrices: { by: [], perImage: { '': 0.03 } },
	},
} as const satisfies Record<string, ModelRow>;
