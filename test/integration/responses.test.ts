import type { INodeParameters } from 'n8n-workflow';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { useEngine, type NodeResult } from '../helpers/engine';
import { imageResponse, json, promptOf, raw, useImagesApi } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';

const api = useImagesApi();

let png: Buffer;
let jpeg: Buffer;
let webp: Buffer;
let gif: Buffer;

beforeAll(async () => {
	png = await picture({ width: 30, height: 20 });
	jpeg = await picture({ width: 31, height: 21, format: 'jpeg' });
	webp = await picture({ width: 32, height: 22, format: 'webp' });
	gif = await picture({ width: 33, height: 23, format: 'gif' });
});

const parameters = (more: INodeParameters = {}) => ({
	operation: 'generate',
	model: 'gpt-image-2.5-flare',
	prompt: 'A cat on a mat',
	...more,
});

describe.each(['filesystem', 'default'] as const)('a response, in binary mode %s', (binaryMode) => {
	const engine = useEngine({ binaryMode });
	const run = async (more?: INodeParameters): Promise<NodeResult> =>
		await engine.runWorkflow({ parameters: parameters(more), credentials: api.credentials });
	const filesOf = async (result: NodeResult) =>
		await Promise.all(result.outputs[0]!.map(async (item) => await result.binary(item)));

	it('becomes an item with exactly this json and this file', async () => {
		const usage = { input_tokens: 12, output_tokens: 272, total_tokens: 284 };
		const said = { size: '1024x1536', quality: 'high', background: 'opaque', output_format: 'png' };
		const body = { ...imageResponse(jpeg), ...said, usage };
		api.reply(json(body, 200, { 'x-request-id': 'req_7' }));
		const result = await run({ outputFormat: 'png' });
		expect(result.status).toBe('success');
		const [item] = result.outputs[0]!;
		expect(item!.json).toStrictEqual({
			model: 'gpt-image-2.5-flare',
			operation: 'generate',
			prompt: 'A cat on a mat',
			imageNumber: 1,
			created: '2025-10-09T08:53:20.000Z',
			fileName: 'a-cat-on-a-mat-1.jpg',
			mimeType: 'image/jpeg',
			fileSize: jpeg.length,
			width: 31,
			height: 21,
			metadata: {
				size: '1024x1536',
				quality: 'high',
				background: 'opaque',
				outputFormat: 'png',
				usage,
			},
			// 12 tokens of text at $5 and 272 of image at $30 per million.
			costUsd: 0.00822,
			requestId: 'req_7',
			attempts: 1,
			durationMs: expect.any(Number),
			warnings: ['Requested output format png, received jpeg'],
		});
		expect(item!.pairedItem).toEqual({ item: 0 });
		expect(Object.keys(item!.binary!)).toEqual(['data']);
		expect(item!.binary!.data).toMatchObject({
			mimeType: 'image/jpeg',
			fileType: 'image',
			fileExtension: 'jpg',
			fileName: 'a-cat-on-a-mat-1.jpg',
		});
		expect(await filesOf(result)).toEqual([jpeg]);
	});

	it('reports no more than is known', async () => {
		api.reply(json({ data: [{ b64_json: png.toString('base64') }] }));
		const [item] = (await run()).outputs[0]!;
		expect(Object.keys(item!.json).sort()).toEqual(
			[
				'attempts',
				'durationMs',
				'fileName',
				'fileSize',
				'height',
				'imageNumber',
				'mimeType',
				'model',
			]
				.concat(['operation', 'prompt', 'width'])
				.sort(),
		);
	});

	it('keeps its images in order, each by its own bytes', async () => {
		api.reply(json(imageResponse(png, jpeg, webp, gif)));
		const result = await run({ n: 4 });
		expect(await filesOf(result)).toEqual([png, jpeg, webp, gif]);
		expect(result.outputs[0]).toMatchObject([
			{ json: { imageNumber: 1, mimeType: 'image/png', width: 30, height: 20 } },
			{ json: { imageNumber: 2, mimeType: 'image/jpeg', width: 31, height: 21 } },
			{ json: { imageNumber: 3, mimeType: 'image/webp', width: 32, height: 22 } },
			{ json: { imageNumber: 4, mimeType: 'image/gif', width: 33, height: 23 } },
		]);
		const items = result.outputs[0]!;
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(Array(4).fill({ item: 0 }));
		const names = ['1.png', '2.jpg', '3.webp', '4.gif'].map((end) => `a-cat-on-a-mat-1-${end}`);
		expect(items.map(({ json: { fileName } }) => fileName)).toEqual(names);
	});

	it.each<[string, (base64: string) => unknown]>([
		['base64', (base64) => ({ b64_json: base64 })],
		['a data URL in b64_json', (base64) => ({ b64_json: `data:image/png;base64,${base64}` })],
		['a data URL in url', (base64) => ({ url: `data:image/png;base64,${base64}` })],
		['base64 beside an empty url', (base64) => ({ url: '', b64_json: base64 })],
		[
			'a data URL beside empty base64',
			(base64) => ({ b64_json: '', url: `data:;base64,${base64}` }),
		],
		['base64 beside null', (base64) => ({ url: null, b64_json: base64 })],
		['base64 in lines', (base64) => ({ b64_json: base64.replace(/.{20}/g, '$&\n') })],
		[
			'base64 of the URL-safe alphabet',
			(base64) => ({ b64_json: Buffer.from(base64, 'base64').toString('base64url') }),
		],
	])('returns the same file from %s', async (_, entry) => {
		api.reply(json({ data: [entry(webp.toString('base64'))] }));
		const result = await run();
		expect(result.error).toBeUndefined();
		expect(await filesOf(result)).toEqual([webp]);
		expect(result.outputs[0]![0]!.json).toMatchObject({ mimeType: 'image/webp', width: 32 });
	});

	it('puts the file into the field of the option', async () => {
		const result = await run({ options: { outputBinaryField: 'picture' } });
		const [item] = result.outputs[0]!;
		expect(Object.keys(item!.binary!)).toEqual(['picture']);
		expect(await result.binary(item, 'picture')).toEqual(await picture());
	});

	it('carries no base64 in its json', async () => {
		const base64 = png.toString('base64');
		const data = [{ b64_json: base64, revised_prompt: 'A tabby' }];
		api.reply(json({ data, b64_json: base64 }));
		const [item] = (await run()).outputs[0]!;
		expect(item!.json).toMatchObject({ revisedPrompt: 'A tabby' });
		expect(item!.json).not.toHaveProperty('error');
		expect(JSON.stringify(item!.json)).not.toContain(base64.slice(0, 16));
	});
});

