import type { AxiosResponse } from 'axios';

import { formOf } from './forms';
import type { Fields } from './forms';
import type { Client } from './helpers';

export const SPEC =
	'https://github.com/tryAGI/StabilityAI/blob/016c91ba97c1d174b3e2a01966f6223379aab94f/src/libs/StabilityAI/openapi.yaml';
export const REFERENCE = 'https://platform.stability.ai/docs/api-reference';
const MODELS =
	'https://github.com/tryAGI/StabilityAI/blob/67b31be4afd3225fce45679bcaa59f5ba48edc29/src/libs/StabilityAI/Generated/StabilityAI.Models.CreateStableImageGenerateSd3RequestModel.g.cs';
const CLIENT =
	'https://github.com/tadasant/mcp-server-stability-ai/blob/038b0a576d4eef3f1df440b724db09b5d3afc2a2/src/tools/generateImageSD35.ts';
export const LIVE =
	'https://github.com/CauldronUp/cauldron/blob/6bc1ac2a4b7c57debb33f809860f6f965b62d9a9/recipes/stability/README.md';

export const JSON_ANSWER = { Accept: 'application/json' };
export const ID = expect.stringMatching(/^[\da-f]{32}$/);

export function poster(service: Client) {
	return async (
		endpoint: string,
		fields: Fields,
		headers: Record<string, string> = JSON_ANSWER,
	): Promise<AxiosResponse> => {
		const responseType = headers.Accept === 'image/*' ? 'arraybuffer' : 'json';
		const path = `/stability/v2beta/stable-image/${endpoint}`;
		return await service.http.post(path, formOf(fields), { headers, responseType });
	};
}

const core = 'generate/core';
const from = { mode: 'image-to-image', strength: '0.5' };

type Row = [what: string, endpoint: string, fields: Fields, field: string, source: string];

/** Requests with one wrong field; images and masks are named by what they are. */
export const rows: readonly Row[] = [
	["OpenAI's size", core, { size: '1024x1024' }, 'size', SPEC],
	['a number of images', core, { n: '1' }, 'n', SPEC],
	['an image', core, { image: '1' }, 'image', SPEC],
	['a ratio of pixels', core, { aspect_ratio: '1024x1024' }, 'aspect_ratio', REFERENCE],
	['a ratio of others', core, { aspect_ratio: '4:3' }, 'aspect_ratio', REFERENCE],
	['an empty prompt', core, { prompt: '' }, 'prompt', REFERENCE],
	['two prompts', core, { prompt: ['A fox', 'A cat'] }, 'prompt', REFERENCE],
	['a prompt that is too long', core, { prompt: 'x'.repeat(10_001) }, 'prompt', REFERENCE],
	[
		'a negative prompt that is too long',
		core,
		{ negative_prompt: 'x'.repeat(10_001) },
		'negative_prompt',
		REFERENCE,
	],
	['a word as seed', core, { seed: 'seven' }, 'seed', REFERENCE],
	['a seed below 0', core, { seed: '-1' }, 'seed', REFERENCE],
	['a seed of 32 bits', core, { seed: '4294967295' }, 'seed', REFERENCE],
	['the short name of JPEG', core, { output_format: 'jpg' }, 'output_format', REFERENCE],
	['an unknown style', core, { style_preset: 'vivid' }, 'style_preset', REFERENCE],
	['a model outside of SD3', core, { model: 'sd3.5-large' }, 'model', SPEC],
	['an unknown model', 'generate/sd3', { model: 'sd4' }, 'model', MODELS],
	['an unknown mode', 'generate/sd3', { mode: 'inpaint' }, 'mode', SPEC],
	['too strict a scale', 'generate/sd3', { cfg_scale: '11' }, 'cfg_scale', CLIENT],
	['an image without its mode', 'generate/sd3', { image: '1', strength: '0.5' }, 'image', SPEC],
	['a mode without its image', 'generate/sd3', from, 'image', SPEC],
	[
		'a ratio with an image',
		'generate/sd3',
		{ ...from, image: '1', aspect_ratio: '1:1' },
		'aspect_ratio',
		SPEC,
	],
	['an image without strength', 'generate/ultra', { image: '1' }, 'strength', REFERENCE],
	['too large a strength', 'generate/ultra', { image: '1', strength: '2' }, 'strength', REFERENCE],
	['a text as image', 'edit/inpaint', { image: 'https://example.com/a.png' }, 'image', SPEC],
	['no image', 'edit/inpaint', {}, 'image', SPEC],
	['a small image', 'edit/inpaint', { image: 'small' }, 'image', SPEC],
	['a large image', 'edit/inpaint', { image: 'large' }, 'image', SPEC],
	['a damaged image', 'edit/inpaint', { image: 'damaged' }, 'image', SPEC],
	['a GIF', 'edit/inpaint', { image: 'gif' }, 'image', SPEC],
	['a mask in transparency', 'edit/inpaint', { image: '1', mask: 'transparent' }, 'mask', SPEC],
	['too wide a growth', 'edit/inpaint', { image: '1', grow_mask: '101' }, 'grow_mask', SPEC],
	['nothing to search', 'edit/search-and-replace', { image: '1' }, 'search_prompt', SPEC],
	[
		'too long an image',
		'edit/search-and-replace',
		{ image: 'long', search_prompt: 'dog' },
		'image',
		SPEC,
	],
];
