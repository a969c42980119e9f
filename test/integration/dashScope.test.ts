import { DASHSCOPE_KEY, useDashScope } from '../helpers/dashScopeRun';
import { useEngine } from '../helpers/engine';
import { leaksOf } from '../helpers/imagesApi';
import { searchList } from '../helpers/listSearch';
import { useService } from '../image-service/helpers';

const engine = useEngine();
const service = useService({ apiKey: DASHSCOPE_KEY });
const { photos, run } = useDashScope(engine, service);

const QWEN = { family: 'qwen-image', model: 'qwen-image-2.0' };
const small = { ...QWEN, sizeType: 'custom', width: 640, height: 512 };
const dataUrl = (photo: Buffer | undefined) =>
	expect.stringMatching(`^data:image/png;base64,${photo?.toString('base64').slice(0, 40)}`);

describe('a request', () => {
	it('has a message, and every other field beside it', async () => {
		const options = { seed: 0, negativePrompt: 'rain', promptUpsampling: false, watermark: true };
		const { error, items } = await run({ ...small, n: 2, options });
		expect(error).toBeUndefined();
		expect(items.map(({ json: { width, height } }) => [width, height])).toEqual([
			[640, 512],
			[640, 512],
		]);
		const [request] = await service.requests();
		expect(request?.fields).toEqual({
			model: 'qwen-image-2.0',
			input: { messages: [{ role: 'user', content: [{ text: 'A lighthouse' }] }] },
			parameters: {
				n: 2,
				size: '640*512',
				seed: 0,
				negative_prompt: 'rain',
				prompt_extend: false,
				watermark: true,
			},
		});
	});

	it.each([1, 3])('has %i input images before the prompt', async (inputs) => {
		const { error, items } = await run({ ...small, operation: 'edit' }, { inputs });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		const [request] = await service.requests();
		const { input } = request?.fields as { input: { messages: Array<{ content: unknown }> } };
		const images = photos.slice(0, inputs).map((photo) => ({ image: dataUrl(photo) }));
		expect(input.messages[0]?.content).toEqual([...images, { text: 'A lighthouse' }]);
	});

	it('leaves the size to the model unless it is chosen', async () => {
		await service.control('bytes', { bytes: 4096 });
		await run(QWEN);
		const [request] = await service.requests();
		expect(request?.fields).toMatchObject({ parameters: { n: 1 } });
		expect(request?.fields).not.toHaveProperty('parameters.size');
	});

	it('for eight images of a model that makes six is two, with different seeds', async () => {
		await service.control('bytes', { bytes: 4096 });
		const { items } = await run({ ...QWEN, n: 8, options: { seed: 7 } });
		expect(items).toHaveLength(8);
		const sent = (await service.requests()).map(({ fields }) => {
			const { n, seed } = (fields as { parameters: { n: number; seed: number } }).parameters;
			return [n, seed];
		});
		expect(sent.sort()).toEqual([
			[2, 8],
			[6, 7],
		]);
	});

	it.each([
		['qwen-image', 'qwen-image'],
		['z-image', 'z-image-turbo'],
	])('for two images of a model that makes one is two: %s', async (family, model) => {
		await service.control('bytes', { bytes: 4096 });
		const { error, items } = await run({ family, model, n: 2 });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(2);
		expect(await service.requests()).toHaveLength(2);
	});

	it.each([
		[{ family: 'qwen-image', model: 'qwen-image', size: '1584x1056' }, /^'Size' "1584x1056" isn't/],
		[
			{ family: 'qwen-image', model: 'qwen-image', options: { steps: 20 } },
			/^'Steps' isn't supported by Alibaba DashScope/,
		],
		[{ family: 'flux', model: 'flux-2-pro' }, /isn't available from Alibaba DashScope/],
		[{ ...small, width: 500, height: 500 }, /total must be at least 262,144 pixels/],
	])('is not sent if the service cannot take it: %j', async (parameters, message) => {
		const { error } = await run(parameters);
		expect(error?.message).toMatch(message);
		expect(await service.requests()).toEqual([]);
	});
});

describe('the cost', () => {
	it.each([
		[small, 0.035],
		[{ family: 'z-image', model: 'z-image-turbo' }, 0.015],
		[{ family: 'z-image', model: 'z-image-turbo', promptUpsampling: true }, 0.03],
	])('is the price of each image: %j costs %f', async (parameters, cost) => {
		await service.control('bytes', { bytes: 4096 });
		const { items } = await run({ ...parameters, n: 2 });
		expect(items.map(({ json }) => json.costUsd)).toEqual([cost, cost]);
	});
});

describe('an error', () => {
	it('explains a refusal', async () => {
		const { error } = await run({ ...small, prompt: 'refuse' });
		expect(error?.message).toContain('Input data may contain inappropriate content');
		expect(error?.description).toMatch(/safety system refused/);
		expect(await service.requests()).toHaveLength(1);
	});

	it('explains a wrong key, without telling it', async () => {
		const result = await run(small, { apiKey: 'wrong-0123456789' });
		expect(result.error?.message).toContain('Invalid API-key provided');
		expect(result.error?.description).toMatch(/valid for this 'Base URL'/);
		expect(leaksOf(result, ['wrong-0123456789'])).toEqual([]);
	});

	it('waits for a rate limit, and for a model without capacity', async () => {
		await service.control('faults', [
			{ operation: 'generate', status: 429, retryAfter: 0 },
			{ operation: 'generate', status: 503, retryAfter: 0 },
		]);
		const { error, items } = await run(small);
		expect(error).toBeUndefined();
		expect(items[0]?.json.attempts).toBe(3);
	});
});

it('lists its models, those that make images without a filter', async () => {
	const credentials = {
		service: 'dashScope',
		apiKey: DASHSCOPE_KEY,
		dashScopeBaseUrl: `${service.url}/dashscope`,
	};
	const list = async (filter?: string) =>
		(await searchList('searchModels', credentials, filter)).results.map(({ value }) => value);
	expect(await list()).toEqual(expect.arrayContaining(['qwen-image-3.0', 'wan2.5-t2i-preview']));
	expect(await list()).not.toContain('qwen-plus');
	expect(await list('plus')).toContain('qwen-plus');
});

it('tells no key to the host of a result', async () => {
	await service.control('bytes', { bytes: 4096 });
	const { error } = await run(QWEN);
	expect(error).toBeUndefined();
	const { data } = await service.http.get('/control/downloads');
	expect(data).toEqual([{ path: expect.any(String), status: 200, credentials: false }]);
});
