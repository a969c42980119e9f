import type { INodeParameters } from 'n8n-workflow';

import { useEngine, type InputItem } from '../helpers/engine';
import { imageResponse, json, leaksOf } from '../helpers/imagesApi';
import {
	AUTO,
	CONTINUE,
	FIXED,
	outcomesOf,
	PRICE,
	TOKENS,
	usePricedApi,
} from '../helpers/pricedApi';
import { picture } from '../helpers/pictures';
import { catPrompts } from '../helpers/promptRun';
import { refusal } from '../helpers/responses';
import { untilRead } from '../helpers/untilRead';

const engine = useEngine();
const { api, tokens, instead, billed, openAt, bill, runOf } = usePricedApi();

const run = async (...given: Parameters<typeof runOf>) => await engine.runWorkflow(runOf(...given));

/** Output tokens that make an image with a prompt of two tokens cost this many US dollars. */
const tokensFor = (dollars: number) => (dollars * 1_000_000 - 10) / 30;

const STOPPED = /^'Max Cost per Run' is \$[\d.]+: \$[\d.]+ is already spent/;

describe.each([1, 20])('with %d parallel requests, the cap', (parallelRequests) => {
	const options = { parallelRequests };

	it('allows requests that reach it exactly, and stops the others before they are sent', async () => {
		const result = await run(3 * PRICE, catPrompts(20), { options, ...CONTINUE });
		expect(result.error).toBeUndefined();
		expect(api.requests).toHaveLength(3);
		expect(outcomesOf(result)).toEqual([
			...['cat 0-1-1.png', 'cat 1-2-1.png', 'cat 2-3-1.png'].map((name) =>
				expect.stringContaining(name.slice(0, 3)),
			),
			...Array(17).fill(expect.stringMatching(STOPPED)),
		]);
		expect(result.outputs[0]!.map(({ pairedItem }) => pairedItem)).toEqual(
			catPrompts(20).map((_, item) => ({ item })),
		);
	});

	it('stops a request that would exceed it by a millionth of a dollar', async () => {
		const result = await run(3 * PRICE - 0.000001, catPrompts(5), { options, ...CONTINUE });
		expect(api.requests).toHaveLength(2);
		expect(result.outputs[0]![2]!.json).toEqual({
			error: `'Max Cost per Run' is $0.158069: $0.10538 is already spent, and this request would cost about $0.05269`,
			message:
				"This request was not sent, so it was not billed. Raise 'Max Cost per Run' in Options, or generate fewer or smaller images, or use a lower quality",
			details: expect.objectContaining({ attempts: 0 }),
		});
	});

	it('stops everything if it is below the first image', async () => {
		const { error, runData } = await run(PRICE / 2, catPrompts(3), { options });
		expect(api.requests).toEqual([]);
		expect(error?.message).toMatch(STOPPED);
		expect(error).toMatchObject({ context: { itemIndex: 0 } });
		expect(JSON.stringify(runData)).toContain('$0.00 is already spent');
	});

	it('holds for images whose cost the first one shows', async () => {
		for (const prompt of catPrompts(20)) tokens.set(prompt, tokensFor(0.1));
		await run(0.35, catPrompts(20), { options, parameters: AUTO, ...CONTINUE });
		expect(billed).toEqual(catPrompts(3));
	});

	it('lets the first of them pass it', async () => {
		tokens.set('cat 0', tokensFor(0.5));
		const result = await run(0.35, catPrompts(3), { options, parameters: AUTO, ...CONTINUE });
		expect(billed).toEqual(['cat 0']);
		expect(result.outputs[0]![1]!.json.error).toMatch(
			/^'Max Cost per Run' is \$0\.35: \$0\.50 is already spent, and this request would cost about \$0\.50$/,
		);
	});

	it('learns from images that cost more than expected', async () => {
		for (const prompt of catPrompts(5)) tokens.set(prompt, 2 * TOKENS);
		await run(4 * PRICE, catPrompts(5), { options: { parallelRequests: 1 }, ...CONTINUE });
		expect(billed).toEqual(catPrompts(2));
	});

	it('releases what images cost less than expected', async () => {
		for (const prompt of catPrompts(5)) tokens.set(prompt, TOKENS / 4);
		await run(2.1 * PRICE, catPrompts(20), { options, ...CONTINUE });
		// Each new request still has to fit as if it cost the full price.
		expect(billed.slice(0, 5)).toEqual(catPrompts(5));
		expect(billed.length).toBe(5);
	});

	it('is kept for images that have several prices', async () => {
		const qualities = ['high', 'low', 'max', 'low', 'low'];
		const prices = { low: 196, high: TOKENS, max: 7024 };
		const items = qualities.map((quality, index) => ({
			json: { prompt: `cat ${index}`, quality },
		}));
		items.forEach(({ json: { prompt, quality } }) =>
			tokens.set(prompt, prices[quality as keyof typeof prices]),
		);
		const parameters = { quality: '={{ $json.quality }}' };
		const result = await run(0.07, [], { options, parameters, items, ...CONTINUE });
		// 0.05269 + 0.00589 + 0.00589, but not 0.21073.
		expect(billed.sort()).toEqual(['cat 0', 'cat 1', 'cat 3']);
		expect(outcomesOf(result).map((text) => STOPPED.test(text))).toEqual([
			...[false, false, true, false, true],
		]);
	});

	it('applies to several models together', async () => {
		const models = ['gpt-image-2', 'gpt-image-1-mini', 'gpt-image-2.6-flare', 'gpt-image-2'];
		const items = models.map((model, index) => ({ json: { prompt: `cat ${index}`, model } }));
		for (const { json } of items) tokens.set(json.prompt, 1056);
		const modelId = '={{ $json.model }}';
		const parameters = { family: 'other', modelId, quality: 'medium' };
		await run(0.1, [], { options, parameters, items, ...CONTINUE });
		// 1756 tokens for $30 are expected of the first one, 1056 for $8 of the next. GPT Image 2.6 has
		// to show its cost, and 1756 fit once more: 0.03169 + 0.00845 + 0.03169 is spent.
		expect(billed.sort()).toEqual(['cat 0', 'cat 1', 'cat 2']);
	});
});

