import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { jsonChunks, jsonResponse } from '../apiResponse.ts';
import type { ApiResponse } from '../apiResponse.ts';
import type { InputImage } from '../imageRequest.ts';
import { checkFields, Refusal } from './profile.ts';
import type { Profile, ProfileCall } from './profile.ts';

const REST = 'https://www.volcengine.com/docs/82379/1541523';
const BYTEPLUS = 'https://docs.byteplus.com/en/docs/ModelArk/1541523';
const ERRORS = 'https://www.volcengine.com/docs/82379/1299023';
const SDK =
	'https://github.com/volcengine/volcengine-python-sdk/tree/09880e43c58622ea317170a9dfa456e5e207ea11/volcenginesdkarkruntime/types/images';
/** The documented limits of each model in one table. */
const LIMITS =
	'https://github.com/calesthio/generative-media-skills/blob/d5daa8a23514c2e5b0ef1c9ac6874db632fb7ae7/skills/providers/image-generation/bytedance-seedream/SKILL.md';
/** The fields that only Seedream 3.0 has, and its pixels. */
const OLDER = 'https://docs.kapon.cloud/doubao/image';

/** A URL, or a data URL with its format in lower case (LIMITS). */
const source = z.string().regex(/^(?:https?:\/\/|data:image\/[a-z]+;base64,)/);

const generation = z.strictObject({
	model: z.string(),
	prompt: z.string().min(1),
	image: z.union([source, z.array(source).min(1)]).optional(),
	size: z.string().optional(),
	seed: z.number().int().min(-1).max(2_147_483_647).optional(),
	guidance_scale: z.number().min(1).max(10).optional(),
	sequential_image_generation: z.enum(['auto', 'disabled']).optional(),
	sequential_image_generation_options: z
		.strictObject({ max_images: z.number().int().min(1).max(15).optional() })
		.optional(),
	tools: z.array(z.strictObject({ type: z.literal('web_search') })).optional(),
	optimize_prompt_options: z
		.strictObject({
			mode: z.enum(['standard', 'fast']).optional(),
			thinking: z.enum(['auto', 'enabled', 'disabled']).optional(),
		})
		.optional(),
	response_format: z.enum(['url', 'b64_json']).optional(),
	output_format: z.enum(['png', 'jpeg']).optional(),
	watermark: z.boolean().optional(),
	stream: z.boolean().optional(),
});

type Fields = z.output<typeof generation>;
type Field = keyof Fields;

interface Model {
	/** At Ark, and at BytePlus. */
	readonly ids: readonly string[];
	/** What a size can be called. */
	readonly tiers: readonly string[];
	readonly defaultSize: string;
	/** The fewest and the most pixels of a size. */
	readonly pixels: readonly [number, number];
	/** How many input images it takes. */
	readonly inputs: number;
	/** The fields it takes that others refuse. */
	readonly takes: readonly Field[];
	/** Whether the prompt can be optimized in haste. */
	readonly fast: boolean;
}

/** These are not for every model (LIMITS, OLDER). */
const restricted: readonly Field[] = [
	'seed',
	'guidance_scale',
	'sequential_image_generation',
	'sequential_image_generation_options',
	'tools',
	'optimize_prompt_options',
	'output_format',
	'stream',
];

const groups: readonly Field[] = [
	'sequential_image_generation',
	'sequential_image_generation_options',
	'optimize_prompt_options',
	'stream',
];

/**
 * Sizes, pixels and inputs: LIMITS. Newer than its table are 1.5K and the fast mode of 5.0 Pro
 * (https://cloud.tencent.com/document/product/1823/136609,
 * https://github.com/withceleste/celeste-python/pull/408), and its BytePlus id.
 */
