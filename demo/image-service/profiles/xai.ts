import { z } from 'zod';
import { jsonResponse } from '../apiResponse.ts';
import type { ApiResponse } from '../apiResponse.ts';
import type { InputImage } from '../imageRequest.ts';
import { checkFields, Refusal } from './profile.ts';
import type { Profile, ProfileCall } from './profile.ts';

const IMAGES = 'https://docs.x.ai/developers/model-capabilities/images';
const REST = 'https://docs.x.ai/developers/rest-api-reference/inference/images';
const SDK = 'https://www.npmjs.com/package/@ai-sdk/xai/v/5.0.12 (src/xai-image-model.ts)';
const ERRORS = 'https://docs.x.ai/developers/debugging';
/** The documented limits, aliases and fields on one page. */
const LIMITS =
	'https://github.com/calesthio/generative-media-skills/blob/d5daa8a23514c2e5b0ef1c9ac6874db632fb7ae7/skills/providers/image-generation/xai-grok-imagine-image/SKILL.md';
/** The fields that xAI's schema has for `grok-imagine-image-2.0`. */
const SCHEMA =
	'https://docs.comfy.org/ja/development/comfy-router/models/xai/grok-imagine-image-2-0/code';

const ratios = [
	'1:1',
	'3:4',
	'4:3',
	'9:16',
	'16:9',
	'2:3',
	'3:2',
	'9:19.5',
	'19.5:9',
	'9:20',
	'20:9',
	'1:2',
	'2:1',
	'auto',
] as const;

/** Each with its other names (LIMITS). */
const models: Readonly<Record<string, readonly string[]>> = {
	'grok-imagine-image': ['grok-imagine-image-2026-03-02'],
	'grok-imagine-image-quality': [
		'grok-imagine-image-quality-latest',
		'grok-imagine-image-quality-20260403',
		'grok-imagine-image-pro',
	],
	'grok-imagine-image-2.0': [],
};

/** What both endpoints take (IMAGES, SDK). */
const common = {
	model: z.string(),
	prompt: z.string().min(1),
	n: z.number().int().min(1).max(10).optional(),
	response_format: z.enum(['url', 'b64_json']).optional(),
	aspect_ratio: z.enum(ratios).optional(),
	resolution: z.enum(['1k', '2k']).optional(),
	quality: z.enum(['low', 'medium', 'high']).optional(),
	user: z.string().optional(),
};

/** A public URL or a data URL (IMAGES). */
const imageUrl = z.strictObject({
	url: z.string().regex(/^(?:https?:\/\/|data:image\/)/, 'must be a URL'),
	type: z.literal('image_url').optional(),
});

const generation = z.strictObject(common);

/** `image` or `images`, three at most (IMAGES). */
const edit = z.strictObject({
	...common,
	image: imageUrl.optional(),
	images: z.array(imageUrl).min(1).max(3).optional(),
});

type Fields = z.output<typeof edit>;

/**
 * xAI's image API. Only JSON is taken, edits included (IMAGES). The Files API is left out.
 *
 * The pictures of a prompt with the word "refuse" are withheld: a 200 whose pictures have
 * `respect_moderation: false` (SDK).
 */
export const xai: Profile = {
	name: 'xai',
	sources: [IMAGES, REST, SDK, ERRORS, LIMITS, SCHEMA],
	keyOf: ({ authorization }) => /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1],
	unauthorized: (hasKey) =>
		hasKey
			? refusal(
					400,
					'Incorrect API key provided. You can obtain an API key from https://console.x.ai.',
					INVALID,
				)
			: refusal(401, 'No API key provided.', 'Unauthenticated'),
	notFound: (method, path) =>
		xai.routes.some(({ pattern }) => pattern.test(path))
			? refusal(405, `The method ${method} is not allowed.`, 'Method not allowed')
			: refusal(404, `The requested resource was not found: ${method} ${path}`, 'Not found'),
	failure: (status) => refusal(status, `The request failed with status ${status}.`, 'Failure'),
	routes: [
		{
			method: 'POST',
			pattern: /^\/v1\/images\/generations$/,
			accepts: ['json'],
			respond: async (call) => await images(call, checkFields(generation, call.body, refuse)),
		},
		{
			method: 'POST',
			pattern: /^\/v1\/images\/edits$/,
			accepts: ['json'],
			respond: async (call) => await images(call, checkFields(edit, call.body, refuse), true),
		},
		{
			method: 'GET',
			pattern: /^\/v1\/image-generation-models$/,
			respond: () =>
				jsonResponse(200, {
					models: Object.entries(models).map(([id, aliases]) => ({
						id,
						object: 'model',
						owned_by: 'xai',
						aliases,
					})),
				}),
		},
	],
};

