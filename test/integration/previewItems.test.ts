import type { INodeParameters } from 'n8n-workflow';

import { API_KEY, promptOf } from '../helpers/imagesApi';
import { EDIT, usePreviews } from '../helpers/previewRun';
import { AUTO, CONTINUE, FIXED, PRICE, TOKENS } from '../helpers/pricedApi';
import { RETRY_ON_FAIL } from '../helpers/promptRun';

const { api, failing, connections, previewOf, run } = usePreviews();

describe('what is left out', () => {
	const at = (service: string) => ({ service, apiKey: API_KEY, [`${service}BaseUrl`]: api.url });
	const other = (value: string) => ({
		family: 'other',
		modelId: { __rl: true, mode: 'id', value },
	});

	it.each([
		['openRouter', {}, ["'Size' isn't sent because \"auto\" is what OpenRouter does without it"]],
		[
			'together',
			{ family: 'seedream', model: 'seedream-5.0-lite' },
			[
				"'Watermark' isn't sent because Together AI doesn't support it",
				"'Size' isn't sent because Together AI has no value for \"2K\"",
			],
		],
		[
			'compatible',
			{ family: 'gemini', model: 'gemini-3-pro-image' },
			[
				"'Resolution' isn't sent because \"1K\" is what an OpenAI-compatible server does without it",
			],
		],
		[
			'blackForestLabs',
			{ family: 'flux', model: 'flux-2-pro', n: 2 },
			["'Number of Images' isn't sent because Black Forest Labs makes one image per request"],
		],
	])('is told with its reason: %s, %j', async (service, parameters, sentences) => {
		const { json } = await previewOf(parameters, at(service));
		expect(json.leftOut).toEqual(sentences);
		expect(json).not.toHaveProperty('warnings');
	});

	it.each(['generate', 'edit'])('is nothing for OpenAI itself: %s', async (operation) => {
		const { json } = await previewOf({ ...EDIT, operation }, at('openai'));
		expect(json).not.toHaveProperty('leftOut');
		expect(json).not.toHaveProperty('warnings');
	});

	it.each([
		['openRouter', { options: { moderation: 'low' } }, 'Moderation', 'OpenRouter'],
		[
			'compatible',
			{ ...other('gemini-3-pro-image'), quality: 'high' },
			'Quality',
			'gemini-3-pro-image',
		],
	])('is a warning if the user set it: %s, %j', async (service, parameters, field, who) => {
		const { json } = await previewOf(parameters, at(service));
		expect(json.warnings).toEqual([`'${field}' was not sent because ${who} doesn't support it`]);
	});
});

describe('the cost', () => {
	const costsOf = async (parameters: INodeParameters) => {
		const { estimatedCostUsd, minimumCostUsd } = (await previewOf(parameters)).json;
		return [estimatedCostUsd, minimumCostUsd];
	};

	it('is estimated for all requests of the item', async () => {
		expect(await costsOf({ ...FIXED })).toEqual([expect.closeTo(PRICE, 6), undefined]);
		const [three] = await costsOf({ ...FIXED, n: 3 });
		expect(three).toBeCloseTo(3 * PRICE, 4);
		const flux = { family: 'flux', model: 'flux-kontext-pro', n: 2 };
		expect(await costsOf(flux)).toEqual([0.08, undefined]);
	});

	it('is what the images cost at least, where input images cost extra', async () => {
		expect(await costsOf({ ...EDIT, ...FIXED })).toEqual([undefined, expect.closeTo(PRICE, 6)]);
	});

	it('is by the prices of the user', async () => {
		const price = [
			{ tokens: 'textInput', dollars: 0 },
			{ tokens: 'imageOutput', dollars: 60 },
		];
		const [dollars] = await costsOf({ ...FIXED, options: { prices: { price } } });
		expect(dollars).toBeCloseTo((TOKENS * 60) / 1_000_000, 6);
	});

	it.each([
		['the model decides on the size', { ...AUTO }],
		[
			'a text model writes the image',
			{ model: 'gpt-image-2.6-flare', ...FIXED, outputFormat: 'svg' },
		],
		['the maker publishes no price', { model: 'dall-e-3' }],
	])('is unknown if %s', async (_, parameters) => {
		expect(await costsOf(parameters)).toEqual([undefined, undefined]);
	});
});

describe('several items', () => {
	it('have a preview each, and errors of their own', async () => {
		const { outputs } = await run(['cat 0', '', 'cat 2'], { previewRequest: true }, CONTINUE);
		expect(outputs[0]).toHaveLength(3);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		const [first, failed, last] = outputs[0]?.map(({ json }) => json) ?? [];
		expect(first?.requests).toMatchObject([{ body: { prompt: 'cat 0' } }]);
		expect(failed).toMatchObject({ error: expect.stringMatching(/^'Prompt'/) });
		expect(Object.keys(failed ?? {}).sort()).toEqual(['details', 'error', 'message']);
		expect(last?.requests).toMatchObject([{ body: { prompt: 'cat 2' } }]);
		expect(connections()).toBe(0);
	});

	it('end with the first error otherwise', async () => {
		const { error } = await run(['cat 0', ''], { previewRequest: true });
		expect(error?.message).toMatch(/^'Prompt'/);
		expect(error?.description).toContain('No request was sent');
		expect(connections()).toBe(0);
	});

	it('are refused if the option is neither on nor off', async () => {
		const { error } = await run(['cat 0'], { previewRequest: 'maybe' });
		expect(error?.message).toBe("'Preview Request' \"maybe\" isn't valid. Use true or false");
		expect(connections()).toBe(0);
	});

	it('are sent or previewed as their own option says', async () => {
		const previewRequest = '={{ $json.prompt.startsWith("draft") }}';
		const { outputs } = await run(['draft 0', 'cat 1', 'draft 2'], { previewRequest });
		expect(outputs[0]?.map(({ json, binary }) => [json.sent, binary !== undefined])).toEqual([
			[false, false],
			[undefined, true],
			[false, false],
		]);
		expect(api.requests.map(promptOf)).toEqual(['cat 1']);
	});
});

describe('a retry', () => {
	it('of a preview keeps nothing and sends nothing', async () => {
		const retried = { ...RETRY_ON_FAIL, ...CONTINUE };
		const { outputs, contextData, runData } = await run(
			['', 'cat 1'],
			{ previewRequest: true },
			retried,
		);
		expect(runData['AI Images']).toHaveLength(1);
		expect(outputs[0]?.map(({ json }) => [json.error === undefined, json.sent])).toEqual([
			[false, undefined],
			[true, false],
		]);
		expect(contextData).toEqual({});
		expect(connections()).toBe(0);
	});

	it('delivers the previews beside what was generated before', async () => {
		api.reply(failing(1));
		const previewRequest = '={{ $json.prompt.startsWith("draft") }}';
		const prompts = ['cat 0', 'draft 1', 'bad 2'];
		const options = { previewRequest, parallelRequests: 1 };
		const { error, outputs } = await run(prompts, options, RETRY_ON_FAIL);
		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ json }) => json.sent)).toEqual([undefined, false, undefined]);
		expect(api.requests.map(promptOf)).toEqual(['cat 0', 'bad 2', 'bad 2']);
	});
});
