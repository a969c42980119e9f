import { setTimeout as sleep } from 'node:timers/promises';
import { jsonResponse } from '../apiResponse.ts';
import type { ApiResponse } from '../apiResponse.ts';
import type { Job } from '../jobs.ts';
import { Refusal } from './profile.ts';
import type { Profile, ProfileCall } from './profile.ts';
import { countOf, drawOutputs, sourcesOf } from './replicateDrawing.ts';
import type { Input } from './replicateDrawing.ts';
import { listFiles, showFile, upload } from './replicateFiles.ts';
import { modelOfVersion, PACKAGE, replicateModels, SCHEMAS, versionOf } from './replicateModels.ts';
import { remember, show, showModel, showVersion } from './replicatePredictions.ts';
import { flag, problemsOf, text } from './replicateSchemas.ts';
import type { Fields, InvalidField } from './replicateSchemas.ts';

const REFERENCE = 'https://replicate.com/docs/reference/http';
const OPENAPI =
	'https://github.com/api-evangelist/replicate/blob/043b4f90d005a37cc1424409b209e6ab9bebd3a7/openapi/replicate-openapi.yml';
const SDK = 'https://www.npmjs.com/package/replicate/v/1.4.0 (index.d.ts)';
const STATES = 'https://replicate.com/docs/topics/predictions/lifecycle';
const DEADLINES = 'https://replicate.com/changelog/2025-10-16-prediction-deadlines';
const KEYS = 'https://github.com/replicate/replicate-python/issues/47';
const UNKNOWN = 'https://github.com/replicate/replicate-javascript/issues/347';
const INVALID = 'https://github.com/replicate/replicate-javascript/issues/265';
/** The wording of what is wrong with a field. */
const WORDING = 'https://github.com/xeipuuv/gojsonschema/blob/78136042df80/locales.go';

/**
 * Replicate: predictions of the models in replicateModels.ts, whose input is checked against the
 * schema that the model publishes. Webhooks are not called, and files can't be deleted.
 *
 * Prompts with the word "refuse" fail as not safe for work, unless the input turns the safety checker
 * off; those with "fail" fail.
 */
export const replicate: Profile = {
	name: 'replicate',
	sources: [
		...[REFERENCE, OPENAPI, SDK, STATES, DEADLINES, KEYS],
		...[UNKNOWN, INVALID, WORDING, PACKAGE, SCHEMAS],
	],
	keyOf: ({ authorization }) => /^(?:Bearer|Token)\s+(.+)$/i.exec(authorization ?? '')?.[1],
	unauthorized: (hasKey) =>
		refusal(
			401,
			hasKey ? 'Invalid or expired API token.' : 'You did not pass an authentication token',
			'Unauthenticated',
		),
	notFound,
	failure: (status) =>
		status === 429
			? refusal(429, 'Request was throttled. Your rate limit resets in ~1s.', 'Too many requests')
			: refusal(status, `The request failed with status ${status}.`, 'Failure'),
	routes: [
		{
			method: 'POST',
			pattern: /^\/v1\/models\/([^/]+\/[^/]+)\/predictions$/,
			accepts: ['json'],
			respond: async (call) => {
				const [name = ''] = call.captured;
				const model = replicateModels[name];
				if (!model || model.isOfCommunity) throw notFound();
				return await predict(call, name, checkBody(call, {}, ['input']));
			},
		},
		{
			method: 'POST',
			pattern: /^\/v1\/predictions$/,
			accepts: ['json'],
			respond: async (call) => {
				const body = checkBody(call, { version: text }, ['version', 'input']);
				const name = modelOfVersion(String(body.version));
				if (name) return await predict(call, name, body);
				const detail =
					"The specified version does not exist (or perhaps you don't have permission to use it?)";
				throw refusal(422, detail, 'Invalid version or not permitted');
			},
		},
		{
			method: 'GET',
			pattern: /^\/v1\/predictions\/([\w-]+)$/,
			respond: async (call) => show(call, await jobOf(call), 200),
		},
		{
			method: 'POST',
			pattern: /^\/v1\/predictions\/([\w-]+)\/cancel$/,
			respond: async (call) => {
				const job = await jobOf(call);
				call.cancel(job);
				return show(call, job, 200);
			},
		},
		{
			method: 'GET',
			pattern: /^\/v1\/models\/([^/]+\/[^/]+)$/,
			respond: ({ captured: [name = ''] }) => {
				if (!replicateModels[name]) throw notFound();
				return showModel(name);
			},
		},
		{
			method: 'GET',
			pattern: /^\/v1\/models\/([^/]+\/[^/]+)\/versions\/(\w+)$/,
			respond: ({ captured: [name = '', version = ''] }) => {
				if (!replicateModels[name] || version !== versionOf(name)) throw notFound();
				return showVersion(name);
			},
		},
		{
			method: 'POST',
			pattern: /^\/v1\/files$/,
			accepts: ['multipart'],
			respond: (call) => {
				const result = upload(call);
				if (!('wrong' in result)) return result;
				// How the API words this is not published.
				const { wrong: field, problem } = result;
				throw invalid([{ type: 'invalid_part', field, description: `The part is ${problem}` }]);
			},
		},
		{ method: 'GET', pattern: /^\/v1\/files$/, respond: listFiles },
		{
			method: 'GET',
			pattern: /^\/v1\/files\/([\w-]+)$/,
			respond: ({ captured: [id = ''] }) => {
				const file = showFile(id);
				if (!file) throw notFound();
				return file;
			},
		},
		{
			method: 'GET',
			pattern: /^\/v1\/account$/,
			respond: () => jsonResponse(200, { type: 'user', username: 'demo', name: 'Demo' }),
		},
	],
};

