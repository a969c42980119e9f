import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { useEngine } from '../helpers/engine';
import { imageResponse, json, useImagesApi } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';

const engine = useEngine();
const api = useImagesApi();

let photo: Buffer;

beforeAll(async () => {
	photo = await picture({ width: 64, height: 64 });
});

async function run({ options, ...more }: INodeParameters & { options?: INodeParameters }) {
	const result = await engine.runWorkflow({
		parameters: { operation: 'generate', prompt: 'A cat', ...more, options: { ...options } },
		items: [{ binary: { data: { data: photo, mimeType: 'image/png', fileName: 'photo.png' } } }],
		credentials: api.credentials,
	});
	expect(result.error).toBeUndefined();
	return result.outputs[0]!.map((item) => item.json);
}

/** Responds with this many images and further fields. */
const respondWith = (said: IDataObject, images = 1) =>
	api.reply(json({ ...imageResponse(...Array<Buffer>(images).fill(photo)), ...said }));

const other = (value: string) => ({
	family: 'other',
	modelId: { __rl: true, mode: 'id', value },
});

/** 1000 tokens of text and 2000 of images in, 3000 of images out. */
const USAGE = {
	input_tokens: 3000,
	input_tokens_details: { text_tokens: 1000, image_tokens: 2000 },
	output_tokens: 3000,
	output_tokens_details: { image_tokens: 3000, text_tokens: 0 },
	total_tokens: 6000,
};
/** The same, with 500 tokens of text out. */
const TEXT_OUT = {
	...USAGE,
	output_tokens: 3500,
	output_tokens_details: { image_tokens: 3000, text_tokens: 500 },
};
/** What a generation says at least. */
const SHORT = { input_tokens: 1000, output_tokens: 3000 };

