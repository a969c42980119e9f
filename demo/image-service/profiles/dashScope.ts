import { randomUUID } from 'node:crypto';
import { jsonResponse } from '../apiResponse.ts';
import type { ApiResponse } from '../apiResponse.ts';
import type { Job } from '../jobs.ts';
import { draw, readInputs, troubleWith } from './dashScopeDrawing.ts';
import type { Drawing } from './dashScopeDrawing.ts';
import { compatible, ERRORS, failure, invalid, refusal } from './dashScopeErrors.ts';
import { check } from './dashScopeFields.ts';
import type { Wish } from './dashScopeFields.ts';
import * as known from './dashScopeModels.ts';
import type { Endpoint } from './dashScopeModels.ts';
import { Refusal } from './profile.ts';
import type { Profile, ProfileCall } from './profile.ts';

const TASKS = 'https://www.alibabacloud.com/help/en/model-studio/manage-asynchronous-tasks';
const RESULTS =
	'https://docs.qwencloud.com/api-reference/image-generation/wan-text-to-image-v2/query-result';
/** Which models have which path. */
const N8N =
	'https://www.npmjs.com/package/@n8n/n8n-nodes-langchain/v/2.41.1 (vendors/AlibabaCloud/helpers/wanImage.js)';

/** What the requests asked for that became jobs. */
const wishes = new WeakMap<Job, Wish>();

/**
 * Alibaba's DashScope: messages that are answered at once, and jobs. Streams are left out.
 *
 * A prompt with the word "refuse" is refused, or its job fails; with the words "refuse one", only its
 * last picture is withheld, among the others of a job of Wan 2.5 and older. "fail" fails.
 */
export const dashScope: Profile = {
	name: 'dashscope',
	sources: [
		...[known.QWEN, known.QWEN_EDIT, known.QWEN_3, known.Z_IMAGE, known.WAN_26, known.WAN_27],
		...[known.WAN_TEXT, known.WAN_25, known.WAN_EDIT, known.WAN_EDIT_SIZES],
		...[TASKS, RESULTS, N8N, ERRORS],
	],
	keyOf: ({ authorization }) => /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1],
	unauthorized: (hasKey, path) =>
		path.startsWith('/compatible-mode/')
			? compatible(401, 'invalid_api_key', 'Incorrect API key provided.')
			: refusal(401, 'InvalidApiKey', `${hasKey ? 'Invalid' : 'No'} API-key provided.`),
	notFound: (method, path) =>
		dashScope.routes.some(({ pattern }) => pattern.test(path))
			? invalid(`Request method '${method}' is not supported.`)
			: refusal(404, 'NotFound', 'Request path not found.'),
	failure,
	routes: [
		{
			method: 'POST',
			pattern: /^\/api\/v1\/services\/aigc\/(multimodal-generation\/generation)$/,
			accepts: ['json'],
			respond: answer,
		},
		{
			method: 'POST',
			pattern:
				/^\/api\/v1\/services\/aigc\/(image-generation\/generation|(?:text2image|image2image)\/image-synthesis)$/,
			accepts: ['json'],
			respond: submit,
		},
		{
			method: 'GET',
			pattern: /^\/api\/v1\/tasks\/([^/]+)$/,
			respond: showTask,
		},
		{
			method: 'POST',
			pattern: /^\/api\/v1\/tasks\/([^/]+)\/cancel$/,
			respond: cancelTask,
		},
		{
			method: 'GET',
			pattern: /^\/compatible-mode\/v1\/models$/,
			respond: () =>
				jsonResponse(200, {
					object: 'list',
					data: [...Object.keys(known.models), 'qwen-plus'].map((id) => ({
						...{ id, object: 'model', created: 0, owned_by: 'system' },
					})),
				}),
		},
	],
};

function isAsync({ headers }: ProfileCall): boolean {
	return headers['x-dashscope-async'] === 'enable';
}

async function answer(call: ProfileCall): Promise<ApiResponse> {
	if (isAsync(call)) {
		const message = 'Current user api does not support asynchronous calls.';
		throw refusal(403, 'AccessDenied', message);
	}
	const wish = check(call.body, call.captured[0] as Endpoint);
	const trouble = troubleWith(wish);
	if (trouble?.status === 400) throw trouble;
	const inputs = await readInputs(call, wish);
	const { prompt, n } = wish;
	await call.accept({ operation: operationOf(wish), prompt, images: trouble ? 0 : n });
	if (trouble) throw trouble;
	const drawing = await draw(call, wish, inputs);
	const shown = { ...resultOf(wish, drawing), request_id: randomUUID() };
	return jsonResponse(200, shown, countOf(drawing));
}

