import type { ModelRow, SizeRule, SizeSpec } from '../../types';
import {
	ALIBABA,
	between,
	INPUT_IMAGES,
	NEGATIVE_PROMPT,
	PRICING,
	REWRITTEN,
	SEED,
	upTo,
	WATERMARK,
} from './common';

const DOCS = 'https://help.aliyun.com/zh/model-studio';
const WAN_27 = `${DOCS}/wan-image-generation-and-editing-api-reference`;
/** Prompts of up to 5,000 characters. */
const WAN_27_CALL =
	'https://docs.qwencloud.com/api-reference/image-generation/wan27-image-gen-edit/synchronous';
const WAN_26 = `${DOCS}/wan-image-generation-api-reference`;
const TEXT = `${DOCS}/text-to-image-v2-api-reference`;
/** Number, edges and bytes of input images, by model. */
const EDITING = 'https://docs.qwencloud.com/developer-guides/image-generation/wan-image-editing';
const EDIT_25 =
	'https://docs.qwencloud.com/api-reference/image-generation/wan25-general-image-editing/create-task';
/** Limits of texts, sizes of Wan 2.5. */
const TEXT_26 = 'https://doc.vtrix.ai/docs/api/qwen/wan26-t2i';
const TEXT_25 = 'https://doc.vtrix.ai/domestic/api/qwen/wan25-t2i-preview-intl';
const SIZES_25 = 'https://cloud.seaart.ai/docs/api-reference/model-api/qwen/wan-2-5-i2i-preview';

/** What all but Wan 2.7 take. */
const PARAMETERS = {
	prompt: { kind: 'text', required: true },
	n: upTo(4),
	seed: SEED,
	negativePrompt: NEGATIVE_PROMPT,
	promptUpsampling: REWRITTEN,
	watermark: WATERMARK,
} as const satisfies ModelRow['parameters'];

/** Except for the first one, the sizes that TEXT recommends have fewer pixels than others can have. */
const TEXT_SIZE = {
	kind: 'size',
	values: ['1280x1280', '1104x1472', '1472x1104', '960x1696', '1696x960'],
	default: '1280x1280',
	rule: between(1280, 1440, 4),
} as const satisfies SizeSpec;

/** Edges from 512 to 1440 (TEXT). */
const OLD_SIZE = {
	kind: 'size',
	values: ['1024x1024', '1280x720', '720x1280', '1440x1440'],
	default: '1024x1024',
	rule: { multipleOf: 1, minPixels: 512 ** 2, maxPixels: 1440 ** 2, minEdge: 512, maxEdge: 1440 },
} as const satisfies SizeSpec;

/** `1K` and `2K` leave the shape to the input images, and are square without any (WAN_27). */
const SIZE_27 = {
	kind: 'size',
	values: ['2K', '1K', '2048x2048', '1536x1024', '1024x1536'],
	default: '2K',
	rule: between(768, 2048, 8),
} as const satisfies SizeSpec;

/** The shape of the last input image, unless it is chosen. */
function editSize(rule: SizeRule) {
	return {
		kind: 'size',
		values: ['auto', '1280x1280', '1280x960', '960x1280'],
		default: 'auto',
		unset: 'auto',
		rule,
	} as const satisfies SizeSpec;
}

const WAN = { ...ALIBABA, family: 'wan' } as const satisfies Partial<ModelRow>;

/** Sets of images that belong together, areas and colors go through *Extra Body Fields*. */
const WAN_27_IMAGE = {
	...WAN,
	operations: ['generate', 'edit'],
	parameters: {
		prompt: { kind: 'text', required: true, maxLength: 5000 },
		n: upTo(4),
		size: SIZE_27,
		seed: SEED,
		watermark: WATERMARK,
	},
	inputImages: { maxCount: 9, maxBytes: 20_000_000, formats: ['png', 'jpeg', 'webp'] },
	sources: [WAN_27, WAN_27_CALL, EDITING, PRICING],
} as const satisfies Partial<ModelRow>;

const TEXT_ONLY = {
	...WAN,
	operations: ['generate'],
	parameters: { ...PARAMETERS, size: TEXT_SIZE },
} as const satisfies Partial<ModelRow>;

const OLD = {
	...TEXT_ONLY,
	parameters: { ...PARAMETERS, size: OLD_SIZE },
	sources: [TEXT],
} as const satisfies Partial<ModelRow>;

const EDITOR = {
	...WAN,
	operations: ['edit'],
	parameters: { ...PARAMETERS, prompt: { ...PARAMETERS.prompt, maxLength: 2000 } },
} as const satisfies Partial<ModelRow>;

/** Alibaba's Wan models that make images, newest and best first. */
export const WAN_MODELS = {
	'wan2.7-image-pro': {
		displayName: 'Wan 2.7 Image Pro',
		summary: 'Best images; up to 4K, edits up to nine images',
		...WAN_27_IMAGE,
		parameters: {
			...WAN_27_IMAGE.parameters,
			size: [
				{
					...SIZE_27,
					values: [...SIZE_27.values, '4K', '4096x4096'],
					rule: between(768, 4096, 8),
					operations: ['generate'],
				},
				// 4K is for one image of a text.
				{ ...SIZE_27, operations: ['edit'] },
			],
		},
		imagePrices: { by: [], perImage: { '': 0.075 } },
	},
	'wan2.7-image': {
		displayName: 'Wan 2.7 Image',
		summary: 'For most uses; fast, edits up to nine images',
		...WAN_27_IMAGE,
		imagePrices: { by: [], perImage: { '': 0.03 } },
	},
	'wan2.6-t2i': {
		displayName: 'Wan 2.6',
		summary: 'Photos and many styles; generates only',
		...TEXT_ONLY,
		parameters: { ...TEXT_ONLY.parameters, prompt: { ...PARAMETERS.prompt, maxLength: 2100 } },
		sources: [TEXT, TEXT_26],
	},
	'wan2.6-image': {
		displayName: 'Wan 2.6 Image Edit',
		summary: 'Edits up to four images; keeps style and subject',
		...EDITOR,
		parameters: {
			...EDITOR.parameters,
			// The service rounds to multiples of 16 (WAN_26).
			size: editSize({ ...between(768, 2048, 4), multipleOf: 16 }),
		},
		inputImages: { ...INPUT_IMAGES, maxCount: 4, formats: ['png', 'jpeg', 'webp'] },
		sources: [WAN_26, EDITING],
	},
	'wan2.5-t2i-preview': {
		displayName: 'Wan 2.5 Preview',
		summary: 'The generation before 2.6; generates only',
		...TEXT_ONLY,
		parameters: { ...TEXT_ONLY.parameters, prompt: { ...PARAMETERS.prompt, maxLength: 2000 } },
		sources: [TEXT, TEXT_25],
	},
	'wan2.5-i2i-preview': {
		displayName: 'Wan 2.5 Image Edit Preview',
		summary: 'Edits up to three images, before 2.6',
		...EDITOR,
		parameters: { ...EDITOR.parameters, size: editSize(between(768, 1280, 4)) },
		inputImages: { ...INPUT_IMAGES, formats: ['png', 'jpeg', 'webp'] },
		sources: [EDIT_25, SIZES_25, EDITING],
	},
	'wan2.2-t2i-plus': {
		displayName: 'Wan 2.2 Plus',
		summary: 'Older; more detail than Flash',
		...OLD,
	},
	'wan2.2-t2i-flash': {
		displayName: 'Wan 2.2 Flash',
		summary: 'Older; the fastest of its generation',
		...OLD,
	},
} as const satisfies Record<string, ModelRow>;
