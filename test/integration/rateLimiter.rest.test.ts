import type { INodeParameters } from 'n8n-workflow';

import { useEngine, type NodeRun } from '../helpers/engine';
import { imageResponse, json, promptOf, useImagesApi, type Reply } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import { catPrompts, promptRun } from '../helpers/promptRun';
import { inTurn, refusal } from '../helpers/responses';
import { untilRead } from '../helpers/untilRead';

const engine = useEngine();
const api = useImagesApi();

/** Milliseconds: half of the minute that a run would take which does not stop at once. */
const AT_ONCE = 30_000;

let image: Reply;
beforeAll(async () => {
	image = json(imageResponse(await picture()));
});
afterEach(() => jest.restoreAllMocks());

const run = async (given: string[], options: INodeParameters, more: Partial<NodeRun> = {}) =>
	await engine.runWorkflow(promptRun(api.credentials, given, { options, ...more }));

/**
 * Responds late, and counts how many requests are open when one arrives.
 *
 * @param together how many requests to wait for before the first response
 */
function watched(together: number, reply: (open: number) => Reply) {
	const opens: number[] = [];
	let open = 0;
	let allThere = () => {};
	const started = new Promise<void>((resolve) => (allThere = resolve));
	api.reply(async (request, response) => {
		opens.push(++open);
		const respond = reply(open);
		if (opens.length === together) allThere();
		await started;
		await untilRead();
		await respond(request, response);
		open--;
	});
	return opens;
}

describe('a server that takes few requests at the same time', () => {
	it('soon gets no more than these, and every image is generated once', async () => {
		const busy = refusal(429, {}, { 'retry-after-ms': '40' });
		const opens = watched(20, (open) => (open > 5 ? busy : image));
		const result = await run(catPrompts(40), { parallelRequests: 20 });
		expect(result.error).toBeUndefined();
		expect(result.outputs[0]!.map(({ json: { error } }) => error)).toEqual(
			Array(40).fill(undefined),
		);
		expect(Math.max(...opens)).toBe(20);
		// Ten after the first refusals, and one more for each of five successes before the next one.
		expect(Math.max(...opens.slice(20))).toBeLessThanOrEqual(15);
		expect(opens.length).toBeLessThan(100);
		const attempts = result.outputs[0]!.map(({ json }) => Number(json.attempts));
		expect(attempts.reduce((sum, count) => sum + count, 0)).toBe(api.requests.length);
	});

	it('gets more again once it takes them', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const busy = refusal(429, {}, { 'retry-after-ms': '40' });
		let requests = 0;
		const opens = watched(8, () => (++requests <= 8 ? busy : image));
		const result = await run(catPrompts(40), { parallelRequests: 8 });
		expect(result.error).toBeUndefined();
		expect(opens).toHaveLength(48);
		// All eight are refused, which counts once: four, and two more successes for the next eight.
		expect(Math.max(...opens.slice(8, 16))).toBeLessThanOrEqual(6);
		expect(Math.max(...opens.slice(16))).toBeGreaterThan(4);
	});
});

describe('a limit of five images per minute', () => {
	/** A minute of this server, in milliseconds. */
	const MINUTE = 400;

	it('lets twenty items pass, without repeated refusals of the same item', async () => {
		const times: number[] = [];
		let refused = 0;
		api.reply(async (request, response) => {
			const now = performance.now();
			const [, , , , oldest] = times.filter((time) => time > now - MINUTE).reverse();
			if (oldest === undefined) {
				times.push(now);
				return await image(request, response);
			}
			refused++;
			const wait = { 'retry-after-ms': String(Math.ceil(oldest + MINUTE - now)) };
			await refusal(429, { message: 'Rate limit reached' }, wait)(request, response);
		});
		jest.spyOn(Math, 'random').mockReturnValue(0.05);
		const result = await run(catPrompts(20), { parallelRequests: 20, maxRetryWait: 600 });
		expect(result.error).toBeUndefined();
		expect(result.outputs[0]).toHaveLength(20);
		expect(times).toHaveLength(20);
		expect(api.requests).toHaveLength(20 + refused);
		// Fifteen at the first moment, then as many as the halved pace sends into each full minute.
		expect(refused).toBeLessThan(45);
	});
});

