import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { jsonResponse } from '../apiResponse.ts';
import type { ApiResponse } from '../apiResponse.ts';
import type { InputImage } from '../imageRequest.ts';
import { checkFields, Refusal } from './profile.ts';
import type { Profile, ProfileCall } from './profile.ts';

const REST = 'https://docs.together.ai/reference/post-images-generations';
const SDK = 'https://www.npmjs.com/package/together-ai/v/0.52.0 (resources/images.d.ts)';
const PARAMETERS = 'https://docs.together.ai/docs/inference/images/parameters';
const INPUTS = 'https://docs.together.ai/docs/inference/images/reference-images';
const OVERVIEW = 'https://docs.together.ai/docs/images-overview';
const ERRORS = 'https://docs.together.ai/docs/error-codes';
const SKILL =
	'https://github.com/togethercomputer/skills/tree/665299de0b1f6ab8565b95df840cec000720560a/skills/together-ai (domains/images.md, references/images/*.md)';

const link = z.string().regex(/^(?:https?:\/\/|data:image\/)/, 'must be a URL');
const edge = z.number().int().min(256).multipleOf(8);

/** The fields of SDK, with the ranges of PARAMETERS and SKILL, and two fields that only SKILL names. */
const generation = z.strictObject({
	model: z.string(),
	prompt: z.string(),
	width: edge.optional(),
	height: edge.optional(),
	n: z.number().int().min(1).max(4).optional(),
	steps: z.number().int().min(1).max(50).optional(),
	seed: z.number().int().optional(),
	negative_prompt: z.string().optional(),
	guidance_scale: z.number().optional(),
	image_url: link.optional(),
	reference_images: z.array(link).min(1).optional(),
	response_format: z.enum(['base64', 'url']).optional(),
	output_format: z.enum(['jpeg', 'png']).optional(),
	disable_safety_checker: z.boolean().optional(),
	image_loras: z.array(z.strictObject({ path: z.string(), scale: z.number() })).optional(),
	aspect_ratio: z.enum(['1:1', '16:9', '9:16', '4:3', '3:2']).optional(),
	prompt_upsampling: z.boolean().optional(),
});

type Fields = z.output<typeof generation>;
type Field = keyof Fields;

/** What a model takes besides the fields that all take. */
interface Model {
	readonly takes: readonly Field[];
	/** Pixels of the longest edge, where one is documented. */
	readonly longest?: number;
}

/** These are not for every model (SKILL, "Model Feature Matrix"; INPUTS). */
const restricted: readonly Field[] = [
	'image_url',
	'reference_images',
	'guidance_scale',
	'negative_prompt',
	'aspect_ratio',
	'prompt_upsampling',
	'image_loras',
];

const LONGEST = 1920;
const flux11: Model = { takes: ['negative_prompt'], longest: LONGEST };
const kontext: Model = { takes: ['image_url', 'aspect_ratio'], longest: LONGEST };
const google: Model = { takes: ['reference_images'] };

/** No document says what these refuse but input images, which INPUTS allows to others only. */
const hosted: Model = { takes: ['negative_prompt', 'guidance_scale'] };

/** The serverless models of SKILL that the node's users are likely to want, and one of OVERVIEW. */
const models: Readonly<Record<string, Model>> = {
	'black-forest-labs/FLUX.2-pro': { takes: ['image_url', 'reference_images', 'prompt_upsampling'] },
	'black-forest-labs/FLUX.2-max': { takes: ['reference_images'], longest: LONGEST },
	'black-forest-labs/FLUX.2-dev': {
		takes: ['reference_images', 'guidance_scale'],
		longest: LONGEST,
	},
	'black-forest-labs/FLUX.2-flex': {
		takes: ['image_url', 'reference_images', 'guidance_scale'],
		longest: LONGEST,
	},
	'black-forest-labs/FLUX.1-kontext-pro': kontext,
	'black-forest-labs/FLUX.1-kontext-max': kontext,
	'black-forest-labs/FLUX.1.1-pro': flux11,
	'black-forest-labs/FLUX.1-schnell': {
		takes: ['negative_prompt', 'aspect_ratio'],
		longest: LONGEST,
	},
	'google/flash-image-2.5': google,
	'google/flash-image-3.1': google,
	'google/gemini-3-pro-image': google,
	'Qwen/Qwen-Image': hosted,
	'Qwen/Qwen-Image-2.0': hosted,
	'ByteDance-Seed/Seedream-4.0': hosted,
	'ByteDance/Seedream-5.0-lite': hosted,
	// SKILL recommends it for edits, and names no field for them: the one that takes several is likely.
	'openai/gpt-image-2': { takes: ['reference_images'] },
};

/**
 * Together AI's image API: generations and edits at one path.
 *
 * A prompt with the word "refuse" is refused as not safe for work, unless the request turns the
 * safety checker off: a 422 (OVERVIEW).
 */
