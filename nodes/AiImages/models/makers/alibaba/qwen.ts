import type { ModelRow, SizeSpec } from '../../types';
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
const TEXT = `${DOCS}/qwen-image-api`;
const EDIT = `${DOCS}/qwen-image-edit-api`;
const QWEN_3 =
	'https://www.alibabacloud.com/help/es/model-studio/qwen-image-generation-and-editing-api-reference';
/** The ratios of Qwen Image 3.0. */
const COMFY = 'https://docs.comfy.org/built-in-nodes/QwenImageTextToImageApi.md';

/**
 * No limit of the prompt: the documents disagree on whether 800 characters or 800 tokens are read, and
 * what is longer is cut off, not refused.
 */
const PARAMETERS = {
	prompt: { kind: 'text', required: true },
	n: upTo(6),
	seed: SEED,
	negativePrompt: NEGATIVE_PROMPT,
	promptUpsampling: REWRITTEN,
	watermark: WATERMARK,
} as const satisfies ModelRow['parameters'];

/**
 * Any shape with 512x512 to 2048x2048 pixels (TEXT, QWEN_3); up to 8:1 (COMFY), which for 2.0 nobody
 * says. Without a size, an edit has the ratio of its last image.
 */
const FREE_SIZE = {
	kind: 'size',
	values: [
		...['auto', '2048x2048', '2688x1536', '1536x2688', '2368x1728', '1728x2368'],
		...['1024x1024', '1328x1328'],
	],
	default: 'auto',
	unset: 'auto',
	rule: between(512, 2048, 8),
} as const satisfies SizeSpec;

/** Edges from 512 to 2048 (EDIT). */
const EDIT_SIZE = {
	kind: 'size',
	values: ['auto', '1024x1024', '1536x1024', '1024x1536', '2048x2048'],
	default: 'auto',
	unset: 'auto',
	rule: { multipleOf: 1, minPixels: 512 ** 2, maxPixels: 2048 ** 2, minEdge: 512, maxEdge: 2048 },
} as const satisfies SizeSpec;

const FIXED_SIZE = {
	kind: 'size',
	values: ['1664x928', '1472x1104', '1328x1328', '1104x1472', '928x1664'],
	default: '1664x928',
} as const satisfies SizeSpec;

const QWEN = { ...ALIBABA, family: 'qwen-image' } as const satisfies Partial<ModelRow>;

const UNIFIED = {
	...QWEN,
	operations: ['generate', 'edit'],
	parameters: { ...PARAMETERS, size: FREE_SIZE },
	inputImages: INPUT_IMAGES,
} as const satisfies Partial<ModelRow>;

const TEXT_ONLY = {
	...QWEN,
	operations: ['generate'],
	parameters: { ...PARAMETERS, n: upTo(1), size: FIXED_SIZE },
	sources: [TEXT],
} as const satisfies Partial<ModelRow>;

const EDITOR = {
	...QWEN,
	operations: ['edit'],
	parameters: { ...PARAMETERS, size: EDIT_SIZE },
	inputImages: INPUT_IMAGES,
	sources: [EDIT, PRICING],
} as const satisfies Partial<ModelRow>;

/** Alibaba's Qwen Image models that only Alibaba serves, or that services serve as Alibaba does. */
export const QWEN_MODELS = {
	'qwen-image-3.0-pro': {
		displayName: 'Qwen Image 3.0 Pro',
		summary: 'Best images; small text and complex layouts',
		...UNIFIED,
		sources: [QWEN_3, COMFY],
	},
	'qwen-image-3.0': {
		displayName: 'Qwen Image 3.0',
		summary: 'For most uses; good quality and speed',
		...UNIFIED,
		sources: [QWEN_3, COMFY],
	},
	'qwen-image-2.0-pro': {
		displayName: 'Qwen Image 2.0 Pro',
		summary: 'The best of the generation before 3.0',
		...UNIFIED,
		imagePrices: { by: [], perImage: { '': 0.075 } },
		sources: [TEXT, EDIT, PRICING],
	},
	'qwen-image-2.0': {
		displayName: 'Qwen Image 2.0',
		summary: 'The generation before 3.0; fast',
		...UNIFIED,
		imagePrices: { by: [], perImage: { '': 0.035 } },
		sources: [TEXT, EDIT, PRICING],
	},
	'qwen-image-max': {
		displayName: 'Qwen Image Max',
		summary: 'The best before 2.0; generates only',
		...TEXT_ONLY,
	},
	'qwen-image-plus': {
		displayName: 'Qwen Image Plus',
		summary: 'Cheaper than Max; generates only',
		...TEXT_ONLY,
	},
	'qwen-image-edit-max': {
		displayName: 'Qwen Image Edit Max',
		summary: 'The best editor before 2.0; up to three images',
		...EDITOR,
		imagePrices: { by: [], perImage: { '': 0.075 } },
	},
	'qwen-image-edit-plus': {
		displayName: 'Qwen Image Edit Plus',
		summary: 'Cheaper than Edit Max; up to three images',
		...EDITOR,
		imagePrices: { by: [], perImage: { '': 0.03 } },
	},
} as const satisfies Record<string, ModelRow>;
