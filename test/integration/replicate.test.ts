import type { INodeParameters } from 'n8n-workflow';
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';

import type { Job } from '../../demo/image-service/jobs';
import { versionOf } from '../../demo/image-service/profiles/replicateModels';
import { useEngine, type NodeRun } from '../helpers/engine';
import { json, leaksOf, useImagesApi } from '../helpers/imagesApi';
import { RETRY_ON_FAIL } from '../helpers/promptRun';
import { useService } from '../image-service/helpers';

const KEY = 'key-0123456789abcdefghij';
const service = useService({ apiKey: KEY });
const front = useImagesApi();
const hostile = useImagesApi();
const FLUX = { family: 'flux', model: 'flux-2-pro', sizeType: 'preset', size: '1024x1024' };

const credentials = (address: string) => ({
	service: 'replicate',
	apiKey: KEY,
	replicateBaseUrl: address,
});

const runOf = (prompt: string, more: Partial<NodeRun> = {}): NodeRun => ({
	parameters: { ...FLUX, prompt, options: { timeout: 20 } },
	items: [{ json: {} }],
	credentials: credentials(`${service.url}/replicate`),
	...more,
});

/** A run with a model ID that the user entered. */
const typed = (
	value: string,
	more: INodeParameters = {},
	options: INodeParameters = {},
): Partial<NodeRun> => ({
	parameters: {
		family: 'other',
		modelId: { __rl: true, mode: 'id', value },
		prompt: 'A lighthouse',
		options,
		...more,
	},
});

const jobs = async (): Promise<Job[]> => (await service.http.get('/control/jobs')).data;
const inputs = async () => {
	const requests = await service.requests();
	return requests.flatMap(({ fields }) => (fields as { input?: unknown }).input ?? []);
};
const submits = async () => (await service.requests()).length;

/** A server in front of the image service that records what passes. */
function usePassage() {
	const seen: string[] = [];
	const server = createServer((request, response) => {
		seen.push(`${request.method} ${request.url}`);
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			void service.http
				.request({
					method: request.method ?? 'GET',
					url: request.url ?? '/',
					data: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
					// With the host of the passage, so that addresses lead there again.
					headers: request.headers as Record<string, string>,
					transformResponse: (text: string) => text,
				})
				.then(({ status, data }) =>
					response.writeHead(status, { 'content-type': 'application/json' }).end(data),
				);
		});
	});
	const url = () => `http://127.0.0.1:${(server.address() as { port: number }).port}`;
	beforeAll(async () => await new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((done) => server.close(done));
	});
	beforeEach(() => void seen.splice(0));
	return { seen, url };
}

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

	it('a file of 5 MB is uploaded once, whatever the attempts, and byte for byte', async () => {
		const noise = { width: 1400, height: 1200, channels: 3 as const };
		const raw = randomBytes(noise.width * noise.height * 3);
		const data = await sharp(raw, { raw: noise }).png({ compressionLevel: 0 }).toBuffer();
		expect(data.length).toBeGreaterThan(5_000_000);
		await service.control('faults', { operation: 'edit', status: 429, retryAfter: 0, times: 1 });
		const { error, outputs } = await engine.runWorkflow(
			runOf('A hat', {
				parameters: { ...FLUX, operation: 'edit', prompt: 'A hat' },
				items: [{ binary: { data: { data, mimeType: 'image/png', fileName: 'big.png' } } }],
			}),
		);
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json.attempts).toBe(2);
		const { results } = (await service.http.get('/replicate/v1/files', authorized)).data;
		const sha256 = createHash('sha256').update(data).digest('hex');
		const uploaded = results.filter((each: Uploaded) => each.checksums.sha256 === sha256);
		expect(uploaded).toMatchObject([{ name: 'big.png', content_type: 'image/png' }]);
		expect(await inputs()).toEqual(
			Array(2).fill(expect.objectContaining({ input_images: [uploaded[0].urls.get] })),
		);
	});
});

interface Uploaded {
	readonly checksums: { readonly sha256: string };
}

const authorized = { headers: { authorization: `Bearer ${KEY}` } };

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
	const passage = usePassage();
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

