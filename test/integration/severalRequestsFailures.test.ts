import { useEngine } from '../helpers/engine';
import { json, promptOf, type Reply } from '../helpers/imagesApi';
import { SIZE, useOneByOne } from '../helpers/oneByOne';
import { picture } from '../helpers/pictures';
import { refusal } from '../helpers/responses';
import { untilRead } from '../helpers/untilRead';

const engine = useEngine();
const { made, instead, runOf, bodies, numbersOf } = useOneByOne();

const fail = refusal(400, { message: 'Rejected.', code: 'moderation_blocked' });

const run = async (...given: Parameters<typeof runOf>) => await engine.runWorkflow(runOf(...given));

describe('a request that fails among three', () => {
	it.each([
		[1, [2, 3]],
		[2, [1, 3]],
		[3, [1, 2]],
	])('keeps the images of the others: number %i', async (number, left) => {
		instead.set(number, fail);
		const result = await run();
		expect(result.error).toBeUndefined();
		expect(await numbersOf(result)).toEqual(left);
		expect(result.outputs[0]!.map(({ json }) => json)).toEqual(
			left.map((each) =>
				expect.objectContaining({
					...{ imageNumber: each, requestId: `req_${each}`, attempts: 3 },
					fileName: `cat-1-${each}.png`,
					warnings: [expect.stringMatching(/^One image is missing: Rejected\. .*safety system/)],
				}),
			),
		);
	});

	it('is retried on its own if it can’t have been billed', async () => {
		instead.set(2, refusal(429, {}, { 'retry-after-ms': '10' }));
		const result = await run();
		expect(await numbersOf(result)).toEqual([1, 3, 4]);
		expect(result.outputs[0]!.map(({ json }) => json.attempts)).toEqual([4, 4, 4]);
		expect(result.outputs[0]![0]!.json).not.toHaveProperty('warnings');
	});

	it('is the error of the item if the others fail, too', async () => {
		for (const number of [1, 2, 3]) instead.set(number, fail);
		const { outputs } = await run({}, { onError: 'continueRegularOutput' });
		expect(outputs[0]!.map(({ json }) => json)).toEqual([
			{
				error: 'Rejected.',
				message: expect.stringContaining('Edit the prompt'),
				details: expect.objectContaining({ status: 400, attempts: 3, model: 'dall-e-3' }),
			},
		]);
	});

	it('is retried alone when another item makes n8n repeat the run', async () => {
		instead.set(2, fail);
		// All of the second item: it stops the run.
		for (const number of [4, 5, 6]) instead.set(number, fail);
		const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const result = await run({}, retry, ['cat', 'dog']);
		expect(result.error).toBeUndefined();
		expect(bodies().map(({ prompt }) => prompt)).toEqual([
			...['cat', 'cat', 'cat', 'dog', 'dog', 'dog'],
			...['cat', 'dog', 'dog', 'dog'],
		]);
		expect(await numbersOf(result)).toEqual([1, 7, 3, 8, 9, 10]);
		expect(result.outputs[0]!.map(({ json: { imageNumber } }) => imageNumber)).toEqual([
			1, 2, 3, 1, 2, 3,
		]);
		expect(result.outputs[0]![0]!.json).not.toHaveProperty('warnings');
	});
});

describe('a run that has to stop between the requests of an item', () => {
	const parameters = { n: '={{ $json.prompt === "cat" ? 1 : 3 }}' };
	const two = { options: { parallelRequests: 2 } };
	const prompts = ['cat', 'dog'];

	beforeEach(() => {
		// The first item is refused while the first image of the second one is made.
		let refused = () => {};
		const isRefused = new Promise<void>((resolve) => (refused = resolve));
		const first: Reply = async (request, response) => {
			await untilRead();
			if (promptOf(request) === 'cat') {
				response.once('finish', refused);
				return await fail(request, response);
			}
			await isRefused;
			await untilRead();
			const image = await picture(SIZE);
			made.set(0, image);
			await json({ data: [{ b64_json: image.toString('base64') }] })(request, response);
		};
		instead.set(1, first).set(2, first);
	});

	it('sends none of the others', async () => {
		const { error } = await run(parameters, two, prompts);
		expect(error).toMatchObject({
			message: 'Rejected.',
			description: expect.stringMatching(/1 image was generated and saved/),
		});
		expect(
			bodies()
				.map(({ prompt }) => prompt)
				.sort(),
		).toEqual(prompts);
	});

	it('makes a retry request only these', async () => {
		const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const result = await run(parameters, { ...two, ...retry }, prompts);
		expect(result.error).toBeUndefined();
		expect(
			bodies()
				.map(({ prompt }) => prompt)
				.sort(),
		).toEqual(['cat', 'cat', 'dog', 'dog', 'dog']);
		const [cat, ...dogs] = await numbersOf(result);
		expect(dogs[0]).toBe(0);
		expect([cat, ...dogs].sort()).toEqual([0, 3, 4, 5]);
	});
});

describe('what is saved of several requests', () => {
	it('contains no link, which can contain a signature', async () => {
		for (const number of [4, 5, 6]) instead.set(number, fail);
		const options = { responseFormat: 'url' };
		const stopped = await run({}, { options }, ['cat', 'dog']);
		expect(stopped.error).toMatchObject({
			description: expect.stringMatching(/3 images \(\$[\d.]+\) were generated and saved/),
		});
		const kept = JSON.stringify(stopped.contextData);
		expect(kept).toContain('req_3');
		expect(kept).not.toMatch(/secret|files\/|http/);
	});
});
