import type { INodeParameters } from 'n8n-workflow';

import { useEngine, type NodeRun } from '../helpers/engine';
import { raw, useImagesApi } from '../helpers/imagesApi';
import { filesOf, partsOf } from '../helpers/multipart';
import { picture } from '../helpers/pictures';

const engine = useEngine();
const api = useImagesApi();
const web = useImagesApi();

let png: Buffer;
let webp: Buffer;
let overlay: Buffer;

beforeAll(async () => {
	png = await picture({ width: 64, height: 64 });
	webp = await picture({ width: 32, height: 64, format: 'webp' });
	overlay = await picture({ width: 64, height: 64, alpha: true, colour: 'rgba(9, 9, 9, 0.5)' });
});

const file = (data: Buffer, fileName: string) => ({ data, fileName, mimeType: 'image/png' });

async function edit(
	rows: INodeParameters[],
	more: INodeParameters = {},
	run: Partial<NodeRun> = {},
) {
	const result = await engine.runWorkflow({
		parameters: {
			operation: 'edit',
			model: 'gpt-image-2.5-flare',
			prompt: 'Add a hat',
			inputImages: { image: rows },
			...more,
		},
		items: [
			{
				json: { note: 'a' },
				binary: {
					data: file(png, 'a.png'),
					second: file(webp, 'b.webp'),
					marks: file(overlay, 'm.png'),
				},
			},
		],
		credentials: api.credentials,
		...run,
	});
	expect(result.error).toBeUndefined();
	expect(api.requests).toHaveLength(1);
	return result;
}

const url = (address: string) => ({ source: 'url', url: address });
const base64 = (text: string) => ({ source: 'base64', base64: text });
const dataUrl = (bytes: Buffer, type: string) => `data:${type};base64,${bytes.toString('base64')}`;

describe('input images as files', () => {
	it.each(['data,second', ' data , second ', '={{ ["data", "second"].join() }}'])(
		'come from several fields of the item: %s',
		async (binaryField) => {
			await edit([{ binaryField }]);
			expect(filesOf(partsOf(api.requests[0]!))).toEqual([
				['image[]', 'a.png', 'image/png'],
				['image[]', 'b.webp', 'image/webp'],
			]);
		},
	);

	it('come from all fields of the item', async () => {
		await edit([{ binaryField: '*' }]);
		expect(filesOf(partsOf(api.requests[0]!)).map(([, name]) => name)).toEqual([
			...['a.png', 'b.webp', 'm.png'],
		]);
	});

	it('come from base64 and data URLs', async () => {
		await edit([
			base64(png.toString('base64')),
			base64(dataUrl(webp, 'image/png')),
			url(dataUrl(png, 'image/png')),
		]);
		const parts = partsOf(api.requests[0]!);
		expect(filesOf(parts).map(([name, , type]) => [name, type])).toEqual([
			['image[]', 'image/png'],
			['image[]', 'image/webp'],
			['image[]', 'image/png'],
		]);
		expect(parts.slice(-3).map(({ data }) => data)).toEqual([png, webp, png]);
	});

	it('come from the web, where the key does not go', async () => {
		web.reply(raw(webp, 200, { 'content-type': 'image/png' }));
		await edit([url(`${web.url}/photos/cat.png?size=1`)]);
		const parts = partsOf(api.requests[0]!);
		expect(filesOf(parts)).toEqual([['image', 'cat.webp', 'image/webp']]);
		expect(parts.at(-1)!.data).toEqual(webp);
		expect(web.requests.map(({ path }) => path)).toEqual(['/photos/cat.png?size=1']);
		expect(web.requests[0]!.headers).not.toHaveProperty('authorization');
	});

	it.each(['data', '={{ $json._files.data }}'])(
		'are found where the workflow keeps files in the json: %s',
		async (binaryField) => {
			const settings = { binaryMode: 'combined' } as const;
			const result = await edit([{ binaryField }], {}, { settings });
			expect(partsOf(api.requests[0]!).at(-1)!.data).toEqual(png);
			expect(await result.binary(result.outputs[0]![0])).toEqual(await picture());
		},
	);

	it.each(['mask', 'markup'])('have a %s after them', async (kind) => {
		await edit([{ binaryField: 'data' }], {
			options: { [kind]: { image: { binaryField: 'marks' } } },
		});
		const parts = partsOf(api.requests[0]!);
		expect(filesOf(parts)).toEqual([
			['image', 'a.png', 'image/png'],
			[kind, 'm.png', 'image/png'],
		]);
		expect(parts.at(-1)!.data).toEqual(overlay);
	});
});

describe('input images as JSON', () => {
	it('go as data URLs, addresses and ids', async () => {
		await edit(
			[
				{ binaryField: 'data' },
				url('https://pictures.example/cat.png'),
				{ source: 'fileId', fileId: 'file-7' },
				base64(webp.toString('base64')),
			],
			{
				options: { imagesAsJson: true, mask: { image: { binaryField: 'marks' } } },
			},
		);
		const [{ headers, body }] = api.requests as [(typeof api.requests)[0]];
		expect(headers['content-type']).toBe('application/json');
		expect(JSON.parse(body.toString())).toStrictEqual({
			model: 'gpt-image-2.5-flare',
			prompt: 'Add a hat',
			n: 1,
			background: 'auto',
			output_format: 'png',
			size: 'auto',
			quality: 'auto',
			images: [
				{ image_url: dataUrl(png, 'image/png') },
				{ image_url: 'https://pictures.example/cat.png' },
				{ file_id: 'file-7' },
				{ image_url: dataUrl(webp, 'image/webp') },
			],
			mask: { image_url: dataUrl(overlay, 'image/png') },
		});
	});

	it('go with a markup', async () => {
		await edit([{ binaryField: 'data' }], {
			options: { imagesAsJson: true, markup: { image: { source: 'fileId', fileId: 'file-8' } } },
		});
		expect(JSON.parse(api.requests[0]!.body.toString())).toMatchObject({
			images: [{ image_url: dataUrl(png, 'image/png') }],
			markup: { file_id: 'file-8' },
		});
	});
});
