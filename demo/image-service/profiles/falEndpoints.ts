import { z } from 'zod';
import { checkFlux2, checkSeedream4, checkSeedream45, checkTotal, checked } from './falInput.ts';
import * as fields from './falFields.ts';
import type { FalEndpoint } from './falFields.ts';
import { moreEndpoints } from './falMoreEndpoints.ts';

/** The schema of every endpoint. */
export const TYPES =
	'https://www.npmjs.com/package/@fal-ai/client/v/1.10.1 (src/types/endpoints.d.ts)';
/** The named sizes, and the limits of others. */
export const SIZES =
	'https://github.com/fal-ai/fal/blob/0608938253c28de90e82bb6d37218d4bad76002e/projects/fal/src/fal/toolkit/image/image.py';
export const FLUX_2 = 'https://fal.ai/models/fal-ai/flux-2-dev/llms.txt';
export const SCHNELL = 'https://fal.ai/models/fal-ai/flux-1/schnell/llms.txt';

const { acceleration, amount, anyFormat, common, count, flag, format, imageSize, link } = fields;
const { drawn, edited, editSize, generated, kontextual, links, open, pixels } = fields;
const { presets, ratio, steps, tolerance, whole, wideTolerance } = fields;

const flux2 = {
	...common,
	...{ enable_safety_checker: flag, output_format: format, safety_tolerance: tolerance },
};
const flux2Flex = { ...flux2, guidance_scale: amount, num_inference_steps: steps };
/** With the ranges of FLUX_2. */
const flux2Dev = {
	...common,
	...{ acceleration, enable_prompt_expansion: flag, enable_safety_checker: flag },
	guidance_scale: z.number().min(0).max(20).optional(),
	num_inference_steps: whole.min(4).max(50).optional(),
	...{ num_images: count, output_format: anyFormat, image_size: imageSize },
};
const flux1 = {
	...common,
	...{ acceleration, enable_safety_checker: flag, guidance_scale: amount, image_size: imageSize },
	...{ num_images: count, num_inference_steps: steps, output_format: format },
};
const pro = {
	...common,
	...{ enhance_prompt: flag, num_images: count, output_format: format },
	safety_tolerance: wideTolerance,
};
const kontext = {
	...pro,
	...{ aspect_ratio: ratio.optional(), guidance_scale: amount, image_url: link },
};
const seedream = {
	...common,
	...{ enable_safety_checker: flag, max_images: count, num_images: count },
};
const qwen = {
	...common,
	...{ acceleration, enable_safety_checker: flag, guidance_scale: amount, image_size: imageSize },
	...{ negative_prompt: z.string().optional(), num_images: count },
	...{ num_inference_steps: steps, output_format: format },
};
const lora = z.strictObject({ path: z.string(), scale: amount, force: flag });

const seedreamSize = <const More extends readonly string[]>(...more: More) =>
	z.union([z.enum(['auto_2K', 'auto_4K', ...more, ...presets]), pixels]).optional();
const seedream4 = {
	...seedream,
	enhance_prompt_mode: z.enum(['standard', 'fast']).optional(),
	image_size: seedreamSize('auto'),
};
const seedream45 = { ...seedream, image_size: seedreamSize() };
const lastTen = { uses: ['last', 10] } as const;
const png = { format: 'png', tells: ['seed'], size: 'auto_2K' } as const;

/** The endpoints of TYPES that this service has, by their ids. */
export const endpoints: Readonly<Record<string, FalEndpoint>> = {
	...Object.fromEntries(
		['fal-ai/flux-2-pro', 'fal-ai/flux-2-max', 'fal-ai/flux-2-flex'].flatMap((id) => {
			const shape = id.endsWith('flex') ? flux2Flex : flux2;
			const edit = { ...shape, image_size: editSize, image_urls: links };
			return [
				[id, { ...generated, schema: z.strictObject({ ...shape, image_size: imageSize }) }],
				[`${id}/edit`, { ...edited, schema: z.strictObject(edit) }],
			];
		}),
	),
	'fal-ai/flux-2': { ...open, schema: checked(flux2Dev, checkFlux2) },
	'fal-ai/flux-2/edit': {
		...open,
		size: 'auto',
		uses: ['first', 4],
		schema: checked({ ...flux2Dev, image_urls: links }, checkFlux2),
	},
	'fal-ai/flux/dev': { ...drawn, schema: z.strictObject(flux1) },
	'fal-ai/flux/schnell': {
		...drawn,
		schema: z.strictObject({
			...flux1,
			num_inference_steps: whole.min(1).max(12).optional(),
		}),
	},
	'fal-ai/flux-pro/kontext': { ...kontextual, schema: z.strictObject(kontext) },
	'fal-ai/flux-pro/kontext/max': { ...kontextual, schema: z.strictObject(kontext) },
	'fal-ai/flux-pro/v1.1': {
		...drawn,
		schema: z.strictObject({ ...pro, image_size: imageSize }),
	},
	'fal-ai/flux-pro/v1.1-ultra': {
		...drawn,
		size: '16:9',
		pixels: 2048 ** 2,
		schema: z.strictObject({
			...pro,
			aspect_ratio: z
				.string()
				.regex(/^\d+:\d+$/)
				.optional(),
			image_prompt_strength: z.number().min(0).max(1).optional(),
			...{ image_url: link.optional(), raw: flag },
		}),
	},
	'fal-ai/bytedance/seedream/v4/text-to-image': {
		...png,
		pixels: 960 ** 2,
		schema: checked(seedream4, checkSeedream4),
	},
	'fal-ai/bytedance/seedream/v4/edit': {
		...{ ...png, ...lastTen, pixels: 921_600 },
		schema: checked({ ...seedream4, image_urls: links }, checkTotal),
	},
	'fal-ai/bytedance/seedream/v4.5/text-to-image': {
		...png,
		pixels: 2560 * 1440,
		schema: checked(seedream45, checkSeedream45),
	},
	'fal-ai/bytedance/seedream/v4.5/edit': {
		...{ ...png, ...lastTen, pixels: 2560 * 1440, tells: [] },
		schema: checked({ ...seedream45, image_urls: links }, (input, refuse) => {
			checkSeedream45(input, refuse);
			checkTotal(input, refuse);
		}),
	},
	...moreEndpoints,
	'fal-ai/qwen-image': {
		...open,
		schema: z.strictObject({ ...qwen, loras: z.array(lora).max(3).optional(), use_turbo: flag }),
	},
	'fal-ai/qwen-image-edit': {
		...{ ...open, size: 'auto' },
		schema: z.strictObject({ ...qwen, image_url: link }),
	},
};

/** Model ids without the path below them, by which requests are asked for. */
export const apps: ReadonlySet<string> = new Set(Object.keys(endpoints).map(appOf));

export function appOf(endpoint: string): string {
	return endpoint.split('/').slice(0, 2).join('/');
}
