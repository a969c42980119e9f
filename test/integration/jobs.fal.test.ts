import { useEngine, type NodeRun } from '../helpers/engine';
import { json, leaksOf, raw, useImagesApi, type Reply } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import { RETRY_ON_FAIL } from '../helpers/promptRun';
import { useService } from '../image-service/helpers';

const KEY = 'key-0123456789abcdefghij';
const engine = useEngine();

/** FLUX.2 Dev makes several images at once, and tells which of them moderation withheld. */
const FLUX = { family: 'flux', model: 'flux-2-dev', prompt: 'A cat', options: { timeout: 20 } };

const runOf = (url: string, more: Partial<NodeRun> = {}): NodeRun => ({
	credentials: { service: 'fal', apiKey: KEY, falBaseUrl: url },
	...more,
	parameters: { ...FLUX, ...more.parameters },
});

describe('a job at fal', () => {
	const service = useService({ apiKey: KEY });
	const run = async (parameters: NodeRun['parameters'] = {}, more: Partial<NodeRun> = {}) =>
		await engine.runWorkflow(runOf(`${service.url}/fal`, { ...more, parameters }));
	const submits = async () => (await service.requests()).length;

	it('is asked for until it is done, and has its result at another address', async () => {
		const { error, outputs } = await run({ prompt: 'queued 200 ms, takes 900 ms', n: 2 });
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(2);
		expect(outputs[0]?.[0]?.json).toMatchObject({ model: 'fal-ai/flux-2', attempts: 1 });
		expect(await submits()).toBe(1);
	});

	it('that failed is forgotten, whatever the status of its result', async () => {
		const { error } = await run({ prompt: 'fail' }, RETRY_ON_FAIL);
		expect(error?.message).toBe('The runner encountered an internal server error.');
		expect(await submits()).toBe(2);
	});

	it('that moderation refused ends at once', async () => {
		const { error } = await run({ prompt: 'refuse' });
		expect(error?.message).toBe('The content was flagged by a content checker.');
		expect(error?.description).toMatch(/safety system refused/);
		expect(await submits()).toBe(1);
	});

	it('whose only image was made black is no result', async () => {
		const { error, outputs } = await run({ prompt: 'nsfw' });
		expect(error?.message).toBe('Moderation withheld the image');
		expect(error?.description).toMatch(/safety system refused/);
		expect(outputs[0] ?? []).toEqual([]);
	});

	it('is delivered with the safety checker off', async () => {
		const options = { ...FLUX.options, extraFields: '{"enable_safety_checker": false}' };
		const { error, outputs } = await run({ prompt: 'nsfw', options });
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(1);
	});

	it('with a wrong field is explained', async () => {
		const options = { ...FLUX.options, extraFields: '{"acceleration": "extreme"}' };
		const { error } = await run({ options });
		expect(error?.message).toBe("Input should be 'none', 'regular' or 'high'");
		expect(error?.description).toMatch(/acceleration/);
	});

	it('of an endpoint that does not exist ends at once', async () => {
		const modelId = { __rl: true, mode: 'id', value: 'fal-ai/flux-2/nothing' };
		const { error } = await run({ family: 'other', modelId });
		expect(error?.message).toBe('Path /nothing not found');
	});

	it('can be of an endpoint that the node does not know', async () => {
		const image = { data: await picture(), mimeType: 'image/png', fileName: 'a.png' };
		const modelId = { __rl: true, mode: 'id', value: 'fal-ai/flux-2-pro/edit' };
		const { error, outputs } = await run(
			{ operation: 'edit', family: 'other', modelId },
			{ items: [{ binary: { data: image } }] },
		);
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(1);
		expect((await service.requests())[0]?.path).toBe('/fal/fal-ai/flux-2-pro/edit');
	});
});

