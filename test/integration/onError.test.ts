import { useEngine, type NodeRun } from '../helpers/engine';
import { imageResponse, json, promptOf, useImagesApi } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import { promptRun } from '../helpers/promptRun';
import { untilRead } from '../helpers/untilRead';

const engine = useEngine();
const api = useImagesApi();

/** The prompts of the items; those that begin with "bad" are refused by the server. */
const PROMPTS = ['cat 0', 'bad 1', 'cat 2', 'cat 3', 'bad 4', 'cat 5'];

const refusal = json(
	{ error: { message: 'Rejected.', type: 'user_error', param: null, code: 'moderation_blocked' } },
	400,
	{ 'x-request-id': 'req_1' },
);

const run = async (more: Partial<NodeRun> = {}, parallelRequests = 4) =>
	await engine.runWorkflow(
		promptRun(api.credentials, PROMPTS, {
			parameters: { n: 2 },
			options: { parallelRequests },
			items: PROMPTS.map((prompt, id) => ({ json: { prompt, id } })),
			...more,
		}),
	);

describe('On Error', () => {
	let responded: string[];

	beforeEach(async () => {
		const image = await picture();
		responded = [];
		api.reply(async (request, response) => {
			const prompt = promptOf(request);
			const bad = prompt.startsWith('bad');
			// Good images take longer, so that they are under way when a bad one fails.
			if (!bad) await untilRead(60);
			response.once('finish', () => responded.push(prompt));
			(bad ? refusal : json(imageResponse(image, image)))(request, response);
		});
	});

	it('Stop Workflow lets open requests finish and starts no new one', async () => {
		const result = await run({}, 3);
		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({ message: 'Rejected.', context: { itemIndex: 1 } });
		expect(result.outputs).toEqual([]);
		expect(responded).toEqual(expect.arrayContaining(PROMPTS.slice(0, 3)));
		await untilRead(100);
		expect(api.requests.map(promptOf).sort()).toEqual(PROMPTS.slice(0, 3).sort());
	});

	it('Stop Workflow reports the first of the items that failed', async () => {
		api.reply(async (request, response) => {
			const index = PROMPTS.indexOf(promptOf(request));
			await untilRead(60 - 10 * index);
			refusal(request, response);
		});
		const result = await run({}, 4);
		expect(result.error).toMatchObject({ context: { itemIndex: 0 } });
	});

	it('Continue delivers the others and puts the error items in their places', async () => {
		const result = await run({ onError: 'continueRegularOutput' });
		expect(result.status).toBe('success');
		expect(result.outputs).toHaveLength(1);
		const items = result.outputs[0]!;
		expect(items.map(({ json: { imageNumber, error } }) => imageNumber ?? error)).toEqual([
			...[1, 2],
			'Rejected.',
			...[1, 2, 1, 2],
			'Rejected.',
			...[1, 2],
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 2, 2, 3, 3, 4, 5, 5].map((item) => ({ item })),
		);
		expect(items[2]!.json).toEqual({
			error: 'Rejected.',
			message: expect.stringContaining('Edit the prompt'),
			details: {
				status: 400,
				code: 'moderation_blocked',
				type: 'user_error',
				requestId: 'req_1',
				model: 'gpt-image-2.5-flare',
				operation: 'generate',
				attempts: 1,
				durationMs: expect.any(Number),
			},
		});
		expect(api.requests).toHaveLength(PROMPTS.length);
	});

	it('Continue with Error Output separates them and adds errors to the json of the input', async () => {
		const result = await run({ onError: 'continueErrorOutput' });
		expect(result.status).toBe('success');
		const [images, errors] = result.outputs as [
			(typeof result.outputs)[0],
			(typeof result.outputs)[0],
		];
		expect(images.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 2, 2, 3, 3, 5, 5].map((item) => ({ item })),
		);
		expect(await Promise.all(images.map(async (item) => await result.binary(item)))).toEqual(
			Array(8).fill(await picture()),
		);
		expect(errors.map(({ json: { prompt, id, error } }) => ({ prompt, id, error }))).toEqual([
			{ prompt: 'bad 1', id: 1, error: 'Rejected.' },
			{ prompt: 'bad 4', id: 4, error: 'Rejected.' },
		]);
		expect(errors.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 4 }]);
		expect(errors[0]!.json).toMatchObject({ details: { status: 400 } });
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'%s takes items that could not be sent to the same place',
		async (onError) => {
			const given = ['cat 0', ' ', 'bad 2', 'x'.repeat(32_001)];
			const result = await run({ onError, items: given.map((prompt) => ({ json: { prompt } })) });
			const errors = result.outputs.flat().filter(({ json: { error } }) => error !== undefined);
			expect(errors.map(({ json: { error } }) => error)).toEqual([
				expect.stringMatching(/^'Prompt' is empty$/),
				'Rejected.',
				expect.stringMatching(/^'Prompt' .*Use a string of up to 32,000 characters/),
			]);
			expect(errors.map(({ pairedItem }) => pairedItem)).toEqual(
				[1, 2, 3].map((item) => ({ item })),
			);
			expect(result.outputs[0]![0]!.json).toMatchObject({ imageNumber: 1 });
			expect(api.requests.map(promptOf).sort()).toEqual(['bad 2', 'cat 0']);
		},
	);

	it('does not request images again with Retry On Fail unless an item failed', async () => {
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const items = ['cat 0', 'cat 1'].map((prompt) => ({ json: { prompt } }));
		const result = await run({ ...retry, items });
		expect(result.status).toBe('success');
		expect(api.requests).toHaveLength(2);
	});
});
