import { setTimeout as sleep } from 'node:timers/promises';
import type { AxiosResponse } from 'axios';
import sharp from 'sharp';

import { startImageService } from '../../demo/image-service/server.ts';
import { refused } from './falRequests';
import { FILE_URL, dataUrl, photo, useService } from './helpers';

const QUEUE = 'https://docs.fal.ai/model-endpoints/queue';
const CANCEL = 'https://fal.ai/docs/inference-api/queue/cancel';
const REQUEST_ERRORS = 'https://fal.ai/docs/documentation/model-apis/request-errors';
const UNKNOWN_PATH = 'https://github.com/fal-ai/fal-js/issues/153';

const service = useService();
const small = { prompt: 'A fox', image_size: { width: 64, height: 48 } };
const submit = (input: Record<string, unknown> = small, endpoint = 'fal-ai/flux/dev') =>
	service.http.post(`/fal/${endpoint}`, input);

interface Ticket {
	request_id: string;
	response_url: string;
	status_url: string;
	cancel_url: string;
}

/** Every state of a request, without repetitions. */
async function statesOf({ status_url: url }: Ticket): Promise<string[]> {
	const states: string[] = [];
	for (;;) {
		const { status } = (await service.http.get(url)).data as { status: string };
		if (states.at(-1) !== status) states.push(status);
		if (status === 'COMPLETED') return states;
		await sleep(5);
	}
}

async function resultOf({ data }: AxiosResponse): Promise<AxiosResponse> {
	await statesOf(data as Ticket);
	return await service.http.get((data as Ticket).response_url);
}

async function shapeOf(url: string) {
	const file = url.startsWith('data:')
		? Buffer.from(url.split(',')[1]!, 'base64')
		: ((await service.http.get(url, { responseType: 'arraybuffer' })).data as Buffer);
	const { format, width, height } = await sharp(file).metadata();
	return [format, width, height];
}

let image: string;
beforeAll(async () => {
	image = dataUrl(await photo(96, 64));
});
beforeEach(() => service.control('jobs', { queuedMs: 20, runningMs: 20 }));

describe('a request', () => {
	it('waits, is processed, and has a link', async () => {
		const response = await submit({ ...small, prompt: 'queued 200 ms, takes 200 ms', seed: 7 });
		expect(response.status).toBe(200);
		const ticket = response.data as Ticket;
		// The endpoint is fal-ai/flux/dev, but its last part is left out.
		const base = `${service.url}/fal/fal-ai/flux/requests/${ticket.request_id}`;
		const urls = { response_url: base, status_url: `${base}/status`, cancel_url: `${base}/cancel` };
		const shown = { request_id: ticket.request_id, ...urls };
		expect(ticket).toEqual({ ...shown, status: 'IN_QUEUE', queue_position: 0 });
		const early = await service.http.get(ticket.response_url);
		expect([early.status, early.data]).toEqual([
			400,
			{ ...shown, detail: 'Request is still in progress' },
		]);
		expect(await statesOf(ticket)).toEqual(['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED']);
		const { status, data, headers } = await service.http.get(ticket.response_url);
		expect(status).toBe(200);
		expect(headers['x-fal-request-id']).toBe(ticket.request_id);
		expect(data).toEqual({
			images: [
				{
					url: expect.stringMatching(FILE_URL),
					content_type: 'image/jpeg',
					file_name: expect.stringMatching(/\.jpeg$/),
					file_size: expect.any(Number),
					width: 64,
					height: 48,
				},
			],
			seed: 7,
			prompt: 'queued 200 ms, takes 200 ms',
			has_nsfw_concepts: [false],
			timings: { inference: expect.any(Number) },
		});
		expect(await shapeOf(data.images[0].url)).toEqual(['jpeg', 64, 48]);
	});

	it.each([
		['fal-ai/flux-2-pro', {}, 1, ['jpeg', 1024, 768], ['seed']],
		['fal-ai/flux-2-max', { image_size: 'square', output_format: 'png' }, 1, ['png', 512, 512], []],
		['fal-ai/flux-2-flex', { ...small, guidance_scale: 5 }, 1, ['jpeg', 64, 48], ['seed']],
		[
			'fal-ai/flux-2',
			{ image_size: { width: 512, height: 520 }, output_format: 'webp', num_images: 2 },
			2,
			['webp', 512, 520],
			['has_nsfw_concepts'],
		],
		['fal-ai/flux/schnell', { image_size: 'portrait_16_9' }, 1, ['jpeg', 576, 1024], ['timings']],
		['fal-ai/flux-pro/v1.1', { ...small, safety_tolerance: '6' }, 1, ['jpeg', 64, 48], ['prompt']],
		['fal-ai/flux-pro/v1.1-ultra', { raw: true }, 1, ['jpeg', 2736, 1536], ['seed']],
		['fal-ai/bytedance/seedream/v4/text-to-image', {}, 1, ['png', 2048, 2048], ['seed']],
		[
			'fal-ai/bytedance/seedream/v4.5/text-to-image',
			{ image_size: 'landscape_16_9', num_images: 2 },
			2,
			['png', 2560, 1440],
			['seed'],
		],
		['fal-ai/qwen-image', { ...small, negative_prompt: 'cats' }, 1, ['png', 64, 48], ['seed']],
	])('to %s with %j has %i × %j', async (endpoint, input, count, shape, told) => {
		const { data } = await resultOf(await submit({ prompt: 'A fox', ...input }, endpoint));
		expect(data.images).toHaveLength(count);
		for (const { url } of data.images as Array<{ url: string }>) {
			expect(await shapeOf(url)).toEqual(shape);
		}
		for (const name of told) expect(data).toHaveProperty(name);
		if (endpoint.includes('flux-2-pro')) expect(Object.keys(data)).toEqual(['images', 'seed']);
	});

	it('has a data URI in the sync mode', async () => {
		const { data } = await resultOf(await submit({ ...small, sync_mode: true }));
		expect(await shapeOf(data.images[0].url)).toEqual(['jpeg', 64, 48]);
	});

	it('can be done before an earlier one', async () => {
		const [slow, quick] = await Promise.all([
			submit({ ...small, prompt: 'takes 400 ms' }),
			submit({ ...small, prompt: 'takes 1 ms' }),
		]);
		expect((await resultOf(quick)).status).toBe(200);
		expect((await service.http.get(slow.data.status_url)).data.status).not.toBe('COMPLETED');
		expect((await resultOf(slow)).status).toBe(200);
	});

	it('is billed when it is processed', async () => {
		await resultOf(await submit({ ...small, num_images: 2 }));
		const [request] = await service.requests();
		expect(request).toMatchObject({ status: 200, billedImages: 2 });
	});
});

