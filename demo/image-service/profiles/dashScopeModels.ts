const DOCS = 'https://help.aliyun.com/zh/model-studio';
export const QWEN = `${DOCS}/qwen-image-api`;
export const QWEN_EDIT = `${DOCS}/qwen-image-edit-api`;
export const Z_IMAGE = `${DOCS}/z-image-api-reference`;
export const WAN_26 = `${DOCS}/wan-image-generation-api-reference`;
export const WAN_27 = `${DOCS}/wan-image-generation-and-editing-api-reference`;
export const WAN_TEXT = `${DOCS}/text-to-image-v2-api-reference`;
/** The size of Wan 2.5, which WAN_TEXT leaves to a table. */
export const WAN_25 = 'https://doc.vtrix.ai/domestic/api/qwen/wan25-t2i-preview-intl';
export const WAN_EDIT =
	'https://docs.qwencloud.com/api-reference/image-generation/wan25-general-image-editing/create-task';
/** The sizes that WAN_EDIT leaves out. */
export const WAN_EDIT_SIZES =
	'https://cloud.seaart.ai/docs/api-reference/model-api/qwen/wan-2-5-i2i-preview';
/** The limits of Qwen-Image 3.0. */
export const QWEN_3 = 'https://docs.comfy.org/built-in-nodes/QwenImageTextToImageApi.md';

/** The last part of a path. The first answers at once, the others with a job. */
export type Endpoint =
	| 'multimodal-generation/generation'
	| 'image-generation/generation'
	| 'text2image/image-synthesis'
	| 'image2image/image-synthesis';

/** A parameter besides `n`, `size` and `seed`. */
export type Parameter =
	| 'negative_prompt'
	| 'prompt_extend'
	| 'watermark'
	| 'enable_interleave'
	| 'enable_sequential'
	| 'thinking_mode';

/** What `size` can be: `WIDTH*HEIGHT`, or a name. */
export interface SizeRule {
	/** Undefined = as the last input, with the pixels of `near`. */
	readonly fallback?: string;
	readonly near: number;
	/** Allowed in any case; without other limits, these alone are. */
	readonly list?: readonly string[];
	/** Edges of a square with as many pixels, by name. */
	readonly names?: Readonly<Record<string, number>>;
	/** Least and most of width and height. */
	readonly edges?: readonly [number, number];
	/** Edges of squares with the fewest and the most pixels. */
	readonly squares?: readonly [number, number];
	/** Most that one edge can exceed the other. */
	readonly ratio?: number;
	/** What the edges of the result are multiples of, near those asked for. */
	readonly step?: number;
}

export interface DashScopeModel {
	readonly at: readonly Endpoint[];
	/** Undefined = `n` is no parameter. */
	readonly n?: { readonly most: number; readonly fallback: number };
	/** Undefined = `size` is no parameter, and follows the last input. */
	readonly size?: SizeRule;
	readonly parameters: readonly Parameter[];
	/** Least and most input pictures. */
	readonly images: readonly [number, number];
	/** Least and most of their width and height. */
	readonly edges?: readonly [number, number];
	readonly megabytes: number;
	/** Wan has a choice for each picture, Qwen and Z-Image have one for all. */
	readonly answers: 'qwen' | 'z-image' | 'wan' | 'flat';
}

const usual = ['negative_prompt', 'prompt_extend', 'watermark'] as const;
const one = { most: 1, fallback: 1 };
const six = { most: 6, fallback: 1 };
const four = { most: 4, fallback: 4 };
const inputs = { images: [1, 3], megabytes: 10 } as const;
const texts = { images: [0, 0], megabytes: 10 } as const;
const atOnce = ['multimodal-generation/generation'] as const;
const newWan = ['multimodal-generation/generation', 'image-generation/generation'] as const;
const oldWan = ['text2image/image-synthesis'] as const;

