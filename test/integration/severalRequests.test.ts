import type { INodeParameters } from 'n8n-workflow';

import { useEngine } from '../helpers/engine';
import { json } from '../helpers/imagesApi';
import { SIZE, USAGE, useOneByOne } from '../helpers/oneByOne';
import { picture } from '../helpers/pictures';
import { refusal } from '../helpers/responses';
import { untilRead } from '../helpers/untilRead';

const engine = useEngine();
const { api, instead, runOf, bodies, numbersOf } = useOneByOne();

const run = async (...given: Parameters<typeof runOf>) => await engine.runWorkflow(runOf(...given));

describe('three images of a model that makes one per request', () => {
	it('are three requests that differ in nothing, each for one image', async () => {
		const result = await run();
		expect(result.error).toBeUndefined();
		const [first, ...others] = bodies();
		expect(first).toEqual({
			...{ model: 'dall-e-3', prompt: 'cat', n: 1, size: '1024x1024', quality: 'standard' },
		});
		expect(others).toEqual([first, first]);
	});

	it.each(['url', 'b64_json'])('come out in order, each with what is its own: %s', async (form) => {
		const result = await run({}, { options: { responseFormat: form, parallelRequests: 3 } });
		expect(result.error).toBeUndefined();
		const items = result.outputs[0]!;
		// Parallel requests may arrive in any order: each image shows which one made it.
		const numbers = items.map(({ json: { requestId } }) => Number(String(requestId).slice(4)));
		expect([...numbers].sort()).toEqual([1, 2, 3]);
		expect(await numbersOf(result)).toEqual(numbers);
		expect(items.map(({ json }) => json)).toEqual(
			numbers.map((number, index) =>
				expect.objectContaining({
					...{
						imageNumber: index + 1,
						fileName: `cat-1-${index + 1}.png`,
						revisedPrompt: `revised ${number}`,
					},
					created: new Date((100 + number) * 1000).toISOString(),
					...{ metadata: { usage: USAGE }, costUsd: 0.10001, attempts: 3 },
				}),
			),
		);
		for (const { json } of items) expect(json).not.toHaveProperty('warnings');
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(Array(3).fill({ item: 0 }));
	});

	it('are one item if that is wanted, with the tokens and the price of all', async () => {
		const result = await run({}, { options: { output: 'singleItem' } });
		const [item, ...others] = result.outputs[0]!;
		expect(others).toEqual([]);
		expect(Object.keys(item!.binary!)).toEqual(['data', 'data_2', 'data_3']);
		expect(await numbersOf(result)).toEqual([1, 2, 3]);
		expect(item!.json).toMatchObject({
			...{ attempts: 3, costUsd: 0.30003 },
			metadata: { usage: { input_tokens: 30, output_tokens: 3000 } },
			images: [1, 2, 3].map((number) => ({
				imageNumber: number,
				requestId: `req_${number}`,
				revisedPrompt: `revised ${number}`,
			})),
		});
		expect(item!.json).not.toHaveProperty('requestId');
	});

	it('are under way side by side, with those of other items, under one limit', async () => {
		const image = await picture(SIZE);
		let open = 0;
		let most = 0;
		let allThere = () => {};
		const five = new Promise<void>((resolve) => (allThere = resolve));
		api.reply(async (request, response) => {
			most = Math.max(most, ++open);
			if (open === 5) allThere();
			await five;
			// One too many would come in this time.
			await untilRead();
			open--;
			json({ data: [{ b64_json: image.toString('base64') }] })(request, response);
		});
		const result = await run({}, { options: { parallelRequests: 5 } }, ['a', 'b', 'c', 'd']);
		expect(result.outputs[0]).toHaveLength(12);
		expect(result.outputs[0]!.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].flatMap((item) => Array(3).fill({ item })),
		);
		expect(most).toBe(5);
	});

	it.each<INodeParameters>([
		{ family: 'other', modelId: { mode: 'id', value: 'openai/dall-e-3' } },
		{
			model: 'dall-e-3',
			options: { modelId: { mode: 'id', value: 'mine' } },
			n: '={{ "3" }}',
		},
	])('are so by another ID, too: %j', async (parameters) => {
		const result = await run(parameters);
		expect(await numbersOf(result)).toEqual([1, 2, 3]);
		expect(bodies().map(({ n }) => n)).toEqual([1, 1, 1]);
	});

	it('are one request of a model of which nothing is known', async () => {
		const modelId = { mode: 'id', value: 'dall-e-3' };
		const { error } = await run({
			family: 'other',
			modelId,
			n: '3',
			options: { checkParameters: false },
		});
		expect(bodies().map(({ n }) => n)).toEqual([3]);
		expect(error?.message).toBe('n must be 1');
	});

	it('are made by a server that does not know the number', async () => {
		const unknown = refusal(400, {
			message: "Unknown parameter: 'n'.",
			code: 'unknown_parameter',
			param: 'n',
		});
		for (const number of [1, 3, 5]) instead.set(number, unknown);
		const result = await run({}, { options: { output: 'singleItem' } });
		expect(result.error).toBeUndefined();
		expect(bodies().map(({ n }) => n)).toEqual([1, undefined, 1, undefined, 1, undefined]);
		expect(result.outputs[0]).toMatchObject([
			{
				json: {
					attempts: 6,
					warnings: ["'Number of Images' was removed because the API doesn't support it"],
				},
			},
		]);
	});
});