describe('images without a known cost', () => {
	it('wait for the first one, and then start together', async () => {
		const prompts = catPrompts(6);
		let release = () => {};
		const released = new Promise<void>((resolve) => (release = resolve));
		instead.set('cat 0', async (request, response) => {
			await untilRead(100);
			expect(api.requests).toHaveLength(1);
			await bill(request, response);
		});
		for (const prompt of prompts.slice(1)) {
			instead.set(prompt, async (request, response) => {
				if (api.requests.length === prompts.length) release();
				await released;
				await bill(request, response);
			});
		}
		const result = await run(1, prompts, { options: { parallelRequests: 20 }, parameters: AUTO });
		expect(result.error).toBeUndefined();
		expect(openAt).toEqual([1, 1, 2, 3, 4, 5]);
	});

	it('need a second try if the first one fails', async () => {
		instead.set('cat 0', refusal(400));
		await run(1, catPrompts(3), { parameters: AUTO, ...CONTINUE });
		expect(api.requests).toHaveLength(3);
	});

	it('hold up others until the cost is measured', async () => {
		const items = ['auto', 'high', 'high'].map((quality, index) => ({
			json: { prompt: `cat ${index}`, quality },
		}));
		const parameters = { quality: '={{ $json.quality }}' };
		const result = await run(1, [], { options: { parallelRequests: 3 }, parameters, items });
		expect(result.error).toBeUndefined();
		expect(openAt.slice(0, 2)).toEqual([1, 1]);
		expect(billed).toHaveLength(3);
	});
});

