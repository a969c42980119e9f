import { quickClock } from '../helpers/clock';
import { useEngine, type NodeResult } from '../helpers/engine';
import { json, promptOf, type Reply } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import { entry, respondWith, UNKNOWN, useRefusedNumber } from '../helpers/refusedNumber';
import { refusal } from '../helpers/responses';

const engine = useEngine();
const { api, made, instead, draw, runOf, numbers, imagesOf } = useRefusedNumber();

const LEFT_OUT = expect.stringMatching(/^'Number of Images' was removed/);
const rejected = refusal(400, { message: 'Rejected.', code: 'moderation_blocked' });

const run = async (...given: Parameters<typeof runOf>) => await engine.runWorkflow(runOf(...given));
const warningsOf = (result: NodeResult) => result.outputs[0]?.[0]?.json.warnings;

describe('an API that does not know the number of images, and generates one', () => {
	it.each([2, 4, 10])('gets another request for each of the others, of %i', async (n) => {
		const result = await run(n);
		expect(result.error).toBeUndefined();
		expect(numbers()).toEqual([n, ...Array(n).fill(undefined)]);
		expect(await imagesOf(result)).toEqual(Array.from({ length: n }, (_, index) => index + 1));
		expect(
			result.outputs[0]!.map(({ json }) => [json.imageNumber, json.fileName, json.attempts]),
		).toEqual(
			Array.from({ length: n }, (_, index) => [index + 1, `cat-1-${index + 1}.png`, n + 1]),
		);
		expect(warningsOf(result)).toEqual([LEFT_OUT]);
	});

	it('can return all in one item, with the tokens of all', async () => {
		const result = await run(3, {}, { output: 'singleItem' });
		expect(result.outputs[0]).toHaveLength(1);
		expect(result.outputs[0]![0]!.json).toMatchObject({
			metadata: { usage: { input_tokens: 30, output_tokens: 300 } },
			images: [{ imageNumber: 1 }, { imageNumber: 2 }, { imageNumber: 3 }],
		});
		expect(await imagesOf(result)).toEqual([1, 2, 3]);
	});

	it('gets requests within Parallel Requests, next to those of other items', async () => {
		let open = 0;
		let most = 0;
		const image = await picture();
		api.reply(async (request, response) => {
			most = Math.max(most, ++open);
			await new Promise((resolve) => setTimeout(resolve, 20));
			open--;
			const isNumbered = 'n' in JSON.parse(request.body.toString('utf8'));
			await (isNumbered ? refusal(400, UNKNOWN) : respondWith([entry(image)]))(request, response);
		});
		const items = ['a', 'b', 'c'].map((prompt) => ({ json: { prompt } }));
		const result = await run(3, { items }, { parallelRequests: 2 });
		expect(result.outputs[0]!.map(({ json }) => json.fileName)).toEqual(
			['a', 'b', 'c'].flatMap((name, item) =>
				[1, 2, 3].map((index) => `${name}-${item + 1}-${index}.png`),
			),
		);
		expect(most).toBe(2);
	});

	it('gets requests for one item in turn with those for others', async () => {
		const items = ['a', 'b', 'c', 'd'].map((prompt) => ({ json: { prompt } }));
		const result = await run(3, { items }, { parallelRequests: 1 });
		expect(result.error).toBeUndefined();
		const order = api.requests.map(
			(request, index) => `${promptOf(request)}${numbers()[index] ?? ''}`,
		);
		expect(order).toEqual([
			...['a3', 'a', 'b3', 'b', 'a', 'c3', 'c', 'b', 'a', 'd3', 'd', 'c', 'b', 'd', 'c', 'd'],
		]);
	});

	it('gets requests within Images per Minute', async () => {
		quickClock({ isEarly: true });
		const result = await run(3, {}, { imagesPerMinute: 3 });
		expect(await imagesOf(result)).toEqual([1, 2, 3]);
	});

	it.each([0, 1])(
		'has each request repeated by itself: request %i of the others',
		async (which) => {
			instead.set(which + 2, refusal(429, {}, { 'retry-after-ms': '1' }));
			const result = await run(3);
			expect(await imagesOf(result)).toEqual([1, 2, 3]);
			expect(result.outputs[0]![0]!.json.attempts).toBe(5);
			expect(warningsOf(result)).toEqual([LEFT_OUT]);
		},
	);

	it('costs only the images of requests that fail', async () => {
		instead.set(2, rejected).set(4, rejected);
		const result = await run(4);
		expect(await imagesOf(result)).toEqual([1, 2]);
		expect(result.outputs[0]!.map(({ json }) => json.imageNumber)).toEqual([1, 3]);
		expect(warningsOf(result)).toEqual([
			LEFT_OUT,
			expect.stringMatching(/^2 images are missing: Rejected\./),
		]);
	});

	it('gets no request for images that an earlier try received', async () => {
		const prompts = ['cat', 'bad'];
		let bads = 0;
		const heal: Reply = async (request, response) => {
			const isBad = promptOf(request) === 'bad';
			const isNumbered = 'n' in JSON.parse(request.body.toString('utf8'));
			if (isNumbered) return await refusal(400, UNKNOWN)(request, response);
			if (isBad && ++bads <= 1) return await rejected(request, response);
			await respondWith([entry(await draw())])(request, response);
		};
		api.reply(heal);
		const items = prompts.map((prompt) => ({ json: { prompt } }));
		const result = await run(2, { items, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 });
		expect(result.error).toBeUndefined();
		// Each with its number and without, then for its second image; what was rejected, all over.
		expect(api.requests.map(promptOf).sort()).toEqual([
			...Array<string>(5).fill('bad'),
			...Array<string>(3).fill('cat'),
		]);
		expect((await imagesOf(result)).sort()).toEqual([1, 2, 3, 4]);
	});

	it('gets the requests for the others in the retry, if the run stopped before', async () => {
		const items = ['cat', 'bad'].map((prompt) => ({ json: { prompt } }));
		let isOpen = false;
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		api.reply(async (request, response) => {
			const isNumbered = 'n' in JSON.parse(request.body.toString('utf8'));
			if (isNumbered) return await refusal(400, UNKNOWN)(request, response);
			if (promptOf(request) === 'bad' && !isOpen) {
				isOpen = true;
				await rejected(request, response);
				// The first image of the other item comes when the run has to stop.
				setTimeout(release, 100);
				return;
			}
			if (!isOpen) await held;
			await respondWith([entry(await draw())])(request, response);
		});
		const result = await run(
			2,
			{ items, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			{ parallelRequests: 2 },
		);
		expect(result.error).toBeUndefined();
		expect(result.outputs[0]!.map(({ json }) => json.fileName)).toEqual([
			...['cat-1-1.png', 'cat-1-2.png', 'bad-2-1.png', 'bad-2-2.png'],
		]);
		expect(made).toHaveLength(4);
		expect((await imagesOf(result)).sort()).toEqual([1, 2, 3, 4]);
	});

	it('can report it with a success status', async () => {
		api.reply(async (request, response) => {
			const isNumbered = 'n' in JSON.parse(request.body.toString('utf8'));
			await (isNumbered ? json({ error: UNKNOWN }) : respondWith([entry(await draw())]))(
				request,
				response,
			);
		});
		const result = await run(3);
		expect(await imagesOf(result)).toEqual([1, 2, 3]);
		expect(numbers()).toEqual([3, undefined, undefined, undefined]);
	});

	it('can link to the image', async () => {
		instead.set(1, async (...all) => {
			await draw();
			respondWith([{ url: `${api.url}/1.png` }])(...all);
		});
		expect(await imagesOf(await run(2))).toEqual([1, 2]);
	});
});

describe('an API that does not know the number of images gets no further request', () => {
	it.each<[string, () => Promise<Reply>, number, unknown[]]>([
		[
			'if it makes several',
			async () => respondWith([entry(await draw()), entry(await draw())]),
			2,
			['Requested 4 images, received 2'],
		],
		[
			'if it refuses one beside another',
			async () => respondWith([entry(await draw()), { error: { message: 'Rejected.' } }]),
			1,
			[expect.stringMatching(/^3 images are missing: Rejected\./)],
		],
		[
			'if it complains beside the image',
			async () => json({ data: [entry(await draw())], error: { message: 'Slow down.' } }),
			1,
			[expect.stringMatching(/^3 images are missing: Slow down\./)],
		],
	])('%s', async (_, reply, images, warnings) => {
		instead.set(1, await reply());
		const result = await run(4);
		expect(numbers()).toEqual([4, undefined]);
		expect(await imagesOf(result)).toHaveLength(images);
		expect(warningsOf(result)).toEqual([LEFT_OUT, ...warnings]);
	});

	it('if the image fails', async () => {
		instead.set(1, rejected);
		expect((await run(4)).error?.message).toBe('Rejected.');
		expect(numbers()).toEqual([4, undefined]);
	});

	it('if one image was wanted', async () => {
		const result = await run(1);
		expect(await imagesOf(result)).toEqual([1]);
		expect(numbers()).toEqual([1, undefined]);
	});

	it('if the user set the number, and does not allow to leave it out', async () => {
		expect((await run(4, {}, { dropUnsupported: false })).error?.message).toBe(UNKNOWN.message);
		expect(numbers()).toEqual([4]);
	});
});

it('an API that accepts the number and generates fewer gets no further request: it might bill all', async () => {
	api.reply(async (...all) => respondWith([entry(await draw())])(...all));
	const result = await run(4);
	expect(numbers()).toEqual([4]);
	expect(warningsOf(result)).toEqual(['Requested 4 images, received 1']);
});
