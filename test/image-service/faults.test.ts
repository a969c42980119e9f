import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import type { RecordedRequest } from '../../demo/image-service/recorder.ts';
import { useService } from './helpers';

const service = useService();
const draw = (extra: Record<string, unknown> = {}) =>
	service.generate({ model: 'gpt-image-1.5', prompt: 'A fox', quality: 'low', ...extra });
const fault = (body: unknown) => service.control('faults', body);

/** Waits until the service has written down how the latest request ended. */
async function lastRecord(): Promise<RecordedRequest> {
	const all = await service.untilRecorded((requests) => requests.at(-1)!.endedAt !== null);
	return all.at(-1)!;
}

async function failure(promise: Promise<unknown>): Promise<string | undefined> {
	return promise.then(
		() => undefined,
		(error: { code?: string }) => error.code,
	);
}

it('responds with a status and the usual body', async () => {
	await fault({ status: 429, retryAfter: 7 });
	const { status, headers, data } = await draw();
	expect(status).toBe(429);
	expect(headers['retry-after']).toBe('7');
	expect(headers['x-request-id']).toMatch(/^req_/);
	expect(data.error.code).toBe('rate_limit_exceeded');
	expect((await draw()).status).toBe(200);
});

it.each([
	[{ status: 500 }, 500, 'application/json'],
	[{ status: 400, body: { error: { code: 'moderation_blocked' } } }, 400, 'application/json'],
	[{ body: { error: 'refused' } }, 200, 'application/json'],
	[{ status: 502, body: '<h1>Bad gateway</h1>', contentType: 'text/html' }, 502, 'text/html'],
	[{ status: 503, headers: { 'x-should-retry': 'true' } }, 503, 'application/json'],
])('%j responds with %i', async (settings, status, type) => {
	await fault(settings);
	const response = await draw();
	expect(response.status).toBe(status);
	expect(response.headers['content-type']).toBe(type);
	const { body, headers } = settings as { body?: unknown; headers?: Record<string, string> };
	if (body !== undefined) expect(response.data).toEqual(body);
	expect(response.headers).toMatchObject(headers ?? {});
	expect(await lastRecord()).toMatchObject({ status, images: 0, billedImages: 0 });
});

it('changes headers of a real response', async () => {
	await fault({ headers: { 'x-request-id': 'mine' }, contentType: 'text/plain' });
	const { status, headers } = await draw();
	expect(status).toBe(200);
	expect(headers['x-request-id']).toBe('mine');
	expect(headers['content-type']).toBe('text/plain');
});

it('applies to matching requests, in order, as often as configured', async () => {
	await fault([
		{ promptIncludes: 'owl', status: 500 },
		{ operation: 'edit', status: 501 },
		{ status: 429, times: 2 },
		{ status: 503 },
	]);
	const statuses = [];
	for (const prompt of ['A fox', 'An owl', 'A fox', 'A fox', 'A fox']) {
		statuses.push((await draw({ prompt })).status);
	}
	expect(statuses).toEqual([429, 500, 429, 503, 200]);
	const { data } = await service.http.get('/control/faults');
	expect(data).toHaveLength(1);
	expect((await service.editJson({})).status).toBe(501);
});

it('delays', async () => {
	await fault({ delayMs: 300 });
	const start = Date.now();
	expect((await draw()).status).toBe(200);
	expect(Date.now() - start).toBeGreaterThanOrEqual(295);
});

it('resets before the headers', async () => {
	await fault({ reset: 'before-headers' });
	expect(await failure(draw())).toBe('ECONNRESET');
	expect(await lastRecord()).toMatchObject({ status: null, images: 0, billedImages: 0 });
});

it('resets in the middle of the body', async () => {
	await fault({ reset: 'mid-body' });
	expect(await failure(draw())).toBe('ECONNRESET');
	expect(await lastRecord()).toMatchObject({
		status: 200,
		images: 0,
		billedImages: 1,
		aborted: false,
	});
});

it('resets in the middle of a stream', async () => {
	await fault({ reset: 'mid-body' });
	expect(await failure(draw({ stream: true }))).toBe('ECONNRESET');
});

it.each([0, 1, 1000])('ends the connection after %i bytes', async (truncateAt) => {
	await fault({ truncateAt });
	const response = await service.http.post(
		'/v1/images/generations',
		{ model: 'gpt-image-1.5', prompt: 'x' },
		{ responseType: 'stream' },
	);
	let received = 0;
	const reading = (async () => {
		for await (const chunk of response.data) received += chunk.length;
	})();
	await expect(reading).rejects.toThrow('aborted');
	expect(received).toBe(truncateAt);
	expect(Number(response.headers['content-length'])).toBeGreaterThan(1000);
});

it('sends the body slowly', async () => {
	await fault({ dripMs: 20, status: 500 });
	const start = Date.now();
	expect((await draw()).data.error.code).toBe('server_error');
	expect(Date.now() - start).toBeGreaterThanOrEqual(180);
});

it.each([[{ hang: true }], [{ stallAfterBytes: 500 }]])(
	'%j leaves the client waiting, and its departure is noticed',
	async (settings) => {
		await fault(settings);
		const leave = new AbortController();
		const waiting = failure(
			axios.post(
				`${service.url}/v1/images/generations`,
				{ model: 'gpt-image-1.5', prompt: 'x' },
				{ signal: leave.signal },
			),
		);
		await service.untilRecorded(({ length }) => length === 1);
		// Longer than a response would take.
		await sleep(300);
		leave.abort();
		expect(await waiting).toBe('ERR_CANCELED');
		expect(await lastRecord()).toMatchObject({ aborted: true, images: 0 });
	},
);

it('bills as the fault configures', async () => {
	await fault([
		{ status: 500, billed: true },
		{ headers: {}, billed: false },
	]);
	await draw({ n: 3 });
	expect(await lastRecord()).toMatchObject({ status: 500, images: 0, billedImages: 3 });
	await draw();
	expect(await lastRecord()).toMatchObject({ status: 200, images: 1, billedImages: 0 });
});

it('disturbs the download of a result, and no request for an image', async () => {
	await fault([
		{ operation: 'download', status: 404, times: 2 },
		{ operation: 'download', truncateAt: 10 },
		{ operation: 'download', reset: 'before-headers' },
	]);
	const { data } = await service.generate({
		...{ model: 'dall-e-3', prompt: 'A cat', response_format: 'url' },
	});
	const { url } = data.data[0];
	const download = async () => await axios.get(url, { validateStatus: () => true });
	expect([(await download()).status, (await download()).status]).toEqual([404, 404]);
	expect(await failure(download())).toMatch(/ERR_BAD_RESPONSE|ECONNRESET/);
	expect(await failure(download())).toBe('ECONNRESET');
	expect((await download()).status).toBe(200);
});

it('can be removed', async () => {
	await fault({ status: 500, times: 9 });
	await service.http.delete('/control/faults');
	expect((await draw()).status).toBe(200);
});

it.each([
	[{ statsu: 500 }, "there is no 'statsu'"],
	[{ status: '500' }, "'status' must be a number"],
	[{ reset: 'soon' }, "'reset' must be"],
	[{ operation: 'variations' }, "'operation' must be"],
	['x', 'must be an object'],
])('refuses the fault %j', async (settings, reason) => {
	const { status, data } = await fault(JSON.stringify(settings));
	expect(status).toBe(400);
	expect(data.error.message).toContain(reason);
});