export const together: Profile = {
	name: 'together',
	sources: [REST, SDK, PARAMETERS, INPUTS, OVERVIEW, ERRORS, SKILL],
	keyOf: ({ authorization }) => /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1],
	// The wording of these two, and of an unknown model:
	// https://github.com/maruel/genai (providers/togetherai/client_test.go)
	unauthorized: () =>
		refusal(
			401,
			'Invalid API key provided. You can find your API key at https://api.together.ai/settings/api-keys.',
			'invalid_api_key',
		),
	notFound: (method, path) => refusal(404, `Unknown request URL: ${method} ${path}`, null),
	failure: (status) =>
		refusal(
			status,
			`The request failed with status ${status}.`,
			null,
			null,
			status >= 500 ? 'server_error' : 'invalid_request_error',
		),
	routes: [
		{
			method: 'POST',
			pattern: /^\/v1\/images\/generations$/,
			accepts: ['json'],
			respond: async (call) => await images(call, checkFields(generation, call.body, refuse)),
		},
		{
			method: 'GET',
			pattern: /^\/v1\/models$/,
			respond: () => jsonResponse(200, [...Object.keys(models).map(imageModel), chatModel]),
		},
	],
};

/** https://www.npmjs.com/package/together-ai/v/0.52.0 (resources/models/models.d.ts) */
function imageModel(id: string) {
	const [organization, name] = id.split('/');
	return { id, object: 'model', created: 0, type: 'image', display_name: name, organization };
}

/** The list has models of every kind. */
const chatModel = { ...imageModel('openai/gpt-oss-120b'), type: 'chat', context_length: 131_072 };

function refusal(
	status: number,
	message: string,
	code: string | null,
	param: string | null = null,
	type = 'invalid_request_error',
): Refusal {
	return new Refusal(status, { error: { message, type, param, code } });
}

function refuse(path: string, problem: string): Refusal {
	return refusal(400, path ? `Invalid ${path}: ${problem}` : problem, null, path || null);
}

async function images(call: ProfileCall, fields: Fields): Promise<ApiResponse> {
	const { model, prompt, n = 1, seed, output_format: format = 'jpeg' } = fields;
	checkModel(fields);
	if (/\brefuse\b/i.test(prompt) && !fields.disable_safety_checker) {
		throw refusal(422, 'image may contain NSFW content', null);
	}
	const inputs = await inputsOf(call, fields);
	const operation = inputs.length > 0 ? 'edit' : 'generate';
	await call.accept({ operation, prompt, images: n });
	const [width, height] = sizeOf(fields);
	const data = [];
	for (let index = 0; index < n; index++) {
		const commission = { model, prompt, width, height, format, index, seed, inputs };
		const { bytes, base64 } = await call.painter.draw(commission);
		data.push(
			fields.response_format === 'base64'
				? { index, type: 'b64_json', b64_json: base64 }
				: { index, type: 'url', url: call.painter.publish(bytes, format) },
		);
	}
	return jsonResponse(200, { id: randomUUID(), model, object: 'list', data }, n);
}

function checkModel(fields: Fields): void {
	const model = models[fields.model];
	if (!model) {
		throw refusal(
			404,
			`Unable to access model ${fields.model}. Please visit https://api.together.ai/models to view the list of supported models.`,
			'model_not_available',
		);
	}
	const refused = restricted.find(
		(field) => fields[field] !== undefined && !model.takes.includes(field),
	);
	if (refused) throw refuse(refused, `not supported by ${fields.model}`);
	for (const field of ['width', 'height'] as const) {
		if ((fields[field] ?? 0) > (model.longest ?? Infinity)) {
			throw refuse(field, `must be at most ${model.longest}`);
		}
	}
}

async function inputsOf(call: ProfileCall, fields: Fields): Promise<InputImage[]> {
	const { image_url: image, reference_images: references = [] } = fields;
	const inputs = [];
	for (const source of image === undefined ? references : [image, ...references]) {
		const bytes = await call.painter.load(source);
		const input = bytes && (await call.painter.decode(bytes, ['png', 'jpeg', 'webp']));
		const field = source === image ? 'image_url' : 'reference_images';
		if (!input) throw refuse(field, 'the image could not be read');
		inputs.push(input);
	}
	return inputs;
}

/** The pixels of a ratio are not published, so they are this service's own. */
function sizeOf({ width = 1024, height = 1024, aspect_ratio: ratio }: Fields): [number, number] {
	if (ratio === undefined) return [width, height];
	const [across, down] = ratio.split(':').map(Number) as [number, number];
	const unit = Math.sqrt(1024 ** 2 / (across * down));
	return [Math.round((across * unit) / 16) * 16, Math.round((down * unit) / 16) * 16];
}
