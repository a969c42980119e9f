import type { INodeParameters } from 'n8n-workflow';

import { useEngine, type NodeRun } from '../helpers/engine';
import { event, eventsOf, sse } from '../helpers/events';
import { imageResponse, json, useImagesApi, type Reply } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import { promptRun } from '../helpers/promptRun';
import { inTurn } from '../helpers/responses';
import { useShortestDelays } from '../helpers/clock';

const engine = useEngine();
const api = useImagesApi();
const { preview, completed } = eventsOf('generate');

let image: Buffer;
beforeAll(async () => {
	image = await picture();
});
useShortestDelays();

const LIMIT = { error: { code: 429, message: 'Rate limit exceeded.' } };
const good: Reply = (...all) => json(imageResponse(image))(...all);

const run = async (options: INodeParameters = {}, more: Partial<NodeRun> = {}) =>
	await engine.runWorkflow(promptRun(api.credentials, ['cat'], { options, ...more }));

describe('a rate limit that is reported with status 200', () => {
	it.each<[string, Reply]>([
		['in JSON', json(LIMIT)],
		['in JSON with Retry-After', json(LIMIT, 200, { 'retry-after': '0' })],
		['as an event', sse(event(LIMIT, 'error'))],
		['in JSON with an empty list', json({ ...LIMIT, data: [] })],
	])('is waited for like any other: %s', async (_, reply) => {
		api.reply(inTurn(reply, reply, good));
		const result = await run();
		expect(result.error).toBeUndefined();
		expect(await result.binary(result.outputs[0]![0])).toEqual(image);
		expect(result.outputs[0]![0]!.json.attempts).toBe(3);
		expect(api.requests).toHaveLength(3);
	});

	it.each<[string, Reply]>([
		['its header', json(LIMIT, 200, { 'retry-after': '7' })],
		['its words', json({ error: { code: 429, message: 'Please try again in 7s.' } })],
	])('is not asked again before the time that %s names', async (_, reply) => {
		api.reply(reply);
		const { error } = await run({ maxRetryWait: 6 });
		expect(error).toMatchObject({
			description: expect.stringMatching(/Gave up after 1 attempt: .*Max Retry Wait/),
		});
		expect(api.requests).toHaveLength(1);
	});

	it('halves the number of requests under way, and has its place taken meanwhile', async () => {
		const limited: Array<() => void> = [];
		const begun: Array<() => void> = [];
		let underWay = 0;
		api.reply(async (request, response) => {
			const waiting = limited.length < 4 ? limited : begun;
			const released = new Promise<void>((resolve) => waiting.push(resolve));
			const release = () => waiting.forEach((each) => each());
			if (waiting === limited) {
				if (limited.length === 4) release();
				await released;
				return await json(LIMIT, 200, { 'retry-after-ms': '50' })(request, response);
			}
			// Each success lets another one begin, so none succeeds before all are here that may be.
			if (begun.length === 2) {
				setTimeout(() => {
					underWay = begun.length;
					release();
				}, 300);
			}
			if (underWay === 0) await released;
			await good(request, response);
		});
		const items = Array.from({ length: 4 }, (_, index) => ({ json: { prompt: `cat ${index}` } }));
		const result = await run({ parallelRequests: 4 }, { items });
		expect(result.outputs[0]).toHaveLength(4);
		expect(api.requests).toHaveLength(8);
		expect(underWay).toBe(2);
	});
});

describe('a success is never repeated', () => {
	it.each<[string, () => Reply, 'image' | 'error']>([
		['a limit beside an image', () => json({ ...imageResponse(image), ...LIMIT }), 'image'],
		['a limit behind an image', () => sse(completed(image), event(LIMIT, 'error')), 'image'],
		['a limit behind a preview', () => sse(preview(image, 0), event(LIMIT, 'error')), 'error'],
		['an error of the server', () => json({ error: { code: 500, message: 'No.' } }), 'error'],
		[
			'an overload',
			() => json({ error: { code: 503, message: 'overloaded' } }, 200, { 'retry-after': '0' }),
			'error',
		],
		['no image', () => json({ data: [] }), 'error'],
		['no JSON', () => json('<html>'), 'error'],
	])('%s', async (_, reply, outcome) => {
		for (const partialImages of [0, 1]) {
			api.requests.splice(0);
			api.reply(inTurn(reply(), good));
			const options = { retryServerErrors: true, stream: true, partialImages };
			const { outputs } = await run(options, { onError: 'continueRegularOutput' });
			const [item] = outputs[0]!;
			expect(item!.json.error ? 'error' : 'image').toBe(outcome);
			expect(api.requests).toHaveLength(1);
		}
	});

	it('a lost connection with a code of one that was never established', async () => {
		api.reply(
			inTurn((_, response) => {
				response.writeHead(200, { 'content-type': 'application/json' });
				response.write('{"data":[', () => response.socket!.resetAndDestroy());
			}, good),
		);
		const { error } = await run({ retryServerErrors: true });
		expect(error?.message).toMatch(/closed the connection/);
		expect(api.requests).toHaveLength(1);
	});
});

describe('a parameter that the server calls unknown with status 200', () => {
	const unknown = json({
		error: {
			code: 'unknown_parameter',
			param: 'quality',
			message: "Unknown parameter: 'quality'.",
		},
	});

	it('is left out as with any other status', async () => {
		api.reply(inTurn(unknown, good));
		const result = await run(
			{},
			{ parameters: { model: 'gpt-image-2.5-flare', prompt: 'cat', quality: 'auto' } },
		);
		expect(result.error).toBeUndefined();
		expect(api.requests.map(({ body }) => 'quality' in JSON.parse(String(body)))).toEqual([
			true,
			false,
		]);
	});

	it('is not left out beside an image', async () => {
		const beside = json({
			...imageResponse(image),
			error: {
				code: 'unknown_parameter',
				param: 'quality',
				message: "Unknown parameter: 'quality'.",
			},
		});
		api.reply(beside);
		const result = await run(
			{},
			{ parameters: { model: 'gpt-image-2.5-flare', prompt: 'cat', quality: 'auto' } },
		);
		expect(await result.binary(result.outputs[0]![0])).toEqual(image);
		expect(api.requests).toHaveLength(1);
	});
});
