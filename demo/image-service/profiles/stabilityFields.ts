import { z } from 'zod';
import type { Part } from '../multipart.ts';
import { file, number, oneOf, text } from './form.ts';

/** The description that the service serves itself, in a copy of 2026. */
export const SPEC =
	'https://github.com/tryAGI/StabilityAI/blob/016c91ba97c1d174b3e2a01966f6223379aab94f/src/libs/StabilityAI/openapi.yaml';
export const REFERENCE = 'https://platform.stability.ai/docs/api-reference';
export const MODELS =
	'https://github.com/tryAGI/StabilityAI/blob/67b31be4afd3225fce45679bcaa59f5ba48edc29/src/libs/StabilityAI/Generated/StabilityAI.Models.CreateStableImageGenerateSd3RequestModel.g.cs';
/** The only source of the range of `cfg_scale`. */
export const CLIENT =
	'https://github.com/tadasant/mcp-server-stability-ai/blob/038b0a576d4eef3f1df440b724db09b5d3afc2a2/src/tools/generateImageSD35.ts';

export interface Fields {
	readonly prompt?: string;
	readonly image?: Part | undefined;
	readonly mask?: Part | undefined;
	readonly strength?: number | undefined;
	readonly aspect_ratio?: string | undefined;
	readonly mode?: string | undefined;
	readonly model?: string | undefined;
	readonly seed?: number | undefined;
	readonly output_format?: 'jpeg' | 'png' | 'webp' | undefined;
}

export interface Endpoint {
	readonly fields: z.ZodType<Fields, z.ZodTypeDef, unknown>;
	readonly model: string;
	/** The size of a result; undefined = that of the image. */
	readonly megapixels?: number;
	/** Whether only what the mask shows is painted. */
	readonly paintsMask?: boolean;
	/** What an input image may have at most. */
	readonly most: { readonly edge?: number; readonly pixels?: number; readonly ratio?: number };
}

const ratios = ['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'] as const;
const styles = [
	...(['enhance', 'anime', 'photographic', 'digital-art', 'comic-book', 'fantasy-art'] as const),
	...(['line-art', 'analog-film', 'neon-punk', 'isometric', 'low-poly', 'origami'] as const),
	...(['modeling-compound', 'cinematic', '3d-model', 'pixel-art', 'tile-texture'] as const),
] as const;
/** The last three are "re-routed to their `sd3.5-[model version]` equivalent" (MODELS). */
const models = [
	...(['sd3.5-large', 'sd3.5-large-turbo', 'sd3.5-medium', 'sd3.5-flash'] as const),
	...(['sd3-large', 'sd3-large-turbo', 'sd3-medium'] as const),
] as const;

const longest = 10_000;
const prompt = text({ min: 1, max: longest });
const every = {
	seed: number(0, 4_294_967_294).optional(),
	output_format: oneOf(['jpeg', 'png', 'webp']).optional(),
};
const styled = {
	...every,
	prompt,
	negative_prompt: text({ max: longest }).optional(),
	style_preset: oneOf(styles).optional(),
};
const ratio = oneOf(ratios).optional();
const strength = number(0, 1).optional();

function form<Shape extends z.ZodRawShape>(shape: Shape) {
	return z.object(shape).strict('is not a field of this endpoint');
}

const ultra = form({ ...styled, aspect_ratio: ratio, image: file.optional(), strength }).refine(
	// "required when `image` is provided" (REFERENCE)
	({ image, strength: given }) => image === undefined || given !== undefined,
	{ path: ['strength'], message: 'is required' },
);

/** Which fields the mode requires, and which it does not allow (SPEC). */
const sd3 = form({
	...styled,
	aspect_ratio: ratio,
	image: file.optional(),
	strength,
	mode: oneOf(['text-to-image', 'image-to-image']).optional(),
	model: oneOf(models).optional(),
	cfg_scale: number(1, 10).optional(),
}).superRefine(({ mode = 'text-to-image', ...fields }, context) => {
	const fromImage = mode === 'image-to-image';
	for (const name of ['image', 'strength', 'aspect_ratio'] as const) {
		const belongs = fromImage === (name !== 'aspect_ratio');
		const missing = fromImage && belongs && fields[name] === undefined;
		if (!missing && (belongs || fields[name] === undefined)) continue;
		const message = missing ? 'is required' : `is not allowed with mode ${mode}`;
		context.addIssue({ code: 'custom', path: [name], message });
	}
});

const editable = { pixels: 9_437_184 };

export const endpoints: Readonly<Record<string, Endpoint>> = {
	'generate/ultra': {
		fields: ultra,
		model: 'stable-image-ultra',
		megapixels: 1,
		most: { edge: 16_384 },
	},
	'generate/core': {
		fields: form({ ...styled, aspect_ratio: ratio }),
		model: 'stable-image-core',
		megapixels: 1.5,
		most: {},
	},
	'generate/sd3': { fields: sd3, model: 'sd3.5-large', megapixels: 1, most: {} },
	'edit/inpaint': {
		fields: form({
			...styled,
			image: file,
			mask: file.optional(),
			grow_mask: number(0, 100).optional(),
		}),
		model: 'inpaint',
		paintsMask: true,
		most: editable,
	},
	// SPEC requires a prompt here, too, and has no such field.
	'edit/erase': {
		fields: form({
			...every,
			image: file,
			mask: file.optional(),
			grow_mask: number(0, 20).optional(),
		}),
		model: 'erase',
		paintsMask: true,
		most: editable,
	},
	'edit/search-and-replace': {
		fields: form({
			...styled,
			image: file,
			search_prompt: text({ max: longest }),
			grow_mask: number(0, 20).optional(),
		}),
		model: 'search-and-replace',
		most: { ...editable, ratio: 2.5 },
	},
};
