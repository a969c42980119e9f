import type { INodeParameters } from 'n8n-workflow';

import { quickClock } from '../helpers/clock';
import { useEngine, type NodeRun } from '../helpers/engine';
import { json, raw, type Reply } from '../helpers/imagesApi';
import { useLinkedFiles } from '../helpers/linkedFiles';
import { picture } from '../helpers/pictures';

const engine = useEngine();
const { api, files, pictures } = useLinkedFiles();
afterEach(() => jest.restoreAllMocks());

const run = async (options: INodeParameters = {}, more: Partial<NodeRun> = {}) =>
	await engine.runWorkflow({
		parameters: { model: 'gpt-image-2.5-flare', prompt: 'A cat', options },
		credentials: api.credentials,
		...more,
	});

/** Each file gets these replies in turn, the last one again and again. */
function served(...replies: Reply[]): void {
	api.reply(json({ data: [{ url: `${files.url}/a.png` }] }));
	let count = 0;
	files.reply(async (request, response) => {
		await replies[Math.min(count++, replies.length - 1)]!(request, response);
	});
}

const cutOff: Reply = (_, response) => {
	response.writeHead(200, { 'content-length': String(pictures.png.length) });
	response.write(pictures.png.subarray(0, 40), () => response.destroy());
};
const reset: Reply = (_, response) => void response.socket!.resetAndDestroy();
const silent: Reply = () => {};
const stalled: Reply = (_, response) => {
	response.writeHead(200, { 'content-length': String(pictures.png.length) });
	response.write(pictures.png.subarray(0, 40));
};
const page = raw('<html><title>Not ready yet</title></html>', 200, { 'content-type': 'text/html' });
const xml = raw('<?xml version="1.0"?><Error><Code>NotReady</Code></Error>');

