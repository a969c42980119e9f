import { z } from 'zod';
import { checkFlux2, checkSeedream4, checkSeedream45, checkTotal, checked } from './falInput.ts';
import type { FalInput } from './falInput.ts';

/** The schema of every endpoint. */
export const TYPES =
	'https://www.npmjs.com/package/@fal-ai/client/v/1.10.1 (src/types/endpoints.d.ts)';
/** The named sizes, and the limits of others. */
export const SIZES =
	'https://github.com/fal-ai/fal/blob/0608938253c28de90e82bb6d37218d4bad76002e/projects/fal/src/fal/toolkit/image/image.py';
export const FLUX_2 = 'https://fal.ai/models/fal-ai/flux-2-dev/llms.txt';
export const SCHNELL = 'https://fal.ai/models/fal-ai/flux-1/schnell/llms.txt';

/** What a response has besides `images`. */
export type Told = 'seed' | 'prompt' | 'has_nsfw_concepts' | 'timings';

export interface FalEndpoint {
	readonly schema: z.ZodType<FalInput, z.ZodTypeDef, unknown>;
	readonly format: 'jpeg' | 'png';
	readonly tells: readonly Told[];
	/** Where the request names no size; "auto" = that of the first input. */
	readonly size: string;
	/** Pixels of a picture whose size is a ratio, or that the endpoint enlarges smaller sizes to. */
	readonly pixels?: number;
	/** Inputs beyond these are ignored: the last ones, or with "last" the first ones. */
	readonly uses?: readonly ['first' | 'last', number];
}

const presets = [
	...(['square_hd', 'square', 'portrait_4_3', 'portrait_16_9'] as const),
	...(['landscape_4_3', 'landscape_16_9'] as const),
] as const;

/** A wrong type is told from a fraction by this word. */
const whole = z.number({ invalid_type_error: 'integer' }).int('integer');
const edge = whole.positive().max(14142).optional();
const pixels = z.strictObject({ width: edge, height: edge });
const namedSize = z.enum(presets);
const imageSize = z.union([namedSize, pixels]).optional();
const editSize = z.union([z.enum(['auto', ...presets]), pixels]).optional();

const link = z.string().regex(/^(?:https?:\/\/|data:image\/)/, 'must be a URL');
const links = z.array(link).min(1);
const flag = z.boolean().optional();
const count = whole.min(1).optional();
const amount = z.number().optional();
const steps = whole.min(1).optional();
const format = z.enum(['jpeg', 'png']).optional();
const anyFormat = z.enum(['jpeg', 'png', 'webp']).optional();
const acceleration = z.enum(['none', 'regular', 'high']).optional();
const ratio = z.enum(['21:9', '16:9', '4:3', '3:2', '1:1', '2:3', '3:4', '9:16', '9:21']);

const common = { prompt: z.string(), seed: whole.optional(), sync_mode: flag };
const tolerance = z.enum(['1', '2', '3', '4', '5']).optional();
const wideTolerance = z.enum(['1', '2', '3', '4', '5', '6']).optional();

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

const everything: readonly Told[] = ['seed', 'prompt', 'has_nsfw_concepts', 'timings'];
const landscape = 'landscape_4_3';
const generated = { format: 'jpeg', tells: ['seed'], size: landscape } as const;
const edited = { ...generated, size: 'auto' } as const;
const open = { format: 'png', tells: everything, size: landscape } as const;
const drawn = { ...open, format: 'jpeg' } as const;
const kontextual = { ...drawn, size: 'auto', pixels: 1024 ** 2 } as const;

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
