import { setTimeout as sleep } from 'node:timers/promises';

import { startImageService } from '../../demo/image-service/server.ts';
import { falClient, small } from './falClient';
import type { Ticket } from './falClient';
import { refused } from './falRequests';
import { dataUrl, photo, useService } from './helpers';

const QUEUE = 'https://docs.fal.ai/model-endpoints/queue';
const CANCEL = 'https://fal.ai/docs/inference-api/queue/cancel';
const LIKE = 'https://cloud.seaart.ai/docs/ru/model-api/multimodal/cancel';
const REQUEST_ERRORS = 'https://fal.ai/docs/documentation/model-apis/request-errors';
const UNKNOWN_PATH = 'https://github.com/fal-ai/fal-js/issues/153';

const service = useService();
const { submit, statesOf, resultOf } = falClient(service);

let image: string;
beforeAll(async () => {
	image = dataUrl(await photo(96, 64));
});
beforeEach(() => service.control('jobs', { queuedMs: 20, runningMs: 20 }));

describe('moderation', () => {
	it('refuses a prompt with the result', async () => {
		const ticket = await submit({ ...small, prompt: 'Please refuse this' });
		const response = await resultOf(ticket);
		expect(response.headers['x-fal-request-id']).toBe(ticket.data.request_id);
		expect(response.status).toBe(422);
		expect(response.headers['x-fal-retryable']).toBe('false');
		expect(response.data.detail).toEqual([
			{
				loc: ['body', 'prompt'],
				msg: expect.any(String),
				type: 'content_policy_violation',
				url: expect.stringContaining('content_policy_violation'),
				input: 'Please refuse this',
			},
		]);
	});

	it('tells of unsafe pictures in a success, unless the checker is off', async () => {
		const unsafe = { ...small, prompt: 'nsfw', num_images: 2 };
		const { status, data } = await resultOf(await submit(unsafe));
		expect([status, data.has_nsfw_concepts]).toEqual([200, [true, true]]);
		const open = await resultOf(await submit({ ...unsafe, enable_safety_checker: false }));
		expect(open.data.has_nsfw_concepts).toEqual([false, false]);
	});
});

it('fails with the result, and is not billed', async () => {
	const { status, data, headers } = await resultOf(await submit({ ...small, prompt: 'fail' }));
	expect(status).toBe(500);
	expect(data).toEqual({ detail: expect.any(String), error_type: 'runner_server_error' });
	expect(headers['x-fal-error-type']).toBe('runner_server_error');
	expect((await service.requests())[0]?.billedImages).toBe(0);
});

describe(`a cancelled request (${CANCEL}, ${LIKE}, ${REQUEST_ERRORS})`, () => {
	it.each([
		['queued 9000 ms', 'IN_QUEUE', 200, 'OK'],
		['queued 1 ms, takes 9000 ms', 'IN_PROGRESS', 202, 'CANCELLATION_REQUESTED'],
	])('with the prompt "%s" is %s', async (prompt, state, status, word) => {
		const { data } = await submit({ ...small, prompt });
		while ((await service.http.get(data.status_url)).data.status !== state) await sleep(5);
		const response = await service.http.put(data.cancel_url);
		expect([response.status, response.data]).toEqual([status, { status: word }]);
		expect(await statesOf(data as Ticket)).toEqual(['COMPLETED']);
		const result = await service.http.get(data.response_url);
		expect([result.status, result.data.error_type]).toEqual([499, 'client_cancelled']);
	});

	it('cannot be one that has ended', async () => {
		const response = await submit();
		await resultOf(response);
		const { status, data } = await service.http.put(response.data.cancel_url);
		expect([status, data]).toEqual([400, { status: 'ALREADY_COMPLETED' }]);
	});
});

describe('an unknown request', () => {
	it('is one that was forgotten', async () => {
		const { data } = await submit();
		await service.http.delete('/control/jobs');
		for (const url of [data.status_url, data.response_url]) {
			const response = await service.http.get(url);
			expect([response.status, response.data]).toEqual([404, { detail: expect.any(String) }]);
		}
		const { status, data: shown } = await service.http.put(data.cancel_url);
		expect([status, shown]).toEqual([404, { status: 'NOT_FOUND' }]);
	});

	it(`is one of another model, or below the path of the endpoint (${QUEUE})`, async () => {
		const { data } = await submit();
		const statusAt = async (path: string) =>
			(await service.http.get(data.status_url.replace('/flux/', `/${path}/`))).status;
		expect(await statusAt('flux-2-pro')).toBe(404);
		expect(await statusAt('flux/dev')).toBe(405);
	});
});

it.each(refused)('refuses to %s %s: %j is %s at %j (%s)', async (...row) => {
	const [endpoint, , fields, type, loc] = row;
	const edits = /edit|kontext/.test(endpoint);
	const images = endpoint.endsWith('qwen-image-edit') || /kontext/.test(endpoint);
	const inputs = edits && (images ? { image_url: image } : { image_urls: [image] });
	const response = await submit({ prompt: 'A fox', ...inputs, ...fields }, endpoint);
	expect(response.status).toBe(200);
	const { status, data, headers } = await resultOf(response);
	expect(status).toBe(422);
	expect(headers['x-fal-retryable']).toBe('false');
	expect(data.detail).toEqual([
		expect.objectContaining({ loc: ['body', ...loc], type, msg: expect.any(String) }),
	]);
});

it('names every wrong field, and bills none', async () => {
	const { data } = await resultOf(await submit({ n: 1, seed: 'x' }));
	const types = (data.detail as Array<{ type: string }>).map(({ type }) => type);
	expect(types.sort()).toEqual(['extra_forbidden', 'int_type', 'missing']);
	expect((await service.requests())[0]?.billedImages).toBe(0);
});

it.each([
	['POST', '/fal-ai/dall-e-3', 404],
	['POST', '/fal-ai', 404],
	['GET', '/fal-ai/flux/dev', 405],
	['POST', '/storage/upload/initiate', 422],
])(`answers %s %s with %i (${QUEUE})`, async (method, path, status) => {
	const response = await service.http.request({ method, url: `/fal${path}`, data: {} });
	expect(response.status).toBe(status);
	expect(response.data).toHaveProperty('detail');
});

it(`answers an unknown path of a model with the result (${UNKNOWN_PATH})`, async () => {
	const { status, data } = await resultOf(await submit(small, 'fal-ai/flux/pro'));
	expect([status, data]).toEqual([404, { detail: 'Path /pro not found' }]);
});

it.each([
	[{}, 'Cannot access application "fal-ai/flux". Authentication is required'],
	[{ authorization: 'Bearer right' }, 'Cannot access application'],
	[{ authorization: 'Key wrong' }, 'No user found for Key ID and Secret'],
])('refuses the key of %j', async (headers, detail) => {
	const locked = await startImageService({ apiKey: 'right' });
	try {
		const url = `${locked.url}/fal/fal-ai/flux/requests/1/status`;
		const { status, data } = await service.http.get(url, { headers });
		expect([status, data]).toEqual([401, { detail: expect.stringContaining(detail) }]);
		const known = await service.http.get(url, { headers: { authorization: 'Key right' } });
		expect(known.status).toBe(404);
	} finally {
		await locked.close();
	}
});
