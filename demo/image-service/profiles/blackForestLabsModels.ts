import { z } from 'zod';

/** A model path, and what a request to it may say. */
export interface BflModel {
	readonly fields: z.AnyZodObject;
	/** Where input pictures go, in their order. */
	readonly inputs: readonly string[];
	/** Takes links to input pictures besides base64. */
	readonly links: boolean;
	/** The megapixels of a picture without a size and without an input. */
	readonly megapixels: number;
	/** The ratio of such a picture. */
	readonly ratio: string;
	readonly defaultFormat: 'jpeg' | 'png';
	/** Credits of the first megapixel, and of every other one of inputs and output. */
	readonly credits: readonly [first: number, more: number];
}

const text = z.string().nullish();
const seed = z.number().int().nullish();
const flag = z.boolean().nullish();
const edge = z.number().int().min(64).nullish();

/** What all models take. */
const common = {
	seed,
	output_format: z.enum(['jpeg', 'png', 'webp']).nullish(),
	webhook_url: z.string().min(1).max(2083).nullish(),
	webhook_secret: text,
};

function inputNames(count: number): string[] {
	return Array.from({ length: count }, (_, index) =>
		index === 0 ? 'input_image' : `input_image_${index + 1}`,
	);
}

function inputFields(count: number) {
	return Object.fromEntries(inputNames(count).map((name) => [name, text]));
}

/** Models of the FLUX.2 family: `Flux2Inputs`, `Flux2FlexInputs`, `Flux2KleinInputs`. */
function flux2(inputs: number, credits: BflModel['credits'], fields: z.ZodRawShape = {}): BflModel {
	return {
		fields: z.strictObject({
			prompt: z.string(),
			...common,
			...inputFields(inputs),
			width: edge,
			height: edge,
			safety_tolerance: z.number().int().min(0).max(5).optional(),
			...fields,
		}),
		inputs: inputNames(inputs),
		links: true,
		megapixels: 1,
		ratio: '1:1',
		defaultFormat: 'jpeg',
		credits,
	};
}

const tolerance = z.number().int().min(0).max(6).optional();
const disablePup = { disable_pup: z.boolean().optional() };

/** `FluxKontextProInputs`; the price is one for every size. */
function kontext(credits: number): BflModel {
	return {
		fields: z.strictObject({
			prompt: z.string(),
			...common,
			...inputFields(4),
			aspect_ratio: text,
			prompt_upsampling: z.boolean().optional(),
			safety_tolerance: tolerance,
		}),
		inputs: inputNames(4),
		links: true,
		megapixels: 1,
		ratio: '1:1',
		defaultFormat: 'png',
		credits: [credits, 0],
	};
}

const edge11 = z.number().int().min(256).max(1440).multipleOf(32);

/** By their paths behind `/v1/`. */
export const bflModels: Readonly<Record<string, BflModel>> = {
	'flux-2-pro': flux2(8, [3, 1.5], disablePup),
	'flux-2-max': flux2(8, [7, 3], disablePup),
	'flux-2-flex': flux2(8, [5, 5], {
		prompt_upsampling: flag,
		input_image_blob_path: text,
		guidance: z.number().min(1.5).max(10).nullish(),
		steps: z.number().int().min(1).max(50).nullish(),
	}),
	'flux-2-klein-4b': flux2(4, [1.4, 0.1]),
	'flux-2-klein-9b': flux2(4, [1.5, 0.2]),
	'flux-kontext-pro': kontext(4),
	'flux-kontext-max': kontext(8),
	'flux-pro-1.1': {
		fields: z.strictObject({
			...common,
			prompt: text,
			image_prompt: text,
			width: edge11.default(1024),
			height: edge11.default(768),
			prompt_upsampling: z.boolean().optional(),
			safety_tolerance: tolerance,
		}),
		inputs: ['image_prompt'],
		links: false,
		megapixels: 1,
		ratio: '4:3',
		defaultFormat: 'jpeg',
		credits: [4, 0],
	},
	'flux-pro-1.1-ultra': {
		fields: z.strictObject({
			...common,
			prompt: text,
			prompt_upsampling: z.boolean().optional(),
			aspect_ratio: z.string().default('16:9'),
			raw: z.boolean().optional(),
			image_prompt: text,
			image_prompt_strength: z.number().min(0).max(1).optional(),
			safety_tolerance: tolerance,
		}),
		inputs: ['image_prompt'],
		links: false,
		megapixels: 4,
		ratio: '16:9',
		defaultFormat: 'jpeg',
		credits: [6, 0],
	},
	'flux-pro-1.0-fill': {
		fields: z.strictObject({
			...common,
			image: z.string(),
			mask: text,
			prompt: text,
			steps: z.number().int().min(15).max(50).nullish(),
			prompt_upsampling: flag,
			guidance: z.number().min(1.5).max(100).nullish(),
			safety_tolerance: tolerance,
		}),
		inputs: ['image'],
		links: false,
		megapixels: 1,
		ratio: '1:1',
		defaultFormat: 'jpeg',
		credits: [5, 0],
	},
};
