import { z } from 'zod';
import type { FalInput } from './falInput.ts';

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

export const presets = [
	...(['square_hd', 'square', 'portrait_4_3', 'portrait_16_9'] as const),
	...(['landscape_4_3', 'landscape_16_9'] as const),
] as const;

/** A wrong type is told from a fraction by this word. */
export const whole = z.number({ invalid_type_error: 'integer' }).int('integer');
const edge = whole.positive().max(14142).optional();
export const pixels = z.strictObject({ width: edge, height: edge });
export const namedSize = z.enum(presets);
export const imageSize = z.union([namedSize, pixels]).optional();
export const editSize = z.union([z.enum(['auto', ...presets]), pixels]).optional();

export const link = z.string().regex(/^(?:https?:\/\/|data:image\/)/, 'must be a URL');
export const links = z.array(link).min(1);
export const flag = z.boolean().optional();
export const count = whole.min(1).optional();
export const amount = z.number().optional();
export const steps = whole.min(1).optional();
export const format = z.enum(['jpeg', 'png']).optional();
export const anyFormat = z.enum(['jpeg', 'png', 'webp']).optional();
export const acceleration = z.enum(['none', 'regular', 'high']).optional();
export const ratio = z.enum(['21:9', '16:9', '4:3', '3:2', '1:1', '2:3', '3:4', '9:16', '9:21']);

export const common = { prompt: z.string(), seed: whole.optional(), sync_mode: flag };
export const tolerance = z.enum(['1', '2', '3', '4', '5']).optional();
export const wideTolerance = z.enum(['1', '2', '3', '4', '5', '6']).optional();

export const everything: readonly Told[] = ['seed', 'prompt', 'has_nsfw_concepts', 'timings'];
export const landscape = 'landscape_4_3';
export const generated = { format: 'jpeg', tells: ['seed'], size: landscape } as const;
export const edited = { ...generated, size: 'auto' } as const;
export const open = { format: 'png', tells: everything, size: landscape } as const;
export const drawn = { ...open, format: 'jpeg' } as const;
export const kontextual = { ...drawn, size: 'auto', pixels: 1024 ** 2 } as const;
