import { z } from 'zod';
import { jsonChunks, jsonResponse } from '../apiResponse.ts';
import type { ApiResponse } from '../apiResponse.ts';
import type { InputImage, Picture } from '../imageRequest.ts';
import { chatRequest, completion, pixelsOf, readMessages } from './chatCompletions.ts';
import { checkFields, Refusal } from './profile.ts';
import type { Profile, ProfileCall } from './profile.ts';

const REFERENCE = 'https://openrouter.ai/docs/api/api-reference/images/generate-an-image';
const GUIDE = 'https://openrouter.ai/docs/guides/overview/multimodal/image-generation';
const ERRORS = 'https://openrouter.ai/docs/errors';
const SDK =
	'https://www.npmjs.com/package/@openrouter/sdk/v/1.3.19 (esm/models/imagegenerationrequest.d.ts)';

const ratios = [
	...['1:1', '1:2', '1:4', '1:8', '2:1', '2:3', '2.35:1', '3:2', '3:4', '4:1', '4:3', '4:5'],
	...[
		'5:2',
		'5:4',
		'8:1',
		'9:16',
		'16:9',
		'9:19.5',
		'19.5:9',
		'9:20',
		'20:9',
		'9:21',
		'21:9',
		'auto',
	],
] as const;

/** SDK, and the greatest number of references in REFERENCE. */
const request = z.strictObject({
	model: z.string(),
	prompt: z.string().min(1),
	n: z.number().int().min(1).max(10).optional(),
	size: z
		.string()
		.regex(/^(?:512|[124]K|\d+x\d+)$/)
		.optional(),
	resolution: z.enum(['512', '1K', '2K', '4K']).optional(),
	aspect_ratio: z.enum(ratios as unknown as [string, ...string[]]).optional(),
	quality: z.enum(['auto', 'low', 'medium', 'high', 'xhigh', 'max']).optional(),
	background: z.enum(['auto', 'transparent', 'opaque']).optional(),
	output_format: z.enum(['png', 'jpeg', 'webp', 'svg']).optional(),
	output_compression: z.number().int().min(0).max(100).optional(),
	seed: z.number().int().optional(),
	input_references: z
		.array(
			z.strictObject({
				type: z.literal('image_url'),
				image_url: z.strictObject({ url: z.string() }),
			}),
		)
		.min(1)
		.max(16)
		.optional(),
	provider: z
		.strictObject({
			order: z.array(z.string()).optional(),
			only: z.array(z.string()).optional(),
			ignore: z.array(z.string()).optional(),
			allow_fallbacks: z.boolean().optional(),
			sort: z.string().optional(),
			options: z.record(z.record(z.unknown())).optional(),
		})
		.optional(),
	stream: z.boolean().optional(),
	user: z.string().optional(),
	session_id: z.string().max(256).optional(),
	trace: z.record(z.unknown()).optional(),
});

type Fields = z.output<typeof request>;

/** Models of the Images API, and whether one request can have several images (REFERENCE). */
const models: Readonly<Record<string, { several: boolean }>> = {
	'openai/gpt-image-2': { several: true },
	'openai/gpt-image-1': { several: true },
	'google/gemini-nano-banana-2.1': { several: false },
	'google/gemini-3-pro-image': { several: false },
	'google/gemini-3.1-flash-image': { several: false },
	'google/gemini-3.1-flash-lite-image': { several: false },
	'google/gemini-2.5-flash-image': { several: false },
	'x-ai/grok-imagine-image-2.0': { several: true },
	'x-ai/grok-imagine-image-quality': { several: true },
	'bytedance-seed/seedream-4.5': { several: false },
	'black-forest-labs/flux.2-max': { several: false },
	'black-forest-labs/flux.2-pro': { several: false },
	'black-forest-labs/flux.2-flex': { several: false },
	'black-forest-labs/flux.2-klein-4b': { several: false },
};

/** Models that make images in a chat alone (GUIDE). */
const chatModels = [
	'openai/gpt-5-image',
	'openai/gpt-5-image-mini',
	'google/gemini-2.5-flash-image',
];

/**
 * OpenRouter's Images API, and its chat with image output. The prompt `error in 200: 402` gets an
 * error with status 200, as GUIDE and ERRORS describe.
 */
export const openRouter: Profile = {
	name: 'openrouter',
	sources: [REFERENCE, GUIDE, ERRORS, SDK],
	keyOf: ({ authorization }) => /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1],
	unauthorized: (hasKey) => refusal(401, hasKey ? 'User not found.' : 'No auth credentials found'),
	notFound: (method, path) => refusal(404, `Not Found: ${method} ${path}`),
	failure: (status) => refusal(status, `The request failed with status ${status}.`),
	routes: [
		{ method: 'POST', pattern: /^\/api\/v1\/images$/, accepts: ['json'], respond: images },
		{ method: 'POST', pattern: /^\/api\/v1\/chat\/completions$/, accepts: ['json'], respond: chat },
		{
			method: 'GET',
			pattern: /^\/api\/v1\/images\/models$/,
			respond: () =>
				jsonResponse(200, {
					data: Object.keys(models).map((id) => ({ id, name: id, created: 0 })),
				}),
		},
		{
			method: 'GET',
			pattern: /^\/api\/v1\/key$/,
			respond: () => jsonResponse(200, { data: { label: 'sk-or-v1-…', usage: 0, limit: null } }),
		},
	],
};

