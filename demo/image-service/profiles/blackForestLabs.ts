import { randomInt } from 'node:crypto';
import { jsonResponse } from '../apiResponse.ts';
import type { ApiResponse } from '../apiResponse.ts';
import type { InputImage } from '../imageRequest.ts';
import type { Job } from '../jobs.ts';
import { bflModels } from './blackForestLabsModels.ts';
import type { BflModel } from './blackForestLabsModels.ts';
import { costOf, sizeOf } from './blackForestLabsSizes.ts';
import { readMask } from './mask.ts';
import { checkFields, Refusal } from './profile.ts';
import type { Profile, ProfileCall } from './profile.ts';

/** A copy of https://api.bfl.ai/openapi.json: the fields of every model, and the shapes of responses. */
const OPENAPI =
	'https://github.com/iancaseydouglas/strange.pets.comfyui/blob/30db8eb269c0eaf38f0b06d2448e9a327554b63d/bfl_openapi.json';
const REFERENCE =
	'https://docs.bfl.ml/api-reference/models/generate-or-edit-an-image-with-flux2-%5Bpro%5D.md';
const RESULT = 'https://docs.bfl.ai/api-reference/utility/get-result.md';
const ERRORS = 'https://docs.bfl.ai/api_integration/errors.md';
const SKILL =
	'https://github.com/black-forest-labs/skills/tree/d0793c8/skills/bfl-api/references (endpoints.md)';
const SDK =
	'https://www.npmjs.com/package/@ai-sdk/black-forest-labs/v/2.0.41 (src/black-forest-labs-image-model.ts)';
const KEYS = 'https://github.com/gelasdev/ComfyUI-FLUX-BFL-API/issues/16';

/** The fields of all models together. */
interface Fields {
	readonly [input: string]: unknown;
	readonly prompt?: string | null;
	readonly width?: number | null;
	readonly height?: number | null;
	readonly aspect_ratio?: string | null;
	readonly seed?: number | null;
	readonly mask?: string | null;
	readonly output_format?: 'jpeg' | 'png' | 'webp' | null;
	readonly webhook_url?: string | null;
}

/**
 * Black Forest Labs: a request is answered with a ticket, whose `polling_url` has the state and then
 * the link to the picture. Requests can't be canceled, and webhooks are not called here.
 *
 * Prompts with "refuse the result" are moderated after the picture was drawn, others with "refuse"
 * before; those with "fail" end with an error. A prompt with "think" has the two states that only
 * OPENAPI names.
 */
export const blackForestLabs: Profile = {
	name: 'bfl',
	sources: [OPENAPI, REFERENCE, RESULT, ERRORS, SKILL, SDK, KEYS],
	keyOf: ({ 'x-key': key }) => (typeof key === 'string' && key !== '' ? key : undefined),
	// KEYS; without a key, FastAPI has a shorter text.
	unauthorized: (hasKey) =>
		refusal(403, hasKey ? 'Not authenticated - Invalid Authentication' : 'Not authenticated'),
	// https://github.com/maruel/genai (providers/bfl/client_test.go)
	notFound: (_, path) =>
		blackForestLabs.routes.some(({ pattern }) => pattern.test(path))
			? refusal(405, 'Method Not Allowed')
			: refusal(404, 'Not Found'),
	failure: (status) => refusal(status, failures[status] ?? `Failed with status ${status}.`),
	routes: [
		...Object.entries(bflModels).map(([name, model]) => ({
			method: 'POST' as const,
			pattern: new RegExp(`^/v1/${name.replaceAll('.', '\\.')}$`),
			accepts: ['json' as const],
			respond: async (call: ProfileCall) => await submit(call, name, model),
		})),
		{
			method: 'GET',
			pattern: /^\/v1\/get_result$/,
			respond: result,
		},
		{
			method: 'GET',
			pattern: /^\/v1\/credits$/,
			respond: () => jsonResponse(200, { credits: 1000 }),
		},
	],
};

/** In the words of ERRORS. */
const failures: Readonly<Record<number, string>> = {
	402: 'Your account has insufficient credits or your payment method needs to be updated.',
	429: "You've exceeded the rate limits for your account.",
	500: 'An unexpected error occurred on our servers.',
	503: 'Our service is temporarily unavailable.',
};

function refusal(status: number, detail: string): Refusal {
	return new Refusal(status, { detail });
}

/** OPENAPI, `HTTPValidationError`. The types are those of Pydantic, on which the service is built. */
function refuse(path: string, problem: string): Refusal {
	return invalid(['body', ...path.split('.').filter(Boolean)], problem);
}

function invalid(loc: readonly string[], msg: string): Refusal {
	const type = /unrecognized/i.test(msg)
		? 'extra_forbidden'
		: /received undefined|required/i.test(msg)
			? 'missing'
			: 'value_error';
	return new Refusal(422, { detail: [{ type, loc, msg }] });
}

