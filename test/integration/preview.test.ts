import { Socket } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';

import { useEngine, type NodeRun } from '../helpers/engine';
import { imageResponse, leaksOf, promptOf, API_KEY } from '../helpers/imagesApi';
import { useImageServer } from '../helpers/imageServer';
import { picture } from '../helpers/pictures';
import { AUTO, FIXED, PRICE } from '../helpers/pricedApi';
import { promptRun, RETRY_ON_FAIL } from '../helpers/promptRun';
import type { Preview } from '../helpers/previews';

const engine = useEngine();
const { api, serveImages, failing } = useImageServer();
const FILE_SERVER = 'https://files.example.com';

let photo: Buffer;
let mask: Buffer;
beforeAll(async () => {
	photo = await picture();
	mask = await picture({ colour: '#00000000', alpha: true });
});

/** Connections that the process opens, to whatever host. */
let connect: jest.SpiedFunction<Socket['connect']>;
beforeEach(() => {
	connect = jest.spyOn(Socket.prototype, 'connect');
	api.reply(serveImages);
});
afterEach(() => connect.mockRestore());

/** A run of one item, with its preview. */
async function previewOf(
	parameters: INodeParameters = {},
	credentials: NonNullable<NodeRun['credentials']> = api.credentials,
) {
	const file = (data: Buffer, fileName: string) => ({ data, mimeType: 'image/png', fileName });
	const result = await engine.runWorkflow({
		parameters: {
			operation: 'generate',
			model: 'gpt-image-2.5-flare',
			prompt: 'cat 1',
			...parameters,
			options: { previewRequest: true, ...(parameters.options as object) },
		},
		items: [{ binary: { data: file(photo, 'my photo.jpg'), mask: file(mask, 'mask.png') } }],
		credentials,
	});
	expect(result.error).toBeUndefined();
	expect(result.outputs[0]).toHaveLength(1);
	const [item] = result.outputs[0] ?? [];
	return { result, item, json: item?.json as unknown as Preview & Record<string, unknown> };
}

/** A run with one item for each prompt. */
const runOf = (prompts: string[], options: INodeParameters, more: Partial<NodeRun> = {}) =>
	engine.runWorkflow(promptRun(api.credentials, prompts, { options, ...more }));

const MASK = { image: { source: 'binary', binaryField: 'mask' } };
const EDIT = { operation: 'edit', inputImages: { image: [{ source: 'binary' }] } };
const URLS = [{ source: 'url', url: `${FILE_SERVER}/a.png?signature=1` }];