describe('an edit', () => {
	it.each([
		['fal-ai/flux-2-pro/edit', 'image_urls', ['jpeg', 96, 64]],
		['fal-ai/flux-2/edit', 'image_urls', ['png', 96, 64]],
		['fal-ai/flux-pro/kontext', 'image_url', ['jpeg', 96, 64]],
		['fal-ai/flux-pro/kontext/max', 'image_url', ['jpeg', 96, 64]],
		['fal-ai/bytedance/seedream/v4/edit', 'image_urls', ['png', 2048, 2048]],
		['fal-ai/bytedance/seedream/v4.5/edit', 'image_urls', ['png', 2048, 2048]],
		['fal-ai/qwen-image-edit', 'image_url', ['png', 96, 64]],
	])('by %s takes %s', async (endpoint, field, [format]) => {
		const images = field === 'image_url' ? image : [image, image];
		const input = { prompt: 'A fox', [field]: images };
		const { status, data } = await resultOf(await submit(input, endpoint));
		expect(status).toBe(200);
		expect((await shapeOf(data.images[0].url))[0]).toBe(format);
	});

	it('keeps the size of the input, or a ratio', async () => {
		const pro = { prompt: 'A fox', image_urls: [image], image_size: 'auto' };
		const { data } = await resultOf(await submit(pro, 'fal-ai/flux-2-pro/edit'));
		expect(await shapeOf(data.images[0].url)).toEqual(['jpeg', 96, 64]);
		const kontext = { prompt: 'A fox', image_url: image, aspect_ratio: '16:9' };
		const other = await resultOf(await submit(kontext, 'fal-ai/flux-pro/kontext'));
		expect(await shapeOf(other.data.images[0].url)).toEqual(['jpeg', 1360, 768]);
	});

	it('takes a file that was uploaded, and meets faults for edits', async () => {
		const path = '/fal/storage/upload/initiate?storage_type=fal-cdn-v3';
		const { data } = await service.http.post(path, {
			content_type: 'image/png',
			file_name: 'a.png',
		});
		const { upload_url: upload, file_url: file } = data as Record<string, string>;
		expect((await service.http.get(file!)).status).toBe(404);
		const bytes = await photo(64, 96);
		const headers = { 'content-type': 'image/png' };
		expect((await service.http.put(upload!, bytes, { headers })).status).toBe(200);
		const input = { prompt: 'A fox', image_urls: [file], image_size: 'auto' };
		const result = await resultOf(await submit(input, 'fal-ai/flux-2-max/edit'));
		expect(await shapeOf(result.data.images[0].url)).toEqual(['jpeg', 64, 96]);
		await service.control('faults', { operation: 'edit', status: 503 });
		expect((await submit()).status).toBe(200);
		const response = await submit(input, 'fal-ai/flux-2-max/edit');
		expect(response.status).toBe(503);
		expect(response.data.error_type).toBe('runner_scheduling_failure');
	});
});

describe('moderation', () => {
	it('refuses a prompt with the result', async () => {
		const response = await resultOf(await submit({ ...small, prompt: 'Please refuse this' }));
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

describe(`a cancelled request (${CANCEL}, ${REQUEST_ERRORS})`, () => {
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