describe('a response', () => {
	const engine = useEngine();
	const run = async (more?: INodeParameters) =>
		await engine.runWorkflow({ parameters: parameters(more), credentials: api.credentials });

	it('can arrive in the smallest pieces', async () => {
		const text = JSON.stringify({ ...imageResponse(png, jpeg), usage: { total_tokens: 3 } });
		api.reply(async (_, response) => {
			response.socket!.setNoDelay(true);
			response.writeHead(200, { 'content-type': 'application/json' });
			for (let at = 0; at < text.length; at += 7) {
				response.write(text.slice(at, at + 7));
				await new Promise(setImmediate);
			}
			response.end();
		});
		const result = await run();
		const files = result.outputs[0]!.map(async (item) => await result.binary(item));
		expect(await Promise.all(files)).toEqual([png, jpeg]);
		expect(result.outputs[0]![0]!.json.metadata).toEqual({ usage: { total_tokens: 3 } });
		// The tokens of a response count once.
		expect(result.outputs[0]![1]!.json).not.toHaveProperty('metadata');
	});

	it.each([
		['gzip', gzipSync],
		['br', brotliCompressSync],
	])('can be compressed with %s', async (encoding, compress) => {
		const body = compress(JSON.stringify(imageResponse(png, webp)));
		api.reply(raw(body, 200, { 'content-encoding': encoding }));
		const result = await run();
		const files = result.outputs[0]!.map(async (item) => await result.binary(item));
		expect(await Promise.all(files)).toEqual([png, webp]);
	});

	it.each([
		['with a byte order mark', '\uFEFF', {}],
		['under another type', '', { 'content-type': 'text/plain' }],
		['without a type', '', {}],
	])('is read for what it is, %s', async (_, prefix, headers) => {
		api.reply(raw(prefix + JSON.stringify(imageResponse(png)), 200, headers));
		const result = await run();
		expect(await result.binary(result.outputs[0]![0])).toEqual(png);
	});

	it('delivers the images that it has when one of its entries is none', async () => {
		const none = { b64_json: Buffer.from('no image at all').toString('base64') };
		const [first, last] = imageResponse(png, jpeg).data;
		api.reply(json({ data: [first, none, last] }));
		const result = await run({ n: 3 });
		expect(result.outputs[0]!.map(({ json: { imageNumber } }) => imageNumber)).toEqual([1, 3]);
		const warning = /^One image is missing: .* isn't an image/;
		expect(result.outputs[0]![0]!.json.warnings).toContainEqual(expect.stringMatching(warning));
	});

	it('names its files differently even if it contains more images than requested', async () => {
		api.reply(json(imageResponse(png, png)));
		const result = await run();
		const names = result.outputs[0]!.map(({ json: { fileName } }) => fileName);
		expect(new Set(names).size).toBe(2);
	});

	it('belongs to its own item, in the order of the items', async () => {
		const prompts = ['first', 'second', 'third', 'fourth', 'fifth'];
		const pictures = await Promise.all(
			prompts.map(async (_, index) => await picture({ width: 10 + index })),
		);
		const waiting: Array<() => void> = [];
		api.reply(async (request, response) => {
			const index = prompts.indexOf(promptOf(request));
			await new Promise<void>((resolve) => {
				waiting[index] = resolve;
				if (Object.keys(waiting).length === prompts.length) waiting.at(-1)?.();
			});
			response.once('close', () => waiting[index - 1]?.());
			json(imageResponse(pictures[index]!, png))(request, response);
		});
		const result = await engine.runWorkflow({
			parameters: parameters({ prompt: '={{ $json.p }}', n: 2, options: { parallelRequests: 5 } }),
			items: prompts.map((p) => ({ json: { p } })),
			credentials: api.credentials,
		});
		expect(result.outputs[0]!.map(({ json: { imageNumber } }) => imageNumber)).toEqual(
			Array(5).fill([1, 2]).flat(),
		);
		expect(result.outputs[0]!.map(({ pairedItem }) => pairedItem)).toEqual(
			prompts.flatMap((_, item) => [{ item }, { item }]),
		);
		const firsts = result.outputs[0]!.filter((_, index) => index % 2 === 0);
		const files = await Promise.all(firsts.map(async (item) => await result.binary(item)));
		expect(files).toEqual(pictures);
		expect(firsts.map(({ json: { fileName } }) => fileName)).toEqual(
			prompts.map((prompt, index) => `${prompt}-${index + 1}-1.png`),
		);
	});
});