describe('an upload', () => {
	const engine = useEngine();
	const large = async () => {
		const raw = { width: 400, height: 300, channels: 3 as const };
		return await sharp(randomBytes(400 * 300 * 3), { raw })
			.png()
			.toBuffer();
	};
	const editAt = async (address: string, data: Buffer, options: INodeParameters = {}) =>
		await engine.runWorkflow({
			parameters: { ...FLUX, operation: 'edit', prompt: 'A hat', options },
			items: [{ binary: { data: { data, mimeType: 'image/png', fileName: 'photo.png' } } }],
			credentials: credentials(address),
		});

	it('is left out for a small file, which is part of the request', async () => {
		const create = { width: 64, height: 64, channels: 3 as const, background: '#08f' };
		const small = await sharp({ create }).png().toBuffer();
		const { error } = await editAt(`${service.url}/replicate`, small);
		expect(error).toBeUndefined();
		const url = `data:image/png;base64,${small.toString('base64')}`;
		expect(await inputs()).toEqual([expect.objectContaining({ input_images: [url] })]);
	});

	it('is tried again after a failure, as it costs nothing', async () => {
		let uploads = 0;
		front.reply((request, response) => {
			if (request.path !== '/v1/files') return json({ detail: 'No' }, 422)(request, response);
			if (++uploads === 1) return void response.destroy();
			if (uploads === 2) return json({ detail: 'Busy' }, 502)(request, response);
			return json({ urls: { get: `${front.url}/v1/files/f1` } }, 201)(request, response);
		});
		const { error } = await editAt(front.url, await large());
		expect(uploads).toBe(3);
		expect(error?.message).toBe('No');
		const { body } = front.requests.at(-1) as { body: Buffer };
		expect(JSON.parse(body.toString()).input.input_images).toEqual([`${front.url}/v1/files/f1`]);
	});

	it('that is refused is explained, and nothing is requested', async () => {
		front.reply(json({ detail: 'The file is too large.' }, 413));
		const { error } = await editAt(front.url, await large());
		expect(error?.message).toBe(
			`Input image 1 (binary field "data") couldn't be uploaded to Replicate: The file is too large.`,
		);
		expect(front.requests.map(({ path }) => path)).toEqual(['/v1/files']);
	});

	it.each([
		['a status', json({ detail: 'Down' }, 500)],
		['a broken connection', (_: unknown, response: { destroy(): void }) => response.destroy()],
	])('that fails with %s bills nothing, and says so', async (_, reply) => {
		front.reply(reply as Parameters<typeof front.reply>[0]);
		const { error } = await editAt(front.url, await large(), { maxRetryWait: 0 });
		expect(error?.message).toMatch(/couldn't be uploaded to Replicate/);
		expect(error?.description).toMatch(/nothing was billed/i);
		expect(error?.description).not.toMatch(/might have been/);
	});

	it('without an address is explained', async () => {
		front.reply(json({ id: 'f1' }, 201));
		const { error } = await editAt(front.url, await large());
		expect(error?.message).toMatch(/the response has no address of the file/);
	});

	it('ends with the stop button', async () => {
		const stop = new AbortController();
		front.reply(() => stop.abort());
		const data = await large();
		const { status } = await engine.runWorkflow({
			parameters: { ...FLUX, operation: 'edit', prompt: 'A hat' },
			items: [{ binary: { data: { data, mimeType: 'image/png', fileName: 'photo.png' } } }],
			credentials: credentials(front.url),
			stop: stop.signal,
		});
		expect(status).toBe('canceled');
		await front.requests[0]?.closed;
		expect(front.requests.map(({ path }) => path)).toEqual(['/v1/files']);
	});
});

describe('a model whose inputs the node does not know', () => {
	const engine = useEngine();
	const passage = usePassage();
	const asked = () => passage.seen.filter((each) => each.startsWith('GET /replicate/v1/models/'));
	const passing = () => ({ credentials: credentials(`${passage.url()}/replicate`) });
	const SDXL = 'stability-ai/sdxl';

	it('gets what it publishes by its own names, and is asked for once in a run', async () => {
		const run = typed(
			SDXL,
			{ n: 2, size: '512x256' },
			{ guidance: 5, steps: 20, negativePrompt: 'fog' },
		);
		const items = [{ json: {} }, { json: {} }];
		const { error, outputs } = await engine.runWorkflow(runOf('', { ...run, ...passing(), items }));
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(4);
		expect(outputs[0]?.[0]?.json).toMatchObject({ model: SDXL, width: 512, height: 256 });
		expect(asked()).toHaveLength(1);
		const sent = {
			...{ prompt: 'A lighthouse', num_outputs: 2, width: 512, height: 256 },
			...{ guidance_scale: 5, num_inference_steps: 20, negative_prompt: 'fog' },
		};
		// Models of the community have no path of their own.
		const requests = await service.requests();
		expect(requests.map(({ path, fields }) => [path, fields])).toEqual(
			Array(2).fill(['/replicate/v1/predictions', { version: versionOf(SDXL), input: sent }]),
		);
	});

	it('can be a version of a model', async () => {
		const id = `${SDXL}:${versionOf(SDXL)}`;
		const { error, outputs } = await engine.runWorkflow(runOf('', { ...typed(id), ...passing() }));
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(1);
		expect(asked()).toEqual([`GET /replicate/v1/models/${SDXL}/versions/${versionOf(SDXL)}`]);
	});

	it('gets an input image in the input that it has for it', async () => {
		const create = { width: 64, height: 64, channels: 3 as const, background: '#08f' };
		const data = await sharp({ create }).png().toBuffer();
		const file = { data, mimeType: 'image/png', fileName: 'a.png' };
		const items = [{ binary: { data: file } }];
		const run = { ...typed(SDXL, { operation: 'edit' }), ...passing(), items };
		const { error } = await engine.runWorkflow(runOf('', run));
		expect(error).toBeUndefined();
		expect(await inputs()).toEqual([
			{ prompt: 'A lighthouse', image: expect.stringMatching(/^data:image\/png/) },
		]);
		const two = { data: file, other: file };
		const inputImages = { image: [{ source: 'binary', binaryField: 'data,other' }] };
		const both = { ...typed(SDXL, { operation: 'edit', inputImages }), items: [{ binary: two }] };
		const { error: refused } = await engine.runWorkflow(runOf('', both));
		expect(refused?.message).toBe(`'Input Images' has 2 images, but ${SDXL} supports up to 1`);
	});

	it('refuses what another picture would come of, and leaves out the rest with a warning', async () => {
		const { error } = await engine.runWorkflow(runOf('', typed(SDXL, {}, { style: 'vivid' })));
		expect(error?.message).toMatch(/^'Style' isn't supported by Replicate/);
		const run = typed(SDXL, {}, { moderation: 'low' });
		const { outputs } = await engine.runWorkflow(runOf('', run));
		expect(outputs[0]?.[0]?.json.warnings).toEqual([
			"'Moderation' was not sent because Replicate doesn't support it",
		]);
	});

	it('splits more images than it makes at once', async () => {
		const { error } = await engine.runWorkflow(runOf('', typed(SDXL, { n: 5 })));
		expect(error).toBeUndefined();
		const counts = (await inputs()).map((input) => (input as { num_outputs: number }).num_outputs);
		expect(counts.sort()).toEqual([1, 4]);
	});

	it.each([
		[{}, { guidance: 51 }, "'Guidance' 51 isn't supported by Replicate. Choose another value"],
		[{ size: 'huge' }, {}, "'Size' \"huge\" isn't supported by Replicate. Choose another value"],
	])('refuses values beyond its limits: %j %j', async (more, options, message) => {
		const { error } = await engine.runWorkflow(runOf('', typed(SDXL, more, options)));
		expect(error?.message).toBe(message);
	});

	it.each(['somebody/nothing', 'made-up'])('is refused if there is none: %s', async (id) => {
		const { error } = await engine.runWorkflow(runOf('', typed(id)));
		expect(error?.message).toBe(`Replicate has no model "${id}"`);
		expect(error?.description).toMatch(
			/Enter the model ID as owner\/name or owner\/name:version\. No image was requested/,
		);
		expect(await submits()).toBe(0);
	});

	it('without a prompt is refused', async () => {
		const schemas = { Input: { properties: { image: { type: 'string' } } } };
		const openapi_schema = { components: { schemas } };
		front.reply(json({ is_official: true, latest_version: { id: 'v1', openapi_schema } }));
		const { error } = await engine.runWorkflow(
			runOf('', { ...typed('a/upscaler'), credentials: credentials(front.url) }),
		);
		expect(error?.message).toBe(
			'a/upscaler at Replicate takes no prompt. Use a model that makes images from a prompt',
		);
	});

	it.each([[{}], [{ latest_version: null }], ['text'], [[]]])(
		'is refused if it publishes nothing: %j',
		async (body) => {
			front.reply(json(body));
			const { error } = await engine.runWorkflow(
				runOf('', { ...typed('a/model'), credentials: credentials(front.url) }),
			);
			expect(error?.message).toBe(
				"a/model at Replicate doesn't say what it takes. Use another model",
			);
		},
	);
});
