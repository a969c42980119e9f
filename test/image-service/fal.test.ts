import { falClient, small } from './falClient';
import type { Ticket } from './falClient';
import { FILE_URL, dataUrl, photo, useService } from './helpers';

const service = useService();
const { submit, statesOf, resultOf, shapeOf } = falClient(service);

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
		['fal-ai/flux-2/klein/4b', {}, 1, ['jpeg', 1024, 1024], ['has_nsfw_concepts']],
		['fal-ai/flux-pro/kontext/text-to-image', {}, 1, ['jpeg', 1024, 1024], ['seed']],
		[
			'fal-ai/bytedance/seedream/v5/lite/text-to-image',
			{ image_size: 'auto_2K' },
			...([1, ['png', 2048, 2048], ['seed']] as const),
		],
		[
			'fal-ai/nano-banana-2',
			{ aspect_ratio: '1:4', resolution: '0.5K' },
			...([1, ['png', 256, 1024], []] as const),
		],
		['fal-ai/gpt-image-1.5', { image_size: '1536x1024' }, 1, ['png', 1536, 1024], []],
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
