import type { Job } from '../../demo/image-service/jobs';
import { useEngine, type NodeRun } from '../helpers/engine';
import { json, leaksOf, useImagesApi } from '../helpers/imagesApi';
import { RETRY_ON_FAIL } from '../helpers/promptRun';
import { useService } from '../image-service/helpers';

const KEY = 'key-0123456789abcdefghij';
const service = useService({ apiKey: KEY });
const hostile = useImagesApi();
const FLUX = { family: 'flux', model: 'flux-2-pro', sizeType: 'preset', size: '1024x1024' };

const runOf = (prompts: readonly string[], more: Partial<NodeRun> = {}): NodeRun => ({
	parameters: { ...FLUX, prompt: '={{ $json.prompt }}', options: { timeout: 20 } },
	items: prompts.map((prompt) => ({ json: { prompt } })),
	credentials: {
		service: 'blackForestLabs',
		apiKey: KEY,
		blackForestLabsBaseUrl: `${service.url}/bfl`,
	},
	...more,
});

const jobs = async (): Promise<Job[]> => (await service.http.get('/control/jobs')).data;
const submits = async () => (await service.requests()).length;
const billed = async () =>
	(await service.requests()).reduce((sum, { billedImages }) => sum + billedImages, 0);

describe.each(['filesystem', 'default'] as const)(
	'a job, with binary data in %s mode',
	(binaryMode) => {
		const engine = useEngine({ binaryMode });

		it('is asked for until it is done', async () => {
			const { error, outputs } = await engine.runWorkflow(runOf(['A cat, takes 1500 ms']));
			expect(error).toBeUndefined();
			expect(outputs[0]).toHaveLength(1);
			expect(outputs[0]?.[0]?.json).toMatchObject({
				model: 'flux-2-pro',
				width: 1024,
				attempts: 1,
			});
			expect(outputs[0]?.[0]?.json.costUsd).toBeGreaterThan(0);
			const [job] = await jobs();
			expect(job?.polls).toBeGreaterThanOrEqual(2);
			expect(await submits()).toBe(1);
		});

		it('is limited by the cost that the service reports', async () => {
			const prompts = ['first', 'second', 'third'];
			const { outputs } = await engine.runWorkflow(runOf(['alone']));
			const cost = Number(outputs[0]?.[0]?.json.costUsd);
			const options = { timeout: 20, maxCost: 1.5 * cost };
			const parameters = { ...FLUX, prompt: '={{ $json.prompt }}', options };
			const { error } = await engine.runWorkflow(runOf(prompts, { parameters }));
			expect(error?.message).toMatch(/^'Max Cost per Run' is .* is already spent/);
			expect(await billed()).toBe(2);
		});

		it('can be done after a later one, and is delivered before it', async () => {
			const prompts = ['first, takes 1500 ms', 'second, takes 1 ms'];
			const { outputs } = await engine.runWorkflow(runOf(prompts));
			expect(outputs[0]?.map(({ json: { prompt } }) => prompt)).toEqual(prompts);
		});

		it('outlives questions that get lost', async () => {
			await service.control('faults', [
				{ operation: 'poll', reset: 'before-headers' },
				{ operation: 'poll', status: 503 },
				{ operation: 'poll', status: 429, retryAfter: 1 },
				{ operation: 'poll', truncateAt: 10 },
			]);
			const { error, outputs } = await engine.runWorkflow(runOf(['A cat']));
			expect(error).toBeUndefined();
			expect(outputs[0]).toHaveLength(1);
			expect(await submits()).toBe(1);
		});

		it('that takes too long is fetched by the next try', async () => {
			const parameters = { ...FLUX, prompt: 'takes 2500 ms', options: { timeout: 2 } };
			// On a busy machine, it takes more than one.
			const run = runOf(['x'], { parameters, ...RETRY_ON_FAIL, maxTries: 5 });
			const { error, outputs } = await engine.runWorkflow(run);
			expect(error).toBeUndefined();
			expect(outputs[0]).toHaveLength(1);
			expect(await submits()).toBe(1);
			expect(await billed()).toBe(1);
		});

		it('that takes too long is explained', async () => {
			const parameters = { ...FLUX, prompt: 'takes 5000 ms', options: { timeout: 1 } };
			const { error } = await engine.runWorkflow(runOf(['x'], { parameters }));
			const [job] = await jobs();
			expect(error?.message).toBe(`Still being generated at Black Forest Labs (job ${job?.id})`);
			expect(error?.description).toMatch(
				/^Retry this execution to fetch it; no new image is requested/,
			);
			expect(error?.description).toMatch(
				/1 image is still being generated\. Retrying this execution fetches it/,
			);
		});

		it('is kept when a neighbor fails', async () => {
			await service.control('faults', { promptIncludes: 'bad', status: 400, times: 1 });
			const run = runOf(['takes 1200 ms', 'bad'], { ...RETRY_ON_FAIL });
			const { error, outputs } = await engine.runWorkflow(run);
			expect(error).toBeUndefined();
			expect(outputs[0]).toHaveLength(2);
			// The refused one was never submitted as a job.
			expect(await jobs()).toHaveLength(2);
		});

		it.each([
			['refuse the prompt', /Request Moderated/, 0],
			['refuse the result', /Content Moderated/, 1],
		])('that is refused ends at once: %s', async (prompt, message, cost) => {
			const { error } = await engine.runWorkflow(runOf([prompt], { ...RETRY_ON_FAIL }));
			expect(error?.message).toMatch(message);
			expect(error?.description).toMatch(/safety system refused/);
			// n8n's own retry submits anew.
			expect(await submits()).toBe(2);
			expect(await billed()).toBe(2 * cost);
		});

		it('that failed is forgotten', async () => {
			const { error } = await engine.runWorkflow(runOf(['fail'], { ...RETRY_ON_FAIL }));
			expect(error?.message).toBe('The service ended the job without an image: Error');
			expect(await submits()).toBe(2);
		});

		it('whose key is refused is kept', async () => {
			await service.control('faults', { operation: 'poll', status: 403 });
			const { error, outputs } = await engine.runWorkflow(runOf(['A cat'], { ...RETRY_ON_FAIL }));
			expect(error).toBeUndefined();
			expect(outputs[0]).toHaveLength(1);
			expect(await submits()).toBe(1);
		});

		it('is told as data where the execution goes on', async () => {
			const parameters = { ...FLUX, prompt: 'takes 5000 ms', options: { timeout: 1 } };
			const run = runOf(['x'], { parameters, onError: 'continueRegularOutput' });
			const { outputs } = await engine.runWorkflow(run);
			const [job] = await jobs();
			expect(outputs[0]?.[0]?.json.details).toMatchObject({
				job: {
					service: 'Black Forest Labs',
					id: job?.id,
					url: `${service.url}/bfl/v1/get_result?id=${job?.id}`,
				},
			});
		});
	},
);