describe('a link whose image is ready later', () => {
	it.each<[string, Reply]>([
		...[403, 404, 408, 425, 429, 500, 502, 503, 504, 524].map((status): [string, Reply] => [
			`status ${status}`,
			raw('Not yet', status),
		]),
		['a reset connection', reset],
		['a file that is cut off', cutOff],
		['a web page', page],
		[
			'a web page that asks to come back after the minute',
			raw('<title>Not found</title><body>Please try again in 5 minutes.', 404),
		],
		[
			'an error with such a wait beside its message',
			json({ error: { message: 'Busy' }, hint: 'Please try again in 10m' }, 503),
		],
		['an error in XML', xml],
		['nothing', raw('')],
	])('is followed again after %s, for the same money', async (_, trouble) => {
		quickClock();
		served(trouble, trouble, raw(pictures.png));
		const result = await run();
		expect(result.error).toBeUndefined();
		expect(await result.binary(result.outputs[0]![0])).toEqual(pictures.png);
		expect(result.outputs[0]![0]!.json).toMatchObject({ attempts: 1, fileName: 'a-cat-1.png' });
		expect(result.outputs[0]![0]!.json).not.toHaveProperty('warnings');
		expect([api.requests.length, files.requests.length]).toEqual([1, 3]);
	});

	it.each<[string, Reply]>([
		['before it responds', silent],
		['in the middle of the file', stalled],
	])('is followed again after a minute of silence %s', async (_, trouble) => {
		quickClock({ isEarly: true });
		served(trouble, raw(pictures.png));
		const result = await run();
		expect(result.error).toBeUndefined();
		expect(await result.binary(result.outputs[0]![0])).toEqual(pictures.png);
		expect(result.outputs[0]![0]!.json.durationMs).toBeGreaterThanOrEqual(60_000);
		expect(files.requests).toHaveLength(2);
	});

	it('is followed until a minute has passed since the first failure', async () => {
		quickClock();
		jest.spyOn(Math, 'random').mockReturnValue(0);
		served(...Array.from({ length: 19 }, () => raw('', 404)), raw(pictures.png));
		expect((await run()).error).toBeUndefined();
		files.requests.splice(0);
		served(...Array.from({ length: 20 }, () => raw('', 404)), raw(pictures.png));
		expect((await run()).error).toMatchObject({
			message: expect.stringMatching(/returned HTTP 404$/),
			description: expect.stringContaining('Gave up after 20 attempts in 60 seconds'),
		});
		expect(files.requests).toHaveLength(20);
	});

	it('is followed again even where requests are not: a download costs nothing', async () => {
		quickClock();
		served(raw('', 404), raw(pictures.png));
		expect((await run({ maxRetryWait: 0 })).error).toBeUndefined();
	});

	it('is not followed before the time that its server names', async () => {
		quickClock({ isEarly: true });
		served(raw('', 503, { 'retry-after': '40' }), raw(pictures.png));
		const { outputs } = await run();
		expect(outputs[0]![0]!.json.durationMs).toBeGreaterThanOrEqual(40_000);
		expect(files.requests).toHaveLength(2);
	});

	it.each([
		...[301, 304, 400, 401, 405, 410, 416, 451].map((status): [string, Reply] => [
			`status ${status}`,
			raw('No', status),
		]),
		['a wait of more than a minute', raw('', 429, { 'retry-after': '61' })],
	] as Array<[string, Reply]>)('is not followed again after %s', async (_, reply) => {
		quickClock();
		served(reply);
		const { error } = await run();
		expect(error?.message).toMatch(/^Image generated, but the download failed: /);
		expect(files.requests).toHaveLength(1);
	});

	describe.each(['png', 'jpeg', 'webp'] as const)(
		'to a file that ends early, without a length: %s',
		(format) => {
			/** Without a length, the end of the connection is the end of the file. */
			const until =
				(bytes: Buffer): Reply =>
				(_, response) => {
					response.shouldKeepAlive = false;
					response.useChunkedEncodingByDefault = false;
					response.removeHeader('transfer-encoding');
					response.writeHead(200, { connection: 'close' }).end(bytes);
				};
			let whole: Buffer;
			beforeAll(async () => {
				whole = await picture({ width: 64, height: 64, format });
			});
			beforeEach(() => {
				quickClock();
				jest.spyOn(Math, 'random').mockReturnValue(0);
			});

			it('is followed again', async () => {
				const half = whole.subarray(0, whole.length - 20);
				served(until(half), until(half), until(whole));
				const result = await run();
				expect(await result.binary(result.outputs[0]![0])).toEqual(whole);
				expect(files.requests).toHaveLength(3);
			});

			it('delivers what has arrived if it ends early each time, with a warning', async () => {
				const half = whole.subarray(0, whole.length - 20);
				served(until(half));
				const result = await run();
				expect(result.error).toBeUndefined();
				expect(await result.binary(result.outputs[0]![0])).toEqual(half);
				expect(result.outputs[0]![0]!.json.warnings).toContainEqual(
					expect.stringMatching(/^The image file is incomplete: /),
				);
				expect(files.requests).toHaveLength(21);
			});
		},
	);

	it('ends when it drips for longer than Timeout, and a minute more', async () => {
		quickClock({ isEarly: true });
		jest.spyOn(Math, 'random').mockReturnValue(0);
		served((_, response) => {
			response.writeHead(200);
			const timer = setInterval(() => response.write('A'), 50);
			response.once('close', () => clearInterval(timer));
		});
		const { error, outputs } = await run({ timeout: 20 }, { onError: 'continueRegularOutput' });
		expect(error).toBeUndefined();
		expect(outputs[0]![0]!.json).toMatchObject({
			error: expect.stringMatching(/the download failed: .*127/),
			message: expect.stringMatching(/Gave up after 4 attempts in 60 seconds$/),
		});
		const { durationMs } = outputs[0]![0]!.json.details as { durationMs: number };
		expect(durationMs).toBeLessThanOrEqual(80_100);
		expect(files.requests).toHaveLength(4);
		await Promise.all(files.requests.map(async ({ closed }) => await closed));
	});

	it('ends its delay at once when the execution is stopped', async () => {
		const stop = new AbortController();
		const reply: Reply = async (request, response) => {
			await raw('', 503, { 'retry-after': '50' })(request, response);
			setTimeout(() => stop.abort(), 50);
		};
		served(reply);
		const result = await run({}, { stop: stop.signal });
		expect(result.status).toBe('canceled');
		expect(files.requests).toHaveLength(1);
	});
});
