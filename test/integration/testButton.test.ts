import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { pressTest } from '../helpers/credentialTest';
import { useEngine } from '../helpers/engine';
import { API_KEY, json, raw, useImagesApi, type Reply } from '../helpers/imagesApi';
import { useService } from '../image-service/helpers';

useEngine();
const api = useImagesApi();
const elsewhere = useImagesApi();
const service = useService({ apiKey: API_KEY });

/** The sentences of a failed test, or the status of one that passed. */
async function tested(credentials: ICredentialDataDecryptedObject = {}): Promise<string> {
	const { status, message } = await pressTest({ ...api.credentials, ...credentials });
	expect(message).not.toContain(API_KEY);
	return status === 'OK' ? status : message;
}

async function testedWith(reply: Reply, credentials: ICredentialDataDecryptedObject = {}) {
	api.reply(reply);
	return await tested(credentials);
}

const list = (...ids: string[]) => json({ object: 'list', data: ids.map((id) => ({ id })) });
const page = (title: string, status = 200) =>
	raw(`<!doctype html><html><head><title>${title}</title></head></html>`, status, {
		'content-type': 'text/html',
	});
const error = (status: number, message: string) =>
	json({ error: { message, type: 'invalid_request_error', code: null } }, status);

describe('the test button', () => {
	it('asks for the models, with what the credential adds to every request', async () => {
		api.reply(list('gpt-image-2'));
		const credentials = {
			baseUrl: `${api.url}/openai/deployments/my-image/images/generations?api-version=1`,
			authentication: 'header',
			headerName: 'X-Key',
			organization: 'org-1',
			extraHeaders: '{"X-Title": "n8n"}',
		};
		expect(await tested(credentials)).toBe('OK');
		expect(api.requests).toMatchObject([
			{
				method: 'GET',
				path: '/openai/deployments/my-image/models?api-version=1',
				headers: { 'x-key': API_KEY, 'openai-organization': 'org-1', 'x-title': 'n8n' },
			},
		]);
		expect(api.requests[0]!.headers).not.toHaveProperty('authorization');
	});

	it('sends the key as a bearer token by default', async () => {
		expect(await testedWith(list('a'))).toBe('OK');
		expect(api.requests[0]!.headers.authorization).toBe(`Bearer ${API_KEY}`);
		expect(api.requests[0]!.path).toBe('/v1/models');
	});

	it.each(['Bearer ', 'bearer  '])('sends no scheme twice: %s', async (scheme) => {
		expect(await testedWith(list('a'), { apiKey: scheme + API_KEY })).toBe('OK');
		expect(api.requests[0]!.headers.authorization).toBe(`Bearer ${API_KEY}`);
	});

	it.each<[string, Reply]>([
		['OpenAI’s list', list('gpt-image-2', 'whisper-1')],
		['an empty list', list()],
		['no list of a server without models', json({ object: 'list', data: null })],
		['a bare array', json([{ id: 'flux' }])],
		['texts in place of objects', json({ data: ['flux'] })],
		['names in place of ids', json({ models: [{ name: 'models/imagen-4' }] })],
		['a list with a byte order mark', raw('\uFEFF{"data":[{"id":"a"}]}')],
		['a list under the type of a text', raw('{"data":[]}', 200, { 'content-type': 'text/plain' })],
	])('is content with %s', async (_, reply) => {
		expect(await testedWith(reply)).toBe('OK');
	});

	it.each([404, 405, 501])('is content with a server without such a route: %i', async (status) => {
		expect(await testedWith(raw('', status))).toBe('OK');
		expect(await testedWith(page('Not here', status))).toBe('OK');
		expect(await testedWith(error(status, 'Unknown request URL'))).toBe('OK');
		expect(await testedWith((_, response) => void response.writeHead(status).write('…'))).toBe(
			'OK',
		);
	});

	it('works with the image service', async () => {
		expect(await tested({ baseUrl: service.url })).toBe('OK');
		expect(await tested({ baseUrl: service.url, apiKey: 'sk-wrong-0123456789' })).toMatch(
			/^The API rejected the API key \(HTTP 401\): Incorrect API key provided.*\. Check 'API Key'/,
		);
	});
});