/** What a job ends with instead of a picture. */
class Moderated extends Error {
	readonly status: string;

	constructor(status: 'Request Moderated' | 'Content Moderated') {
		super(status);
		this.status = status;
	}
}

async function submit(call: ProfileCall, name: string, model: BflModel): Promise<ApiResponse> {
	const fields: Fields = checkFields(model.fields, call.body, refuse);
	const inputs = await inputsOf(call, model, fields);
	const mask = await maskOf(call, fields, inputs[0]);
	const [width, height] = sizeOf(model, fields, inputs, refuse);
	const prompt = fields.prompt ?? '';
	const format = fields.output_format ?? model.defaultFormat;
	const seed = fields.seed ?? randomInt(2 ** 31);
	const commission = { model: name, prompt, width, height, format, seed, inputs, mask };
	const isModerated = /\brefuse\b(?! the result\b)/i.test(prompt);
	const job = await call.submit({
		operation: inputs.length > 0 ? 'edit' : 'generate',
		prompt,
		// "flagged … before processing began" (ERRORS)
		images: isModerated ? 0 : 1,
		draw: async () => {
			if (isModerated) throw new Moderated('Request Moderated');
			if (/\brefuse\b/i.test(prompt)) throw new Moderated('Content Moderated');
			if (/\bfail\b/i.test(prompt)) throw new Error('The picture could not be drawn.');
			const { bytes } = await call.painter.draw(commission);
			return { sample: call.painter.publish(bytes, format), prompt, seed };
		},
	});
	const ticket = { id: job.id, ...costOf(model, width * height, inputs) };
	return fields.webhook_url
		? jsonResponse(200, { ...ticket, status: 'Pending', webhook_url: fields.webhook_url })
		: jsonResponse(200, { ...ticket, polling_url: call.url(`/v1/get_result?id=${job.id}`) });
}

async function inputsOf(
	call: ProfileCall,
	{ inputs: names, links }: BflModel,
	fields: Fields,
): Promise<InputImage[]> {
	const inputs = [];
	for (const name of names) {
		const source = fields[name];
		if (typeof source !== 'string') continue;
		inputs.push(await decode(call, name, source, links));
	}
	return inputs;
}

/** Base64 without `data:` (SDK), or a link. */
async function decode(
	call: ProfileCall,
	name: string,
	source: string,
	links: boolean,
): Promise<InputImage> {
	const isLink = /^https?:/i.test(source);
	const isTaken = isLink ? links : !/^data:/i.test(source);
	const bytes = isTaken ? await call.painter.load(source) : undefined;
	const input = bytes && (await call.painter.decode(bytes, ['png', 'jpeg', 'webp']));
	if (!input) throw refuse(name, 'The image could not be read.');
	return input;
}

/** "The endpoint verifies that the dimensions of the mask match the original image." (REFERENCE) */
async function maskOf(
	call: ProfileCall,
	fields: Fields,
	image?: InputImage,
): Promise<InputImage | undefined> {
	if (typeof fields.mask !== 'string' || !image) return undefined;
	const mask = await decode(call, 'mask', fields.mask, false);
	if (mask.width !== image.width || mask.height !== image.height) {
		throw refuse('mask', 'The mask must have the dimensions of the image.');
	}
	if (!call.painter.decodesInputs) return mask;
	const painted = await readMask(mask, 'white', mask);
	if (!painted) throw refuse('mask', 'The mask must be black and white.');
	return painted;
}

async function result(call: ProfileCall): Promise<ApiResponse> {
	const id = call.query.get('id');
	if (id === null) throw invalid(['query', 'id'], 'Field required');
	const job = await call.poll(id);
	const rest = { progress: null, details: null, preview: null };
	if (!job) return jsonResponse(200, { id, status: 'Task not found', result: null, ...rest });
	if (job.state === 'done') {
		const [start, end] = [job.startedAt ?? 0, job.endedAt ?? 0].map((time) => time / 1000);
		const times = { start_time: start, end_time: end, duration: end! - start! };
		const sample = { ...(job.result as object), ...times };
		return jsonResponse(200, { id, status: 'Ready', result: sample, ...rest }, 1);
	}
	// https://github.com/griptape-ai/griptape-nodes-library-blackforestlabs (kontext_image_edit.py)
	const reasons =
		job.result instanceof Moderated ? { 'Moderation Reasons': ['Safety Filter'] } : null;
	return jsonResponse(200, { id, status: statusOf(job), result: null, ...rest, details: reasons });
}

function statusOf({ state, prompt, result: outcome }: Job): string {
	if (state === 'failed') return outcome instanceof Moderated ? outcome.status : 'Error';
	if (!/\bthink\b/i.test(prompt)) return 'Pending';
	return state === 'queued' ? 'Reasoning' : 'Generating';
}
