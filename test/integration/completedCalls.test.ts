import sharp from 'sharp';

import { useEngine } from '../helpers/engine';
import { imageResponse, json, promptOf, raw, type Reply } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import { inTurn } from '../helpers/responses';
import { EACH_ONCE, fail, PROMPTS, useImageServer } from '../helpers/imageServer';
import { untilRead } from '../helpers/untilRead';

const { api, made, serveImages, failing, runOf, deliveries } = useImageServer();

describe('Retry On Fail', () => {
	const engine = useEngine();

	it('requests only what is missing, and delivers all in order', async () => {
		api.reply(failing(1));
		const result = await engine.runWorkflow(runOf(PROMPTS));
		expect(result.error).toBeUndefined();
		expect(api.requests.map(promptOf)).toEqual(['cat 0', 'cat 1', 'bad 2', 'bad 2', 'cat 3']);
		expect(await deliveries(result)).toEqual(EACH_ONCE);
	});

	it('keeps the images of requests in flight when the item failed', async () => {
		const reply = failing(1);
		api.reply(async (request, response) => {
			if (promptOf(request).startsWith('cat')) await untilRead(60);
			await reply(request, response);
		});
		const result = await engine.runWorkflow(runOf(PROMPTS, {}, 4));
		expect(result.error).toBeUndefined();
		expect(api.requests.map(promptOf).sort()).toEqual([...PROMPTS, 'bad 2'].sort());
		expect(await deliveries(result)).toEqual(EACH_ONCE);
	});

	it('adds to the images of all earlier attempts', async () => {
		const turns: Record<string, Reply> = {
			'cat 1': inTurn(fail, serveImages),
			'bad 2': inTurn(fail, fail, serveImages),
		};
		api.reply(async (request, response) => {
			await (turns[promptOf(request)] ?? serveImages)(request, response);
		});
		const result = await engine.runWorkflow(runOf(PROMPTS, { maxTries: 5 }));
		expect(result.error).toBeUndefined();
		expect(api.requests.map(promptOf)).toEqual([
			...['cat 0', 'cat 1'],
			...['cat 1', 'bad 2'],
			'bad 2',
			...['bad 2', 'cat 3'],
		]);
		expect(await deliveries(result)).toEqual(EACH_ONCE);
	});

	it('keeps all images of an item', async () => {
		for (const output of ['itemPerImage', 'singleItem']) {
			api.requests.splice(0);
			made.clear();
			api.reply(failing(1));
			const options = { parallelRequests: 1, output };
			const parameters = { ...runOf([]).parameters, n: 3, options };
			const result = await engine.runWorkflow(runOf(PROMPTS, { parameters }));
			expect(result.error).toBeUndefined();
			expect(api.requests).toHaveLength(5);
			const files = result.outputs[0]!.flatMap((item) =>
				Object.keys(item.binary ?? {}).map((field) => ({ item, field })),
			);
			const bytes = await Promise.all(
				files.map(async ({ item, field }) => await result.binary(item, field)),
			);
			expect(bytes).toEqual(PROMPTS.flatMap((prompt) => made.get(prompt)));
			expect(bytes).toHaveLength(12);
		}
	});

	it('requests a prompt again if it differs at each attempt', async () => {
		api.reply(failing(1));
		const parameters = {
			...runOf([]).parameters,
			prompt: '={{ $json.prompt + ($json.prompt === "cat 0" ? " " + Math.random() : "") }}',
		};
		const result = await engine.runWorkflow(runOf(PROMPTS, { parameters }));
		expect(result.error).toBeUndefined();
		const prompts = api.requests.map(promptOf);
		expect(prompts.map((prompt) => prompt.slice(0, 5))).toEqual([
			...['cat 0', 'cat 1', 'bad 2'],
			...['cat 0', 'bad 2', 'cat 3'],
		]);
		const bytes = await result.binary(result.outputs[0]![0]);
		expect(bytes.equals(made.get(prompts[3]!)![0]!)).toBe(true);
		expect(prompts[3]).not.toBe(prompts[0]);
	});

	it('distinguishes identical items', async () => {
		const equal = ['cat', 'cat', 'bad', 'cat'];
		api.reply(failing(1));
		const result = await engine.runWorkflow(runOf(equal));
		expect(api.requests.map(promptOf)).toEqual(['cat', 'cat', 'bad', 'bad', 'cat']);
		const bytes = await Promise.all(
			result.outputs[0]!.map(async (item) => await result.binary(item)),
		);
		const cats = made.get('cat')!;
		expect(bytes).toEqual([cats[0], cats[1], made.get('bad')![0], cats[2]]);
	});

	it('keeps edits, which are identified by their files', async () => {
		let requests = 0;
		api.reply(async (request, response) => {
			const image = await picture({ colour: `#0000${(++requests + 16).toString(16)}` });
			await (requests === 2 ? fail : json(imageResponse(image)))(request, response);
		});
		const items = await Promise.all(
			['#ff0000', '#00ff00'].map(async (colour) => ({
				binary: { data: { data: await picture({ colour }), mimeType: 'image/png' } },
			})),
		);
		const parameters = { ...runOf([]).parameters, operation: 'edit', prompt: 'A hat' };
		const result = await engine.runWorkflow(runOf([], { items, parameters }));
		expect(result.error).toBeUndefined();
		expect(requests).toBe(3);
		const blues = await Promise.all(
			result.outputs[0]!.map(async (item) => {
				const { data } = await sharp(await result.binary(item))
					.raw()
					.toBuffer({ resolveWithObject: true });
				return data[2];
			}),
		);
		expect(blues).toEqual([17, 19]);
	});

	it('keeps edits of downloaded files as long as their bytes are the same', async () => {
		const replies: Reply[] = [];
		api.reply(async (request, response) => {
			const reply = request.method === 'GET' ? download : replies.shift();
			await reply?.(request, response);
		});
		const source = async (colour: string) =>
			raw(await picture({ colour }), 200, { 'content-type': 'image/png' });
		let download = await source('#ff0000');
		const done = json(imageResponse(await picture()));
		const parameters = {
			...runOf([]).parameters,
			operation: 'edit',
			inputImages: { image: [{ source: 'url', url: `${api.url}/a.png` }] },
		};
		const edits = async () => {
			api.requests.splice(0);
			const result = await engine.runWorkflow(runOf(['A hat', 'A coat'], { parameters }));
			expect(result.error).toBeUndefined();
			return api.requests.filter(({ method }) => method === 'POST').length;
		};
		replies.push(done, fail, done);
		expect(await edits()).toBe(3);

		const changed = await source('#00ff00');
		const failAndChange: Reply = async (request, response) => {
			download = changed;
			await fail(request, response);
		};
		replies.push(done, failAndChange, done, done);
		expect(await edits()).toBe(4);
	});

	it('also keeps them if the node continues and n8n retries because of the first item', async () => {
		const prompts = ['bad 0', 'cat 1', 'cat 2'];
		api.reply(failing(1));
		const onError = 'continueRegularOutput';
		const result = await engine.runWorkflow(runOf(prompts, { onError }));
		expect(result.outputs[0]!.map(({ json: { error } }) => error)).toEqual(
			prompts.map(() => undefined),
		);
		expect(api.requests.map(promptOf)).toEqual([...prompts, 'bad 0']);
	});

	it('never returns anything to a later execution', async () => {
		api.reply(failing(2));
		expect((await engine.runWorkflow(runOf(PROMPTS))).status).toBe('error');
		expect(api.requests).toHaveLength(4);
		const second = await engine.runWorkflow(runOf(PROMPTS));
		expect(second.error).toBeUndefined();
		expect(api.requests.slice(4).map(promptOf)).toEqual(PROMPTS);
	});
});
