import type { AxiosResponse } from 'axios';

import { formOf } from './forms';
import type { Fields } from './forms';
import type { Client } from './helpers';

export const GENERATE = 'https://developer.ideogram.ai/api-reference/api-reference/generate-v3';
const REMIX = 'https://developer.ideogram.ai/v1/api-reference/edit-images/remix-v3.md';
export const INPAINT = 'https://developer.ideogram.ai/v1/api-reference/edit-images/inpaint-v3.md';
const RANGES = 'https://developer.ideogram.ai/api-reference/api-reference/edit-v3?explorer=true';
const WEIGHT = 'https://developer.ideogram.ai/api-reference/images/remix';
const MASKS = 'https://developer.ideogram.ai/ideogram-api/masked-edits';
const CLIENT =
	'https://github.com/comfyanonymous/ComfyUI/blob/607a19cb8b810490170467681cd68ea1062f6115/comfy_api_nodes/apis/ideogram.py';

export function poster(service: Client) {
	return async (endpoint: string, fields: Fields): Promise<AxiosResponse> =>
		await service.http.post(`/ideogram/v1/ideogram-v3/${endpoint}`, formOf(fields));
}

type Row = [what: string, endpoint: string, fields: Fields, field: string, source: string];

/** Requests with one wrong field; files are named by what they are. */
export const rows: readonly Row[] = [
	["OpenAI's size", 'generate', { size: '1024x1024' }, 'size', GENERATE],
	["OpenAI's number of images", 'generate', { n: '1' }, 'n', GENERATE],
	['a model', 'generate', { model: 'ideogram-v3' }, 'model', GENERATE],
	['an image without remix', 'generate', { image: 'image' }, 'image', GENERATE],
	['an empty prompt', 'generate', { prompt: '' }, 'prompt', GENERATE],
	['a ratio with a colon', 'generate', { aspect_ratio: '16:9' }, 'aspect_ratio', GENERATE],
	['an unknown ratio', 'generate', { aspect_ratio: '21x9' }, 'aspect_ratio', GENERATE],
	['an unknown resolution', 'generate', { resolution: '1000x1000' }, 'resolution', GENERATE],
	[
		'a ratio and a resolution',
		'generate',
		{ aspect_ratio: '1x1', resolution: '1024x1024' },
		'aspect_ratio',
		GENERATE,
	],
	[
		'a speed in small letters',
		'generate',
		{ rendering_speed: 'turbo' },
		'rendering_speed',
		GENERATE,
	],
	[
		'the former magic prompt',
		'generate',
		{ magic_prompt_option: 'ON' },
		'magic_prompt_option',
		GENERATE,
	],
	['a former style', 'generate', { style_type: 'ANIME' }, 'style_type', GENERATE],
	['an unknown preset', 'generate', { style_preset: 'VIVID' }, 'style_preset', GENERATE],
	[
		'a model of another form',
		'generate',
		{ custom_model_uri: 'acme' },
		'custom_model_uri',
		GENERATE,
	],
	['no image to make', 'generate', { num_images: '0' }, 'num_images', RANGES],
	['nine images', 'generate', { num_images: '9' }, 'num_images', RANGES],
	['too large a seed', 'generate', { seed: '2147483648' }, 'seed', RANGES],
	['a fraction as seed', 'generate', { seed: '1.5' }, 'seed', RANGES],
	['a short style code', 'generate', { style_codes: ['0123ABCD', '123'] }, 'style_codes.1', CLIENT],
	[
		'a style code and a style',
		'generate',
		{ style_codes: '0123ABCD', style_type: 'AUTO' },
		'style_codes',
		GENERATE,
	],
	[
		'a style code and a style image',
		'generate',
		{ style_codes: '0123ABCD', style_reference_images: 'image' },
		'style_codes',
		GENERATE,
	],
	['a palette that is no JSON', 'generate', { color_palette: 'EMBER' }, 'color_palette', GENERATE],
	[
		'a palette of both kinds',
		'generate',
		{ color_palette: '{"name":"EMBER","members":[]}' },
		'color_palette',
		GENERATE,
	],
	[
		'too light a colour',
		'generate',
		{ color_palette: '{"members":[{"color_hex":"#ff0000","color_weight":0.01}]}' },
		'color_palette',
		GENERATE,
	],
	[
		'two characters',
		'generate',
		{ character_reference_images: ['image', 'image'] },
		'character_reference_images',
		GENERATE,
	],
	[
		'a mask without its character',
		'generate',
		{ character_reference_images_mask: 'image' },
		'character_reference_images_mask',
		GENERATE,
	],
	[
		'a style image as text',
		'generate',
		{ style_reference_images: 'x' },
		'style_reference_images.0',
		GENERATE,
	],
	[
		'style images of more than 10 MB',
		'generate',
		{ style_reference_images: ['heavy', 'heavy'] },
		'style_reference_images',
		GENERATE,
	],
	['no image to remix', 'remix', {}, 'image', REMIX],
	['no weight', 'remix', { image: 'image', image_weight: '0' }, 'image_weight', WEIGHT],
	['a mask to remix', 'remix', { image: 'image', mask: 'mask' }, 'mask', REMIX],
	['a GIF', 'remix', { image: 'gif' }, 'image', REMIX],
	['a damaged image', 'remix', { image: 'damaged' }, 'image', REMIX],
	['an image of more than 25 MB', 'remix', { image: 'huge' }, 'image', REMIX],
	['no mask', 'inpaint', { image: 'image' }, 'mask', INPAINT],
	['a mask of another size', 'inpaint', { image: 'image', mask: 'smallMask' }, 'mask', INPAINT],
	['a mask in transparency', 'inpaint', { image: 'image', mask: 'transparent' }, 'mask', MASKS],
	['a mask in colours', 'inpaint', { image: 'image', mask: 'image' }, 'mask', MASKS],
	[
		'a ratio to inpaint',
		'inpaint',
		{ image: 'image', mask: 'mask', aspect_ratio: '1x1' },
		'aspect_ratio',
		INPAINT,
	],
	[
		'a negative prompt to inpaint',
		'inpaint',
		{ image: 'image', mask: 'mask', negative_prompt: 'people' },
		'negative_prompt',
		INPAINT,
	],
];
