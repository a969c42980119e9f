import type { Job } from '../../demo/image-service/jobs';
import { DASHSCOPE_KEY, useDashScope } from '../helpers/dashScopeRun';
import { useEngine } from '../helpers/engine';
import { json, useImagesApi } from '../helpers/imagesApi';
import { numberedPicture } from '../helpers/pictures';
import { RETRY_ON_FAIL } from '../helpers/promptRun';
import { useService } from '../image-service/helpers';

const engine = useEngine();
const service = useService({ apiKey: DASHSCOPE_KEY });
const { photos, run } = useDashScope(engine, service);
const AIGC = '/dashscope/api/v1/services/aigc';

beforeEach(async () => {
	await service.control('jobs', { queuedMs: 5, runningMs: 5 });
	await service.control('bytes', { bytes: 4096 });
});

const jobs = async (): Promise<Job[]> => (await service.http.get('/control/jobs')).data;
const submits = async () => (await service.requests()).length;

const WAN = { family: 'wan', model: 'wan2.6-t2i' };
const OLD_WAN = { family: 'wan', model: 'wan2.2-t2i-flash' };
const EDIT = { family: 'wan', model: 'wan2.5-i2i-preview', operation: 'edit' };

describe('a request', () => {
	it('of Wan 2.6 has a message', async () => {
		const options = { seed: 0, negativePrompt: 'rain', promptUpsampling: false };
		const { items } = await run({ ...WAN, n: 3, options });
		expect(items).toHaveLength(3);
		const [request] = await service.requests();
		expect(request).toMatchObject({ path: `${AIGC}/image-generation/generation` });
		expect(request?.fields).toEqual({
			model: 'wan2.6-t2i',
			input: { messages: [{ role: 'user', content: [{ text: 'A lighthouse' }] }] },
			parameters: {
				n: 3,
				size: '1280*1280',
				seed: 0,
				negative_prompt: 'rain',
				prompt_extend: false,
			},
		});
	});

	it('of Wan 2.5 and older has both prompts beside each other', async () => {
		const { items } = await run({ ...OLD_WAN, n: 2, options: { negativePrompt: 'rain' } });
		expect(items).toHaveLength(2);
		expect(items[0]?.json.revisedPrompt).toBe('A lighthouse');
		const [request] = await service.requests();
		expect(request).toMatchObject({ path: `${AIGC}/text2image/image-synthesis` });
		expect(request?.fields).toEqual({
			model: 'wan2.2-t2i-flash',
			input: { prompt: 'A lighthouse', negative_prompt: 'rain' },
			parameters: { n: 2, size: '1024*1024' },
		});
	});

	it.each([1, 3])('of an old edit has %i images and both prompts', async (inputs) => {
		const parameters = { ...EDIT, options: { negativePrompt: 'rain' } };
		const { error } = await run(parameters, { inputs });
		expect(error).toBeUndefined();
		const [request] = await service.requests();
		expect(request).toMatchObject({ path: `${AIGC}/image2image/image-synthesis` });
		const images = photos
			.slice(0, inputs)
			.map((photo) => `data:image/png;base64,${photo.toString('base64')}`);
		expect(request?.fields).toEqual({
			model: 'wan2.5-i2i-preview',
			input: { prompt: 'A lighthouse', negative_prompt: 'rain', images },
			parameters: { n: 1 },
		});
	});

	it.each(['wan2.6-t2i', 'wan2.2-t2i-flash'])(
		'of a model that is only named asks for one image all the same: %s',
		async (value) => {
			const modelId = { __rl: true, mode: 'id', value };
			const { error, items } = await run({ family: 'other', modelId });
			expect(error).toBeUndefined();
			expect(items).toHaveLength(1);
			expect((await service.requests())[0]?.fields).toMatchObject({ parameters: { n: 1 } });
		},
	);

	it('of a model that nobody knows yet asks for one image, or for as many as were chosen', async () => {
		const { api, submitted } = unknownModel();
		const modelId = { __rl: true, mode: 'id', value: 'wan3.0-image' };
		const target = { url: api.url };
		await run({ family: 'other', modelId }, target);
		await run({ family: 'other', modelId, n: '2' }, target);
		expect(submitted()).toEqual([{ n: 1 }, { n: 2 }]);
	});

	it('of Wan 2.7 can be 4K, unless it edits', async () => {
		const pro = { family: 'wan', model: 'wan2.7-image-pro', size: '4K' };
		expect((await run(pro)).error).toBeUndefined();
		const { error } = await run({ ...pro, operation: 'edit' });
		expect(error?.message).toMatch(/^'Size' "4K"/);
		expect(await submits()).toBe(1);
	});
});

const other = useImagesApi();

