import { createServer } from 'node:http';

import { API_KEY, leaksOf } from '../helpers/imagesApi';
import { useLocalServer } from '../helpers/localServer';
import { EDIT, usePreviews } from '../helpers/previewRun';

const FILE_SERVER = 'https://files.example.com';
const { api, files, connections, previewOf, run } = usePreviews();

let accepted = 0;
const counting = useLocalServer(
	createServer((_, response) => void response.writeHead(400).end()).on(
		'connection',
		() => accepted++,
	),
);

const MASK = { image: { source: 'binary', binaryField: 'mask' } };
const URLS = [{ source: 'url', url: `${FILE_SERVER}/a.png?signature=1` }];

describe('a preview', () => {
	it('is an item without a file, and opens no connection', async () => {
		const { item, result } = await previewOf({ n: 2 });
		expect(item).toEqual({ json: expect.any(Object), pairedItem: { item: 0 } });
		expect(item?.json).toEqual({
			sent: false,
			service: 'OpenAI-Compatible',
			operation: 'generate',
			model: 'gpt-image-2.5-flare',
			requestCount: 1,
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
						background: 'auto',
						output_format: 'png',
						size: 'auto',
						quality: 'auto',
					},
				},
			],
		});
		expect(connections()).toBe(0);
		expect(api.requests).toEqual([]);
		expect(result.contextData).toEqual({});
	});

	it('is the same with Simplify', async () => {
		const simple = await previewOf({ options: { simplify: true } });
		expect(simple.json).toEqual((await previewOf()).json);
	});

	it('comes from a run that opens a connection otherwise', async () => {
		await previewOf();
		await run(['cat 0'], { previewRequest: false });
		expect(connections()).toBeGreaterThan(0);
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
			{ name: 'background', value: 'auto' },
			{ name: 'output_format', value: 'png' },
			{ name: 'size', value: 'auto' },
			{ name: 'quality', value: 'auto' },
			{ name: 'tags[]', value: 'a' },
			{ name: 'tags[]', value: 'b' },
			{
				name: 'image',
				fileName: 'my-photo.png',
				mimeType: 'image/png',
				fileSize: files.photo.length,
			},
			{ name: 'mask', fileName: 'mask.png', mimeType: 'image/png', fileSize: files.mask.length },
		]);
	});

	it('has facts in place of files in JSON', async () => {
		const image = [
			{ source: 'binary' },
			...URLS,
			{ source: 'fileId', fileId: 'file-123' },
			{ source: 'base64', base64: files.mask.toString('base64') },
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
				{ image_url: { fileName: 'my-photo.png', fileSize: files.photo.length, ...sent } },
				{ image_url: `${FILE_SERVER}/a.png?signature=1` },
				{ file_id: 'file-123' },
				{ image_url: { fileName: 'image.png', fileSize: files.mask.length, ...sent } },
			],
		});
		expect(JSON.stringify(json)).not.toContain(files.photo.toString('base64').slice(0, 40));
	});

	it('reaches neither the API nor the server of an input image', async () => {
		const image = [{ source: 'url', url: `${counting.url}/a.png` }];
		const credentials = { apiKey: API_KEY, baseUrl: counting.url };
		await previewOf({ ...EDIT, inputImages: { image } }, credentials);
		expect(accepted).toBe(0);
		await run(['cat 0'], { maxRetryWait: 0 }, { credentials });
		expect(accepted).toBe(1);
	});

	it('downloads no input image', async () => {
		const { json } = await previewOf({
			...EDIT,
			inputImages: { image: URLS },
			options: { mask: { image: { source: 'url', url: `${FILE_SERVER}/mask.png` } } },
		});
		expect(connections()).toBe(0);
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
		expect(leaksOf(result, [API_KEY, TOKEN, QUERY])).toEqual([]);
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

	it.each([
		[{}, 'application/json', { 'Content-Type': '***' }],
		[EDIT, 'multipart/form-data', { 'content-type': 'multipart/form-data' }],
	])('are masked in headers that replace those of the node: %j', async (parameters, own, shown) => {
		const extraHeaders = JSON.stringify({ accept: 'image/own', 'content-type': 'text/own' });
		const { json } = await previewOf(parameters, { ...api.credentials, extraHeaders });
		expect(json.requests[0]?.headers).toEqual({
			Accept: '***',
			...shown,
			Authorization: 'Bearer ***',
		});
		expect((await previewOf(parameters)).json.requests[0]?.headers['Content-Type']).toBe(own);
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
