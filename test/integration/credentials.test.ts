import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { useEngine } from '../helpers/engine';
import { API_KEY, leaksOf, useImagesApi } from '../helpers/imagesApi';
import { partsOf } from '../helpers/multipart';
import { picture } from '../helpers/pictures';

const engine = useEngine();
const api = useImagesApi();

async function run(credentials: ICredentialDataDecryptedObject, operation = 'generate') {
	const data = { data: await picture(), mimeType: 'image/png', fileName: 'a.png' };
	return await engine.runWorkflow({
		parameters: { operation, model: 'gpt-image-2.5-flare', prompt: 'A cat' },
		items: [{ binary: { data } }],
		credentials: { baseUrl: api.url, apiKey: API_KEY, ...credentials },
	});
}

/** The headers that the credential adds, as they were spelled. */
function addedHeaders(): Record<string, string> {
	const { rawHeaders } = api.requests[0]!;
	const usual =
		/^(accept|accept-encoding|connection|content-length|content-type|host|user-agent)$/i;
	const names = rawHeaders.filter((name, at) => at % 2 === 0 && !usual.test(name));
	return Object.fromEntries(names.map((name) => [name, rawHeaders[rawHeaders.indexOf(name) + 1]!]));
}

describe('the base URL', () => {
	it.each([
		['', '/v1/images/generations'],
		['/', '/v1/images/generations'],
		['/v1', '/v1/images/generations'],
		['/v1/', '/v1/images/generations'],
		['/v1//', '/v1/images/generations'],
		['/api/v1', '/api/v1/images/generations'],
		['/openai', '/openai/v1/images/generations'],
		['/openai/v1/?api-version=2025-04-01', '/openai/v1/images/generations?api-version=2025-04-01'],
		['/v1beta/openai/', '/v1beta/openai/images/generations'],
		['/v1/images/generations', '/v1/images/generations'],
		['/v1/images/edits', '/v1/images/generations'],
		['/images/edits/', '/images/generations'],
		['/v1/chat/completions', '/v1/images/generations'],
		['/api/v3/responses', '/api/v3/images/generations'],
		[
			'/openai/deployments/my-image?api-version=2025-04-01-preview',
			'/openai/deployments/my-image/images/generations?api-version=2025-04-01-preview',
		],
		[
			'/openai/deployments/my-image/images/edits?api-version=2025-04-01-preview',
			'/openai/deployments/my-image/images/generations?api-version=2025-04-01-preview',
		],
	])('%s leads to %s', async (end, path) => {
		const result = await run({ baseUrl: ` ${api.url}${end} ` });
		expect(result.error).toBeUndefined();
		expect(api.requests.map((request) => request.path)).toEqual([path]);
	});

	it.each(['"', '<', '\u200B'])('is read without the characters around it: %j', async (before) => {
		await run({ baseUrl: `${before}${api.url.replace('http://', '')}/v1` });
		expect(api.requests.map(({ path }) => path)).toEqual(['/v1/images/generations']);
	});

	it('leads edits to their own endpoint', async () => {
		await run({ baseUrl: `${api.url}/v1/images/generations?x=1` }, 'edit');
		expect(api.requests.map(({ path }) => path)).toEqual(['/v1/images/edits?x=1']);
	});

	it.each(['example', 'ftp://127.0.0.1/v1', 'http://'])(
		'%s is refused before anything is sent',
		async (baseUrl) => {
			const result = await run({ baseUrl });
			expect(result.status).toBe('error');
			expect(result.error?.message).toMatch(
				/^'Base URL' (?:".*" )?in the credential must be a valid URL/,
			);
			expect(leaksOf(result)).toEqual([]);
		},
	);
});

describe.each(['generate', 'edit'])('the authentication of %s', (operation) => {
	it.each<[string, ICredentialDataDecryptedObject, Record<string, string>]>([
		['a bearer token', {}, { Authorization: `Bearer ${API_KEY}` }],
		[
			'no space around the key',
			{ apiKey: ` ${API_KEY}\n` },
			{ Authorization: `Bearer ${API_KEY}` },
		],
		['a header of its own', { authentication: 'header' }, { 'api-key': API_KEY }],
		[
			'a header of another name',
			{ authentication: 'header', headerName: 'X-Goog-Api-Key' },
			{ 'X-Goog-Api-Key': API_KEY },
		],
		['nothing without a key', { apiKey: '' }, {}],
		['no empty header', { apiKey: '', authentication: 'header' }, {}],
		['nothing if there is to be none', { authentication: 'none' }, {}],
		[
			'organization and project',
			{ organization: 'org-1', project: 'proj_2' },
			{
				Authorization: `Bearer ${API_KEY}`,
				'OpenAI-Organization': 'org-1',
				'OpenAI-Project': 'proj_2',
			},
		],
		[
			'extra headers',
			{
				authentication: 'none',
				extraHeaders: '{"X-Title":"n8n","HTTP-Referer":"https://a.example"}',
			},
			{ 'X-Title': 'n8n', 'HTTP-Referer': 'https://a.example' },
		],
		['no extra headers if the field is empty', { authentication: 'none', extraHeaders: '' }, {}],
	])('is %s', async (_, credentials, headers) => {
		const result = await run(credentials, operation);
		expect(result.error).toBeUndefined();
		expect(addedHeaders()).toEqual(headers);
		expect(leaksOf(result)).toEqual([]);
		// The credential adds headers and takes none away.
		const type = operation === 'edit' ? /^multipart\/form-data; / : /^application\/json$/;
		expect(api.requests[0]!.headers['content-type']).toMatch(type);
		if (operation === 'edit') expect(partsOf(api.requests[0]!)).not.toEqual([]);
	});
});

describe('a credential', () => {
	it.each(['no json', '[1]', '"text"'])(
		'whose extra headers are %s is refused before anything is sent',
		async (extraHeaders) => {
			const result = await run({ extraHeaders });
			expect(result.error?.message).toMatch(
				/^'Extra Headers' in the credential must be a JSON object/,
			);
			expect(api.requests).toEqual([]);
		},
	);

	it('that is missing is reported', async () => {
		const result = await engine.runWorkflow({ parameters: { prompt: 'A cat' } });
		expect(result.error?.message).toBe('Node does not have any credentials set');
		expect(api.requests).toEqual([]);
	});

	it('with a wrong key sends only one request', async () => {
		api.reply((_, response) => void response.writeHead(401).end('{}'));
		await run({});
		await run({}, 'edit');
		expect(api.requests).toHaveLength(2);
	});
});