/** QWEN: Qwen-Image Max and Plus. */
const fixedSizes: SizeRule = {
	fallback: '1664*928',
	near: 1328,
	list: ['1664*928', '1472*1104', '1328*1328', '1104*1472', '928*1664'],
};
const qwen = { n: one, size: fixedSizes, parameters: usual, answers: 'qwen', ...texts } as const;
/** QWEN: these two have a job, too. */
const qwenPlus: DashScopeModel = { ...qwen, at: [...atOnce, 'text2image/image-synthesis'] };
const qwen2: DashScopeModel = {
	at: atOnce,
	n: six,
	size: { fallback: '2048*2048', near: 1024, squares: [512, 2048] },
	parameters: usual,
	images: [0, 3],
	megabytes: 10,
	answers: 'qwen',
};
/** QWEN_3: where no size is given, the model chooses one. */
const qwen3: DashScopeModel = {
	...qwen2,
	size: { fallback: '1328*1328', near: 1328, squares: [512, 2048], ratio: 8 },
};
const qwenEdit: DashScopeModel = {
	at: atOnce,
	n: six,
	size: { near: 1024, edges: [512, 2048] },
	parameters: usual,
	answers: 'qwen',
	...inputs,
};
/** Those that WAN_TEXT recommends have fewer pixels than it allows. */
const wanSizes: SizeRule = {
	...{ fallback: '1280*1280', near: 1280, squares: [1280, 1440], ratio: 4 },
	list: ['1104*1472', '1472*1104', '960*1696', '1696*960'],
};
const wanText = {
	n: four,
	size: wanSizes,
	parameters: usual,
	...texts,
} as const;
/** WAN_TEXT: Wan 2.2 and older. */
const oldSizes: SizeRule = { fallback: '1024*1024', near: 1024, edges: [512, 1440] };
const wan22: DashScopeModel = { ...wanText, at: oldWan, size: oldSizes, answers: 'flat' };
/** WAN_27: its areas and colours are left out. */
const wan27: DashScopeModel = {
	at: newWan,
	n: { most: 12, fallback: 1 },
	size: {
		near: 2048,
		fallback: '2K',
		names: { '1K': 1024, '2K': 2048 },
		squares: [768, 2048],
		ratio: 8,
	},
	parameters: ['watermark', 'enable_sequential', 'thinking_mode'],
	images: [0, 9],
	edges: [240, 8000],
	megabytes: 20,
	answers: 'wan',
};

export const models: Readonly<Record<string, DashScopeModel>> = {
	'qwen-image-3.0-pro': qwen3,
	'qwen-image-3.0': qwen3,
	'qwen-image-2.0-pro': qwen2,
	'qwen-image-2.0': qwen2,
	'qwen-image-max': { ...qwen, at: atOnce },
	'qwen-image-plus': qwenPlus,
	'qwen-image': qwenPlus,
	'qwen-image-edit-max': qwenEdit,
	'qwen-image-edit-plus': qwenEdit,
	/** QWEN_EDIT: one picture, no size, and no rewriting. */
	'qwen-image-edit': {
		at: atOnce,
		n: one,
		parameters: ['negative_prompt', 'watermark'],
		answers: 'qwen',
		...inputs,
	},
	/** Z_IMAGE */
	'z-image-turbo': {
		at: atOnce,
		size: { fallback: '1024*1536', near: 1024, squares: [512, 2048] },
		parameters: ['prompt_extend'],
		answers: 'z-image',
		...texts,
	},
	'wan2.7-image-pro': {
		...wan27,
		size: { ...wan27.size!, names: { '1K': 1024, '2K': 2048, '4K': 4096 }, squares: [768, 4096] },
	},
	'wan2.7-image': wan27,
	'wan2.6-t2i': { ...wanText, at: newWan, answers: 'wan' },
	/** WAN_26: but for texts between the pictures. */
	'wan2.6-image': {
		at: newWan,
		n: four,
		size: {
			near: 1280,
			names: { '1K': 1280, '2K': 2048 },
			squares: [768, 2048],
			ratio: 4,
			step: 16,
		},
		parameters: [...usual, 'enable_interleave'],
		images: [1, 4],
		edges: [240, 8000],
		megabytes: 10,
		answers: 'wan',
	},
	'wan2.5-t2i-preview': { ...wanText, at: oldWan, answers: 'flat' },
	/** WAN_EDIT, WAN_EDIT_SIZES */
	'wan2.5-i2i-preview': {
		at: ['image2image/image-synthesis'],
		n: four,
		size: { near: 1280, squares: [768, 1280], ratio: 4 },
		parameters: usual,
		edges: [384, 5000],
		answers: 'flat',
		...inputs,
	},
	'wan2.2-t2i-plus': wan22,
	'wan2.2-t2i-flash': wan22,
};
