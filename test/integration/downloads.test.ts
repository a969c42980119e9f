import type { INodeParameters } from 'n8n-workflow';

import { useEngine, type NodeRun } from '../helpers/engine';
import { quickClock } from '../helpers/clock';
import { API_KEY, json, leaksOf, raw, type Reply } from '../helpers/imagesApi';
import { useLinkedFiles } from '../helpers/linkedFiles';

const engine = useEngine();
const { api, files, pictures } = useLinkedFiles();

const run = async (options: INodeParameters = {}, more: Partial<NodeRun> = {}) =>
	await engine.runWorkflow({
		parameters: { operation: 'generate', model: 'dall-e-2', prompt: 'A cat', n: 2, options },
		credentials: {
			...api.credentials,
			organization: 'org-1',
			project: 'proj_1',
			extraHeaders: '{"X-Tenant":"tenant-secret"}',
		},
		...more,
	});

const links = (...urls: string[]) => json({ created: 1, data: urls.map((url) => ({ url })) });

/** The names that n8n's helper sends with every request, and nothing of the credential. */
const PLAIN_HEADERS = ['accept', 'accept-encoding', 'connection', 'host', 'user-agent'];

beforeEach(() => quickClock());
afterEach(() => jest.restoreAllMocks());

describe('an image behind a link', () => {
	it('is downloaded from another origin without anything of the credential', async () => {
		api.reply(links(`${files.url}/a.png?sig=1%2B2&x=%20`, `${files.url}/b`));
		files.reply((request, response) =>
			raw(request.path === '/b' ? pictures.webp : pictures.png, 200, {
				'content-type': 'application/json',
			})(request, response),
		);
		const result = await run();
		expect(result.error).toBeUndefined();
		expect(files.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'GET /a.png?sig=1%2B2&x=%20',
			'GET /b',
		]);
		for (const { headers, body } of files.requests) {
			expect(Object.keys(headers).sort()).toEqual(PLAIN_HEADERS);
			expect(body).toHaveLength(0);
			expect(JSON.stringify(headers)).not.toMatch(/secret|org-1|proj_1|sk-/);
		}
		const items = result.outputs[0]!;
		expect(await Promise.all(items.map(async (item) => await result.binary(item)))).toEqual([
			pictures.png,
			pictures.webp,
		]);
		expect(items).toMatchObject([
			{ json: { imageNumber: 1, mimeType: 'image/png', width: 40, fileSize: pictures.png.length } },
			{
				json: { imageNumber: 2, mimeType: 'image/webp', width: 41, fileSize: pictures.webp.length },
			},
		]);
		expect(JSON.stringify(items.map((item) => item.json))).not.toContain('sig=');
	});

	it.each<[string, Reply]>([
		['an overloaded server', raw('', 503, { 'retry-after-ms': '1' })],
		['a lost connection', (_, response) => void response.socket!.resetAndDestroy()],
	])('is retried after %s, under the same name and without further cost', async (_, trouble) => {
		api.reply(links(`${files.url}/a.png`, `${files.url}/b.png`));
		let calls = 0;
		files.reply((request, response) =>
			(calls++ === 0 ? trouble : raw(pictures.png))(request, response),
		);
		const result = await run();
		expect(result.error).toBeUndefined();
		expect(result.outputs[0]!.map(({ json: { fileName } }) => fileName)).toEqual([
			'a-cat-1-1.png',
			'a-cat-1-2.png',
		]);
		expect(api.requests).toHaveLength(1);
		expect(files.requests).toHaveLength(3);
	});

	it.each(['bearer', 'header'])('gets no key even on the host of the API: %s', async (method) => {
		api.reply((request, response) => {
			const reply = request.method === 'POST' ? links('/files/a.png') : raw(pictures.png);
			return reply(request, response);
		});
		const credentials = { ...api.credentials, authentication: method };
		const result = await run({}, { credentials });
		expect(result.error).toBeUndefined();
		expect(api.requests.map(({ path }) => path)).toEqual([
			'/v1/images/generations',
			'/files/a.png',
		]);
		expect(JSON.stringify(api.requests[0]!.headers)).toContain(API_KEY);
		expect(Object.keys(api.requests[1]!.headers).sort()).toEqual(PLAIN_HEADERS);
	});

	it('can redirect to another address', async () => {
		api.reply(links(`${files.url}/old`));
		files.reply((request, response) =>
			(request.path === '/old' ? raw('', 302, { location: '/new' }) : raw(pictures.png))(
				request,
				response,
			),
		);
		const result = await run();
		expect(await result.binary(result.outputs[0]![0])).toEqual(pictures.png);
		expect(Object.keys(files.requests[1]!.headers).sort()).toEqual(PLAIN_HEADERS);
	});

	it('is not asked for again if it redirects to what is no address', async () => {
		api.reply(links(`${files.url}/old`));
		files.reply(raw('', 302, { location: 'file:///etc/passwd' }));
		const { error } = await run();
		expect(error?.message).toMatch(
			/127\.0\.0\.1:\d+ redirected to an address that can't be requested$/,
		);
		expect(files.requests).toHaveLength(1);
	});

	it('does not take its neighbours with it when it is lost', async () => {
		api.reply(links(`${files.url}/gone`, `${files.url}/there`));
		files.reply((request, response) =>
			(request.path === '/gone' ? raw('Gone', 404) : raw(pictures.png))(request, response),
		);
		const result = await run();
		expect(result.error).toBeUndefined();
		expect(result.outputs[0]).toMatchObject([
			{
				json: {
					imageNumber: 2,
					warnings: expect.arrayContaining([expect.stringMatching(/^One image is missing: .*404/)]),
				},
			},
		]);
	});

	it.each<[string, () => string, RegExp]>([
		[
			'a link that expired',
			() => `${files.url}/403`,
			/^Image generated, but the download failed: 127\.0\.0\.1:\d+ returned HTTP 403/,
		],
		['a web page', () => `${files.url}/page`, /doesn't lead to an image$/],
		['an empty file', () => `${files.url}/empty`, /doesn't lead to an image$/],
		['a lost connection', () => `${files.url}/reset`, /127\.0\.0\.1:\d+ closed the connection/],
		['a server that is not there', () => 'http://127.0.0.1:1/a.png', /127\.0\.0\.1:1 refused/],
		['no address', () => 'http://', /invalid image URL/],
		['a text as data URL', () => 'data:text/plain;base64,aGVsbG8=', /isn't an image/],
		['a file of this machine', () => 'file:///etc/passwd', /invalid image URL/],
	])('is reported as a clear error if it leads to %s', async (_, link, message) => {
		api.reply(links(link()));
		files.reply((request, response) => {
			if (request.path === '/reset') return void response.destroy();
			const [status, body] = request.path === '/403' ? [403, '<Code>Expired</Code>'] : [200, ''];
			return raw(request.path === '/page' ? '<html>Sign in</html>' : body, status)(
				request,
				response,
			);
		});
		const result = await run();
		expect(result.status).toBe('error');
		expect(result.error?.message).toMatch(message);
		// The image was made, and that is what is billed.
		expect(result.error?.description).not.toMatch(/(nothing was|not) billed/i);
		expect(leaksOf(result)).toEqual([]);
	});
});
