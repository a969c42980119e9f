import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { useEngine, type NodeRun } from '../helpers/engine';
import { imageResponse, json, useImagesApi } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';

const api = useImagesApi();

let png: Buffer;
let jpeg: Buffer;
let webp: Buffer;

beforeAll(async () => {
	png = await picture({ width: 30, height: 20 });
	jpeg = await picture({ width: 31, height: 21, format: 'jpeg' });
	webp = await picture({ width: 32, height: 22, format: 'webp' });
});

const parameters = (
	options: INodeParameters = {},
	more: INodeParameters = {},
): INodeParameters => ({
	operation: 'generate',
	model: 'gpt-image-2.5-flare',
	prompt: 'A cat on a mat',
	...more,
	options,
});

const SINGLE = { output: 'singleItem' };

describe.each(['filesystem', 'default'] as const)(
	'one item with all images, in binary mode %s',
	(binaryMode) => {
		const engine = useEngine({ binaryMode });
		const run = async (options: INodeParameters, more: INodeParameters = { n: 3 }) => {
			const credentials = api.credentials;
			const result = await engine.runWorkflow({
				parameters: parameters(options, more),
				credentials,
			});
			expect(result.error).toBeUndefined();
			return result;
		};

		it('holds exactly this json and these files', async () => {
			const usage = { input_tokens: 12, output_tokens: 588, total_tokens: 600 };
			const body = { ...imageResponse(png, jpeg, webp), size: '1024x1024', quality: 'low', usage };
			api.reply(json(body, 200, { 'x-request-id': 'req_7' }));
			const result = await run({ ...SINGLE, fileName: 'cat' }, { n: 3, quality: 'low' });
			expect(result.outputs[0]).toHaveLength(1);
			const [item] = result.outputs[0]!;
			expect(item!.json).toStrictEqual({
				model: 'gpt-image-2.5-flare',
				operation: 'generate',
				prompt: 'A cat on a mat',
				created: '2025-10-09T08:53:20.000Z',
				metadata: { size: '1024x1024', quality: 'low', usage },
				// 12 tokens of text at $5 and 588 of image at $30 per million.
				costUsd: 0.0177,
				requestId: 'req_7',
				attempts: 1,
				durationMs: expect.any(Number),
				warnings: [
					'Requested output format png, received jpeg',
					'Requested output format png, received webp',
				],
				images: [
					about(0, 'cat-1.png', png, 30, 20),
					about(1, 'cat-2.jpg', jpeg, 31, 21),
					about(2, 'cat-3.webp', webp, 32, 22),
				],
			});
			expect(item!.pairedItem).toEqual({ item: 0 });
			expect(Object.keys(item!.binary!)).toEqual(['data', 'data_2', 'data_3']);
			expect(await result.binary(item)).toEqual(png);
			expect(await result.binary(item, 'data_2')).toEqual(jpeg);
			expect(await result.binary(item, 'data_3')).toEqual(webp);
			expect(item!.binary!.data_3).toMatchObject({
				mimeType: 'image/webp',
				fileName: 'cat-3.webp',
			});
		});

		it('numbers the fields of the option', async () => {
			api.reply(json(imageResponse(png, jpeg, webp)));
			const result = await run({ ...SINGLE, outputBinaryField: 'Bild ä' });
			const [item] = result.outputs[0]!;
			expect(Object.keys(item!.binary!)).toEqual(['Bild ä', 'Bild ä_2', 'Bild ä_3']);
			expect(await result.binary(item, 'Bild ä_3')).toEqual(webp);
		});

		it('can contain one image', async () => {
			api.reply(json(imageResponse(jpeg)));
			const [item] = (await run(SINGLE, {})).outputs[0]!;
			expect(Object.keys(item!.binary!)).toEqual(['data']);
			expect(item!.json.images).toEqual([about(0, 'a-cat-on-a-mat-1.jpg', jpeg, 31, 21)]);
			expect(item!.json).not.toHaveProperty('imageNumber');
		});

		it('leaves no gap where an image is missing', async () => {
			const [first, last] = imageResponse(png, webp).data;
			api.reply(json({ data: [first, { b64_json: '' }, last] }));
			const result = await run(SINGLE);
			const [item] = result.outputs[0]!;
			expect(Object.keys(item!.binary!)).toEqual(['data', 'data_2']);
			expect(await result.binary(item, 'data_2')).toEqual(webp);
			expect(item!.json.images).toMatchObject([{ imageNumber: 1 }, { imageNumber: 3 }]);
			expect(item!.json.warnings).toContainEqual(expect.stringMatching(/^One image is missing/));
		});
	},
);

function about(index: number, fileName: string, file: Buffer, width: number, height: number) {
	const extension = fileName.split('.').at(-1)!.replace('jpg', 'jpeg');
	const mimeType = `image/${extension}`;
	return { imageNumber: index + 1, fileName, mimeType, fileSize: file.length, width, height };
}