describe('a preview', () => {
	it('is an item without a file, and opens no connection', async () => {
		const { item, result } = await previewOf({ n: 2 });
		expect(item).toEqual({ json: expect.any(Object), pairedItem: { item: 0 } });
		expect(item?.json).toEqual({
			sent: false,
			service: 'OpenAI-compatible',
			operation: 'generate',
			model: 'gpt-image-2.5-flare',
			requestCount: 1,
			minimumCostUsd: 0.00001,
			requests: [
				{
					count: 1,
					method: 'POST',
					url: `${api.url}/v1/images/generations`,
					headers: {
						Accept: 'application/json, text/event-stream',
						'Content-Type': 'application/json',
						Authorization: 'Bearer ***',
					},
					body: {
						model: 'gpt-image-2.5-flare',
						prompt: 'cat 1',
						n: 2,
						size: 'auto',
						quality: 'auto',
						background: 'auto',
						output_format: 'png',
					},
				},
			],
		});
		expect(connect).not.toHaveBeenCalled();
		expect(api.requests).toEqual([]);
		expect(result.contextData).toEqual({});
	});

	it('is the same with Simplify', async () => {
		const simple = await previewOf({ options: { simplify: true } });
		expect(simple.json).toEqual((await previewOf()).json);
	});

	it('comes from a run that opens a connection otherwise', async () => {
		await previewOf();
		await runOf(['cat 0'], { previewRequest: false });
		expect(connect).toHaveBeenCalled();
		expect(api.requests).toHaveLength(1);
	});

	it('has the parts of a form in their order', async () => {
		const { json } = await previewOf({
			...EDIT,
			model: 'gpt-image-2',
			options: { mask: MASK, extraFields: '{"tags": ["a", "b"]}' },
		});
		expect(json.requests[0]?.headers['Content-Type']).toBe('multipart/form-data');
		expect(json.requests[0]?.body).toEqual([
			{ name: 'model', value: 'gpt-image-2' },
			{ name: 'prompt', value: 'cat 1' },
			{ name: 'n', value: '1' },
			...['size', 'quality', 'background'].map((name) => ({ name, value: 'auto' })),
			{ name: 'output_format', value: 'png' },
			{ name: 'tags[]', value: 'a' },
			{ name: 'tags[]', value: 'b' },
			{
				name: 'image',
				fileName: 'my-photo.png',
				mimeType: 'image/png',
				fileSize: photo.length,
			},
			{ name: 'mask', fileName: 'mask.png', mimeType: 'image/png', fileSize: mask.length },
		]);
	});

	it('has facts in place of files in JSON', async () => {
		const image = [
			{ source: 'binary' },
			...URLS,
			{ source: 'fileId', fileId: 'file-123' },
			{ source: 'base64', base64: mask.toString('base64') },
		];
		const { json } = await previewOf({
			...EDIT,
			inputImages: { image },
			options: { imagesAsJson: true },
		});
		const sent = { mimeType: 'image/png', sentAs: 'dataUrl' };
		expect(json.requests[0]?.headers['Content-Type']).toBe('application/json');
		expect(json.requests[0]?.body).toMatchObject({
			images: [
				{ image_url: { fileName: 'my-photo.png', fileSize: photo.length, ...sent } },
				{ image_url: `${FILE_SERVER}/a.png?signature=1` },
				{ file_id: 'file-123' },
				{ image_url: { fileName: 'image.png', fileSize: mask.length, ...sent } },
			],
		});
		expect(JSON.stringify(json)).not.toContain(photo.toString('base64').slice(0, 40));
	});

	it('downloads no input image', async () => {
		const { json } = await previewOf({
			...EDIT,
			inputImages: { image: URLS },
			options: { mask: { image: { source: 'url', url: `${FILE_SERVER}/mask.png` } } },
		});
		expect(connect).not.toHaveBeenCalled();
		expect(json.requests[0]?.body).toEqual(
			expect.arrayContaining([
				{ name: 'image', url: `${FILE_SERVER}/a.png?signature=1` },
				{ name: 'mask', url: `${FILE_SERVER}/mask.png` },
			]),
		);
		const reason =
			"a preview doesn't download the file, so it was not checked, and its type and size aren't known";
		expect(json.warnings).toEqual([`Input image 1: ${reason}`, `Mask: ${reason}`]);
	});
});

describe('the requests of an item', () => {
	it('are counted, and shown once where they are equal', async () => {
		const { json } = await previewOf({ model: 'dall-e-3', n: 3 });
		expect(json.requestCount).toBe(3);
		expect(json.requests).toEqual([
			expect.objectContaining({ count: 3, body: expect.objectContaining({ n: 1 }) }),
		]);
	});

	it('are shown one by one where they differ', async () => {
		const parameters = { family: 'gemini', model: 'gemini-3-pro-image', n: 3 };
		const { json } = await previewOf(
			{ ...parameters, options: { seed: 7 } },
			{ service: 'google', apiKey: API_KEY, googleBaseUrl: api.url },
		);
		expect(json.requestCount).toBe(3);
		expect(json.requests.map(({ count, body }) => [count, body])).toEqual(
			[7, 8, 9].map((seed) => [
				1,
				expect.objectContaining({ generationConfig: expect.objectContaining({ seed }) }),
			]),
		);
		expect(json.leftOut).toContain(
			"'Number of Images' isn't sent because Google Gemini makes one image per request",
		);
	});
});