/** https://github.com/Wei-Shaw/sub2api/issues/4301 */
const INVALID = 'invalid-argument';

/** One of the shapes of its errors (SDK, src/xai-error.ts). */
function refusal(status: number, error: string, code: string): Refusal {
	return new Refusal(status, { code, error });
}

/** 422 is for wrong fields (ERRORS), but for these: https://github.com/rikkahub/rikkahub/issues/1602 */
function refuse(path: string, problem: string): Refusal {
	return /^(?:size|style)$/.test(path)
		? refusal(400, `Argument not supported: ${path}`, '400')
		: refusal(422, path ? `${path}: ${problem}` : problem, INVALID);
}

async function images(call: ProfileCall, fields: Fields, isEdit = false): Promise<ApiResponse> {
	const names = Object.entries(models).find(([name, others]) =>
		[name, ...others].includes(fields.model),
	);
	if (!names) {
		throw refusal(
			404,
			`The model ${fields.model} does not exist or your team does not have access to it.`,
			'Some requested entity was not found',
		);
	}
	const [id] = names;
	// 2.0 has these two qualities, other models ignore the field (SCHEMA).
	if (id === 'grok-imagine-image-2.0' && fields.quality === 'high') {
		throw refusal(400, "quality: 'high' is not available for this model.", INVALID);
	}
	const sources = fields.images ?? (fields.image ? [fields.image] : []);
	if (isEdit && (sources.length === 0 || (fields.image && fields.images))) {
		throw refuse('image', 'Give either image or images.');
	}
	const inputs = [];
	for (const { url } of sources) {
		const bytes = await call.painter.load(url);
		const input = bytes && (await call.painter.decode(bytes, ['png', 'jpeg', 'webp']));
		if (!input) throw refuse('image.url', 'The image could not be read.');
		inputs.push(input);
	}
	const { prompt, n = 1 } = fields;
	await call.accept({ operation: isEdit ? 'edit' : 'generate', prompt, images: n });
	if (/\brefuse\b/i.test(prompt)) {
		const item = { mime_type: 'image/jpeg', revised_prompt: '', respect_moderation: false };
		return jsonResponse(200, { data: Array.from({ length: n }, () => item), usage: usageOf(n) });
	}
	const [width, height] = sizeOf(id, fields, inputs);
	const data = [];
	for (let index = 0; index < n; index++) {
		const { bytes, base64 } = await call.painter.draw({
			model: id,
			prompt,
			width,
			height,
			format: 'jpeg',
			index,
			inputs,
		});
		const shown = { mime_type: 'image/jpeg', revised_prompt: '', respect_moderation: true };
		data.push(
			fields.response_format === 'b64_json'
				? { b64_json: base64, ...shown }
				: { url: call.painter.publish(bytes, 'jpeg'), ...shown },
		);
	}
	return jsonResponse(200, { data, usage: usageOf(n) }, n);
}

/** 10,000,000,000 ticks are one US dollar (LIMITS). */
function usageOf(count: number) {
	return { cost_in_usd_ticks: count * 200_000_000 };
}

/**
 * The pixels of a ratio are not published, so they are this service's own. An edit keeps the ratio
 * of its first input by default, and of an only input in any case (LIMITS), but by 2.0:
 * https://github.com/Comfy-Org/ComfyUI (comfy_api_nodes/nodes_grok.py)
 */
function sizeOf(
	model: string,
	{ aspect_ratio: ratio = 'auto', resolution = '1k' }: Fields,
	[first, ...others]: readonly InputImage[],
): [number, number] {
	const keeps = others.length === 0 && model !== 'grok-imagine-image-2.0';
	const { width, height } = first ?? { width: 1, height: 1 };
	const [across, down] =
		ratio === 'auto' || (first && keeps)
			? [width, height]
			: (ratio.split(':').map(Number) as [number, number]);
	const edge = resolution === '2k' ? 2048 : 1024;
	const unit = Math.sqrt((edge * edge) / (across * down));
	return [Math.round((across * unit) / 16) * 16, Math.round((down * unit) / 16) * 16];
}
