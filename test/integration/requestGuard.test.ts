import { useEngine } from '../helpers/engine';
import { json, leaksOf, useImagesApi } from '../helpers/imagesApi';

/** n8n's guard against requests to inner networks, with one name let through. */
const engine = useEngine({
	env: { N8N_SSRF_PROTECTION_ENABLED: 'true', N8N_SSRF_ALLOWED_HOSTNAMES: 'localhost' },
});
const api = useImagesApi();
const files = useImagesApi();

const run = async (host: string) =>
	await engine.runWorkflow({
		parameters: { operation: 'generate', model: 'dall-e-2', prompt: 'A cat' },
		credentials: { ...api.credentials, baseUrl: api.url.replace('127.0.0.1', host) },
	});

describe('the request guard of n8n', () => {
	it('allows a permitted host', async () => {
		const result = await run('localhost');
		expect(result.error).toBeUndefined();
		expect(result.outputs[0]).toHaveLength(1);
	});

	it('blocks a host that is not permitted', async () => {
		const result = await run('127.0.0.1');
		expect(result.status).toBe('error');
		expect(result.error?.message).toMatch(/blocked/i);
		expect(result.error?.description).not.toMatch(/billed all the same/);
		expect(api.requests).toEqual([]);
		expect(leaksOf(result)).toEqual([]);
	});

	it.each([
		['a link', 'POST'],
		['a redirect of a link', 'GET'],
	])('blocks a host that %s leads to', async (_, method) => {
		const inner = `${files.url}/metadata.png`;
		api.reply((request, response) => {
			if (request.method === 'GET') return void response.writeHead(302, { location: inner }).end();
			const link = method === 'POST' ? inner : `${api.url.replace('127.0.0.1', 'localhost')}/a.png`;
			return json({ data: [{ url: link }] })(request, response);
		});
		const result = await run('localhost');
		expect(result.status).toBe('error');
		expect(result.error?.message).toMatch(/blocked/i);
		expect(files.requests).toEqual([]);
	});
});
