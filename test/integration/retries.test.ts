import type { INodeParameters } from 'n8n-workflow';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { useShortestDelays } from '../helpers/clock';
import { useEngine, type NodeRun } from '../helpers/engine';
import { useImagesApi, type Reply } from '../helpers/imagesApi';
import { filesOf, partsOf } from '../helpers/multipart';
import { picture } from '../helpers/pictures';
import { catPrompts, promptRun } from '../helpers/promptRun';
import { inTurn, newImage, promptOfAny, refusal } from '../helpers/responses';
import { untilRead } from '../helpers/untilRead';

const engine = useEngine();
const api = useImagesApi();

useShortestDelays();

const limited = refusal(
	429,
	{ message: 'Rate limit reached', code: 'rate_limit_exceeded' },
	{ 'retry-after-ms': '20', 'x-request-id': 'req_limited' },
);

const run = async (
	options: INodeParameters = {},
	more: Partial<NodeRun> = {},
	prompts = ['A cat'],
) => await engine.runWorkflow(promptRun(api.credentials, prompts, { options, ...more }));

describe('a refusal that cannot have been billed', () => {
	it.each<[string, Reply[], number]>([
		['429', [limited, newImage], 2],
		['429 three times', [limited, limited, limited, newImage], 4],
		['429 without a wait', [refusal(429), newImage], 2],
		[
			'429 with the wait in its words',
			[refusal(429, { message: 'Please try again in 30ms.' }), newImage],
			2,
		],
		['503 that is overloaded', [refusal(503, { code: 'server_is_overloaded' }), newImage], 2],
		['503 with Retry-After', [refusal(503, {}, { 'retry-after': '0' }), newImage], 2],
		['503 with x-should-retry', [refusal(503, {}, { 'x-should-retry': 'true' }), newImage], 2],
		['both in turn', [limited, refusal(503, { type: 'overloaded_error' }), newImage], 3],
	])('is repeated: %s', async (_, replies, attempts) => {
		api.reply(inTurn(...replies));
		const result = await run();
		expect(result.error).toBeUndefined();
		expect(result.outputs[0]!.map(({ json }) => json.attempts)).toEqual([attempts]);
		expect(api.requests).toHaveLength(attempts);
		expect(new Set(api.requests.map(({ body }) => body.toString())).size).toBe(1);
	});

	it('is retried no sooner than the API says, and the duration is in the item', async () => {
		const times: number[] = [];
		const wait = refusal(429, {}, { 'retry-after-ms': '300' });
		api.reply(async (request, response) => {
			times.push(performance.now());
			await (times.length < 3 ? wait : newImage)(request, response);
		});
		const [item] = (await run()).outputs[0]!;
		expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(299);
		expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(299);
		expect(item!.json.durationMs).toBeGreaterThanOrEqual(598);
	});

	it('ends the item when the next wait would be too long', async () => {
		api.reply(inTurn(limited, refusal(429, { message: 'Please try again in 1m0s.' })));
		const { error } = await run({ maxRetryWait: 1 });
		expect(api.requests).toHaveLength(2);
		expect(error).toMatchObject({
			message: 'Please try again in 1m0s.',
			httpCode: '429',
			description: expect.stringMatching(
				/^Rate limit exceeded.*Gave up after 2 attempts: the next retry would exceed 'Max Retry Wait'/,
			),
		});
	});

	it('is not repeated with a Max Retry Wait of 0', async () => {
		api.reply(inTurn(limited, newImage));
		const { outputs } = await run({ maxRetryWait: 0 }, { onError: 'continueRegularOutput' });
		expect(api.requests).toHaveLength(1);
		expect(outputs[0]![0]!.json).toMatchObject({
			error: 'Rate limit reached',
			message: expect.stringContaining('Gave up after 1 attempt: '),
			details: {
				status: 429,
				code: 'rate_limit_exceeded',
				requestId: 'req_limited',
				attempts: 1,
				durationMs: expect.any(Number),
			},
		});
	});

	it('does not hold up or repeat the other items', async () => {
		const prompts = ['A cat', 'A dog', 'A bird', 'A fish', 'An ant', 'A bee'];
		const turns: Record<string, Reply> = {
			'A dog': inTurn(limited, limited, newImage),
			'A fish': inTurn(refusal(400, { code: 'moderation_blocked' })),
			'A bee': inTurn(limited, refusal(500)),
		};
		api.reply(async (request, response) => {
			await (turns[promptOfAny(request)] ?? newImage)(request, response);
		});
		const { outputs } = await run({}, { onError: 'continueRegularOutput' }, prompts);
		const attempts = outputs[0]!.map(({ json: { attempts, details } }) => ({
			attempts,
			...(details as object),
		}));
		expect(attempts.map((each) => each.attempts)).toEqual([1, 3, 1, 1, 1, 2]);
		expect(outputs[0]!.map(({ pairedItem }) => pairedItem)).toEqual(
			prompts.map((_, item) => ({ item })),
		);
		expect(api.requests).toHaveLength(9);
	});

	it('has an edit send its files once more, byte for byte', async () => {
		const [cat, dog] = await Promise.all(
			['#ff0000', '#00ff00'].map(async (colour) => await picture({ colour })),
		);
		api.reply(inTurn(limited, limited, newImage));
		const result = await run(
			{},
			{
				parameters: {
					operation: 'edit',
					prompt: 'A hat',
					inputImages: { image: [{ binaryField: 'cat' }, { binaryField: 'dog' }] },
				},
				items: [
					{
						binary: {
							cat: { data: cat!, mimeType: 'image/png', fileName: 'cat.png' },
							dog: { data: dog!, mimeType: 'image/png', fileName: 'dog.png' },
						},
					},
				],
			},
		);
		expect(result.error).toBeUndefined();
		expect(result.outputs[0]![0]!.json.attempts).toBe(3);
		expect(api.requests).toHaveLength(3);
		for (const request of api.requests) {
			const parts = partsOf(request);
			expect(filesOf(parts).map(([, name]) => name)).toEqual(['cat.png', 'dog.png']);
			const files = parts.filter(({ fileName }) => fileName !== null);
			expect(files.map(({ data }) => data.equals(cat!) || data.equals(dog!))).toEqual([true, true]);
			expect(files[0]!.data.equals(cat!)).toBe(true);
		}
	});

	it('is a connection that was refused: four attempts, none of which arrives', async () => {
		const closed = createServer().listen(0, '127.0.0.1');
		await once(closed, 'listening');
		const { port } = closed.address() as AddressInfo;
		closed.close();
		await once(closed, 'close');
		const { outputs } = await run(
			{},
			{
				onError: 'continueRegularOutput',
				credentials: { ...api.credentials, baseUrl: `http://127.0.0.1:${port}` },
			},
		);
		expect(outputs[0]![0]!.json).toMatchObject({
			error: `127.0.0.1:${port} refused the connection`,
			message: expect.stringMatching(/Nothing was billed.*Gave up after 4 attempts/),
			details: { code: 'ECONNREFUSED', attempts: 4 },
		});
	});
});

describe('the stop button during a delay', () => {
	it('ends it at once, and no further request starts', async () => {
		api.reply(refusal(429, {}, { 'retry-after': '3000' }));
		const stop = new AbortController();
		const prompts = catPrompts(6);
		const running = run({ maxRetryWait: 3600 }, { stop: stop.signal }, prompts);
		while (api.requests.length < 4) await new Promise(setImmediate);
		await untilRead();
		stop.abort();
		expect((await running).status).toBe('canceled');
		await untilRead(100);
		expect(api.requests).toHaveLength(4);
	});
});