const models: readonly Model[] = [
	{
		ids: ['doubao-seedream-5-0-pro-260628', 'dola-seedream-5-0-pro-260628'],
		tiers: ['1K', '1.5K', '2K'],
		defaultSize: '1K',
		pixels: [921_600, 4_624_220],
		inputs: 10,
		takes: ['output_format', 'optimize_prompt_options'],
		fast: true,
	},
	{
		ids: [
			'doubao-seedream-5-0-260128',
			'doubao-seedream-5-0-lite-260128',
			'seedream-5-0-260128',
			'seedream-5-0-lite-260128',
		],
		tiers: ['2K', '3K', '4K'],
		defaultSize: '2K',
		pixels: [3_686_400, 16_777_216],
		inputs: 14,
		takes: [...groups, 'output_format', 'tools'],
		fast: false,
	},
	{
		ids: ['doubao-seedream-4-5-251128', 'seedream-4-5-251128'],
		tiers: ['2K', '4K'],
		defaultSize: '2K',
		pixels: [3_686_400, 16_777_216],
		inputs: 14,
		takes: groups,
		fast: false,
	},
	{
		ids: ['doubao-seedream-4-0-250828', 'seedream-4-0-250828'],
		tiers: ['1K', '2K', '4K'],
		defaultSize: '2K',
		pixels: [921_600, 16_777_216],
		inputs: 14,
		takes: groups,
		fast: true,
	},
	{
		ids: ['doubao-seedream-3-0-t2i-250415', 'seedream-3-0-t2i-250415'],
		tiers: [],
		defaultSize: '1024x1024',
		pixels: [512 ** 2, 2048 ** 2],
		inputs: 0,
		takes: ['seed', 'guidance_scale'],
		fast: false,
	},
];

/** Input images and results together (REST). */
const MOST_IMAGES = 15;

const FORMATS = ['png', 'jpeg', 'webp', 'tiff', 'gif', 'heif'];

/**
 * The image API of Volcengine Ark and of BytePlus ModelArk: Seedream, with generations and edits at
 * one path. Layers and transparent backgrounds are left out. Words in a prompt bring about what the
 * service does to some prompts:
 *
 * - `refuse`: the request is refused for its text, with 400.
 * - `censor`: the last picture is withheld, with an error in its place.
 * - `collapse`: a 200 with an error and without pictures; in a stream, the event `error`.
 */
export const ark: Profile = {
	name: 'ark',
	sources: [REST, BYTEPLUS, ERRORS, SDK, LIMITS, OLDER],
	keyOf: ({ authorization }) => /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1],
	unauthorized: (hasKey) =>
		refusal(
			401,
			'AuthenticationError',
			hasKey
				? "The API key doesn't exist."
				: 'The API key or AK/SK in the request is missing or invalid.',
			'Unauthorized',
		),
	notFound: (method, path) =>
		refusal(404, 'NotFound', `The specified resource ${method} ${path} is not found.`, 'NotFound'),
	failure: (status) => {
		const [code, type] = failures[Math.min(status, 500)] ?? ['InvalidParameter', 'BadRequest'];
		return refusal(status, code, `The request failed with status ${status}.`, type);
	},
	routes: [
		{
			method: 'POST',
			pattern: /^\/api\/v3\/images\/generations$/,
			accepts: ['json'],
			respond: async (call) => {
				checkPresence(call);
				return await images(call, checkFields(generation, call.body, refuse));
			},
		},
	],
};

/** ERRORS. */
const failures: Readonly<Record<number, readonly [code: string, type: string]>> = {
	401: ['AuthenticationError', 'Unauthorized'],
	403: ['AccessDenied', 'Forbidden'],
	404: ['NotFound', 'NotFound'],
	429: ['RateLimitExceeded.EndpointRPMExceeded', 'TooManyRequests'],
	500: ['InternalServiceError', 'InternalServerError'],
};

function refusal(status: number, code: string, problem: string, type = 'BadRequest'): Refusal {
	const message = `${problem} Request id: ${randomUUID()}`;
	return new Refusal(status, { error: { code, message, param: '', type } });
}

/** The wording, and that `type` is empty: https://github.com/CherryHQ/cherry-studio-app/issues/408 */
function refuse(path: string, problem: string): Refusal {
	const text = `The parameter \`${path}\` specified in the request is not valid: ${problem}.`;
	return refusal(400, 'InvalidParameter', text, '');
}

