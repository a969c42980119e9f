import { startImageService } from '../../demo/image-service/server.ts';
import { dashScopeClient } from './dashScopeClient';
import { edit, job, now, refused, says, text } from './dashScopeRequests';
import { FILE_URL, dataUrl, form, photo, useService } from './helpers';

const ERRORS = 'https://help.aliyun.com/zh/model-studio/error-code';

const service = useService();
const { post, ask, sizeOf } = dashScopeClient(service);

let image: string;
beforeAll(async () => {
	image = dataUrl(await photo(768, 384));
});

const request = { request_id: expect.any(String) };

describe('an answer at once', () => {
	it('has its pictures in one choice', async () => {
		const parameters = { n: 2, size: '768*512', prompt_extend: false, watermark: false, seed: 1 };
		const { status, data } = await ask(now, 'qwen-image-2.0', parameters);
		expect(status).toBe(200);
		const picture = { image: expect.stringMatching(FILE_URL) };
		expect(data).toEqual({
			...request,
			output: {
				choices: [
					{
						finish_reason: 'stop',
						message: { role: 'assistant', content: [picture, picture] },
					},
				],
			},
			usage: { image_count: 2, width: 768, height: 512 },
		});
	});

	it.each([
		['qwen-image', {}, 1664, 928],
		['qwen-image-max', { size: '1104*1472', n: 1 }, 1104, 1472],
		['qwen-image-2.0-pro', {}, 2048, 2048],
		['qwen-image-3.0', { size: '1024*512', negative_prompt: 'cats' }, 1024, 512],
		['z-image-turbo', {}, 1024, 1536],
		['wan2.6-t2i', { n: 1 }, 1280, 1280],
		['wan2.7-image', { size: '1K', thinking_mode: false }, 1024, 1024],
	])('by %s with %j has %i × %i pixels', async (model, parameters, width, height) => {
		const { data } = await ask(now, model, parameters);
		const [picture] = data.output.choices[0].message.content;
		expect(await sizeOf(picture.image as string)).toEqual(['png', width, height]);
	});

	it('tells the prompt beside the picture of Z-Image', async () => {
		const { data } = await ask(now, 'z-image-turbo', { size: '512*512' });
		expect(data.output.choices[0].message).toEqual({
			role: 'assistant',
			content: [{ image: expect.stringMatching(FILE_URL) }, { text: 'A fox' }],
			reasoning_content: '',
		});
	});

	it.each([
		['qwen-image-edit', 1, {}, 1456, 720],
		['qwen-image-edit-plus', 3, { size: '1024*1024' }, 1024, 1024],
		['qwen-image-edit-max', 2, { n: 1 }, 1456, 720],
		['qwen-image-2.0', 1, { size: '768*512' }, 768, 512],
		['wan2.6-image', 4, { n: 1 }, 1808, 912],
		['wan2.6-image', 1, { n: 1, size: '1000*1000' }, 1008, 1008],
	])('by %s edits %i images with %j', async (model, count, parameters, width, height) => {
		const input = says('A fox', Array(count).fill(image));
		const { status, data } = await post(now, { model, input, parameters });
		expect(status).toBe(200);
		const [picture] = data.output.choices[0].message.content;
		expect(await sizeOf(picture.image as string)).toEqual(['png', width, height]);
	});

	it('is recorded and billed, and meets faults for edits', async () => {
		await ask(now, 'qwen-image-2.0', { n: 2, size: '512*512' });
		expect((await service.requests())[0]).toMatchObject({ images: 2, billedImages: 2 });
		await service.control('faults', { operation: 'edit', status: 429 });
		const input = says('A fox', [image]);
		const { status, data } = await post(now, { model: 'qwen-image-edit', input });
		expect([status, data.code]).toEqual([429, 'Throttling.RateQuota']);
	});

	it('refuses some prompts, and fails with others', async () => {
		const withheld = await ask(now, 'qwen-image', {}, 'Please refuse this');
		expect([withheld.status, withheld.data]).toEqual([
			400,
			{
				...request,
				code: 'DataInspectionFailed',
				message: 'Input data may contain inappropriate content.',
			},
		]);
		const failed = await ask(now, 'qwen-image', {}, 'fail');
		expect([failed.status, failed.data.code]).toEqual([500, 'InternalError.Algo']);
		const billed = (await service.requests()).map(({ billedImages }) => billedImages);
		expect(billed).toEqual([0, 0]);
	});
});

it.each(refused)('refuses %s at %s: %j is %s (%s)', async (...row) => {
	const [, path, body, said] = row;
	const json = JSON.stringify(body).replaceAll('"image":1', `"image":"${image}"`);
	const filled = json.replaceAll(/"images":\[[1,]+\]/g, (list) =>
		list.replaceAll('1', `"${image}"`),
	);
	const response = await post(path, JSON.parse(filled));
	expect(response.status).toBe(400);
	const { code, message, ...others } = response.data as Record<string, string>;
	expect(`${code}: ${message}`).toContain(said);
	expect(code).toMatch(/^(?:Invalid|BadRequest)/);
	expect(others).toEqual(request);
});

it.each([
	[now, true, 'asynchronous'],
	[job, false, 'synchronous'],
	[text, false, 'synchronous'],
	[edit, false, 'synchronous'],
])(`has one manner at %s: %s is refused (${ERRORS})`, async (path, async, manner) => {
	const { status, data } = await post(path, { model: 'wan2.6-t2i', input: says('A') }, async);
	expect([status, data.code]).toEqual([403, 'AccessDenied']);
	expect(data.message).toContain(`does not support ${manner} calls`);
});

it.each([
	['GET', `/api/v1/services/aigc/${now}`, 400, 'InvalidParameter'],
	['POST', '/api/v1/services/aigc/images', 404, 'NotFound'],
	['POST', '/api/v1/images/generations', 404, 'NotFound'],
])(`answers %s %s with %i %s (${ERRORS})`, async (method, path, status, code) => {
	const response = await service.http.request({ method, url: `/dashscope${path}`, data: {} });
	expect([response.status, response.data.code]).toEqual([status, code]);
});

it(`refuses a form (${ERRORS})`, async () => {
	const { status, data } = await post(now, form([['prompt', 'A fox']]));
	expect([status, data.code]).toEqual([400, 'BadRequest.IllegalInput']);
});

it('lists its models among others', async () => {
	const { status, data } = await service.http.get('/dashscope/compatible-mode/v1/models');
	expect([status, data.object]).toEqual([200, 'list']);
	const ids = (data.data as Array<{ id: string }>).map(({ id }) => id);
	expect(ids).toEqual(expect.arrayContaining(['qwen-image-2.0', 'wan2.6-t2i', 'qwen-plus']));
});

it.each([
	[{}, 'No API-key provided.'],
	[{ authorization: 'Bearer wrong' }, 'Invalid API-key provided.'],
])(`refuses the key of %j (${ERRORS})`, async (headers, message) => {
	const locked = await startImageService({ apiKey: 'right' });
	try {
		const path = `${locked.url}/dashscope`;
		const native = await service.http.get(`${path}/api/v1/tasks/1`, { headers });
		expect([native.status, native.data]).toEqual([
			401,
			{ ...request, code: 'InvalidApiKey', message },
		]);
		const other = await service.http.get(`${path}/compatible-mode/v1/models`, { headers });
		expect([other.status, other.data.error.code]).toEqual([401, 'invalid_api_key']);
	} finally {
		await locked.close();
	}
});