describe('edits', () => {
	let items: InputItem[];
	beforeAll(async () => {
		const photo = { data: await picture(), mimeType: 'image/png', fileName: 'a.png' };
		items = catPrompts(4).map((prompt) => ({ json: { prompt }, binary: { data: photo } }));
	});
	const parameters = { operation: 'edit', inputImages: { image: [{ binaryField: 'data' }] } };
	const each = PRICE + (1000 * 8) / 1_000_000;

	it('are estimated by the first one, because input images are billed, too', async () => {
		const options = { parallelRequests: 4 };
		await run(2.9 * each, [], {
			parameters: parameters as INodeParameters,
			options,
			items,
			...CONTINUE,
		});
		expect(billed).toEqual(catPrompts(2));
		expect(openAt).toEqual([1, 1]);
	});

	it('do not start if the output alone would exceed the cap', async () => {
		const { error } = await run(PRICE - 0.000001, [], {
			parameters: parameters as INodeParameters,
			items,
		});
		expect(api.requests).toEqual([]);
		expect(error?.message).toMatch(STOPPED);
	});
});

describe('a failed request', () => {
	const two = { options: { parallelRequests: 1 }, ...CONTINUE };

	it.each([
		['rejected', refusal(400), 3],
		['lost', (_: unknown, response: { destroy(): void }) => void response.destroy(), 2],
		['failed inside of the server', refusal(500), 2],
	])('counts with its estimate only if it might have been billed: %s', async (_, reply, sent) => {
		instead.set('cat 0', reply as never);
		await run(2 * PRICE, catPrompts(4), two);
		expect(api.requests).toHaveLength(sent);
	});

	it('is sent again after a rate limit, and is counted once', async () => {
		let count = 0;
		const tooFast = refusal(429, {}, { 'retry-after-ms': '1' });
		instead.set('cat 0', async (request, response) => {
			await (count++ === 0 ? tooFast : bill)(request, response);
		});
		await run(2 * PRICE, catPrompts(4), { options: { parallelRequests: 20 }, ...CONTINUE });
		expect(billed.sort()).toEqual(catPrompts(2));
	});

	it('is not sent again with Retry Server Errors if both could exceed the cap', async () => {
		instead.set('cat 0', refusal(500));
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const options = { retryServerErrors: true };
		const result = await run(2.5 * PRICE, ['cat 0'], { options, ...CONTINUE });
		jest.restoreAllMocks();
		expect(api.requests).toHaveLength(2);
		expect(result.outputs[0]![0]!.json.message).toMatch(
			/It was not retried: both requests together might exceed 'Max Cost per Run'$/,
		);
	});

	it.each([
		['lost', (_: unknown, response: { destroy(): void }) => void response.destroy()],
		['failed inside of the server', refusal(500)],
		['answered without an image', json({ data: [{ b64_json: 'AAAA' }] })],
	])('ends the run if its cost isn’t known: %s', async (_, reply) => {
		for (const prompt of catPrompts(5)) instead.set(prompt, reply as never);
		const result = await run(1, catPrompts(5), { parameters: AUTO, ...CONTINUE });
		expect(api.requests).toHaveLength(1);
		expect(outcomesOf(result).at(-1)).toMatch(/the cost of an earlier request isn't known$/);
	});

	it('is not sent again with Retry Server Errors if its cost isn’t known', async () => {
		instead.set('cat 0', refusal(500));
		const options = { retryServerErrors: true };
		await run(1, ['cat 0'], { parameters: AUTO, options, ...CONTINUE });
		expect(api.requests).toHaveLength(1);
	});

	it('counts what it cost if the image was generated, but its download failed', async () => {
		api.reply(async (request, response) => {
			if (request.method === 'GET') return void response.writeHead(410).end();
			const usage = { input_tokens: 2, output_tokens: tokensFor(0.1) };
			await json({ data: [{ url: '/files/a.png' }], usage })(request, response);
		});
		const options = { maxRetryWait: 0 };
		await run(0.25, catPrompts(4), { parameters: AUTO, options, ...CONTINUE });
		expect(api.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
	});
});

describe('what the first image shows', () => {
	const reply = (usageOf: () => object) =>
		api.reply(async (request, response) => {
			await json({ ...imageResponse(await picture()), usage: usageOf() })(request, response);
		});

	it('is not the price of an image with a longer prompt', async () => {
		const long = 'word '.repeat(6000).trim();
		// A token for four characters, so the image costs $0.05 and the long prompt $0.04.
		reply(() => {
			const { prompt } = JSON.parse(api.requests.at(-1)!.body.toString()) as { prompt: string };
			return { input_tokens: prompt.length / 4, output_tokens: 0.05 / 30e-6 };
		});
		const result = await run(0.12, ['cats', long, long], { parameters: AUTO, ...CONTINUE });
		expect(api.requests).toHaveLength(1);
		expect(outcomesOf(result)[2]).toMatch(STOPPED);
	});

	it('is not the price of an edit of a larger image', async () => {
		const tokensOf = [50, 6000, 6000];
		reply(() => ({
			input_tokens: 2 + tokensOf[api.requests.length - 1]!,
			input_tokens_details: { text_tokens: 2, image_tokens: tokensOf[api.requests.length - 1] },
			output_tokens: TOKENS,
		}));
		const images = await Promise.all(
			[16, 200, 200].map(async (width) => await picture({ width, height: width })),
		);
		const items = images.map((data, index) => ({
			json: { prompt: `cat ${index}` },
			binary: { data: { data, mimeType: 'image/png', fileName: 'a.png' } },
		}));
		const parameters = { operation: 'edit', inputImages: { image: [{ binaryField: 'data' }] } };
		const options = { parallelRequests: 20 };
		await run(0.21, [], {
			parameters: parameters as INodeParameters,
			options,
			items,
			...CONTINUE,
		});
		// $0.053 and $0.1007: the second large one would have been let in at the price of the small one.
		expect(api.requests).toHaveLength(2);
	});
});

describe('an API that reports no usage', () => {
	it('bills what the node expects', async () => {
		for (const prompt of catPrompts(5)) tokens.set(prompt, null);
		await run(3 * PRICE, catPrompts(5), { options: { parallelRequests: 20 }, ...CONTINUE });
		expect(billed).toHaveLength(3);
	});

	it('can be sent no second request if nothing is expected', async () => {
		for (const prompt of catPrompts(5)) tokens.set(prompt, null);
		const options = { parallelRequests: 20 };
		const result = await run(1, catPrompts(3), { parameters: AUTO, options, ...CONTINUE });
		expect(billed).toEqual(['cat 0']);
		const why =
			"'Max Cost per Run' can't be applied any longer: the cost of an earlier request isn't known";
		expect(outcomesOf(result)).toEqual([expect.stringMatching(/\.png$/), why, why]);
	});
});

describe('numbers that make no sense', () => {
	it.each(['', ' '])('do not turn the cap off: %j', async (maxCost) => {
		const { error } = await run(`={{ ${JSON.stringify(maxCost)} }}`, catPrompts(2));
		expect(api.requests).toEqual([]);
		expect(error?.message).toMatch(/^'Max Cost per Run' "\s*" isn't valid/);
	});

	it('do not extend the cap: fewer tokens than their parts', async () => {
		const usage = {
			input_tokens: 2,
			output_tokens: 10,
			output_tokens_details: { text_tokens: 5000 },
		};
		api.reply(async (request, response) => {
			await json({ ...imageResponse(await picture()), usage })(request, response);
		});
		const result = await run(2.5 * PRICE, catPrompts(5), CONTINUE);
		expect(api.requests).toHaveLength(2);
		expect(result.outputs[0]![0]!.json).not.toHaveProperty('costUsd');
	});

	it('do not extend the cap: a negative number of images', async () => {
		const items = [-1000, 1, 1].map((n, index) => ({ json: { prompt: `cat ${index}`, n } }));
		instead.set('cat 0', refusal(400));
		const parameters = { n: '={{ $json.n }}' };
		const options = { checkParameters: false, parallelRequests: 20 };
		await run(PRICE, [], { parameters, options, items, ...CONTINUE });
		expect(billed).toEqual(['cat 1']);
	});
});

describe('prices that are not known', () => {
	const unpriced = { model: 'chatgpt-image-latest' };
	const prices = (...tokenKinds: string[]) => ({
		price: tokenKinds.map((kind) => ({ tokens: kind, dollars: kind === 'textInput' ? 5 : 30 })),
	});

	it('are asked for before anything is sent', async () => {
		const { error } = await run(1, catPrompts(3), { parameters: unpriced });
		expect(api.requests).toEqual([]);
		expect(error?.message).toBe(
			"'Max Cost per Run' needs the prices of chatgpt-image-latest, which aren't known. Add Text Input and Image Output to 'Token Prices' in Options, or remove 'Max Cost per Run'",
		);
	});

	it('can be given as Token Prices', async () => {
		const options = { prices: prices('textInput', 'imageOutput') };
		const result = await run(2.5 * PRICE, catPrompts(4), {
			parameters: unpriced,
			options,
			...CONTINUE,
		});
		expect(billed).toEqual(catPrompts(2));
		expect(outcomesOf(result)[2]).toMatch(STOPPED);
	});

	it('are not needed without a cap', async () => {
		const { error } = await run(0, catPrompts(3), { parameters: unpriced });
		expect(error).toBeUndefined();
		expect(billed).toHaveLength(3);
	});
});

describe('On Error: Stop Workflow', () => {
	it('ends the run with the cap’s error, after the images that fit', async () => {
		instead.set('cat 0', async (request, response) => {
			await untilRead(100);
			await bill(request, response);
		});
		const options = { parallelRequests: 20 };
		const { error, outputs } = await run(2 * PRICE, catPrompts(5), { options });
		expect(billed.sort()).toEqual(catPrompts(2));
		expect(error?.message).toMatch(STOPPED);
		expect(error).toMatchObject({
			context: { itemIndex: 2 },
			description: expect.stringMatching(
				/This request was not sent.*\n2 images \(\$0\.\d+\) were generated and saved/,
			),
		});
		expect(outputs.flat()).toEqual([]);
	});
});

describe('On Error: Continue (using error output)', () => {
	it('puts what was stopped into the second output', async () => {
		const onError = 'continueErrorOutput' as const;
		const { outputs } = await run(2 * PRICE, catPrompts(3), { onError });
		expect(outputs.map((items) => items.length)).toEqual([2, 1]);
	});
});

describe('the stop button', () => {
	it.each([
		['for the first image', AUTO, 1],
		['for others to cost less', FIXED, 2],
	])('ends a run whose items wait %s', async (_, parameters, requests) => {
		api.reply(() => {});
		const stop = new AbortController();
		const options = { parallelRequests: 20 };
		const running = run(2.5 * PRICE, catPrompts(10), {
			parameters,
			options,
			stop: stop.signal,
			...CONTINUE,
		});
		while (api.requests.length < requests) await new Promise(setImmediate);
		await untilRead();
		stop.abort();
		const result = await running;
		expect(result.status).toBe('canceled');
		expect(leaksOf(result)).toEqual([]);
		await untilRead(100);
		expect(api.requests).toHaveLength(requests);
	});
});

describe('the first item', () => {
	it('decides for the whole run', async () => {
		const cap = `={{ $itemIndex === 0 ? ${2 * PRICE} : 100 }}`;
		await run(cap, catPrompts(4), CONTINUE);
		expect(billed).toEqual(catPrompts(2));
	});
});
