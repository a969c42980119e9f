import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';

import type { Job } from '../../demo/image-service/jobs';
import { REPLICATE } from '../../nodes/AiImages/services/replicate';
import { MODELS } from '../../nodes/AiImages/models';
import { useEngine } from '../helpers/engine';
import { json, leaksOf, raw, useImagesApi, type Reply } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import { RETRY_ON_FAIL } from '../helpers/promptRun';
import { credentials, FLUX, KEY, replicateAt, usePassage } from '../helpers/replicate';
import { useService } from '../image-service/helpers';

const service = useService({ apiKey: KEY });
const front = useImagesApi();
const hostile = useImagesApi();
const { runOf, jobs, inputs, submits } = replicateAt(service);

describe.each(['filesystem', 'default'] as const)('with binary data in %s mode', (binaryMode) => {
	const engine = useEngine({ binaryMode });

	it('a prediction is asked for until it is done', async () => {
		const { error, outputs } = await engine.runWorkflow(runOf('A cat, takes 1000 ms'));
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json).toMatchObject({
			model: 'black-forest-labs/flux-2-pro',
			width: 1024,
			height: 1024,
			attempts: 1,
		});
		expect(outputs[0]?.[0]?.binary?.data?.mimeType).toBe('image/jpeg');
		const [job] = await jobs();
		expect(job?.polls).toBeGreaterThanOrEqual(2);
		expect(await inputs()).toEqual([
			{
				prompt: 'A cat, takes 1000 ms',
				aspect_ratio: 'custom',
				width: 1024,
				height: 1024,
				output_format: 'jpg',
			},
		]);
	});

	it('a list of links becomes an image each', async () => {
		const parameters = { ...FLUX, model: 'flux-1-schnell', prompt: 'A cat', n: 3, options: {} };
		const { error, outputs } = await engine.runWorkflow(runOf('', { parameters }));
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(3);
		expect(await inputs()).toEqual([expect.objectContaining({ num_outputs: 3 })]);
	});
});

describe('a prediction', () => {
	const engine = useEngine();

	it('that failed is forgotten', async () => {
		const { error } = await engine.runWorkflow(runOf('fail', { ...RETRY_ON_FAIL }));
		expect(error?.message).toBe('failed: The model could not draw this.');
		expect(await submits()).toBe(2);
	});

	it.each([
		['of models that run there', 'flux-1-schnell', /NSFW content detected/],
		['of other makers', 'flux-2-pro', /flagged as sensitive/],
	])('that is refused says so, in the words %s', async (_, model, message) => {
		const parameters = { ...FLUX, model, prompt: 'refuse', options: {} };
		const { error } = await engine.runWorkflow(runOf('', { parameters }));
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(/safety system refused/);
		expect(await submits()).toBe(1);
	});

	it.each(['another E005 problem', 'NSFW content'])(
		'with the code of a refusal: %s',
		async (text) => {
			const ticket = {
				id: 'p1',
				status: 'starting',
				urls: { get: `${front.url}/v1/predictions/p1` },
			};
			front.reply(json({ ...ticket, status: 'failed', error: text }, 201));
			const { error } = await engine.runWorkflow(
				runOf('A cat', { credentials: credentials(front.url) }),
			);
			expect(error?.description).toMatch(/safety system refused/);
		},
	);
});

