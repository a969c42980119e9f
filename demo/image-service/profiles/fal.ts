import { jsonResponse } from '../apiResponse.ts';
import type { ApiResponse } from '../apiResponse.ts';
import type { Job } from '../jobs.ts';
import { countOf, draw } from './falDrawing.ts';
import { appOf, apps, endpoints, FLUX_2, SCHNELL, SIZES, TYPES } from './falEndpoints.ts';
import type { FalInput } from './falInput.ts';
import { ERRORS, invalidInput, REQUEST_ERRORS, requestError, WORDING } from './falErrors.ts';
import { STORAGE, storageRoutes } from './falStorage.ts';
import { GPT_IMAGE_2, KLEIN_4B } from './falMoreEndpoints.ts';
import { Refusal } from './profile.ts';
import type { Profile, ProfileCall } from './profile.ts';

const QUEUE = 'https://docs.fal.ai/model-endpoints/queue';
const CLIENT =
	'https://www.npmjs.com/package/@fal-ai/client/v/1.10.1 (src/queue.js, src/types/common.d.ts)';
const CANCEL = 'https://fal.ai/docs/inference-api/queue/cancel';
/** A queue of the same kind. */
const LIKE = 'https://cloud.seaart.ai/docs/ru/model-api/multimodal/cancel';
/** Measured: a wrong field comes with the result. */
const FAILURES = 'https://github.com/TanStack/ai/pull/396';
/** The response to a question after a result that is not there yet. */
const EARLY =
	'https://github.com/storytold/artcraft (crates, polling/poll_job_response: incomplete_job_400)';
const UNKNOWN_PATH = 'https://github.com/fal-ai/fal-js/issues/153';

/** Where a job belongs, which its path has to name. */
const owners = new WeakMap<Job, string>();

/**
 * The queue of fal, and the storage for inputs, which is on a host of its own in reality.
 *
 * The queue takes any body. What a model refuses comes with the result, after COMPLETED (FAILURES).
 * Unknown fields are refused, too. Prompts with the word "refuse" violate the content policy, those
 * with "nsfw" get their picture with `has_nsfw_concepts`, and those with "fail" fail.
 */
export const fal: Profile = {
	name: 'fal',
	sources: [
		...[QUEUE, CLIENT, CANCEL, LIKE, FAILURES, EARLY, UNKNOWN_PATH, TYPES, SIZES],
		...[FLUX_2, SCHNELL, KLEIN_4B, GPT_IMAGE_2, ERRORS, REQUEST_ERRORS, WORDING, STORAGE],
	],
	keyOf: ({ authorization }) => /^Key\s+(.+)$/i.exec(authorization ?? '')?.[1],
	unauthorized: (hasKey, path) =>
		detailed(
			401,
			hasKey
				? 'No user found for Key ID and Secret'
				: `Cannot access application "${appOf(path.slice(1))}". Authentication is required to access this application.`,
		),
	notFound: (_, path) =>
		fal.routes.some(({ pattern }) => pattern.test(path))
			? detailed(405, 'Method Not Allowed')
			: detailed(404, 'Not Found'),
	failure: (status) => {
		const type = errorTypes[status];
		const detail = `The request failed with status ${status}.`;
		return type ? requestError(status, detail, type) : detailed(status, detail);
	},
	routes: [
		...storageRoutes,
		{
			method: 'GET',
			pattern: /^\/([^/]+\/[^/]+)\/requests\/([^/]+)\/status$/,
			respond: async (call) => {
				const job = await jobOf(call);
				return respond(job, statusOf(call, job));
			},
		},
		{
			method: 'GET',
			pattern: /^\/([^/]+\/[^/]+)\/requests\/([^/]+)$/,
			respond: async (call) => resultOf(call, await jobOf(call)),
		},
		{
			method: 'PUT',
			pattern: /^\/([^/]+\/[^/]+)\/requests\/([^/]+)\/cancel$/,
			respond: cancel,
		},
		{
			method: 'POST',
			pattern: /^\/((?:[\w.-]+\/)+[\w.-]+)$/,
			accepts: ['json'],
			respond: submit,
		},
	],
};

/** REQUEST_ERRORS */
const errorTypes: Readonly<Record<number, string>> = {
	400: 'bad_request',
	499: 'client_cancelled',
	500: 'internal_error',
	502: 'runner_incomplete_response',
	503: 'runner_scheduling_failure',
	504: 'request_timeout',
};

