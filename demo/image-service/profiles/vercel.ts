import { z } from 'zod';
import { jsonResponse } from '../apiResponse.ts';
import type { ApiResponse } from '../apiResponse.ts';
import type { InputImage } from '../imageRequest.ts';
import { chatRequest, completion, pixelsOf, readMessages } from './chatCompletions.ts';
import { checkFields, Refusal } from './profile.ts';
import type { Profile, ProfileCall } from './profile.ts';

const GUIDE = 'https://vercel.com/docs/ai-gateway/modalities/image-generation/openai';
/** The ids of models that only make images, and the errors. */
const SDK =
	'https://www.npmjs.com/package/@ai-sdk/gateway/v/4.0.146 (src/gateway-image-model-settings.ts, src/errors)';

/** GUIDE. */
const generation = z.strictObject({
	model: z.string(),
	prompt: z.string().min(1),
	n: z.number().int().min(1).max(10).optional(),
	size: z
		.string()
		.regex(/^\d+x\d+$/)
		.optional(),
	response_format: z.enum(['b64_json', 'url']).optional(),
	providerOptions: z.record(z.record(z.unknown())).optional(),
});

/** The same with input images: links or data URLs. */
const edit = generation.extend({
	images: z.array(z.strictObject({ image_url: z.string() })).min(1),
});

const imageModels = [
	...['bfl/flux-2-max', 'bfl/flux-2-pro', 'bfl/flux-2-flex', 'bfl/flux-2-klein-9b'],
	...['bfl/flux-2-klein-4b', 'bfl/flux-kontext-max', 'bfl/flux-kontext-pro', 'bfl/flux-pro-1.1'],
	...['bfl/flux-pro-1.1-ultra', 'prodia/flux-fast-schnell', 'bytedance/seedream-5.0-pro'],
	...['bytedance/seedream-5.0-lite', 'bytedance/seedream-4.5', 'bytedance/seedream-4.0'],
	...['openai/gpt-image-2', 'openai/gpt-image-1.5', 'openai/gpt-image-2.5-flare'],
	...['spacexai/grok-imagine-image-2.0', 'spacexai/grok-imagine-image'],
];

/** Models that also write: images come through a chat (GUIDE). */
const chatModels = [
	...[
		'google/gemini-nano-banana-2.1',
		'google/gemini-3-pro-image',
		'google/gemini-2.5-flash-image',
	],
	...['google/gemini-3.1-flash-image', 'google/gemini-3.1-flash-lite-image'],
];

/** Vercel's AI Gateway, as far as it speaks OpenAI's APIs. */
export const vercel: Profile = {
	name: 'vercel',
	sources: [GUIDE, SDK],
	keyOf: ({ authorization }) => /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1],
	unauthorized: () => refusal(401, 'Authentication failed', 'authentication_error'),
	notFound: (method, path) => refusal(404, `Not found: ${method} ${path}`, 'not_found'),
	failure: (status) =>
		refusal(
			status,
			`The request failed with status ${status}.`,
			types[status] ?? 'internal_server_error',
		),
	routes: [
		{
			method: 'POST',
			pattern: /^\/v1\/images\/generations$/,
			accepts: ['json'],
			respond: async (call) => await images(call, checkFields(generation, call.body, refuse), []),
		},
		{
			method: 'POST',
			pattern: /^\/v1\/images\/edits$/,
			accepts: ['json'],
			respond: async (call) => {
				const fields = checkFields(edit, call.body, refuse);
				return await images(
					call,
					fields,
					fields.images.map((image) => image.image_url),
				);
			},
		},
		{ method: 'POST', pattern: /^\/v1\/chat\/completions$/, accepts: ['json'], respond: chat },
		{
			method: 'GET',
			pattern: /^\/v1\/models$/,
			respond: () =>
				jsonResponse(200, {
					object: 'list',
					data: [...imageModels, ...chatModels].map((id) => ({ id, object: 'model' })),
				}),
		},
		{
			method: 'GET',
			pattern: /^\/v1\/credits$/,
			respond: () => jsonResponse(200, { balance: '95.50', total_used: '4.50' }),
		},
	],
};

const types: Readonly<Record<number, string>> = {
	400: 'invalid_request_error',
	401: 'authentication_error',
	403: 'forbidden',
	404: 'not_found',
	424: 'failed_dependency',
	429: 'rate_limit_exceeded',
};

function refusal(
	status: number,
	message: string,
	type: string,
	param: string | null = null,
): Refusal {
	return new Refusal(status, {
		error: { message, type, param, code: type },
		generationId: 'gen_1',
	});
}

function refuse(path: string, problem: string): Refusal {
	return refusal(
		400,
		`Invalid input: ${path ? `${path}: ` : ''}${problem}`,
		'invalid_request_error',
		path || null,
	);
}

async function images(
	call: ProfileCall,
	fields: z.output<typeof generation>,
	links: readonly string[],
): Promise<ApiResponse> {
	const { model, prompt, n = 1, size = '1024x1024', response_format: format } = fields;
	if (chatModels.includes(model))
		throw refuse('model', `${model} is no image-only model. Use /v1/chat/completions.`);
	if (!imageModels.includes(model))
		throw refusal(404, `Model '${model}' not found`, 'model_not_found');
	const inputs: InputImage[] = [];
	for (const link of links) {
		const bytes = await call.painter.load(link);
		const input = bytes && (await call.painter.decode(bytes, ['png', 'jpeg', 'webp']));
		if (!input) throw refuse('images', 'An image could not be read.');
		inputs.push(input);
	}
	await call.accept({ operation: inputs.length > 0 ? 'edit' : 'generate', prompt, images: n });
	const [width = 1024, height = 1024] = size.split('x').map(Number);
	const data = [];
	for (let index = 0; index < n; index++) {
		const { bytes, base64 } = await call.painter.draw({
			model,
			prompt,
			width,
			height,
			format: 'png',
			index,
			inputs,
		});
		data.push(
			format === 'url' ? { url: call.painter.publish(bytes, 'png') } : { b64_json: base64 },
		);
	}
	return jsonResponse(200, { created: Math.floor(Date.now() / 1000), data }, n);
}

async function chat(call: ProfileCall): Promise<ApiResponse> {
	const fields = checkFields(chatRequest, call.body, refuse);
	const { model, image_config: config = {}, seed } = fields;
	if (!chatModels.includes(model))
		throw refusal(404, `Model '${model}' not found`, 'model_not_found');
	const { prompt, inputs } = await readMessages(call, fields, (text) => refuse('messages', text));
	await call.accept({ operation: inputs.length > 0 ? 'edit' : 'generate', prompt, images: 1 });
	const size = pixelsOf(config.aspect_ratio, config.image_size);
	const { bytes } = await call.painter.draw({
		model,
		prompt,
		...size,
		format: 'png',
		inputs,
		seed,
	});
	const url = `data:image/png;base64,${bytes.toString('base64')}`;
	return jsonResponse(
		200,
		completion(model, { images: [{ type: 'image_url', image_url: { url } }] }),
		1,
	);
}