function refusal(status: number, detail: string, title?: string): Refusal {
	return new Refusal(status, { ...(title && { title }), detail, status });
}

function notFound(): Refusal {
	return refusal(404, 'The requested resource could not be found.');
}

function invalid(fields: readonly InvalidField[]): Refusal {
	const lines = fields.map(({ field, description }) =>
		field ? `- ${field}: ${description}\n` : `- ${description}\n`,
	);
	const title = 'Input validation failed';
	return new Refusal(422, { detail: lines.join(''), status: 422, title, invalid_fields: fields });
}

/** OPENAPI, `schemas_prediction_request`: no other fields are allowed. */
const requestFields: Fields = {
	input: { type: 'object' },
	stream: flag(false),
	webhook: text,
	webhook_events_filter: {
		type: 'array',
		items: { type: 'string', enum: ['start', 'output', 'logs', 'completed'] },
	},
};

function checkBody({ body }: ProfileCall, more: Fields, required: readonly string[]) {
	const fields = body.kind === 'json' ? body.fields : {};
	const problems = problemsOf({ ...requestFields, ...more }, required, fields, '');
	if (problems.length > 0) throw invalid(problems);
	return { version: fields.version, input: fields.input as Input };
}

async function predict(
	call: ProfileCall,
	name: string,
	{ input }: { input: Input },
): Promise<ApiResponse> {
	const model = replicateModels[name]!;
	const problems = problemsOf(model.fields, model.required, input, 'input');
	if (problems.length > 0) throw invalid(problems);
	const [waitMs, deadlineMs] = [waitOf(call), deadlineOf(call)];
	const job = await call.submit({
		operation: sourcesOf(model, input).length > 0 ? 'edit' : 'generate',
		prompt: String(input.prompt),
		images: countOf(input),
		draw: async () => await drawOutputs(call, name, model, input),
	});
	const prediction = remember(job, name, input);
	if (deadlineMs !== undefined) {
		const end = () => void (prediction.isLate = call.cancel(job));
		setTimeout(end, deadlineMs).unref();
	}
	const until = Date.now() + waitMs;
	while (job.endedAt === null && Date.now() < until) {
		await sleep(10, undefined, { signal: call.signal });
	}
	// "Prediction has been created but does not yet have all outputs" (OPENAPI)
	return show(call, job, waitMs > 0 && job.endedAt === null ? 202 : 201);
}

/** OPENAPI, `parameters_prefer_header`. */
function waitOf({ headers: { prefer } }: ProfileCall): number {
	if (prefer === undefined) return 0;
	const match = /^wait(?:=([1-9]|[1-5]\d|60))?$/.exec(String(prefer));
	if (!match) throw refusal(422, 'Prefer must be wait, or wait=1 to wait=60.');
	return Number(match[1] ?? 60) * 1000;
}

/** `90`, `90s` or `1h30m45s`, five seconds at least (REFERENCE). */
function deadlineOf({ headers }: ProfileCall): number | undefined {
	const wish = headers['cancel-after'];
	if (wish === undefined) return undefined;
	const match = /^(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(String(wish));
	const [hours, minutes, seconds] = (match ?? []).slice(1).map((part) => Number(part ?? 0));
	const total = ((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0);
	if (total < 5) throw refusal(422, 'Cancel-After must be a duration of 5 seconds at least.');
	// A timer of Node.js can't wait longer.
	return Math.min(total * 1000, 2 ** 31 - 1);
}

async function jobOf(call: ProfileCall): Promise<Job> {
	const job = await call.poll(call.captured[0] ?? '');
	if (!job) throw notFound();
	return job;
}