describe('secrets', () => {
	const TOKEN = 'token-0123456789abcdefghij';
	const QUERY = 'query-0123456789abcdefghij';

	it.each([
		['bearer', 'Authorization', 'Bearer ***'],
		['header', 'X-Own', '***'],
	])('are masked: the key as %s', async (authentication, name, value) => {
		const { result, json } = await previewOf(
			{
				prompt: `A sign that says ${API_KEY}`,
				options: { extraFields: JSON.stringify({ [`of ${API_KEY}`]: [`${TOKEN} ${QUERY}`] }) },
			},
			{
				apiKey: API_KEY,
				baseUrl: `${api.url}/${API_KEY}/v1?token=${QUERY}&api-version=2025-04-01-preview`,
				authentication,
				headerName: 'X-Own',
				organization: 'org-1',
				extraHeaders: JSON.stringify({ 'X-Token': `Basic ${TOKEN}`, 'X-Short': 'ab' }),
			},
		);
		expect(leaksOf(result, [API_KEY, TOKEN, QUERY])).toEqual(
			// The node's own parameters hold what the user typed; run data does not.
			[],
		);
		const [request] = json.requests;
		expect(request?.url).toBe(
			`${api.url}/***/v1/images/generations?token=***&api-version=2025-04-01-preview`,
		);
		expect(request?.headers).toEqual({
			Accept: 'application/json, text/event-stream',
			'Content-Type': 'application/json',
			'X-Token': '***',
			'X-Short': '***',
			'OpenAI-Organization': 'org-1',
			[name]: value,
		});
		expect(request?.body).toMatchObject({ prompt: 'A sign that says ***', 'of ***': ['*** ***'] });
	});

	it('are masked even if they are short, or pasted into the wrong field', async () => {
		const { json } = await previewOf(
			{ prompt: 'k7' },
			{
				apiKey: 'k7',
				baseUrl: `${api.url}/v1?${TOKEN}`,
				organization: API_KEY,
				extraHeaders: JSON.stringify({ Authorization: `Bearer ${API_KEY}` }),
				authentication: 'header',
				headerName: 'api-key',
			},
		);
		expect(json.requests[0]?.url).toBe(`${api.url}/v1/images/generations?***=`);
		expect(json.requests[0]?.headers).toMatchObject({
			Authorization: '***',
			'OpenAI-Organization': '***',
			'api-key': '***',
		});
	});
});

describe('what is left out', () => {
	const at = (service: string) => ({ service, apiKey: API_KEY, [`${service}BaseUrl`]: api.url });
	const GEMINI = { family: 'gemini', model: 'gemini-3-pro-image' };

	it('is told with its reason', async () => {
		const flux = { family: 'flux', model: 'flux-2-pro' };
		expect((await previewOf(flux, at('openRouter'))).json.leftOut).toEqual([]);
	});

	it.each([['generate'], ['edit']])('is nothing for OpenAI itself: %s', async (operation) => {
		const { json } = await previewOf({ ...EDIT, operation }, at('openai'));
		expect(json).not.toHaveProperty('leftOut');
		expect(json).not.toHaveProperty('warnings');
	});

	it('includes defaults that other values rule out', async () => {
		const svg = { model: 'gpt-image-2.6-flare', outputFormat: 'svg' };
		expect((await previewOf(svg)).json.leftOut).toEqual([]);
	});

	it('includes what an entered model does not support', async () => {
		const modelId = { __rl: true, mode: 'id', value: 'gemini-3-pro-image' };
		const set = { family: 'other', modelId, quality: 'high' };
		expect((await previewOf(set)).json).toMatchObject({ warnings: [], leftOut: [] });
	});

	it('is a warning if the user set it', async () => {
		const { json } = await previewOf({ options: { moderation: 'low' } }, at('openRouter'));
		expect(json.warnings).toEqual([
			"'Moderation' was not sent because OpenRouter doesn't support it",
		]);
		expect((await previewOf(GEMINI, at('openRouter'))).json).not.toHaveProperty('warnings');
	});
});