async function submit(call: ProfileCall): Promise<ApiResponse> {
	if (!isAsync(call)) {
		const message = 'current user api does not support synchronous calls.';
		throw refusal(403, 'AccessDenied', message);
	}
	const wish = check(call.body, call.captured[0] as Endpoint);
	// A job that fails costs nothing (QWEN_EDIT), and says so only when it is done.
	const inputs = troubleWith(wish) ?? (await readInputs(call, wish).catch(asRefusal));
	const fails = inputs instanceof Refusal;
	const job = await call.submit({
		operation: operationOf(wish),
		prompt: wish.prompt,
		images: fails ? 0 : wish.n,
		draw: async () => {
			if (fails) throw inputs;
			return await draw(call, wish, inputs);
		},
	});
	wishes.set(job, wish);
	const output = { task_status: 'PENDING', task_id: job.id };
	return jsonResponse(200, { output, request_id: randomUUID() });
}

function asRefusal(error: unknown): Refusal {
	if (error instanceof Refusal) return error;
	throw error;
}

function operationOf({ sources }: Wish) {
	return sources.length > 0 ? 'edit' : 'generate';
}

function countOf({ results }: Drawing): number {
	return results.filter((result) => 'url' in result).length;
}

const states = {
	queued: 'PENDING',
	running: 'RUNNING',
	done: 'SUCCEEDED',
	failed: 'FAILED',
	canceled: 'CANCELED',
} as const;

async function showTask(call: ProfileCall): Promise<ApiResponse> {
	const [id = ''] = call.captured;
	const job = await call.poll(id);
	const task = { task_id: id, task_status: job ? states[job.state] : 'UNKNOWN' };
	const request = { request_id: randomUUID() };
	const wish = job && wishes.get(job);
	if (!job || !wish) return jsonResponse(200, { ...request, output: task });
	const times = {
		submit_time: timeOf(job.submittedAt),
		...(job.startedAt !== null && { scheduled_time: timeOf(job.startedAt) }),
		...(job.endedAt !== null && { end_time: timeOf(job.endedAt) }),
	};
	const shown = { ...task, ...times };
	if (job.state === 'failed') {
		return jsonResponse(200, { ...request, output: { ...shown, ...reasonOf(job.result) } });
	}
	if (job.state !== 'done') return jsonResponse(200, { ...request, output: shown });
	const { output, usage } = resultOf(wish, job.result as Drawing);
	const body = { ...request, output: { ...shown, ...output }, usage };
	return jsonResponse(200, body, countOf(job.result as Drawing));
}

function reasonOf(error: unknown) {
	const { body } = error instanceof Refusal ? error : failure(500);
	const { code, message } = body as { code: string; message: string };
	return { code, message };
}

/** `2025-12-16 04:21:02.275` */
function timeOf(time: number): string {
	return new Date(time).toISOString().slice(0, 23).replace('T', ' ');
}

/** Only jobs that wait can be cancelled (TASKS). */
async function cancelTask(call: ProfileCall): Promise<ApiResponse> {
	const job = await call.poll(call.captured[0] ?? '');
	if (job?.state !== 'queued') {
		const message = 'Failed to cancel the task, please confirm if the task is in PENDING status.';
		throw refusal(400, 'UnsupportedOperation', message);
	}
	call.cancel(job);
	return jsonResponse(200, { request_id: randomUUID() });
}

function resultOf({ answers, prompt }: Wish, { results, width, height }: Drawing) {
	const done = results.filter((result) => 'url' in result);
	const images = done.map(({ url }) => ({ image: url }));
	const count = { image_count: done.length };
	const tokens = { input_tokens: 0, output_tokens: 0, total_tokens: 0 };
	const choice = (content: unknown, more = {}) => ({
		finish_reason: 'stop',
		message: { role: 'assistant', content, ...more },
	});
	switch (answers) {
		case 'qwen':
			return { output: { choices: [choice(images)] }, usage: { ...count, width, height } };
		case 'z-image': {
			const choices = [choice([...images, { text: prompt }], { reasoning_content: '' })];
			return { output: { choices }, usage: { ...count, width, height, ...tokens } };
		}
		case 'wan': {
			const choices = images.map((image) => choice([{ ...image, type: 'image' }]));
			const usage = { ...count, size: `${width}*${height}`, ...tokens };
			return { output: { choices, finished: true }, usage };
		}
		case 'flat': {
			const metrics = {
				TOTAL: results.length,
				SUCCEEDED: done.length,
				FAILED: results.length - done.length,
			};
			const shown = results.map((result) =>
				'url' in result ? { orig_prompt: prompt, actual_prompt: prompt, ...result } : result,
			);
			return { output: { results: shown, task_metrics: metrics }, usage: count };
		}
	}
}
