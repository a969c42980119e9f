import type { INodeParameters } from 'n8n-workflow';

import { useEngine, type NodeRun } from '../helpers/engine';
import { raw, useImagesApi } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import { expectRefusal } from '../helpers/refusals';
import { inTurn, newImage, refusal } from '../helpers/responses';

const engine = useEngine();
const api = useImagesApi();
const web = useImagesApi();

let png: Buffer;
let jpeg: Buffer;
let overlay: Buffer;

beforeAll(async () => {
	png = await picture({ width: 64, height: 64 });
	jpeg = await picture({ width: 48, height: 32, format: 'jpeg' });
	overlay = await picture({ width: 64, height: 64, alpha: true, colour: 'rgba(0, 0, 0, 0)' });
});

const items = () => [
	{
		binary: {
			data: { data: png, mimeType: 'image/png', fileName: 'cat.png' },
			// Name and type are wrong; the bytes are right.
			second: { data: jpeg, mimeType: 'image/png', fileName: 'b.png' },
			overlay: { data: overlay, mimeType: 'image/png', fileName: 'overlay.png' },
		},
	},
];

const parametersOf = (rows: INodeParameters[], more: INodeParameters = {}): INodeParameters => ({
	operation: 'edit',
	model: 'gpt-image-2.5-flare',
	prompt: 'Add a "hat" 🎩',
	inputImages: { image: rows },
	...more,
	options: { imagesAsJson: true, ...(more.options as object | undefined) },
});

/** The text of the request that an edit of these images makes. */
async function sent(
	rows: INodeParameters[],
	more: INodeParameters = {},
	run: Partial<NodeRun> = {},
): Promise<string> {
	const result = await engine.runWorkflow({
		parameters: parametersOf(rows, more),
		items: items(),
		credentials: api.credentials,
		...run,
	});
	expect(result.error).toBeUndefined();
	expect(api.requests).toHaveLength(1);
	return api.requests[0]!.body.toString('utf8');
}

const FIELDS =
	'{"model":"gpt-image-2.5-flare","prompt":"Add a \\"hat\\" 🎩","n":1,"background":"auto","output_format":"png","size":"auto","quality":"auto"';

const binary = (binaryField: string): INodeParameters => ({ source: 'binary', binaryField });
const url = (address: string): INodeParameters => ({ source: 'url', url: address });
const base64 = (text: string): INodeParameters => ({ source: 'base64', base64: text });
const fileId = (id: string): INodeParameters => ({ source: 'fileId', fileId: id });
const overlayFrom = (row: INodeParameters) => ({ image: row });

const inline = (bytes: Buffer, format: string) =>
	`{"image_url":"data:image/${format};base64,${bytes.toString('base64')}"}`;

describe('an edit as JSON of files in the store', () => {
	it('announces its length instead of being sent in chunks', async () => {
		const text = await sent([binary('data'), binary('second')]);
		const { headers } = api.requests[0]!;
		expect(headers['content-length']).toBe(String(Buffer.byteLength(text)));
		expect(headers).not.toHaveProperty('transfer-encoding');
	});

	it('is sent whole again after a rate limit', async () => {
		const limited = refusal(429, { message: 'Too many requests' }, { 'retry-after-ms': '1' });
		api.reply(inTurn(limited, limited, newImage));
		const result = await engine.runWorkflow({
			parameters: parametersOf([binary('data')]),
			items: items(),
			credentials: api.credentials,
		});
		expect(result.error).toBeUndefined();
		const texts = api.requests.map(({ body }) => body.toString('utf8'));
		expect(texts).toEqual(Array(3).fill(`${FIELDS},"images":[${inline(png, 'png')}]}`));
	});
});