/** An API that fails every job. */
function unknownModel() {
	other.reply(async (request, response) => {
		const isSubmitted = request.method === 'POST';
		const output = isSubmitted
			? { task_id: 'task-1', task_status: 'PENDING' }
			: { task_id: 'task-1', task_status: 'FAILED', code: 'InternalError', message: 'No' };
		await json({ output })(request, response);
	});
	const submitted = () =>
		other.requests
			.filter(({ method }) => method === 'POST')
			.map(({ body }) => (JSON.parse(String(body)) as { parameters: unknown }).parameters);
	return { api: other, submitted };
}

describe('the size', () => {
	it.each([
		[{ ...OLD_WAN, sizeType: 'custom', width: 640, height: 512 }, 640, 512],
		[{ ...EDIT, sizeType: 'custom', width: 768, height: 1024 }, 768, 1024],
	])('is that of the image: %j', async (parameters, width, height) => {
		await service.http.delete('/control/bytes');
		const { items } = await run(parameters);
		expect(items[0]?.json).toMatchObject({ width, height });
		expect(items[0]?.json.warnings).toBeUndefined();
	});
});

describe('a job', () => {
	it('is asked for until it is done', async () => {
		const prompt = 'queued 700 ms, takes 700 ms';
		const { error, items } = await run({ family: 'wan', model: 'wan2.7-image', prompt });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ attempts: 1, costUsd: 0.03 });
		expect((await jobs())[0]?.polls).toBeGreaterThanOrEqual(2);
		expect(await submits()).toBe(1);
	});

	it('outlives questions that get lost', async () => {
		await service.control('faults', [
			{ operation: 'poll', reset: 'before-headers' },
			{ operation: 'poll', status: 429 },
			{ operation: 'poll', truncateAt: 10 },
		]);
		const { error, items } = await run(WAN);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(await submits()).toBe(1);
	});

	it('that takes too long is fetched by the next try', async () => {
		const parameters = { ...WAN, prompt: 'takes 2500 ms', options: { timeout: 2 } };
		const { error, items } = await run(parameters, { ...RETRY_ON_FAIL });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(await submits()).toBe(1);
	});

	it.each([
		['refuse', /^FAILED: Input data may contain inappropriate content/, /safety system refused/],
		['fail', /^FAILED: An internal error has occured/, /Run the node again/],
	])('that failed is explained, and forgotten: %s', async (prompt, message, advice) => {
		const { error } = await run({ ...WAN, prompt }, { ...RETRY_ON_FAIL });
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(advice);
		// n8n's own retry submits anew.
		expect(await submits()).toBe(2);
	});

	it('whose input is of no use is explained', async () => {
		await service.http.delete('/control/bytes');
		const data = await numberedPicture(4, { width: 200, height: 400 });
		const parameters = { family: 'wan', model: 'wan2.6-image', operation: 'edit' };
		const items = [{ binary: { photo0: { data, mimeType: 'image/png', fileName: 'a.png' } } }];
		const { error } = await run(parameters, { items });
		expect(error?.message).toMatch(/input image resolution is too large or small/);
		expect(error?.description).toMatch(/Check the input images/);
		expect(error?.description).toMatch(/request ID [\da-f-]{36}/);
	});

	it('that loses one of its images delivers the others', async () => {
		const { error, items } = await run({ ...OLD_WAN, n: 2, prompt: 'refuse one' });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(JSON.stringify(items[0]?.json.warnings)).toMatch(/inappropriate content/);
	});

	it('that somebody canceled is over', async () => {
		const prompt = 'queued 9000 ms';
		const running = run({ ...WAN, prompt });
		let job: Job | undefined;
		while (!job) [job] = await jobs();
		const headers = { authorization: `Bearer ${DASHSCOPE_KEY}` };
		await service.http.post(`/dashscope/api/v1/tasks/${job.id}/cancel`, {}, { headers });
		const { error } = await running;
		expect(error?.message).toBe('The service ended the job without an image: CANCELED');
	});

	it('is canceled with the execution as long as it waits', async () => {
		const stop = new AbortController();
		const prompt = 'queued 9000 ms';
		const running = run({ ...WAN, prompt }, { stop: stop.signal });
		while (((await jobs())[0]?.polls ?? 0) === 0) await new Promise(setImmediate);
		stop.abort();
		expect((await running).status).toBe('canceled');
		expect((await jobs())[0]?.state).toBe('canceled');
	});

	it('that is unknown is asked for as long as it may be new', async () => {
		const prompt = 'queued 9000 ms';
		const parameters = { ...WAN, prompt, options: { timeout: 4 } };
		const running = run(parameters);
		while (((await jobs())[0]?.polls ?? 0) === 0) await new Promise(setImmediate);
		await service.http.delete('/control/jobs');
		const { error } = await running;
		expect(error?.message).toMatch(/^Still being generated at Alibaba DashScope \(job /);
		expect(await submits()).toBe(1);
	});
});
