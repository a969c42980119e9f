import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';

import type { Job } from '../../demo/image-service/jobs';
import { REPLICATE } from '../../nodes/AiImages/services/replicate';
import { MODELS } from '../../nodes/AiImages/models';
import { useEngine } from '../helpers/engine';
import { json, leaksOf, useImagesApi } from '../helpers/imagesApi';
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
		const create = { width: 64, height: 64, channels: 3 as const, background: '#08f' };
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