function checkPresence({ body }: ProfileCall): void {
	const fields = body.kind === 'json' ? body.fields : {};
	const missing = ['model', 'prompt'].find((name) => fields[name] === undefined);
	if (missing === undefined) return;
	const problem = `The request failed because it is missing a required parameter: ${missing}.`;
	throw refusal(400, 'MissingParameter', problem);
}

/** What a checked request comes to. */
interface Plan {
	readonly fields: Fields;
	readonly inputs: readonly InputImage[];
	readonly size: readonly [number, number];
	/** How many pictures are made. */
	readonly count: number;
	/** Whether one more is withheld. */
	readonly censors: boolean;
	readonly collapses: boolean;
}

async function images(call: ProfileCall, fields: Fields): Promise<ApiResponse> {
	const plan = await planOf(call, fields);
	const { inputs, count, collapses } = plan;
	const operation = inputs.length > 0 ? 'edit' : 'generate';
	await call.accept({ operation, prompt: fields.prompt, images: count });
	if (fields.stream) {
		return {
			status: 200,
			headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' },
			body: events(call, plan),
			images: count,
		};
	}
	const data = [];
	for await (const result of results(call, plan)) data.push(result);
	const error = collapses ? { error: internalError } : {};
	return jsonResponse(200, { ...described(plan), ...error, data, usage: usageOf(plan) }, count);
}

async function planOf(call: ProfileCall, fields: Fields): Promise<Plan> {
	const model = checkModel(fields);
	const { prompt } = fields;
	const sources = [fields.image ?? []].flat();
	const wanted = checkCount(model, fields, sources.length);
	const size = readSize(model, fields.size ?? model.defaultSize);
	if (/\brefuse\b/i.test(prompt)) {
		throw refusal(
			400,
			'InputTextSensitiveContentDetected',
			'The request failed because the input text may contain sensitive information.',
		);
	}
	const inputs = await inputsOf(call, sources);
	const collapses = /\bcollapse\b/i.test(prompt);
	const censors = !collapses && /\bcensor\b/i.test(prompt);
	return {
		fields,
		inputs,
		size: size.exact ?? fitted(size.edge, inputs[0]),
		count: collapses ? 0 : wanted - Number(censors),
		censors,
		collapses,
	};
}

/** Both: ERRORS. */
const withheld = {
	code: 'OutputImageSensitiveContentDetected',
	message: 'The request failed because the output image may contain sensitive information.',
};
const internalError = {
	code: 'InternalServiceError',
	message: 'The service encountered an unexpected internal error.',
};

async function* results(
	{ painter }: ProfileCall,
	{ fields, inputs, size: [width, height], count, censors }: Plan,
): AsyncGenerator<object> {
	const { model, prompt, seed, output_format: format = 'jpeg' } = fields;
	// The mark that the service puts into a corner; here it heads the words of the picture.
	const words = fields.watermark === false ? prompt : `AI generated · ${prompt}`;
	for (let index = 0; index < count; index++) {
		const commission = { model, prompt: words, width, height, format, index, seed, inputs };
		const { bytes, base64 } = await painter.draw(commission);
		const isInline = fields.response_format === 'b64_json';
		const picture = isInline ? { b64_json: base64 } : { url: painter.publish(bytes, format) };
		yield { ...picture, size: `${width}x${height}` };
	}
	if (censors) yield { error: withheld };
}

function described({ fields }: Plan) {
	return { model: fields.model, created: Math.floor(Date.now() / 1000) };
}

/** A token is 256 pixels: 16,280 for 1760 × 2368 (REST). */
function usageOf({ inputs, size: [width, height], count }: Plan) {
	const tokens = Math.ceil((count * width * height) / 256);
	return {
		input_images: inputs.length,
		generated_images: count,
		output_tokens: tokens,
		total_tokens: tokens,
	};
}