describe('an edit as JSON is this text and nothing else', () => {
	it.each<[string, () => INodeParameters[], () => string]>([
		['a binary field', () => [binary('data')], () => inline(png, 'png')],
		['a field under a wrong type', () => [binary('second')], () => inline(jpeg, 'jpeg')],
		[
			'two fields in one row',
			() => [binary('second,data')],
			() => `${inline(jpeg, 'jpeg')},${inline(png, 'png')}`,
		],
		[
			'an address',
			() => [url('https://pictures.example/a%20b.png?x=1&y="2"')],
			() => '{"image_url":"https://pictures.example/a%20b.png?x=1&y=\\"2\\""}',
		],
		[
			'a data URL',
			() => [url(`data:image/png;base64,${png.toString('base64')}`)],
			() => inline(png, 'png'),
		],
		['base64', () => [base64(jpeg.toString('base64'))], () => inline(jpeg, 'jpeg')],
		[
			'a data URL of the wrong type as base64',
			() => [base64(`data:image/gif;base64,${png.toString('base64')}`)],
			() => inline(png, 'png'),
		],
		['a file ID', () => [fileId(' file-abc123 ')], () => '{"file_id":"file-abc123"}'],
		[
			'all sources, in their order',
			() => [
				fileId('file-1'),
				base64(png.toString('base64')),
				url('http://a.example/b'),
				binary('second'),
			],
			() =>
				`{"file_id":"file-1"},${inline(png, 'png')},{"image_url":"http://a.example/b"},${inline(jpeg, 'jpeg')}`,
		],
	])('of %s', async (_, rows, images) => {
		expect(await sent(rows())).toBe(`${FIELDS},"images":[${images()}]}`);
		const [request] = api.requests as [(typeof api.requests)[0]];
		expect(request).toMatchObject({ method: 'POST', path: '/v1/images/edits' });
		expect(request.headers).toMatchObject({
			'content-type': 'application/json',
			'content-length': String(request.body.length),
		});
	});

	it.each<[string, () => INodeParameters, () => string]>([
		['from a binary field', () => binary('overlay'), () => inline(overlay, 'png')],
		['from base64', () => base64(overlay.toString('base64')), () => inline(overlay, 'png')],
		[
			'from an address',
			() => url('https://a.example/m'),
			() => '{"image_url":"https://a.example/m"}',
		],
		['from a file ID', () => fileId('file-9'), () => '{"file_id":"file-9"}'],
	])('with a mask or a markup %s', async (_, row, reference) => {
		for (const name of ['mask', 'markup']) {
			api.requests.splice(0);
			const text = await sent([binary('data')], {
				options: { [name]: overlayFrom(row()) },
			});
			expect(text).toBe(`${FIELDS},"images":[${inline(png, 'png')}],"${name}":${reference()}}`);
		}
	});

	it('with every field as its own kind of value', async () => {
		const text = await sent([fileId('file-1')], {
			model: 'gpt-image-2.6-flare',
			n: 2,
			sizeType: 'custom',
			width: 1616,
			height: 1008,
			outputFormat: 'jpeg',
			outputCompression: 0,
			options: {
				stream: true,
				partialImages: 0,
				complexity: 'low',
				extraFields: '{"seed":0,"safe":false,"style":null,"tags":["a",{"b":1}]}',
			},
		});
		expect(JSON.parse(text)).toStrictEqual({
			model: 'gpt-image-2.6-flare',
			prompt: 'Add a "hat" 🎩',
			n: 2,
			size: '1616x1008',
			quality: 'auto',
			background: 'auto',
			output_format: 'jpeg',
			output_compression: 0,
			stream: true,
			partial_images: 0,
			complexity: 'low',
			seed: 0,
			safe: false,
			style: null,
			tags: ['a', { b: 1 }],
			images: [{ file_id: 'file-1' }],
		});
		expect(text).toBe(JSON.stringify(JSON.parse(text)));
	});

	it('for each item by itself, with or without', async () => {
		const result = await engine.runWorkflow({
			parameters: parametersOf([binary('={{ $json.field }}')], {
				options: { imagesAsJson: '={{ $json.asJson }}', parallelRequests: 1 },
			}),
			items: [
				{ ...items()[0], json: { field: 'data', asJson: true } },
				{ ...items()[0], json: { field: 'second', asJson: false } },
				{ ...items()[0], json: { field: 'second', asJson: 'true' } },
			],
			credentials: api.credentials,
		});
		expect(result.error).toBeUndefined();
		const types = api.requests.map(({ headers }) => headers['content-type']?.split(';')[0]);
		expect(types).toEqual(['application/json', 'multipart/form-data', 'application/json']);
		expect(api.requests[2]!.body.toString()).toBe(`${FIELDS},"images":[${inline(jpeg, 'jpeg')}]}`);
	});

	it('in the binary mode of the workflow', async () => {
		const text = await sent([binary('data')], {}, { settings: { binaryMode: 'combined' } });
		expect(text).toBe(`${FIELDS},"images":[${inline(png, 'png')}]}`);
	});
});

describe('an address in a JSON edit', () => {
	it('is not fetched by the node', async () => {
		web.reply(raw(jpeg));
		const text = await sent([url(`${web.url}/cat.jpg`)]);
		expect(text).toBe(`${FIELDS},"images":[{"image_url":"${web.url}/cat.jpg"}]}`);
		expect(web.requests).toEqual([]);
	});

	it('is fetched where the images go as files', async () => {
		web.reply(raw(jpeg));
		await sent([url(`${web.url}/cat.jpg`)], { options: { imagesAsJson: false } });
		expect(web.requests).toHaveLength(1);
		expect(api.requests[0]!.headers['content-type']).toMatch(/^multipart/);
	});
});

describe('a JSON edit is checked like any other', () => {
	it.each<[string, () => INodeParameters[], INodeParameters, RegExp]>([
		['no image', () => [], {}, /^'Input Images' is empty/],
		[
			'a text',
			() => [base64('aGVsbG8gd29ybGQ=')],
			{},
			/^Input image 1: the file isn't an image but text: "hello world"\. /,
		],
		['a field that is not there', () => [binary('dog')], {}, /has no binary field "dog"/],
		['an empty file ID', () => [fileId('  ')], {}, /^Input image 1: 'File ID' is empty/],
		[
			'an address of this machine',
			() => [url('file:///etc/passwd')],
			{},
			/isn't valid\. Use a URL/,
		],
		['17 images', () => Array<INodeParameters>(17).fill(fileId('file-1')), {}, /up to 16$/],
		[
			'a mask of another size',
			() => [binary('second')],
			{ options: { mask: overlayFrom(binary('overlay')) } },
			/^Mask .*64 × 64.*48 × 32/,
		],
		[
			'a mask and a markup',
			() => [fileId('file-1')],
			{
				options: {
					mask: overlayFrom(fileId('file-2')),
					markup: overlayFrom(fileId('file-3')),
				},
			},
			/^'Markup' can't be used together with 'Mask'/,
		],
		[
			'its own fields among the extra ones',
			() => [fileId('file-1')],
			{ options: { extraFields: '{"images":[]}' } },
			/^'Additional Body Fields' can't contain "images"/,
		],
	])('%s', async (_, rows, more, problem) => {
		const parameters = parametersOf(rows(), more);
		await expectRefusal(engine, api, { parameters, items: items(), problems: [problem] });
	});
});