/** ERRORS. */
function refusal(code: number, message: string, metadata?: object): Refusal {
	return new Refusal(code, { error: { code, message, ...(metadata ? { metadata } : {}) } });
}

function refuse(path: string, problem: string): Refusal {
	return refusal(400, path ? `Invalid input at '${path}': ${problem}` : problem);
}

async function images(call: ProfileCall): Promise<ApiResponse> {
	const fields = checkFields(request, call.body, refuse);
	const { model, prompt, n = 1, input_references: references = [] } = fields;
	const known = models[model];
	if (!known) throw refusal(404, `No endpoints found for ${model}.`);
	if (n > 1 && !known.several) throw refuse('n', 'This model generates one image per request.');
	checkSize(fields);
	if (fields.background === 'transparent' && fields.output_format === 'jpeg') {
		throw refuse('background', 'transparent requires an output_format that supports alpha.');
	}
	const inputs: InputImage[] = [];
	for (const { image_url: image } of references) {
		const bytes = await call.painter.load(image.url);
		const input = bytes && (await call.painter.decode(bytes, ['png', 'jpeg', 'webp', 'gif']));
		if (!input) throw refuse('input_references', 'An image could not be read.');
		inputs.push(input);
	}
	await call.accept({ operation: inputs.length > 0 ? 'edit' : 'generate', prompt, images: n });
	const reported = errorIn(prompt);
	if (reported) return jsonResponse(200, reported);
	const format = fields.output_format === 'svg' ? 'png' : (fields.output_format ?? 'png');
	const pictures: Picture[] = [];
	for (let index = 0; index < n; index++) {
		const work = { model, prompt, ...sizeOf(fields), format, index, inputs, seed: fields.seed };
		pictures.push(await call.painter.draw(work));
	}
	const data = pictures.map(({ base64 }) => ({ b64_json: base64, media_type: `image/${format}` }));
	const usage = {
		prompt_tokens: 12,
		completion_tokens: 4175 * n,
		total_tokens: 12 + 4175 * n,
		cost: 0.04 * n,
	};
	return fields.stream && model.startsWith('openai/')
		? streamed(data, usage)
		: jsonResponse(200, { created: now(), data, usage }, n);
}

/** "Explicit pixels and a mismatching ratio or resolution" are refused (SDK, `size`). */
function checkSize({ size, aspect_ratio: ratio, resolution }: Fields): void {
	const edges = /^(\d+)x(\d+)$/.exec(size ?? '');
	if (!edges || (ratio === undefined && resolution === undefined)) return;
	const wanted = pixelsOf(ratio, resolution);
	const isSame = Number(edges[1]) === wanted.width && Number(edges[2]) === wanted.height;
	if (!isSame) throw refuse('size', 'conflicts with aspect_ratio or resolution.');
}

function sizeOf({ size = '', aspect_ratio: ratio, resolution }: Fields) {
	const edges = /^(\d+)x(\d+)$/.exec(size);
	if (edges) return { width: Number(edges[1]), height: Number(edges[2]) };
	return pixelsOf(ratio, resolution ?? (/K$/.test(size) ? size : '1K'));
}

function errorIn(prompt: string): object | undefined {
	const code = /error in 200: (\d+)/.exec(prompt)?.[1];
	if (!code) return undefined;
	return {
		error: {
			code: Number(code),
			message: 'Insufficient credits',
			metadata: { provider_name: 'demo' },
		},
	};
}

/** SDK, `esm/models/imagestreamingresponse.d.ts`. */
function streamed(data: readonly object[], usage: object): ApiResponse {
	const events = data.map((image) => ({
		type: 'image_generation.completed',
		created: now(),
		...image,
		usage,
	}));
	const body = events.flatMap((event) => [
		Buffer.from('data: '),
		...jsonChunks(event),
		Buffer.from('\n\n'),
	]);
	return {
		status: 200,
		headers: { 'content-type': 'text/event-stream' },
		body: [...body, Buffer.from('data: [DONE]\n\n')],
		images: data.length,
	};
}

function now(): number {
	return Math.floor(Date.now() / 1000);
}

async function chat(call: ProfileCall): Promise<ApiResponse> {
	const fields = checkFields(chatRequest, call.body, refuse);
	const { model, image_config: config = {}, seed } = fields;
	if (!chatModels.includes(model)) throw refusal(404, `No endpoints found for ${model}.`);
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
	const shown = [{ type: 'image_url', image_url: { url }, index: 0 }];
	return jsonResponse(200, completion(model, { images: shown }, { cost: 0.04 }), 1);
}