describe('an item that waits before its retry', () => {
	it('lets the others continue meanwhile', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0.5);
		const turns: Record<string, Reply> = { 'cat 0': inTurn(refusal(500), image) };
		api.reply(async (request, response) => {
			await (turns[promptOf(request)] ?? image)(request, response);
		});
		const options = { parallelRequests: 1, retryServerErrors: true };
		const result = await run(catPrompts(4), options);
		expect(result.error).toBeUndefined();
		const order = api.requests.map(promptOf);
		expect(order.slice(0, 2)).toEqual(['cat 0', 'cat 1']);
		expect(order.toSorted()).toEqual(['cat 0', 'cat 0', 'cat 1', 'cat 2', 'cat 3']);
		expect(result.outputs[0]!.map(({ json }) => json.fileName)).toEqual(
			[0, 1, 2, 3].map((index) => `cat-${index}-${index + 1}.png`),
		);
	});

	it.each([429, 503])('holds them where the server names a time: %i', async (status) => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const times: number[] = [];
		const wait = refusal(status, {}, { 'retry-after-ms': '300' });
		api.reply(async (request, response) => {
			times.push(performance.now());
			await (times.length === 1 ? wait : image)(request, response);
		});
		const result = await run(catPrompts(4), { parallelRequests: 1 });
		expect(result.error).toBeUndefined();
		expect(api.requests.map(promptOf)).toEqual(['cat 0', 'cat 0', 'cat 1', 'cat 2', 'cat 3']);
		expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(299);
	});

	it('is not waited for when another one stops the run', async () => {
		const blocked = refusal(400, { message: 'Rejected.', code: 'moderation_blocked' });
		const later = refusal(429, {}, { 'retry-after': '60' });
		let failed = () => {};
		const hasFailed = new Promise<void>((resolve) => (failed = resolve));
		api.reply(async (request, response) => {
			const [, index] = promptOf(request).split(' ');
			if (index === '0') return await later(request, response);
			// The first one pauses when the second one fails, and the third one succeeds after that.
			if (index === '1') {
				await untilRead();
				response.once('finish', failed);
				return await blocked(request, response);
			}
			await hasFailed;
			await untilRead();
			await image(request, response);
		});
		const began = performance.now();
		const result = await run(catPrompts(6), { parallelRequests: 3 });
		expect(performance.now() - began).toBeLessThan(AT_ONCE);
		expect(result.error).toMatchObject({
			message: 'Rejected.',
			context: { itemIndex: 1 },
			description: expect.stringMatching(/1 image was generated and saved/),
		});
		expect(api.requests.map(promptOf).sort()).toEqual(['cat 0', 'cat 1', 'cat 2']);
	});
});

describe('Images per Minute', () => {
	const untilRequests = async (count: number) => {
		while (api.requests.length < count) await new Promise(setImmediate);
		await untilRead(100);
	};

	it('sends no more than these, and the stop button ends the wait for more at once', async () => {
		api.reply(image);
		const stop = new AbortController();
		const running = run(catPrompts(20), { imagesPerMinute: 3 }, { stop: stop.signal });
		await untilRequests(3);
		expect(api.requests).toHaveLength(3);
		const pressed = performance.now();
		stop.abort();
		const { status } = await running;
		expect(performance.now() - pressed).toBeLessThan(AT_ONCE);
		expect(status).toBe('canceled');
		await untilRead(100);
		expect(api.requests).toHaveLength(3);
	});

	it('counts the images of a request', async () => {
		api.reply(image);
		const stop = new AbortController();
		const parameters = {
			model: 'gpt-image-2.5-flare',
			prompt: 'A cat',
			n: 4,
			options: { imagesPerMinute: 10, parallelRequests: 1 },
		};
		const running = run(catPrompts(5), {}, { stop: stop.signal, parameters });
		await untilRequests(2);
		expect(api.requests).toHaveLength(2);
		stop.abort();
		expect((await running).status).toBe('canceled');
	});

	it('does not keep a run from stopping that has to', async () => {
		const blocked = refusal(400, { message: 'Rejected.', code: 'moderation_blocked' });
		api.reply(inTurn(blocked));
		const began = performance.now();
		const result = await run(catPrompts(9), { imagesPerMinute: 1 });
		expect(performance.now() - began).toBeLessThan(AT_ONCE);
		expect(result.error).toMatchObject({ message: 'Rejected.', context: { itemIndex: 0 } });
		expect(api.requests).toHaveLength(1);
	});

	it('is refused where one request has more, before anything is sent', async () => {
		const parameters = {
			model: 'gpt-image-2.5-flare',
			prompt: 'A cat',
			n: 6,
			options: { imagesPerMinute: 5 },
		};
		const { error } = await run(catPrompts(2), {}, { parameters });
		expect(error?.message).toBe(
			"'Images per Minute' 5 is too low for a request of 6 images. Increase it, or lower 'Number of Images'",
		);
		expect(api.requests).toEqual([]);
	});
});
