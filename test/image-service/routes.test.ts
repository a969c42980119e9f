import axios from 'axios';
import { startImageService } from '../../demo/image-service/server.ts';
import { useService } from './helpers';

const service = useService();

describe('routes', () => {
	it.each([
		['GET', '/', 404],
		['GET', '/v1', 404],
		['POST', '/v1/chat/completions', 404],
		['POST', '/images/generations', 404],
		['GET', '/v1/images/generations', 405],
		['PUT', '/v1/images/edits', 405],
		['POST', '/v1/models', 405],
		['GET', '/files/none.png', 404],
		['PUT', '/files/none.png', 405],
		['GET', '/control/none', 404],
	])('%s %s is %i with an error object', async (method, url, expected) => {
		const { status, data } = await service.http.request({ method, url });
		expect(status).toBe(expected);
		expect(data.error).toMatchObject({ type: 'invalid_request_error' });
	});

	it('variations are retired', async () => {
		const { status, data } = await service.http.post('/v1/images/variations', new FormData());
		expect(status).toBe(404);
		expect(data.error.message).toContain('retired');
	});

	it.each([
		['no JSON', '{"model":', 'application/json'],
		['a list', '[]', 'application/json'],
		['nothing', '', 'application/json'],
		['text', 'prompt', 'text/plain'],
		['a form', 'prompt=x', 'application/x-www-form-urlencoded'],
	])('%s is not a request', async (_, body, type) => {
		const { status, data } = await service.http.post('/v1/images/generations', body, {
			headers: { 'content-type': type },
			transformRequest: (raw: unknown) => raw,
		});
		expect(status).toBe(400);
		expect(data.error.type).toBe('invalid_request_error');
	});

	it('multipart is for edits only', async () => {
		const { status, data } = await service.http.post('/v1/images/generations', new FormData());
		expect(status).toBe(400);
		expect(data.error.code).toBe('unsupported_content_type');
	});
});

describe('a body that is too large', () => {
	const tooMuch = 9 * 1024 * 1024;

	it('is refused by its announced length', async () => {
		const { status, data } = await service.generate({ model: 'x', prompt: 'x'.repeat(tooMuch) });
		expect(status).toBe(413);
		expect(data.error.code).toBe('request_too_large');
	});

	it('is refused while it arrives without a length', async () => {
		const body = new ReadableStream({
			start(controller) {
				for (let sent = 0; sent < tooMuch; sent += 65_536)
					controller.enqueue(new Uint8Array(65_536));
				controller.close();
			},
		});
		const response = await fetch(`${service.url}/v1/images/generations`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body,
			duplex: 'half',
		} as RequestInit);
		expect(response.status).toBe(413);
	});
});

describe('headers', () => {
	it('name the request and the limits', async () => {
		const request = { model: 'gpt-image-2', prompt: 'A fox' };
		const [one, two] = [await service.generate(request), await service.generate(request)];
		for (const { headers } of [one, two]) {
			expect(headers['x-request-id']).toMatch(/^req_[0-9a-f]{32}$/);
			expect(headers['openai-processing-ms']).toMatch(/^\d+$/);
			expect(headers['openai-version']).toBe('2020-10-01');
			expect(headers['openai-organization']).toBeTruthy();
			expect(headers['x-ratelimit-limit-requests']).toMatch(/^\d+$/);
			expect(headers['x-ratelimit-reset-tokens']).toMatch(/^\d+(\.\d+)?s$/);
		}
		expect(one.headers['x-request-id']).not.toBe(two.headers['x-request-id']);
		const remaining = (response: typeof one) =>
			Number(response.headers['x-ratelimit-remaining-requests']);
		expect(remaining(two)).toBe(remaining(one) - 1);
	});

	it('are also sent with refusals', async () => {
		const { headers } = await service.generate({ model: 'none', prompt: 'x' });
		expect(headers['x-request-id']).toMatch(/^req_/);
	});
});

describe('files', () => {
	it('need no credentials, have a length and expire', async () => {
		const made = await service.generate({ model: 'dall-e-2', prompt: 'x', size: '256x256' });
		const { url } = made.data.data[0];
		expect(url).toMatch(new RegExp(`^${service.url}/files/img-[0-9a-f]+\\.png$`));
		const file = await axios.get(url, { responseType: 'arraybuffer' });
		expect(Number(file.headers['content-length'])).toBe(file.data.length);
		await service.http.delete('/control/files');
		const gone = await service.http.get(url);
		expect(gone.status).toBe(403);
		expect(gone.headers['content-type']).toBe('application/xml');
		await service.http.get(url, { headers: { Authorization: 'Bearer secret' } });
		const { data } = await service.http.get('/control/downloads');
		expect(
			data.map((entry: { status: number; credentials: boolean }) => [
				entry.status,
				entry.credentials,
			]),
		).toEqual([
			[200, false],
			[403, false],
			[403, true],
		]);
	});
});

describe('a key', () => {
	const locked = useService({ apiKey: 'sk-right-key-0123456789' });

	it.each([
		[{ Authorization: 'Bearer sk-right-key-0123456789' }, 200],
		[{ 'api-key': 'sk-right-key-0123456789' }, 200],
		[{ Authorization: 'Bearer sk-wrong-key-0123456789' }, 401],
		[{ 'api-key': 'sk-wrong-key-0123456789' }, 401],
		[{}, 401],
	])('%j gives %i', async (headers, expected) => {
		const body = { model: 'gpt-image-2', prompt: 'x' };
		const responses = await Promise.all([
			locked.http.get('/v1/models', { headers }),
			locked.http.get('/v1/models/gpt-image-2', { headers }),
			locked.http.post('/v1/images/generations', body, { headers }),
		]);
		expect(responses.map(({ status }) => status)).toEqual([expected, expected, expected]);
	});

	it('is not repeated in the refusal', async () => {
		const headers = { Authorization: 'Bearer sk-wrong-key-0123456789' };
		const { data } = await locked.http.get('/v1/models', { headers });
		expect(data.error).toMatchObject({ code: 'invalid_api_key', type: 'invalid_request_error' });
		expect(data.error.message).toMatch(/^Incorrect API key provided: sk-\*{8}6789\./);
	});
});

it('reports in one sentence that a port is in use', async () => {
	const port = Number(new URL(service.url).port);
	await expect(startImageService({ port })).rejects.toThrow(
		`The image service cannot start: port ${port} on 127.0.0.1 is already in use.`,
	);
});
