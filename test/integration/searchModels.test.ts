import { NodeApiError } from 'n8n-workflow';
import { inspect } from 'node:util';

import { useEngine } from '../helpers/engine';
import { API_KEY, json, raw, useImagesApi, type Reply } from '../helpers/imagesApi';
import { searchList } from '../helpers/listSearch';
import { useService } from '../image-service/helpers';

useEngine();
const api = useImagesApi();
const elsewhere = useImagesApi();
const service = useService({ apiKey: API_KEY });

const found = async (filter?: string, credentials = api.credentials) => {
	const { results } = await searchList('searchModels', credentials, filter);
	expect(results.every(({ name, value }) => name === value)).toBe(true);
	return results.map(({ value }) => value);
};

/** What the editor shows where the list would be. */
async function failure(credentials = api.credentials): Promise<string> {
	const error: unknown = await found(undefined, credentials).catch((thrown: unknown) => thrown);
	expect(error).toBeInstanceOf(NodeApiError);
	const { message, description, ...others } = error as NodeApiError;
	expect(message).not.toBe('');
	expect(inspect({ message, description, others }, { depth: 9 })).not.toContain(API_KEY);
	return description ?? '';
}

const listed = (...ids: unknown[]) => json({ object: 'list', data: ids.map((id) => ({ id })) });

describe('the list of models', () => {
	it('comes from the server of the credential, with its key', async () => {
		api.reply(listed('dall-e-3'));
		const { url: baseUrl } = api;
		const more = { baseUrl: `${baseUrl}/openai/v1/?x=1`, organization: 'org-1' };
		expect(await found(undefined, { ...api.credentials, ...more })).toEqual(['dall-e-3']);
		expect(api.requests).toMatchObject([
			{
				method: 'GET',
				path: '/openai/v1/models?x=1',
				headers: { authorization: `Bearer ${API_KEY}`, 'openai-organization': 'org-1' },
			},
		]);
	});

	it('needs a credential; n8n says so', async () => {
		await expect(searchList('searchModels', null)).rejects.toThrow(
			'Node does not have any credentials set',
		);
		expect(api.requests).toEqual([]);
	});

	it('lists known models first, then those that seem to make images, and no others', async () => {
		api.reply(
			listed('whisper-1', 'my-flux', 'openai/dall-e-2', 'a-chat', 'gpt-image-1.5', 'imagen-4'),
		);
		expect(await found()).toEqual([
			...['gpt-image-1.5', 'openai/dall-e-2'],
			...['imagen-4', 'my-flux'],
		]);
	});

	it('finds others by typing, those that make images first', async () => {
		api.reply(listed('whisper-1', 'a-chat', 'chat-image'));
		expect(await found('chat')).toEqual(['chat-image', 'a-chat']);
		expect(await found('whisp')).toEqual(['whisper-1']);
	});

	it('lists all if none seems to make images', async () => {
		api.reply(listed('my-deployment', 'a-chat'));
		expect(await found()).toEqual(['a-chat', 'my-deployment']);
	});

	it('contains the models that match the search', async () => {
		api.reply(listed('dall-e-2', 'dall-e-3', 'gpt-image-1.5', 'Flux-Dall'));
		expect(await found('DALL')).toEqual(['dall-e-2', 'dall-e-3', 'Flux-Dall']);
		expect(await found('nothing')).toEqual([]);
	});

	it.each<[string, unknown]>([
		['a bare array', [{ id: 'flux-1', object: 'model' }, { id: 'dall-e-3' }]],
		['texts in place of objects', ['dall-e-3', 'flux-1']],
		['texts in place of objects, in a list', { object: 'list', data: ['dall-e-3', 'flux-1'] }],
		['names, as Ollama', { models: [{ name: 'flux-1', size: 5 }, { name: 'dall-e-3' }] }],
		['names, as Google', { models: [{ name: 'models/flux-1' }, { name: 'models/dall-e-3' }] }],
		['ids with the word models', { data: [{ id: 'models/flux-1' }, { id: 'models/dall-e-3' }] }],
		['ids as numbers beside names', { data: [{ id: 7, name: 'flux-1' }, { name: 'dall-e-3' }] }],
		['other names of ids', { data: [{ modelId: 'flux-1' }, { model_id: 'dall-e-3' }] }],
		['names of LiteLLM', { data: [{ model_name: 'flux-1' }, { model_name: 'dall-e-3' }] }],
		['a list in the data', { data: { data: [{ id: 'flux-1' }, { id: 'dall-e-3' }] } }],
		['models in the data', { data: { total: 2, models: [{ id: 'flux-1' }, { id: 'dall-e-3' }] } }],
		['items in the data', { code: 0, data: { items: ['flux-1', 'dall-e-3'] } }],
		['models beside other data', { data: null, models: ['flux-1', 'dall-e-3'] }],
		['models by their ids', { data: { 'flux-1': { owner: 'a' }, 'dall-e-3': {} } }],
		['models by channels', { data: { 1: ['flux-1'], 2: ['dall-e-3', 'flux-1'] } }],
		['spaces and repetitions', [' flux-1 ', 'dall-e-3', 'flux-1', '']],
		[
			'models among other things',
			{ data: [null, 5, {}, { id: '' }, 'flux-1', { id: 'dall-e-3' }] },
		],
	])('is read from %s', async (_, body) => {
		api.reply(json(body));
		expect(await found()).toEqual(['dall-e-3', 'flux-1']);
	});

	it('can contain a single model', async () => {
		api.reply(json({ data: { id: 'flux-1', object: 'model' } }));
		expect(await found()).toEqual(['flux-1']);
	});

	it('holds every image model of the image service, and others once they are typed', async () => {
		const credentials = { apiKey: API_KEY, baseUrl: service.url };
		const ids = await found(undefined, credentials);
		expect(ids.slice(0, 11).every((id) => /image|dall-e/.test(String(id)))).toBe(true);
		expect(ids).toEqual(expect.arrayContaining(['gpt-image-2.5-flare', 'dall-e-2']));
		expect(ids).not.toContain('tts-1');
		expect(await found('tts', credentials)).toContain('tts-1');
	});

	it('is not requested from another server', async () => {
		elsewhere.reply(listed('dall-e-3'));
		api.reply(raw('', 302, { location: `${elsewhere.url}/v1/models` }));
		expect(await failure()).toMatch(/^The API returned a redirect \(HTTP 302\) to http:\/\/127/);
		expect(elsewhere.requests).toEqual([]);
	});
});

