import { OPENAI } from '../../../nodes/AiImages/services/openai';
import { resolveCredential } from '../../../nodes/AiImages/services/access';

/** A credential as n8n hands it over: with its defaults. */
const credential = (filled: Record<string, string | object> = {}) => ({
	baseUrl: OPENAI.baseUrl,
	authentication: 'bearer',
	apiKey: 'sk-1234567890',
	headerName: 'api-key',
	organization: '',
	project: '',
	extraHeaders: '{}',
	...filled,
});
const headersOf = (filled: Record<string, string | object> = {}) =>
	resolveCredential(credential(filled)).headers;

describe('a base URL', () => {
	it.each([
		['', 'https://api.openai.com/v1'],
		['https://api.openai.com/v1', 'https://api.openai.com/v1'],
		['https://api.openai.com/v1/', 'https://api.openai.com/v1'],
		['https://api.openai.com/v1//', 'https://api.openai.com/v1'],
		['https://api.openai.com', 'https://api.openai.com/v1'],
		['https://api.openai.com/', 'https://api.openai.com/v1'],
		['  https://api.openai.com/v1\n', 'https://api.openai.com/v1'],
		['HTTPS://API.OpenAI.com/v1', 'https://api.openai.com/v1'],
		['http://localhost:8080', 'http://localhost:8080/v1'],
		['http://127.0.0.1:4000/', 'http://127.0.0.1:4000/v1'],
		['http://[::1]:8080', 'http://[::1]:8080/v1'],
		['http://[2001:db8::1]:8080/v1/', 'http://[2001:db8::1]:8080/v1'],
		['https://gateway.example.com/openai', 'https://gateway.example.com/openai/v1'],
		['https://gateway.example.com/openai/', 'https://gateway.example.com/openai/v1'],
		['https://ark.cn-beijing.volces.com/api/v3', 'https://ark.cn-beijing.volces.com/api/v3'],
		['https://gateway.example.com/v1beta/openai', 'https://gateway.example.com/v1beta/openai'],
		['https://res.openai.azure.com/openai/v1/', 'https://res.openai.azure.com/openai/v1'],
		['https://api.openai.com/v1/images/generations', 'https://api.openai.com/v1'],
		['https://api.openai.com/v1/images/edits/', 'https://api.openai.com/v1'],
		['http://localhost:8080/images/generations', 'http://localhost:8080'],
		['https://vpn.example.com/x', 'https://vpn.example.com/x/v1'],
		['https://gateway.example.com/v1#part', 'https://gateway.example.com/v1'],
	])('%j is %s', (baseUrl, expected) => {
		expect(resolveCredential(credential({ baseUrl }))).toMatchObject({ baseURL: expected, qs: {} });
	});

	it('is OpenAI’s if it is empty', () => {
		expect(resolveCredential({}).baseURL).toBe('https://api.openai.com/v1');
	});

	it.each([
		['https://res.openai.azure.com/openai/v1?api-version=preview', { 'api-version': 'preview' }],
		['https://res.openai.azure.com/openai/v1/?api-version=preview', { 'api-version': 'preview' }],
		['https://res.openai.azure.com/openai/v1/images/generations?a=1&b=%C3%A4', { a: '1', b: 'ä' }],
	])('is separated from its query: %s', (baseUrl, qs) => {
		expect(resolveCredential(credential({ baseUrl }))).toMatchObject({
			baseURL: 'https://res.openai.azure.com/openai/v1',
			qs,
		});
	});

	it.each([
		'gw.example.com:4000',
		'litellm:4000',
		'http://',
		'https:///v1 x',
		'ftp://example.com',
		'file:///etc/passwd',
		'javascript:alert(1)',
	])('that is not a URL is explained: %j', (baseUrl) => {
		const read = () => resolveCredential(credential({ baseUrl }));
		expect(read).toThrow(
			`'Base URL' "${baseUrl}" in the credential must be a valid URL that starts with http:// or https://, e.g. https://api.openai.com/v1`,
		);
	});

	it.each(['not an address', 'sk-proj-1234567890abcdef', 'x'.repeat(500), 'a@b.test'])(
		'that may be a key in the wrong place is not repeated: %j',
		(baseUrl) => {
			const read = () => resolveCredential(credential({ baseUrl }));
			expect(read).toThrow(/^'Base URL' in the credential must be a valid URL/);
		},
	);
});

describe('the headers', () => {
	it('have the key as a bearer token', () => {
		expect(headersOf()).toEqual({ Authorization: 'Bearer sk-1234567890' });
	});

	it('have the key under a custom name', () => {
		expect(headersOf({ authentication: 'header' })).toEqual({ 'api-key': 'sk-1234567890' });
		expect(headersOf({ authentication: 'header', headerName: 'X-Key' })).toEqual({
			'X-Key': 'sk-1234567890',
		});
	});

	it('have no key without authentication', () => {
		expect(headersOf({ authentication: 'none' })).toEqual({});
	});

	it.each(['bearer', 'header'])('have nothing for an empty key: %s', (authentication) => {
		expect(headersOf({ authentication, apiKey: '' })).toEqual({});
		expect(headersOf({ authentication, apiKey: '  ' })).toEqual({});
		expect(resolveCredential({ authentication }).headers).toEqual({});
	});

	it('have the key without the white space around it', () => {
		expect(headersOf({ apiKey: ' sk-1\n' })).toEqual({ Authorization: 'Bearer sk-1' });
	});

	it('have organization and project if they are filled in', () => {
		expect(headersOf({ authentication: 'none', organization: 'org-1', project: 'proj_1' })).toEqual(
			{
				'OpenAI-Organization': 'org-1',
				'OpenAI-Project': 'proj_1',
			},
		);
	});

	it.each([
		['a text', '{"X-Title": "n8n", "X-Number": 5}'],
		['an object', { 'X-Title': 'n8n', 'X-Number': 5 }],
	])('include the extra ones, given as %s', (_, extraHeaders) => {
		expect(headersOf({ authentication: 'none', extraHeaders })).toEqual({
			'X-Title': 'n8n',
			'X-Number': '5',
		});
	});

	it.each(['', '  ', '{}', {}])('include none for %j', (extraHeaders) => {
		expect(headersOf({ authentication: 'none', extraHeaders })).toEqual({});
	});

	it.each(['{', 'X-Title: n8n', '[]', '"text"', '5', 'null', ['X-Title']])(
		'cannot be taken from %j, which is explained',
		(extraHeaders) => {
			expect(() => headersOf({ extraHeaders })).toThrow(
				/^'Extra Headers' in the credential must be a JSON object .*\{"X-Title": "n8n"\}/,
			);
		},
	);

	it('reveal no secret if they cannot be read', () => {
		const read = () => headersOf({ extraHeaders: '{"X-Key": "very-secret"' });
		expect(read).not.toThrow(/very-secret/);
	});
});