const engine = useEngine();
const run = async (options: INodeParameters, more: Partial<NodeRun> = {}) => {
	const credentials = api.credentials;
	const result = await engine.runWorkflow({
		parameters: parameters(options),
		credentials,
		...more,
	});
	expect(result.error).toBeUndefined();
	return result;
};

describe('several input items', () => {
	it('become one item each, in their order', async () => {
		api.reply(json(imageResponse(png, jpeg)));
		const result = await run(
			{},
			{
				parameters: parameters({ output: '={{ $json.output }}' }, { n: 2 }),
				items: ['singleItem', 'itemPerImage', 'singleItem'].map((output) => ({ json: { output } })),
			},
		);
		const items = result.outputs[0]!;
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 1, 2].map((item) => ({ item })),
		);
		expect(items.map(({ binary }) => Object.keys(binary!))).toEqual([
			['data', 'data_2'],
			['data'],
			['data'],
			['data', 'data_2'],
		]);
	});

	it('name their files and fields by expressions of their own', async () => {
		api.reply(json(imageResponse(png)));
		const fileName = '={{ $json.id }}_{item}_{model}';
		const outputBinaryField = '={{ $json.field }}';
		const result = await run(
			{ fileName, outputBinaryField },
			{
				items: [
					{ json: { id: 'a', field: 'one' } },
					{ json: { id: 'b/../c', field: 'two' } },
					{ json: { id: 7, field: '' } },
				],
			},
		);
		expect(result.outputs[0]!.map(({ binary }) => Object.entries(binary!))).toMatchObject([
			[['one', { fileName: 'a_1_gpt-image-2-5-flare.png' }]],
			[['two', { fileName: expect.stringMatching(/^b-[.-]*c_2_gpt-image-2-5-flare\.png$/) }]],
			[['data', { fileName: '7_3_gpt-image-2-5-flare.png' }]],
		]);
	});
});

describe('the name of a file', () => {
	const today = new Date().toISOString().slice(0, 10);

	it.each([
		['', ['a-cat-on-a-mat-1-1.png', 'a-cat-on-a-mat-1-2.jpg']],
		['{prompt}-{item}-{index}', ['a-cat-on-a-mat-1-1.png', 'a-cat-on-a-mat-1-2.jpg']],
		['{index}. {prompt}', ['1. a-cat-on-a-mat.png', '2. a-cat-on-a-mat.jpg']],
		['cover', ['cover-1.png', 'cover-2.jpg']],
		['{date} {index}', [`${today} 1.png`, `${today} 2.jpg`]],
		['{unknown}{index}', ['{unknown}1.png', '{unknown}2.jpg']],
		['../../etc/{index}', ['etc-1.png', 'etc-2.jpg']],
		['猫 {index}', ['猫 1.png', '猫 2.jpg']],
		['a\u0000b\r\n{index}', ['a-b-1.png', 'a-b-2.jpg']],
		['...', ['image-1.png', 'image-2.jpg']],
	])('from the template %j', async (fileName, names) => {
		api.reply(json(imageResponse(png, jpeg)));
		const result = await run({}, { parameters: parameters({ fileName }, { n: 2 }) });
		const items = result.outputs[0]!;
		expect(items.map(({ json: said }) => said.fileName)).toEqual(names);
		expect(items.map(({ binary }) => binary!.data!.fileName)).toEqual(names);
	});
});

describe('the json of an item', () => {
	const long = 'iVBORw0KGgo'.repeat(40);

	it.each<[string, (base64: string) => IDataObject]>([
		['twice', (b64) => ({ data: [{ b64_json: b64, url: `data:image/png;base64,${b64}` }] })],
		['at the top', (b64) => ({ b64_json: b64, data: [{ b64_json: b64 }] })],
		['under other keys', (b64) => ({ image: long, data: [{ b64_json: b64, base64: long }] })],
		['inside of usage', (b64) => ({ usage: { b64_json: long }, data: [{ b64_json: b64 }] })],
		[
			'with an error that is null',
			(b64) => ({ error: null, data: [{ b64_json: b64, error: null }] }),
		],
		['with an error that is empty', (b64) => ({ error: {}, data: [{ b64_json: b64 }] })],
		['with an error', (b64) => ({ error: { message: 'Slow' }, data: [{ b64_json: b64 }] })],
	])('holds no base64 and no error, where the response has them %s', async (_, body) => {
		api.reply(json(body(jpeg.toString('base64'))));
		for (const options of [{}, SINGLE]) {
			const result = await run(options);
			expect(await result.binary(result.outputs[0]![0])).toEqual(jpeg);
			for (const item of result.outputs[0]!) {
				expect(item).not.toHaveProperty('error');
				expect(item.json).not.toHaveProperty('error');
				expect(JSON.stringify(item.json)).not.toMatch(/[A-Za-z0-9+/]{40}/);
			}
		}
	});
});