describe('the test button reports', () => {
	it.each<[string, Reply, RegExp]>([
		[
			'a web page',
			page('Welcome to the console'),
			/^The API returned a web page instead of JSON \(HTTP 200\): .*Welcome to the console\. Check 'Base URL' in the credential: it might lead to a website instead of the API$/,
		],
		[
			'an empty response',
			raw('', 204),
			/^The API returned an empty response instead of JSON \(HTTP 204\)\. Check 'Base URL' in the credential$/,
		],
		[
			'other JSON',
			json({ message: 'ollama is running' }),
			/^The API returned no list of models \(HTTP 200\): ollama is running\. Check 'Base URL' in the credential$/,
		],
		[
			'an error with the status of a success',
			json({ code: 20012, message: 'Token is invalid', data: null }),
			/^The API returned no list of models \(HTTP 200\): Token is invalid\. Check 'Base URL'/,
		],
		[
			'a list of something else',
			json([{ title: 'A post' }]),
			/^The API returned no list of models \(HTTP 200\): .*A post.*\. Check 'Base URL'/,
		],
		[
			'a wrong key',
			error(401, `Incorrect API key provided: ${API_KEY}.`),
			/^The API rejected the API key \(HTTP 401\): Incorrect API key provided: \*\*\*\. Check 'API Key' in the credential, and that the key belongs to this 'Base URL'$/,
		],
		[
			'a key without the right to list models',
			error(403, 'Missing scopes: api.model.read'),
			/^The API denied access to its list of models \(HTTP 403\): Missing scopes: api\.model\.read\. The API key might lack permission to list models, or a firewall might block n8n\. Check 'API Key' and 'Base URL' in the credential$/,
		],
		[
			'a rate limit',
			error(429, 'Slow down'),
			/^Rate limit or quota exceeded \(HTTP 429\): Slow down\. Try again later$/,
		],
		[
			'a failed server',
			page('502 Bad Gateway', 502),
			/^The API couldn't process the request \(HTTP 502\): .*502 Bad Gateway\. Try again later\. Check 'Base URL'/,
		],
		[
			'a wrong key, as Google',
			json(
				[{ error: { code: 400, message: 'API key not valid. Please pass a valid API key.' } }],
				400,
			),
			/^The API rejected the API key \(HTTP 400\): API key not valid\. .*Check 'API Key'/,
		],
		[
			'an error beside an empty list',
			json({ success: false, message: 'Log in', data: [] }),
			/^The API returned no list of models \(HTTP 200\): Log in\. Check 'Base URL'/,
		],
		[
			'http where https is spoken',
			page('400 The plain HTTP request was sent to HTTPS port', 400),
			/HTTPS port\. Start 'Base URL' in the credential with https:\/\/ instead of http:\/\/$/,
		],
		[
			'any other refusal',
			error(400, 'Bad request'),
			/^The API refused to list its models \(HTTP 400\): Bad request\. Check 'Base URL'/,
		],
	])('%s', async (_, reply, expected) => {
		expect(await testedWith(reply)).toMatch(expected);
	});

	it.each([402, 407, 408, 409, 413, 451, 500, 503, 504, 520, 524, 529, 599])(
		'every other status: %i',
		async (status) => {
			expect(await testedWith(raw('', status))).toMatch(
				new RegExp(`^The API .* \\(HTTP ${status}\\)\\. .*Check 'Base URL'`),
			);
		},
	);

	it.each([
		[{ apiKey: '' }, "Enter your key in 'API Key' in the credential"],
		[{ apiKey: ' ', authentication: 'header' }, "Enter your key in 'API Key' in the credential"],
		[
			{ authentication: 'none' },
			"Set 'Authentication' in the credential to 'Bearer Token' or 'Header', and enter your key",
		],
	])('a missing key as such: %j', async (credentials, advice) => {
		for (const status of [401, 403]) {
			const message = await testedWith(error(status, 'You didn’t provide a key.'), credentials);
			expect(message).toBe(
				`The API requires an API key (HTTP ${status}): You didn’t provide a key. ${advice}`,
			);
		}
	});

	it('no missing key where an extra header carries one', async () => {
		const extraHeaders = JSON.stringify({ Authorization: 'Key 0123456789' });
		const message = await testedWith(error(401, 'No.'), { apiKey: '', extraHeaders });
		expect(message).toMatch(/^The API rejected the API key \(HTTP 401\): No\. /);
	});

	it.each([301, 302, 303, 307, 308])('a redirect, which is not followed: %i', async (status) => {
		elsewhere.reply(list('a'));
		const location = `${elsewhere.url}/api/v1/models?key=${API_KEY}`;
		expect(await testedWith(raw('', status, { location }))).toBe(
			`The API returned a redirect (HTTP ${status}) to ${elsewhere.url}/api/v1. Set 'Base URL' in the credential to the final URL. Redirects aren't followed, to protect your API key`,
		);
		expect(elsewhere.requests).toEqual([]);
	});

	it.each([
		[{ baseUrl: 'not an address' }, /^'Base URL' in the credential must be a valid URL/],
		[{ extraHeaders: 'X-Title: n8n' }, /^'Extra Headers' in the credential must be a JSON object/],
		[{ apiKey: 'sk-\u200Bkey-0123456789' }, /^A header in the credential is invalid/],
	])('a credential that cannot be used, before anything is sent: %j', async (filled, expected) => {
		const { status, message } = await pressTest({ ...api.credentials, ...filled });
		expect(status).toBe('Error');
		expect(message).toMatch(expected);
		expect(api.requests).toEqual([]);
	});
});