describe('the cost', () => {
	// By the published prices per million tokens: text in, image in, image out.
	const PRICED: Array<[model: string, prices: string, edit: number, generation: number]> = [
		['gpt-image-2.6-flare', '5, 8, 30', 0.111, 0.095],
		['gpt-image-2.6-sunburst', '5, 8, 30', 0.111, 0.095],
		['gpt-image-2.5-flare', '5, 8, 30', 0.111, 0.095],
		['gpt-image-2.5-sunburst', '5, 8, 30', 0.111, 0.095],
		['gpt-image-2', '5, 8, 30', 0.111, 0.095],
		['gpt-image-1.5', '5, 8, 32', 0.117, 0.101],
		['gpt-image-1-mini', '2, 2.5, 8', 0.031, 0.026],
		['gpt-image-1', '5, 10, 40', 0.145, 0.125],
	];

	it.each(PRICED)('of %s, at %s dollars, is %d for an edit', async (model, _, edit, generation) => {
		respondWith({ usage: USAGE });
		expect(await run({ operation: 'edit', model })).toMatchObject([
			{ costUsd: edit, metadata: { usage: USAGE } },
		]);
		expect(await run({ model })).toMatchObject([{ costUsd: edit }]);
		respondWith({ usage: SHORT });
		expect(await run({ model })).toMatchObject([
			{ costUsd: generation, metadata: { usage: SHORT } },
		]);
	});

	it('of gpt-image-1.5 has text output in it, at 10 dollars', async () => {
		respondWith({ usage: TEXT_OUT });
		expect(await run({ model: 'gpt-image-1.5' })).toMatchObject([{ costUsd: 0.122 }]);
	});

	it.each([
		['a vendor’s ID', other('openai/gpt-image-1-mini:eu'), 0.031],
		['a deployment', { model: 'gpt-image-1', options: { modelId: 'my-images' } }, 0.145],
		[
			'a request without checks',
			{ model: 'gpt-image-1', options: { checkParameters: false } },
			0.145,
		],
	])('is known for %s', async (_, parameters, cost) => {
		respondWith({ usage: USAGE });
		expect(await run(parameters)).toMatchObject([{ costUsd: cost }]);
	});

	it('is shared by the images of a call, or that of all', async () => {
		respondWith({ usage: USAGE }, 4);
		const model = 'gpt-image-1-mini';
		const shares = await run({ model, n: 4 });
		expect(shares.map(({ costUsd }) => costUsd)).toEqual(Array(4).fill(0.00775));
		const whole = await run({ model, n: 4, options: { output: 'singleItem' } });
		expect(whole).toMatchObject([{ costUsd: 0.031 }]);
	});

	it.each<[string, INodeParameters, IDataObject]>([
		['instead of the tokens', { model: 'gpt-image-2' }, USAGE],
		['without tokens', { model: 'gpt-image-2' }, { total_tokens: 9 }],
		['of an unknown model', other('flux-pro'), {}],
	])('is what the provider reports, %s', async (_, parameters, usage) => {
		respondWith({ usage: { ...usage, cost: 0.04 } });
		expect(await run(parameters)).toMatchObject([{ costUsd: 0.04 }]);
		respondWith({ usage: { ...usage, cost: 0.04 } }, 2);
		expect(await run({ ...parameters, n: 2 })).toMatchObject([
			{ costUsd: 0.02 },
			{ costUsd: 0.02 },
		]);
	});

	it.each(['0.04', -1, null, {}])('is not what the provider cannot mean: %j', async (cost) => {
		respondWith({ usage: { ...USAGE, cost } });
		expect(await run({ model: 'gpt-image-2' })).toMatchObject([{ costUsd: 0.111 }]);
	});

	it.each<[string, INodeParameters, IDataObject]>([
		['chatgpt-image-latest', { model: 'chatgpt-image-latest' }, { usage: USAGE }],
		['dall-e-3', { model: 'dall-e-3' }, { usage: USAGE }],
		['dall-e-2', { model: 'dall-e-2' }, { usage: USAGE }],
		['an unknown model', other('flux-pro'), { usage: USAGE }],
		['text output without a price', { model: 'gpt-image-2' }, { usage: TEXT_OUT }],
		['a response without usage', { model: 'gpt-image-2' }, {}],
		['usage of another kind', { model: 'gpt-image-2' }, { usage: { total_tokens: 9 } }],
		['usage that is null', { model: 'gpt-image-2' }, { usage: null }],
		[
			'a drawing with an author',
			{ model: 'gpt-image-2.6-flare' },
			{ usage: USAGE, svg_usage: { total_tokens: 1 } },
		],
		[
			'an edit not taken apart',
			{ model: 'gpt-image-2', operation: 'edit' },
			{ metadata: { usage: SHORT } },
		],
	])('is absent, not guessed, for %s', async (_, parameters, said) => {
		respondWith(said);
		expect(await run(parameters)).toEqual([
			expect.not.objectContaining({ costUsd: expect.anything() }),
		]);
	});
});

describe('prices of the user', () => {
	const prices = (all: Record<string, number | string>) => ({
		prices: { price: Object.entries(all).map(([tokens, dollars]) => ({ tokens, dollars })) },
	});
	const ALL = { textInput: 1, imageInput: 10, imageOutput: 100, textOutput: 1000 };

	it.each<[string, INodeParameters]>([
		['replace those of a model', { model: 'gpt-image-1.5' }],
		['stand in for those of a model without', { model: 'dall-e-3' }],
		['count for any model', other('flux-pro')],
	])('%s', async (_, parameters) => {
		respondWith({ usage: TEXT_OUT });
		// 1000 × 1 + 2000 × 10 + 3000 × 100 + 500 × 1000 millionths.
		expect(await run({ ...parameters, options: prices(ALL) })).toMatchObject([{ costUsd: 0.821 }]);
	});

	it('can be set for one kind of tokens only', async () => {
		respondWith({ usage: USAGE });
		const options = prices({ imageOutput: '={{ 15 }}' });
		// 1000 × 5 + 2000 × 8 + 3000 × 15 millionths.
		expect(await run({ model: 'gpt-image-2', options })).toMatchObject([{ costUsd: 0.066 }]);
		expect(await run({ model: 'dall-e-3', options })).toEqual([
			expect.not.objectContaining({ costUsd: expect.anything() }),
		]);
	});

	it('can be zero', async () => {
		respondWith({ usage: USAGE });
		const options = prices({ textInput: 0, imageInput: 0, imageOutput: 0 });
		expect(await run({ model: 'gpt-image-2', options })).toMatchObject([{ costUsd: 0 }]);
	});
});