/** SDK (image_gen_generating_event.py, image_gen_completed_event.py); LIMITS. */
async function* events(call: ProfileCall, plan: Plan): AsyncGenerator<Buffer> {
	let index = 0;
	for await (const result of results(call, plan)) {
		const type = `image_generation.partial_${'error' in result ? 'failed' : 'succeeded'}`;
		yield* event(type, { ...described(plan), image_index: index, ...result });
		index += 1;
	}
	if (plan.collapses) yield* event('error', { error: internalError });
	else yield* event('image_generation.completed', { ...described(plan), usage: usageOf(plan) });
	yield Buffer.from('data: [DONE]\n\n');
}

function* event(type: string, fields: object): Generator<Buffer> {
	yield Buffer.from(`event: ${type}\ndata: `);
	yield* jsonChunks({ type, ...fields });
	yield Buffer.from('\n\n');
}

function checkModel(fields: Fields): Model {
	const model = models.find(({ ids }) => ids.includes(fields.model));
	if (!model) {
		throw refusal(
			404,
			'InvalidEndpointOrModel.NotFound',
			`The model or endpoint ${fields.model} does not exist or you do not have access to it.`,
			'NotFound',
		);
	}
	const refused = restricted.find(
		(field) => fields[field] !== undefined && !model.takes.includes(field),
	);
	if (refused) {
		throw refuse(refused, `the parameter \`${refused}\` is not supported by the current model`);
	}
	if (fields.optimize_prompt_options?.mode === 'fast' && !model.fast) {
		throw refuse('optimize_prompt_options.mode', 'the mode fast is not supported by the model');
	}
	return model;
}

/** @returns how many pictures to make; of a group, as many as are allowed */
function checkCount(model: Model, fields: Fields, inputs: number): number {
	if (inputs > model.inputs) throw refuse('image', `at most ${model.inputs} images are supported`);
	if (fields.sequential_image_generation !== 'auto') return 1;
	const wanted = fields.sequential_image_generation_options?.max_images ?? MOST_IMAGES - inputs;
	if (inputs + wanted > MOST_IMAGES) {
		throw refuse(
			'sequential_image_generation_options.max_images',
			`the number of input images and generated images must be at most ${MOST_IMAGES}`,
		);
	}
	return wanted;
}

/** Width and height, or the edge of a square with as many pixels as the tier has. */
type Size = { exact: [number, number] } | { exact?: undefined; edge: number };

function readSize({ tiers, pixels: [fewest, most] }: Model, size: string): Size {
	const tier = size.toUpperCase();
	if (tiers.includes(tier)) return { edge: Number.parseFloat(tier) * 1024 };
	const [width, height] = /^(\d+)x(\d+)$/.exec(size)?.slice(1).map(Number) ?? [];
	if (!width || !height) throw refuse('size', 'the specified size is not supported for the model');
	const pixels = width * height;
	if (pixels < fewest) throw refuse('size', `image size must be at least ${fewest} pixels`);
	if (pixels > most) throw refuse('size', `image size must be at most ${most} pixels`);
	const ratio = width / height;
	if (ratio > 16 || ratio < 1 / 16) throw refuse('size', 'the ratio must be within [1/16, 16]');
	return { exact: [width, height] };
}

async function inputsOf(call: ProfileCall, sources: readonly string[]): Promise<InputImage[]> {
	const inputs = [];
	for (const each of sources) {
		const bytes = await call.painter.load(each);
		const input = bytes && (await call.painter.decode(bytes, FORMATS));
		if (!input) throw refuse('image', 'the image could not be read');
		const ratio = input.width / input.height;
		if (ratio > 16 || ratio < 1 / 16) throw refuse('image', 'the ratio must be within [1/16, 16]');
		inputs.push(input);
	}
	return inputs;
}

/** The model chooses a ratio itself; this service chooses that of the first input. */
function fitted(edge: number, { width, height } = { width: 1, height: 1 }): [number, number] {
	const unit = Math.sqrt(edge ** 2 / (width * height));
	return [Math.round((width * unit) / 16) * 16, Math.round((height * unit) / 16) * 16];
}
