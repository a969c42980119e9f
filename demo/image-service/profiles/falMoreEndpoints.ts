import { z } from 'zod';
import * as fields from './falFields.ts';
import type { FalEndpoint } from './falFields.ts';
import { checked, checkTotal } from './falInput.ts';

export const KLEIN_4B = 'https://fal.ai/models/fal-ai/flux-2/klein/4b/api';
export const GPT_IMAGE_2 = 'https://fal.ai/models/openai/gpt-image-2/llms.txt';

const { acceleration, amount, anyFormat, common, count, drawn, flag, format } = fields;
const { imageSize, link, links, open, pixels, presets, ratio, steps, wideTolerance } = fields;

/** KLEIN_4B only says that it exists; its edits have the types of the 9B model. */
const klein = {
	...common,
	...{ enable_safety_checker: flag, image_size: imageSize, num_images: count },
	...{ num_inference_steps: steps, output_format: format },
};
const kleinEdit = { ...klein, image_urls: links.max(4), output_format: anyFormat };

const kontext = {
	...common,
	...{ aspect_ratio: ratio.optional(), enhance_prompt: flag, guidance_scale: amount },
	...{ num_images: count, output_format: format, safety_tolerance: wideTolerance },
};
const shapes = ['1:1', '16:9', '21:9', '3:2', '2:3', '4:5', '5:4', '3:4', '4:3', '9:16'] as const;
const kontextDev = {
	...common,
	...{ acceleration, enable_safety_checker: flag, enhance_prompt: flag, guidance_scale: amount },
	...{ image_url: link, num_images: count, num_inference_steps: steps, output_format: format },
	resolution_mode: z.enum(['auto', 'match_input', ...shapes, '9:21']).optional(),
};

const seedream5 = {
	...{ prompt: z.string(), sync_mode: flag, enable_safety_checker: flag },
	...{ max_images: count, num_images: count },
	image_size: z.union([z.enum(['auto_2K', 'auto_3K', ...presets]), pixels]).optional(),
};

const banana = {
	...common,
	...{ limit_generations: flag, num_images: count, output_format: anyFormat },
	safety_tolerance: wideTolerance,
};
const anyShape = z.enum(['auto', ...shapes]).optional();
const bananaPro = {
	...banana,
	...{ aspect_ratio: anyShape, enable_web_search: flag },
	resolution: z.enum(['1K', '2K', '4K']).optional(),
};
const banana2 = {
	...bananaPro,
	aspect_ratio: z.enum(['auto', ...shapes, '4:1', '1:4', '8:1', '1:8']).optional(),
	resolution: z.enum(['0.5K', '1K', '2K', '4K']).optional(),
	thinking_level: z.enum(['minimal', 'high']).optional(),
};

const gptSizes = ['1024x1024', '1536x1024', '1024x1536'] as const;
const qualities = ['low', 'medium', 'high'] as const;
const gptImage = {
	...{ prompt: z.string(), sync_mode: flag, num_images: count, output_format: anyFormat },
	background: z.enum(['auto', 'transparent', 'opaque']).optional(),
	image_size: z.enum(gptSizes).optional(),
	quality: z.enum(qualities).optional(),
};
const gptImageEdit = {
	...gptImage,
	image_size: z.enum(['auto', ...gptSizes]).optional(),
	image_urls: links,
};
const fidelity = { input_fidelity: z.enum(['low', 'high']).optional() };
const anyQuality = { quality: z.enum(['auto', ...qualities]).optional() };
/** GPT_IMAGE_2. Its edits are in a page of their own, `…/edit/llms.txt`. */
const gptImage2 = {
	...{ prompt: z.string(), sync_mode: flag, num_images: count, output_format: anyFormat },
	...{ image_size: imageSize, quality: z.enum(qualities).optional() },
};
const gptImage2Edit = {
	...{ ...gptImage2, image_urls: links },
	image_size: z.union([z.enum(['auto', ...presets]), pixels]).optional(),
};

/** They tell no more than the image, and a description. */
const quiet = { format: 'png', tells: [], pixels: 1024 ** 2 } as const;
const square = { ...quiet, size: '1:1' } as const;
const likeInput = { ...quiet, size: 'auto' } as const;
const kontextual = { ...drawn, size: '1:1', pixels: 1024 ** 2 } as const;
const seedream = { format: 'png', tells: ['seed'], size: 'auto_2K', pixels: 2560 * 1440 } as const;

function both(id: string, one: z.ZodRawShape, other: z.ZodRawShape, end = '/edit') {
	return {
		[id]: { ...square, schema: strict(one) },
		[`${id.replace(/\/text-to-image$/, '')}${end}`]: { ...likeInput, schema: strict(other) },
	};
}

function strict(shape: z.ZodRawShape): FalEndpoint['schema'] {
	return z.strictObject(shape) as unknown as FalEndpoint['schema'];
}

/** Further endpoints of TYPES. */
export const moreEndpoints: Readonly<Record<string, FalEndpoint>> = {
	...Object.fromEntries(
		['fal-ai/flux-2/klein/9b', 'fal-ai/flux-2/klein/4b'].flatMap((id) => [
			[id, { ...drawn, size: 'square_hd', schema: strict(klein) }],
			[`${id}/edit`, { ...open, size: 'auto', schema: strict(kleinEdit) }],
		]),
	),
	'fal-ai/flux-pro/kontext/text-to-image': { ...kontextual, schema: strict(kontext) },
	'fal-ai/flux-pro/kontext/max/text-to-image': { ...kontextual, schema: strict(kontext) },
	'fal-ai/flux-kontext/dev': { ...kontextual, size: 'auto', schema: strict(kontextDev) },
	'fal-ai/bytedance/seedream/v5/lite/text-to-image': { ...seedream, schema: strict(seedream5) },
	'fal-ai/bytedance/seedream/v5/lite/edit': {
		...{ ...seedream, uses: ['last', 10] },
		schema: checked({ ...seedream5, image_urls: links }, checkTotal),
	},
	...both(
		'fal-ai/nano-banana',
		{ ...banana, aspect_ratio: z.enum(shapes).optional() },
		{ ...banana, aspect_ratio: anyShape, image_urls: links },
	),
	...both('fal-ai/nano-banana-pro', bananaPro, { ...bananaPro, image_urls: links }),
	...both('fal-ai/nano-banana-2', banana2, { ...banana2, image_urls: links }),
	...both('fal-ai/gpt-image-1-mini', gptImage, { ...gptImageEdit, ...anyQuality }),
	// Without its mask, of which the types do not say which part of the image it means.
	...both('fal-ai/gpt-image-1.5', gptImage, { ...gptImageEdit, ...fidelity }),
	...both(
		'fal-ai/gpt-image-1/text-to-image',
		gptImage,
		{ ...gptImageEdit, ...anyQuality, ...fidelity },
		'/edit-image',
	),
	...both('openai/gpt-image-2', gptImage2, gptImage2Edit),
};
