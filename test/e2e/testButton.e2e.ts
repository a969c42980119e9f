import { useApi } from './helpers/api';
import { useN8n } from './helpers/n8n';
import { json } from './helpers/responses';

const api = useApi();
const n8n = useN8n();

const KEY = 'sk-e2e-0123456789abcdef';

/** Presses the button of a saved credential. */
async function pressed(filled: object = {}) {
	const data = { baseUrl: api.url, apiKey: KEY, ...filled };
	return await n8n.running.client.testCredential(await n8n.credential(data));
}

/** What the editor shows where the list of Model ID would be. */
async function listed(filled: object = {}): Promise<unknown> {
	const id = await n8n.credential({ baseUrl: api.url, apiKey: KEY, ...filled });
	return await n8n.running.client
		.request('POST', '/dynamic-node-parameters/resource-locator-results', {
			path: 'parameters.modelId',
			methodName: 'searchModels',
			nodeTypeAndVersion: { name: 'n8n-nodes-ai-images.aiImages', version: 1 },
			currentNodeParameters: { family: 'other' },
			credentials: { aiImagesApi: { id, name: 'AI Images account' } },
		})
		.catch((error: Error) => error.message);
}

describe('the test button', () => {
	it('is content with a list of models, and sends the key', async () => {
		api.reply(json({ data: [{ id: 'flux' }] }));
		expect(await pressed()).toMatchObject({ status: 'OK' });
		expect(api.calls.map(({ path }) => path)).toEqual(['/v1/models']);
		expect(api.calls[0]!.headers.authorization).toBe(`Bearer ${KEY}`);
	});

	it('is content with an API without such a list', async () => {
		api.reply((_, response) => response.writeHead(404).end('<h1>Not Found</h1>'));
		expect(await pressed()).toMatchObject({ status: 'OK' });
	});

	it.each<[string, number, string, object, RegExp]>([
		['a web page', 200, '<title>Console</title>', {}, /^The API returned a web page instead/],
		[
			'a wrong key',
			401,
			`{"error":{"message":"Bad key ${KEY}"}}`,
			{},
			/401\): Bad key \*\*\*\. Check/,
		],
		[
			'an empty key',
			401,
			'',
			{ apiKey: '' },
			/^The API requires an API key \(HTTP 401\)\. Enter your key/,
		],
	])('reports what is wrong with %s', async (_, status, body, filled, message) => {
		api.reply((_call, response) => response.writeHead(status).end(body));
		const result = await pressed(filled);
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(message);
	});

	it('names a host that is not there', async () => {
		expect(await pressed({ baseUrl: 'http://127.0.0.1:1' })).toEqual({
			status: 'Error',
			message:
				"127.0.0.1:1 refused the connection. Check 'Base URL' in the credential, and that n8n can reach it",
		});
	});
});

describe('the list of models', () => {
	it('holds what the API lists', async () => {
		api.reply(json([{ id: 'flux' }, { id: 'dall-e-3' }]));
		expect(await listed()).toEqual({
			results: ['dall-e-3', 'flux'].map((id) => ({ name: id, value: id })),
		});
	});

	it('shows what is wrong in its description', async () => {
		api.reply((_, response) => response.writeHead(404).end());
		expect(await listed()).toMatch(
			/"description":"This provider doesn't list models \(HTTP 404 at http:[^"]*\/v1\/models\)\. Enter the model ID instead"/,
		);
	});
});
