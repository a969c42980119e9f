import { createHash } from 'node:crypto';
import axios from 'axios';
import { photo, useService } from './helpers';

const service = useService();
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');

it('shows requests and their outcomes', async () => {
	const body = { model: 'gpt-image-1.5', prompt: 'A fox', n: 2 };
	const response = await service.http.post('/v1/images/generations?x=1', body, {
		headers: { Authorization: 'Bearer sk-secret', 'api-key': 'sk-other', 'x-extra': 'kept' },
	});
	const [entry, ...others] = await service.requests();
	expect(others).toEqual([]);
	expect(entry).toMatchObject({
		id: response.headers['x-request-id'],
		method: 'POST',
		path: '/v1/images/generations?x=1',
		contentType: 'application/json',
		fields: body,
		status: 200,
		images: 2,
		billedImages: 2,
		aborted: false,
		inFlightAtStart: 0,
		credentials: { authorization: true, apiKey: true },
	});
	expect(entry!.endedAt).toBeGreaterThanOrEqual(entry!.startedAt);
	expect(entry!.headers).toMatchObject({
		authorization: `Bearer sha256:${sha256('sk-secret').slice(0, 12)}`,
		'api-key': `sha256:${sha256('sk-other').slice(0, 12)}`,
		'x-extra': 'kept',
	});
	expect(JSON.stringify(entry)).not.toContain('sk-');
});

it('shows the parts of a form exactly in order', async () => {
	const picture = await photo(64, 64);
	await service.edit([
		['prompt', 'Grüße\r\nan alle'],
		['image[]', { bytes: picture, name: 'eins "a".png' }],
		['model', 'gpt-image-2'],
		['image[]', { bytes: picture, name: 'zwei.png' }],
		['n', '1'],
	]);
	const [entry] = await service.requests();
	const file = { contentType: 'image/png', bytes: picture.length, sha256: sha256(picture) };
	const prompt = 'Grüße\r\nan alle';
	expect(entry!.contentType).toMatch(/^multipart\/form-data; ?boundary=/);
	expect(entry!.fields).toEqual([
		{
			name: 'prompt',
			filename: null,
			contentType: null,
			bytes: Buffer.byteLength(prompt),
			sha256: sha256(prompt),
			value: prompt,
		},
		{ name: 'image[]', filename: 'eins "a".png', ...file },
		expect.objectContaining({ name: 'model', value: 'gpt-image-2' }),
		{ name: 'image[]', filename: 'zwei.png', ...file },
		expect.objectContaining({ name: 'n', value: '1' }),
	]);
});

it('shows refused and unreadable requests as well', async () => {
	await service.generate({ model: 'none', prompt: 'x' });
	await service.http.post('/v1/images/edits', 'x', { headers: { 'content-type': 'text/plain' } });
	const entries = await service.requests();
	expect(entries.map(({ status, images, fields }) => [status, images, fields === null])).toEqual([
		[404, 0, false],
		[400, 0, true],
	]);
});

it('keeps the order of arrival and counts requests in flight', async () => {
	await service.control('bytes', { bytes: 50_000 });
	await service.control('faults', { hang: true, times: 4 });
	const leave = new AbortController();
	const waiting = ['p0', 'p1', 'p2', 'p3'].map((prompt) =>
		axios.post(
			`${service.url}/v1/images/generations`,
			{ model: 'gpt-image-2', prompt },
			{ signal: leave.signal },
		),
	);
	await service.untilRecorded(({ length }) => length === 4);
	leave.abort();
	await Promise.allSettled(waiting);
	await service.untilRecorded((all) => all.every(({ endedAt }) => endedAt !== null));
	await service.generate({ model: 'gpt-image-2', prompt: 'p4' });
	const entries = await service.requests();
	expect(entries.map(({ inFlightAtStart }) => inFlightAtStart)).toEqual([0, 1, 2, 3, 0]);
	const starts = entries.map(({ startedAt }) => startedAt);
	expect(starts).toEqual([...starts].sort((a, b) => a - b));
});

it('stops when a client disconnects, and still records the request as billed', async () => {
	const leave = new AbortController();
	const waiting = axios.post(
		`${service.url}/v1/images/generations`,
		{ model: 'gpt-image-2', prompt: 'x', n: 10, size: '3840x2160' },
		{ signal: leave.signal },
	);
	await service.untilRecorded(({ length }) => length === 1);
	leave.abort();
	await expect(waiting).rejects.toThrow('canceled');
	const [entry] = await service.untilRecorded(([first]) => first!.endedAt !== null);
	expect(entry).toMatchObject({ aborted: true, status: null, images: 0, billedImages: 10 });
});

it('can be cleared', async () => {
	await service.generate({ model: 'gpt-image-2', prompt: 'x' });
	await service.http.delete('/control/requests');
	expect(await service.requests()).toEqual([]);
});