describe('the description of a failure', () => {
	it.each<[string, Reply, RegExp]>([
		['an empty object', json({}), /^The API returned no list of models \(HTTP 200\)/],
		[
			'entries that are no models',
			json({ data: [null, 1, {}, { id: '' }, { id: 7 }] }),
			/^The API returned no list of models \(HTTP 200\)/,
		],
		[
			'objects in objects',
			raw('{"data":'.repeat(50_000) + '[]' + '}'.repeat(50_000)),
			/^The API returned no list of models/,
		],
		['an error in the data', json({ data: { error: { message: 'Log in' } } }), /no list .*Log in/],
		['words', json({ data: { message: 'Log in' } }), /^The API returned no list of models/],
		['data without a list', json({ message: 'Log in', data: null }), /no list of models .*Log in/],
		[
			'an empty list',
			json({ object: 'list', data: [] }),
			/^The API returned an empty list of models\. Enter the model ID instead$/,
		],
		[
			'no list of a server without models',
			json({ object: 'list', data: null }),
			/^The API returned an empty list of models\./,
		],
		[
			'a page',
			raw('<html><title>Console</title></html>', 200, { 'content-type': 'text/html' }),
			/^The API returned a web page instead of JSON \(HTTP 200\): .*Console\. Check 'Base URL'/,
		],
		[
			'a wrong key',
			json({ error: { message: `Incorrect API key: ${API_KEY}` } }, 401),
			/^The API rejected the API key \(HTTP 401\): Incorrect API key: \*\*\*\. Check 'API Key'/,
		],
		[
			'missing rights',
			json({ error: { message: 'Missing scopes' } }, 403),
			/^The API denied access to its list of models \(HTTP 403\): Missing scopes\. The API key might/,
		],
		[
			'no such route',
			raw('<h1>Not Found</h1>', 404),
			/^This provider doesn't list models \(HTTP 404 at http:\/\/127\.0\.0\.1:\d+\/v1\/models\)\. Enter the model ID instead$/,
		],
		[
			'a failed server',
			raw('', 502),
			/^The API couldn't process the request \(HTTP 502\)\. Try again later/,
		],
		[
			'a broken connection',
			(_, response) => void response.socket!.resetAndDestroy(),
			/^127\.0\.0\.1:\d+ closed the connection .*\. Check 'Base URL'/,
		],
	])('tells of %s', async (_, reply, expected) => {
		api.reply(reply);
		expect(await failure()).toMatch(expected);
	});

	it('names a host that is unreachable', async () => {
		expect(await failure({ ...api.credentials, baseUrl: 'http://127.0.0.1:1' })).toBe(
			"127.0.0.1:1 refused the connection. Check 'Base URL' in the credential, and that n8n can reach it",
		);
	});

	it('reports a credential that cannot be used', async () => {
		expect(await failure({ ...api.credentials, baseUrl: 'no address' })).toMatch(
			/^'Base URL' in the credential must be a valid URL/,
		);
		expect(api.requests).toEqual([]);
	});

	it('reports a wrong key at the image service', async () => {
		expect(await failure({ apiKey: 'wrong', baseUrl: service.url })).toMatch(
			/^The API rejected the API key \(HTTP 401\): Incorrect API key/,
		);
	});
});
