import { quickClock } from '../helpers/clock';
import { useEngine, type NodeRun } from '../helpers/engine';
import { API_KEY, json, leaksOf, raw, type Reply } from '../helpers/imagesApi';
import { useLinkedFiles } from '../helpers/linkedFiles';
import type { RecordedRequest } from '../helpers/recordingServer';

const engine = useEngine();
const { api, files, pictures } = useLinkedFiles();
beforeEach(() => quickClock());
afterEach(() => jest.restoreAllMocks());

const TENANT = 'tenant-0123456789';
const run = async (credentials: NodeRun['credentials'] = {}) =>
	await engine.runWorkflow({
		parameters: { model: 'gpt-image-2.5-flare', prompt: 'A cat' },
		credentials: { ...api.credentials, extraHeaders: `{"X-Tenant":"${TENANT}"}`, ...credentials },
	});

const hasKey = ({ headers }: RecordedRequest) => JSON.stringify(headers).includes(API_KEY);
const isWhole = (request: RecordedRequest) =>
	hasKey(request) && request.headers['x-tenant'] === TENANT;

/** The API links to this address, and responds to downloads like this. */
function linksTo(url: string, download: Reply): void {
	const linked = json({ data: [{ url }] });
	api.reply(async (request, response) => {
		await (request.method === 'POST' ? linked : download)(request, response);
	});
}
const downloads = () => api.requests.filter(({ method }) => method === 'GET');
const paths = () => downloads().map((request) => `${request.path}${hasKey(request) ? ' key' : ''}`);

/** Serves the file only to requests with the key. */
const guarded =
	(status: number, reply: Reply = (...all) => raw(pictures.png)(...all)): Reply =>
	async (request, response) =>
		await (isWhole(request) ? reply : raw(`Denied to ${API_KEY}`, status))(request, response);

describe('a link to the server of the API that wants the key', () => {
	it.each([
		['bearer', 401],
		['bearer', 403],
		['header', 401],
		['header', 403],
	])('is asked for with it, at once: %s, %i', async (authentication, status) => {
		for (const url of ['/files/a.png?x=1', `${api.url}/files/a.png?x=1`]) {
			api.requests.splice(0);
			linksTo(url, guarded(status));
			const result = await run({ authentication });
			expect(result.error).toBeUndefined();
			expect(await result.binary(result.outputs[0]![0])).toEqual(pictures.png);
			expect(paths()).toEqual(['/files/a.png?x=1', '/files/a.png?x=1 key']);
			expect(leaksOf(result)).toEqual([]);
		}
	});

	it('is requested only once more if that does not help, and the key is not revealed', async () => {
		linksTo('/files/a.png', raw(`Denied to ${API_KEY}`, 401));
		const result = await run();
		expect(result.error?.message).toMatch(/returned HTTP 401$/);
		expect(paths()).toEqual(['/files/a.png', '/files/a.png key']);
		expect(leaksOf(result)).toEqual([]);
	});

	it('is not requested again where there is no key', async () => {
		linksTo('/files/a.png', raw('Denied', 401));
		await run({ authentication: 'none', extraHeaders: '{}' });
		expect(paths()).toEqual(['/files/a.png']);
	});

	it.each([404, 402, 410])('gets no key for another refusal: %i', async (status) => {
		let count = 0;
		linksTo('/files/a.png', (...all) => raw(pictures.png, count++ === 0 ? status : 200)(...all));
		await run();
		expect(downloads().filter(hasKey)).toEqual([]);
	});
});

describe('the key', () => {
	it('never goes to another origin, regardless of its response', async () => {
		for (const status of [401, 403]) {
			files.requests.splice(0);
			linksTo(`${files.url}/a.png`, raw(pictures.png));
			files.reply(raw('Denied', status));
			const { error } = await run();
			expect(error?.message).toMatch(new RegExp(`returned HTTP ${status}$`));
			expect(files.requests.length).toBeGreaterThan(0);
			expect(
				files.requests.filter((request) => /key|tenant/i.test(JSON.stringify(request.headers))),
			).toEqual([]);
			expect(downloads()).toEqual([]);
		}
	});

	it('never goes to the same host behind another scheme', async () => {
		linksTo(`${api.url.replace('http:', 'https:')}/a.png`, guarded(401));
		expect((await run()).error).toBeDefined();
		expect(downloads()).toEqual([]);
	});

	it.each([301, 302, 303, 307, 308])(
		'does not follow a redirect to another origin: %i',
		async (status) => {
			linksTo(
				'/files/a.png',
				guarded(401, raw('', status, { location: `${files.url}/b.png?sig=1` })),
			);
			files.reply(raw(pictures.png));
			const result = await run();
			expect(result.error).toBeUndefined();
			expect(await result.binary(result.outputs[0]![0])).toEqual(pictures.png);
			expect(paths()).toEqual(['/files/a.png', '/files/a.png key']);
			expect(files.requests.map(({ path }) => path)).toEqual(['/b.png?sig=1']);
			expect(JSON.stringify(files.requests[0]!.headers)).not.toMatch(/sk-|tenant/);
		},
	);

	it('is not sent after a redirect, not even within the server of the API', async () => {
		linksTo('/files/a.png', (request, response) =>
			(request.path === '/files/a.png'
				? raw('', 302, { location: '/files/b.png' })
				: raw('Denied', 401))(request, response),
		);
		expect((await run()).error?.message).toMatch(/returned HTTP 401$/);
		expect(paths()).toEqual(['/files/a.png', '/files/b.png']);
	});

	it('is not sent where a redirect has led back to the server of the API', async () => {
		linksTo(`${files.url}/a.png`, raw('Denied', 403));
		files.reply((...all) => raw('', 302, { location: `${api.url}/b.png` })(...all));
		expect((await run()).error?.message).toMatch(/returned HTTP 403$/);
		expect(downloads().length).toBeGreaterThan(0);
		expect(downloads().filter(hasKey)).toEqual([]);
	});
});