function detailed(status: number, detail: string): Refusal {
	return new Refusal(status, { detail });
}

async function submit(call: ProfileCall): Promise<ApiResponse> {
	const [id = ''] = call.captured;
	const app = appOf(id);
	if (!apps.has(app)) throw detailed(404, `Application "${app}" not found`);
	const fields = call.body.kind === 'json' ? call.body.fields : {};
	const input = check(id, fields);
	const prompt = typeof fields.prompt === 'string' ? fields.prompt : '';
	const isEdit = fields.image_url !== undefined || fields.image_urls !== undefined;
	const fails = input instanceof Refusal || /\bfail\b/i.test(prompt);
	const job = await call.submit({
		operation: isEdit ? 'edit' : 'generate',
		prompt,
		images: fails ? 0 : countOf(input),
		draw: async () => {
			if (input instanceof Refusal) throw input;
			return await draw(call, id, endpoints[id]!, input);
		},
	});
	owners.set(job, app);
	return respond(job, { ...ticketOf(call, job), status: 'IN_QUEUE', queue_position: 0 });
}

function check(id: string, fields: unknown): FalInput | Refusal {
	const endpoint = endpoints[id];
	// The queue knows the app only; its paths are the runner's (UNKNOWN_PATH).
	if (!endpoint) return detailed(404, `Path /${id.split('/').slice(2).join('/')} not found`);
	const result = endpoint.schema.safeParse(fields);
	return result.success ? result.data : invalidInput(result.error, fields);
}

async function jobOf(call: ProfileCall): Promise<Job> {
	const [app, id = ''] = call.captured;
	const job = await call.poll(id);
	if (!job || owners.get(job) !== app) throw detailed(404, 'Request not found');
	return job;
}

/** The path below the app is not part of these (QUEUE). */
function ticketOf(call: ProfileCall, job: Job) {
	const response = call.url(`/${owners.get(job)}/requests/${job.id}`);
	return {
		request_id: job.id,
		response_url: response,
		status_url: `${response}/status`,
		cancel_url: `${response}/cancel`,
	};
}

function statusOf(call: ProfileCall, job: Job) {
	const ticket = ticketOf(call, job);
	if (job.state === 'queued') return { status: 'IN_QUEUE', ...ticket, queue_position: 0 };
	if (job.state === 'running') return { status: 'IN_PROGRESS', ...ticket, logs: [] };
	const seconds = ((job.endedAt ?? 0) - (job.startedAt ?? job.endedAt ?? 0)) / 1000;
	return { status: 'COMPLETED', ...ticket, logs: [], metrics: { inference_time: seconds } };
}

function resultOf(call: ProfileCall, job: Job): ApiResponse {
	const { state, result } = job;
	if (state === 'done')
		return respond(job, result, (result as { images: unknown[] }).images.length);
	const { status, body, headers } = reasonOf(call, job);
	throw new Refusal(status, body, { ...headers, 'x-fal-request-id': job.id });
}

function reasonOf(call: ProfileCall, job: Job): Refusal {
	const { state, result } = job;
	if (state === 'failed') return result instanceof Refusal ? result : fal.failure(500);
	if (state === 'canceled') {
		return requestError(499, 'The request was cancelled by the client.', 'client_cancelled');
	}
	const detail = 'Request is still in progress';
	return new Refusal(400, { detail, ...ticketOf(call, job) });
}

function respond({ id }: Job, value: unknown, images = 0): ApiResponse {
	const { headers, ...response } = jsonResponse(200, value, images);
	return { ...response, headers: { ...headers, 'x-fal-request-id': id } };
}

/**
 * CANCEL has these words, and LIKE their statuses; that a request which waits gets a 200 with "OK" is
 * this service's reading.
 */
async function cancel(call: ProfileCall): Promise<ApiResponse> {
	const [app, id = ''] = call.captured;
	const job = await call.poll(id);
	if (!job || owners.get(job) !== app) return jsonResponse(404, { status: 'NOT_FOUND' });
	const wasRunning = job.state === 'running';
	if (!call.cancel(job)) return jsonResponse(400, { status: 'ALREADY_COMPLETED' });
	return wasRunning
		? jsonResponse(202, { status: 'CANCELLATION_REQUESTED' })
		: jsonResponse(200, { status: 'OK' });
}