describe('the stop button', () => {
	const engine = useEngine();

	it('ends the wait at once', async () => {
		const stop = new AbortController();
		const running = engine.runWorkflow(runOf(['takes 20000 ms'], { stop: stop.signal }));
		while ((await jobs())[0]?.state !== 'running') await new Promise(setImmediate);
		stop.abort();
		const { status } = await running;
		expect(status).toBe('canceled');
		expect((await jobs())[0]?.endedAt).toBeNull();
	});
});

describe('an answer that waits for a key', () => {
	const engine = useEngine();

	it.each([
		['another host', (url: string) => url.replace('127.0.0.1', 'localhost')],
		['another port', (url: string) => url],
		['a user in front of the host', (url: string) => `${service.url}@${new URL(url).host}/`],
		['no address', () => 'javascript:alert(1)'],
	])('gets none at %s', async (_, lure) => {
		const api = useless();
		const url = lure(`${hostile.url}/steal`);
		api(url);
		const run = runOf(['A cat'], {
			credentials: { ...runOf([]).credentials, blackForestLabsBaseUrl: `${front.url}/bfl` },
		});
		const result = await engine.runWorkflow(run);
		expect(result.error?.message).toMatch(/named .+ as the host of its job, which isn't its own/);
		expect(hostile.requests).toEqual([]);
		expect(leaksOf(result, [KEY])).toEqual([]);
	});

	const front = useImagesApi();
	const useless = () => (polling_url: string) => front.reply(json({ id: 'job-1', polling_url }));
});