describe('the ticket of a prediction', () => {
	const engine = useEngine();
	const front = useImagesApi();
	const posts = () => front.requests.filter(({ method }) => method === 'POST');
	const prediction = (more: object) => ({
		id: 'p1',
		status: 'starting',
		urls: {
			get: `${front.url}/v1/predictions/p1`,
			cancel: `${front.url}/v1/predictions/p1/cancel`,
		},
		...more,
	});
	const output = () => `${front.url}/a.png`;

	/** Responds to questions, and to requests as told. */
	const answer = (status: object, post: Reply) =>
		front.reply(async (request, response) => {
			if (request.method === 'POST') return await post(request, response);
			if (request.path.endsWith('.png')) return await raw(await picture())(request, response);
			return await json(status)(request, response);
		});

	it('is found behind inputs that it repeats, however large', async () => {
		const input = { input_images: Array(8).fill(`data:image/png;base64,${'A'.repeat(340_000)}`) };
		const repeated = (more: object) => ({ input, ...prediction(more) });
		answer(repeated({ status: 'succeeded', output: output() }), json(repeated({}), 201));
		const run = runOf('A cat', { credentials: credentials(front.url) });
		const { error, outputs } = await engine.runWorkflow(run);
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(1);
		expect(posts()).toHaveLength(1);
	});

	it.each([
		['before its address is complete', '/v1/pre', 2],
		['after its address', '"cancel"', 1],
	])('that breaks off %s', async (_, last, requests) => {
		answer(prediction({ status: 'succeeded', output: output() }), (_request, response) => {
			const text = JSON.stringify(prediction({}));
			response.writeHead(201, { 'content-length': text.length });
			response.write(text.slice(0, text.indexOf(last) + last.length), () => response.destroy());
		});
		const run = runOf('A cat', { credentials: credentials(front.url), ...RETRY_ON_FAIL });
		const { error, outputs } = await engine.runWorkflow(run);
		expect(outputs[0] ?? []).toHaveLength(2 - requests);
		expect(error?.message ?? '').toMatch(requests === 1 ? /^$/ : /closed the connection/);
		expect(posts()).toHaveLength(requests);
	});

	it.each([
		['is awaited when the execution is stopped, to cancel the prediction', 'starting', 2],
		['is kept then if the prediction has begun', 'processing', 1],
	])('%s', async (_, status, requests) => {
		const stop = new AbortController();
		answer({}, async (request, response) => {
			if (request.path.endsWith('/cancel')) {
				return await json(prediction({ status: 'canceled' }))(request, response);
			}
			stop.abort();
			await sleep(100);
			return await json(prediction({ status }), 201)(request, response);
		});
		const run = runOf('A cat', { credentials: credentials(front.url), stop: stop.signal });
		const result = await engine.runWorkflow(run);
		expect(result.status).toBe('canceled');
		const isKept = () => JSON.stringify(result.contextData).includes('/v1/predictions/p1');
		await untilTrue(() => posts().length === requests && isKept() === (requests === 1));
	});

	it('that never comes ends with the timeout, as canceled', async () => {
		const stop = new AbortController();
		answer({}, () => stop.abort());
		const parameters = { ...FLUX, prompt: 'A cat', options: { timeout: 1 } };
		const own = { parameters, credentials: credentials(front.url), stop: stop.signal };
		const { status, error } = await engine.runWorkflow(runOf('', own));
		expect(status).toBe('canceled');
		expect(error?.message).toMatch(/canceled/);
		expect(posts()).toHaveLength(1);
	});
});

describe('the cost of a prediction', () => {
	const engine = useEngine();

	it('is not known, so that it cannot be limited', async () => {
		const parameters = { ...FLUX, prompt: 'A cat', options: { maxCost: 1 } };
		const { error } = await engine.runWorkflow(runOf('', { parameters }));
		expect(error?.message).toBe(
			"'Max Cost per Run' needs the prices of black-forest-labs/flux-2-pro, which aren't known. Use a credential for Black Forest Labs or OpenRouter, where the cost is reported, add Text Input and Image Output to 'Token Prices' in Options, or remove 'Max Cost per Run'",
		);
		expect(await service.requests()).toEqual([]);
	});
});

describe('the links of a prediction', () => {
	const engine = useEngine();
	const memory = useEngine({ binaryMode: 'default' });
	const front = useImagesApi();
	const posts = () => front.requests.filter(({ method }) => method === 'POST');
	const prediction = (id: string, more: object) => ({
		id,
		urls: { get: `${front.url}/v1/predictions/${id}` },
		...more,
	});

	/** Each question is answered with new links; those of the first answer have expired. */
	function expire({ isGone = false, isSilent = false } = {}): void {
		let asked = 0;
		front.reply(async (request, response) => {
			if (request.method === 'POST') {
				return await json(prediction('p1', { status: 'starting' }), 201)(request, response);
			}
			if (request.path.startsWith('/old')) return await json({}, 410)(request, response);
			if (request.path.endsWith('.png')) return await raw(await picture())(request, response);
			const name = asked++ === 0 ? 'old' : 'new';
			if (isSilent && name === 'new') return await json({}, 503)(request, response);
			const isRemoved = isGone && name === 'new' && posts().length === 1;
			const output = isRemoved ? null : [0, 1].map((index) => `${front.url}/${name}-${index}.png`);
			await json(prediction('p1', { status: 'succeeded', output }))(request, response);
		});
	}

	it.each([
		['the storage', () => engine],
		['memory', () => memory],
	])('that have expired are asked for anew by a retry, with files in %s', async (_, n8n) => {
		expire();
		const run = runOf('A cat', { credentials: credentials(front.url), ...RETRY_ON_FAIL });
		const { error, outputs } = await n8n().runWorkflow(run);
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(2);
		expect(posts()).toHaveLength(1);
	});

	it('that have expired are asked for anew by Resume Job', async () => {
		expire();
		const run = runOf('A cat', { credentials: credentials(front.url) });
		const first = await engine.runWorkflow({ ...run, onError: 'continueRegularOutput' });
		const { details } = first.outputs[0]?.[0]?.json as { details: { job: object } };
		expect(details.job).toMatchObject({ service: 'Replicate', id: 'p1' });
		const options = { resumeJob: JSON.stringify(details.job) };
		const parameters = { ...run.parameters, options };
		const { error, outputs } = await engine.runWorkflow({ ...run, parameters });
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(2);
		expect(posts()).toHaveLength(1);
	});

	it('are kept while nobody tells whether there are new ones', async () => {
		expire({ isSilent: true });
		const more = { credentials: credentials(front.url), ...RETRY_ON_FAIL, maxTries: 2 };
		const { error } = await engine.runWorkflow(runOf('A cat', more));
		expect((error as { description?: string }).description).toMatch(/Their links are saved/);
		expect(posts()).toHaveLength(1);
	});

	it('that have expired for good are given up, and the next retry submits anew', async () => {
		expire({ isGone: true });
		const more = { credentials: credentials(front.url), ...RETRY_ON_FAIL, maxTries: 3 };
		const { outputs, error } = await engine.runWorkflow(runOf('A cat', more));
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(2);
		expect(posts()).toHaveLength(2);
	});
});