describe('the queue of fal', () => {
	const queue = useImagesApi();
	const hostile = useImagesApi();

	const TICKET = { request_id: 'request-1', status: 'IN_QUEUE' };
	const ticket = () => ({
		...TICKET,
		response_url: `${queue.url}/app/requests/request-1`,
		status_url: `${queue.url}/app/requests/request-1/status`,
		cancel_url: `${queue.url}/app/requests/request-1/cancel`,
	});
	const puts = () => queue.requests.filter(({ method }) => method === 'PUT');
	const submits = () => queue.requests.filter(({ method }) => method === 'POST');

	interface Answers {
		readonly ticket?: object;
		readonly status?: Reply;
		readonly result?: Reply;
		readonly cancel?: Reply;
	}

	/** Responds to each question as told. */
	function answer({ ticket: own = {}, status, result, cancel }: Answers): void {
		const inProgress = json({ status: 'IN_PROGRESS' });
		queue.reply(async (request, response) => {
			const { method, path } = request;
			if (method === 'POST') return await json({ ...ticket(), ...own })(request, response);
			if (method === 'PUT') {
				return await (cancel ?? json({ status: 'OK' }))(request, response);
			}
			if (path.endsWith('/status')) return await (status ?? inProgress)(request, response);
			if (path.endsWith('.png')) return await raw(await picture())(request, response);
			return await (result ?? json({}))(request, response);
		});
	}

	const completed = json({ status: 'COMPLETED' });
	const image = (): Reply => json({ images: [{ url: `${queue.url}/a.png` }] });

	it('can be left out: its other host waits, and has the result at once', async () => {
		queue.reply(async (request, response) => {
			if (request.method === 'POST') return await image()(request, response);
			return await raw(await picture())(request, response);
		});
		const { error, outputs } = await engine.runWorkflow(runOf(queue.url));
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(1);
	});

	it('that has neither ticket nor result is explained', async () => {
		queue.reply(json({ status: 'IN_QUEUE' }));
		const { error } = await engine.runWorkflow(runOf(queue.url));
		expect(error?.message).toMatch(/^The API accepted the request, but its response has no job/);
		expect(submits()).toHaveLength(1);
	});

	it('can be too early with a result, which is asked for again', async () => {
		const early = json({ detail: 'Request is still in progress' }, 400);
		let asked = 0;
		const result: Reply = async (...args) => await (asked++ < 2 ? early : image())(...args);
		answer({ status: completed, result });
		const { error, outputs } = await engine.runWorkflow(runOf(queue.url));
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(1);
		expect(asked).toBe(3);
		expect(submits()).toHaveLength(1);
	});

	it.each<[string, Reply]>([
		['a web page', raw('<html><body>Bad gateway</body></html>')],
		['nothing', raw('')],
		['JSON that is cut off', raw('{"images":[{"ur')],
	])('is asked again for a result that is %s', async (_, other) => {
		let asked = 0;
		const result: Reply = async (...args) => await (asked++ < 1 ? other : image())(...args);
		answer({ status: completed, result });
		const { error, outputs } = await engine.runWorkflow(runOf(queue.url));
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(1);
		expect(submits()).toHaveLength(1);
	});

	it.each([
		['the next try gets one', 1],
		['the next try gets none, either', 2],
	])('keeps a job whose result has no image and no reason, and %s', async (_, times) => {
		let asked = 0;
		const result: Reply = async (...args) =>
			await (asked++ < times ? json({ timings: {} }) : image())(...args);
		answer({ status: completed, result });
		const { error, outputs } = await engine.runWorkflow(runOf(queue.url, RETRY_ON_FAIL));
		expect(outputs[0] ?? []).toHaveLength(2 - times);
		expect(error?.message ?? '').toMatch(times === 1 ? /^$/ : /success status without an image/);
		expect(submits()).toHaveLength(1);
	});

	it('says that the result can be asked for again', async () => {
		answer({ status: completed, result: json({ timings: {} }) });
		const result = await engine.runWorkflow(runOf(queue.url, { onError: 'continueRegularOutput' }));
		const { error, details } = result.outputs[0]?.[0]?.json as Record<string, object>;
		expect(error).toMatch(/^fal didn't return the result of job request-1\. The API returned a/);
		expect(details).toMatchObject({ job: { id: 'request-1' } });
	});

	it('has images in its result, however large', async () => {
		const large = Buffer.concat([await picture(), Buffer.alloc(9_000_000)]).toString('base64');
		const url = `data:image/png;base64,${large}`;
		answer({ status: completed, result: json({ images: [{ url }, { url: `${url}AAAA` }] }) });
		const { error, outputs } = await engine.runWorkflow(runOf(queue.url, { parameters: { n: 2 } }));
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(2);
	});

	it('is asked again by the next try while a result is still early', async () => {
		const early = json({ detail: 'Request is still in progress' }, 400);
		let asked = 0;
		const result: Reply = async (...args) => await (asked++ < 2 ? early : image())(...args);
		answer({ status: completed, result });
		// The time of the first try ends before the second question.
		const parameters = { options: { timeout: 1 } };
		const { error } = await engine.runWorkflow(
			runOf(queue.url, { parameters, ...RETRY_ON_FAIL, maxTries: 5 }),
		);
		expect(error).toBeUndefined();
		expect(submits()).toHaveLength(1);
	});

	it.each([
		[
			'a runner that failed',
			503,
			{ detail: 'No runner.', error_type: 'runner_scheduling_failure' },
		],
		['a model that failed', 500, { detail: [{ type: 'internal_server_error', msg: 'Oops.' }] }],
		['a time that was up', 504, { detail: [{ type: 'generation_timeout', msg: 'Too slow.' }] }],
		['a request canceled elsewhere', 499, { detail: 'Canceled.', error_type: 'client_cancelled' }],
	])('ends a job by the error in its result: %s', async (_, status, body) => {
		answer({ status: completed, result: json(body, status) });
		const result = await engine.runWorkflow(runOf(queue.url));
		const [{ msg = body.detail } = {}] = Array.isArray(body.detail) ? body.detail : [{}];
		expect(result.error?.message).toBe(msg);
		expect(JSON.stringify(result.contextData)).not.toContain('request-1');
		expect(submits()).toHaveLength(1);
	});

	it.each([
		['a text', { detail: 'Could not generate images with the given prompts.' }],
		['a list alone', [{ loc: ['body'], msg: 'Could not generate images with the given prompts.' }]],
	])('ends a job whose input is refused with %s', async (_, body) => {
		answer({ status: completed, result: json(body, 422) });
		const { error, contextData } = await engine.runWorkflow(runOf(queue.url));
		expect(error?.message).toBe('Could not generate images with the given prompts.');
		expect(error?.description).not.toMatch(/parameter/);
		expect(JSON.stringify(contextData)).not.toContain('request-1');
	});

	it.each([
		['content_policy_violation', /safety system refused/],
		['image_too_small', /Check the input images/],
	])('explains a refusal by its type: %s', async (type, advice) => {
		const detail = [{ loc: ['body', 'prompt'], msg: 'It could not be processed.', type }];
		answer({ status: completed, result: json({ detail }, 422) });
		const { error } = await engine.runWorkflow(runOf(queue.url));
		expect(error?.message).toBe('It could not be processed.');
		expect(error?.description).toMatch(advice);
	});

	it('withholds only the images that it says', async () => {
		const images = ['a', 'b', 'c'].map((name) => ({ url: `${queue.url}/${name}.png` }));
		const result = json({ images, has_nsfw_concepts: [false, true, false] });
		answer({ status: completed, result });
		const parameters = { n: 3 };
		const { outputs } = await engine.runWorkflow(runOf(queue.url, { parameters }));
		expect(outputs[0]).toHaveLength(2);
		const downloads = queue.requests.map(({ path }) => path).filter((path) => /png/.test(path));
		expect(downloads.sort()).toEqual(['/a.png', '/c.png']);
		expect(JSON.stringify(outputs[0]?.[0]?.json.warnings)).toMatch(/Moderation withheld/);
	});

	describe('when the execution is stopped', () => {
		/** Stops an execution whose job has this state. */
		async function stopIn(state: string, cancel?: Reply) {
			answer({ status: json({ status: state }), ...(cancel ? { cancel } : {}) });
			const stop = new AbortController();
			const running = engine.runWorkflow(runOf(queue.url, { stop: stop.signal }));
			while (queue.requests.length < 2) await new Promise(setImmediate);
			// The state has been read once the next question is asked.
			while (queue.requests.length < 3) await new Promise(setImmediate);
			stop.abort();
			const result = await running;
			expect(result.status).toBe('canceled');
			expect(leaksOf(result, [KEY])).toEqual([]);
			return JSON.stringify(result.contextData);
		}

		it('loses a job that waits, with one request', async () => {
			const kept = await stopIn('IN_QUEUE');
			expect(puts().map(({ path }) => path)).toEqual(['/app/requests/request-1/cancel']);
			expect(puts()[0]?.headers.authorization).toBe(`Key ${KEY}`);
			expect(kept).not.toContain('request-1');
		});

		it.each([
			['has begun meanwhile', json({ status: 'CANCELLATION_REQUESTED' }, 202)],
			['has ended meanwhile', json({ status: 'ALREADY_COMPLETED' }, 400)],
		])('keeps a job that %s', async (_, cancel) => {
			expect(await stopIn('IN_QUEUE', cancel)).toContain('request-1');
			expect(puts()).toHaveLength(1);
		});

		it('keeps a job that is running, and Resume Job fetches it', async () => {
			expect(await stopIn('IN_PROGRESS')).toContain('request-1');
			expect(puts()).toEqual([]);
			answer({ status: completed, result: image() });
			const { status_url: url, response_url: resultUrl } = ticket();
			const resumeJob = JSON.stringify({ service: 'fal', id: 'request-1', url, resultUrl });
			const parameters = { options: { resumeJob } };
			const { error, outputs } = await engine.runWorkflow(runOf(queue.url, { parameters }));
			expect(error).toBeUndefined();
			expect(outputs[0]).toHaveLength(1);
			expect(submits()).toHaveLength(1);
		});

		it('sends no key to another host', async () => {
			const cancel_url = `${hostile.url}/cancel`;
			answer({ ticket: { cancel_url }, status: json({ status: 'IN_QUEUE' }) });
			const stop = new AbortController();
			const running = engine.runWorkflow(runOf(queue.url, { stop: stop.signal }));
			while (queue.requests.length < 2) await new Promise(setImmediate);
			stop.abort();
			expect((await running).status).toBe('canceled');
			expect(hostile.requests).toEqual([]);
		});
	});

	it.each([
		['status_url', 'another port', (url: string) => url],
		['response_url', 'another port', (url: string) => url],
		['response_url', 'another host', (url: string) => url.replace('127.0.0.1', 'localhost')],
		['response_url', 'no address', () => 'javascript:alert(1)'],
		['status_url', 'a blank in front', () => ` ${queue.url}/app`],
		['status_url', 'a single slash', () => queue.url.replace('//', '/')],
		['status_url', 'backslashes', () => queue.url.replace('//', '\\\\')],
		['status_url', 'another scheme in front', () => `blob:${queue.url}/app`],
	])('gets no key at a %s with %s', async (name, _, lure) => {
		answer({ ticket: { [name]: lure(`${hostile.url}/steal`) }, status: completed });
		const result = await engine.runWorkflow(runOf(queue.url));
		expect(result.error?.message).toMatch(/named .+ as the host of its job, which isn't its own/);
		expect(hostile.requests).toEqual([]);
		expect(leaksOf(result, [KEY])).toEqual([]);
	});
});