describe('a warning', () => {
	it.each<[INodeParameters, string[]]>([
		[{ size: '1024x1024' }, ['Requested size 1024x1024, received 64x64']],
		[
			{ sizeType: 'custom', width: 1616, height: 1008 },
			['Requested size 1616x1008, received 64x64'],
		],
		[{ outputFormat: 'webp' }, ['Requested output format webp, received png']],
		[
			{ size: '1536x1024', outputFormat: 'jpeg' },
			['Requested size 1536x1024, received 64x64', 'Requested output format jpeg, received png'],
		],
		[{ ...other('flux-pro'), outputFormat: 'jpg' }, ['Requested output format jpeg, received png']],
		[
			{ ...other('vendor/dall-e-3'), quality: 'hd', options: { complexity: 'low' } },
			["'Complexity' was not sent because vendor/dall-e-3 doesn't support it"],
		],
	])('report deviations from the request: %j', async (parameters, warnings) => {
		respondWith({});
		expect(await run(parameters)).toMatchObject([{ warnings }]);
	});

	it.each<INodeParameters>([
		{},
		{ size: 'auto', outputFormat: 'png' },
		{ ...other('flux-pro'), size: '1K', outputFormat: 'png' },
		{ ...other('flux-pro'), size: '64x64' },
	])('is not given for what was left to the server: %j', async (parameters) => {
		respondWith({});
		expect((await run(parameters))[0]).not.toHaveProperty('warnings');
	});
});

describe('a size by its ratio', () => {
	// Nearest in shape of the sizes that the model lists, or of all that its rule allows.
	it.each([
		['gpt-image-1.5', '3:2', undefined, '1536x1024'],
		['gpt-image-1.5', '21:9', undefined, '1536x1024'],
		['gpt-image-1.5', '9:16', undefined, '1024x1536'],
		['gpt-image-1', '4:5', undefined, '1024x1536'],
		['dall-e-3', '16:9', undefined, '1792x1024'],
		['dall-e-2', '9:16', undefined, '1024x1024'],
		['gpt-image-2', '1:1', '1K', '1024x1024'],
		['gpt-image-2', '16:9', '4K', '3840x2160'],
		['gpt-image-2.5-flare', '9:16', '4K', '2160x3840'],
		['gpt-image-2.5-flare', '1:1', '2K', '2048x2048'],
		['gpt-image-2.6-flare', '3:2', '1K', '1248x832'],
	])(
		'of %s, %s at %s, is %s on the wire and in the item',
		async (model, aspectRatio, resolution, size) => {
			const set = {
				model,
				sizeType: 'aspectRatio',
				aspectRatio,
				...(resolution && { resolution }),
			};
			const [width, height] = size.split('x').map(Number) as [number, number];
			api.reply(json(imageResponse(await picture({ width, height }))));
			const [item] = await run(set);
			expect(JSON.parse(api.requests[0]!.body.toString())).toMatchObject({ size });
			expect(item).toMatchObject({ chosenSize: size, width, height });
			expect(item).not.toHaveProperty('warnings');
		},
	);

	it('that the server did not keep causes a warning', async () => {
		respondWith({});
		const items = await run({ model: 'gpt-image-2', sizeType: 'aspectRatio', aspectRatio: '1:1' });
		const warnings = ['Requested size 1024x1024, received 64x64'];
		expect(items).toMatchObject([{ chosenSize: '1024x1024', warnings }]);
	});

	it('is not in the item where the size was chosen by hand', async () => {
		expect((await run({ model: 'gpt-image-2', size: '2048x2048' }))[0]).not.toHaveProperty(
			'chosenSize',
		);
	});
});