describe('the stop button', () => {
	const engine = useEngine();
	const passage = usePassage(service);
	const cancels = () => passage.seen.filter((each) => each.endsWith('/cancel'));
	const passing = () => ({ credentials: credentials(`${passage.url()}/replicate`) });

	async function stopIn(state: Job['state'], prompt: string) {
		const stop = new AbortController();
		const running = engine.runWorkflow(runOf(prompt, { ...passing(), stop: stop.signal }));
		// Until the node has been told the state.
		while ((await jobs())[0]?.state !== state || ((await jobs())[0]?.polls ?? 0) < 2) {
			await sleep(20);
		}
		stop.abort();
		return await running;
	}

	it('cancels a prediction that has not started, once, and forgets it', async () => {
		const { status, contextData } = await stopIn('queued', 'queued 20000 ms');
		expect(status).toBe('canceled');
		await untilTrue(async () => (await jobs())[0]?.state === 'canceled');
		const { id } = (await jobs())[0] as Job;
		await untilTrue(() => !JSON.stringify(contextData).includes(id));
		expect(cancels()).toEqual([`POST /replicate/v1/predictions/${id}/cancel`]);
	});

	it('leaves one alone that is being generated, and keeps its ticket', async () => {
		const { status, contextData } = await stopIn('running', 'takes 20000 ms');
		expect(status).toBe('canceled');
		const [job] = await jobs();
		expect(job?.state).toBe('running');
		expect(JSON.stringify(contextData)).toContain(`/replicate/v1/predictions/${job?.id}`);
		expect(cancels()).toEqual([]);
	});

	it('is no reason to forget a job that another try fetches', async () => {
		const parameters = { ...FLUX, prompt: 'takes 2500 ms', options: { timeout: 2 } };
		const run = runOf('', { parameters, ...RETRY_ON_FAIL });
		const { error, outputs } = await engine.runWorkflow(run);
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(1);
		expect(await submits()).toBe(1);
	});
});

async function untilTrue(isTrue: () => boolean | Promise<boolean>): Promise<void> {
	while (!(await isTrue())) await sleep(20);
}

describe('an address that a response names', () => {
	const engine = useEngine();
	const behind = (address: string) => ({ credentials: credentials(address) });

	it('gets no key if it is on another host', async () => {
		const get = `${hostile.url}/steal`;
		front.reply(json({ id: 'p1', status: 'starting', urls: { get } }, 201));
		const result = await engine.runWorkflow(runOf('A cat', behind(front.url)));
		expect(result.error?.message).toMatch(/named .+ as the host of its job, which isn't its own/);
		expect(hostile.requests).toEqual([]);
		expect(leaksOf(result, [KEY])).toEqual([]);
	});

	it('gets no key to cancel a job, either', async () => {
		const stop = new AbortController();
		front.reply((request, response) => {
			const get = `${front.url}/v1/predictions/p1`;
			const urls = { get, cancel: `${hostile.url}/steal` };
			json({ id: 'p1', status: 'starting', urls })(request, response);
			if (request.method === 'GET') stop.abort();
		});
		const run = runOf('A cat', { ...behind(front.url), stop: stop.signal });
		const { status, contextData } = await engine.runWorkflow(run);
		expect(status).toBe('canceled');
		await sleep(200);
		expect(hostile.requests).toEqual([]);
		expect(JSON.stringify(contextData)).toContain('/v1/predictions/p1');
	});
});

describe('each model', () => {
	const engine = useEngine();
	const served = Object.keys(REPLICATE.models) as Array<keyof typeof MODELS>;

	it.each(served)('is asked for what it publishes: %s', async (model) => {
		await service.control('bytes', { bytes: 4096 });
		const { family, operations } = MODELS[model];
		// Transparent, which stands for a mask where a model needs one.
		const create = { width: 64, height: 64, channels: 4 as const, background: '#08f8' };
		const data = await sharp({ create }).png().toBuffer();
		for (const operation of operations) {
			const { error, outputs } = await engine.runWorkflow(
				runOf('', {
					parameters: { family, model, operation, prompt: 'A fox' },
					items: [{ binary: { data: { data, mimeType: 'image/png', fileName: 'a.png' } } }],
				}),
			);
			expect(error).toBeUndefined();
			expect(outputs[0]).toHaveLength(1);
		}
	});
});
