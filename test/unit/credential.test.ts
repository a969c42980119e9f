import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { AiImagesApi } from '../../credentials/AiImagesApi.credentials';
import { resolveCredential } from '../../nodes/AiImages/services/access';
import { OPENAI } from '../../nodes/AiImages/services/openai';
import { SERVICES } from '../../nodes/AiImages/services/table';
import type { Service } from '../../nodes/AiImages/services/types';

const credential = new AiImagesApi();
const authenticate = async (
	filled: ICredentialDataDecryptedObject,
	request: Partial<IHttpRequestOptions> = {},
) => await credential.authenticate(filled, { url: '/models', ...request });

describe('a request', () => {
	it('gets the base URL and the headers, and keeps its own', async () => {
		const request = {
			method: 'POST' as const,
			body: { a: 1 },
			headers: { Accept: 'application/json' },
			qs: { limit: 5 },
		};
		const filled = { apiKey: 'k', baseUrl: 'https://gw.example.com/v2?api-version=1' };
		expect(await authenticate(filled, request)).toEqual({
			url: '/models',
			method: 'POST',
			body: { a: 1 },
			baseURL: 'https://gw.example.com/v2',
			headers: { Accept: 'application/json', Authorization: 'Bearer k' },
			qs: { limit: 5, 'api-version': '1' },
			disableFollowRedirect: true,
		});
	});

	it('gets no header for an empty key', async () => {
		expect((await authenticate({ apiKey: '' })).headers).toEqual({});
	});

	it('is not changed in place', async () => {
		const request: IHttpRequestOptions = { url: '/models', headers: { a: 'b' }, qs: { c: 'd' } };
		const before = structuredClone(request);
		await credential.authenticate({ apiKey: 'k' }, request);
		expect(request).toEqual(before);
	});

	it.each([
		'https://other.example.com/v2/images/1.png',
		'http://gw.example.com/v2/images/1.png',
		'https://gw.example.com:8443/v2/images/1.png',
		'https://gw.example.com@other.example.com/',
		'//other.example.com/v2',
	])('gets no key for another server: %s', async (url) => {
		const filled = { apiKey: 'k', baseUrl: 'https://gw.example.com/v2' };
		await expect(authenticate(filled, { url })).rejects.toThrow(
			/this request goes to another host/,
		);
	});

	it.each(['https://gw.example.com/files/1.png', '/files/1.png'])(
		'gets its key for the same server: %s',
		async (url) => {
			const filled = { apiKey: 'k', baseUrl: 'https://gw.example.com/v2' };
			const { headers } = await authenticate(filled, { url });
			expect(headers).toEqual({ Authorization: 'Bearer k' });
		},
	);

	it('is rejected with a sentence if the base URL is invalid', async () => {
		await expect(authenticate({ baseUrl: 'an address' })).rejects.toThrow(/must be a valid URL/);
	});
});

describe('the fields', () => {
	const fields = new Map(credential.properties.map((field) => [field.name, field]));

	it('hide the key and nothing else', () => {
		const hidden = credential.properties.filter(({ typeOptions }) => typeOptions?.password);
		expect(hidden.map(({ name }) => name)).toEqual(['apiKey']);
	});

	it('make a working credential for OpenAI with only a key', () => {
		const defaults = Object.fromEntries(
			credential.properties.map((field) => [field.name, field.default]),
		) as ICredentialDataDecryptedObject;
		expect(resolveCredential({ ...defaults, apiKey: 'k' })).toEqual({
			baseURL: 'https://api.openai.com/v1',
			qs: {},
			headers: { Authorization: 'Bearer k' },
			service: OPENAI,
			pathPrefix: '',
		});
	});

	it('begin with the service, and never hide the key', () => {
		expect([...fields.keys()].slice(0, 2)).toEqual(['service', 'apiKey']);
		expect(fields.get('apiKey')?.displayOptions).toBeUndefined();
	});

	it('have one address for each service, which only that shows', () => {
		for (const [id, { baseUrl }] of Object.entries<Service>(SERVICES)) {
			const field = fields.get(`${id}BaseUrl`);
			expect(field?.displayOptions).toEqual({ show: { service: [id] } });
			expect([id, field?.required ?? false]).toEqual([id, baseUrl === null]);
		}
		expect(fields.get('baseUrl')?.displayOptions).toEqual({ show: { service: ['detect'] } });
	});

	it('show a header for the key only where nothing else determines it', () => {
		const show = { service: ['detect', 'compatible', 'chat'], authentication: ['header'] };
		expect(fields.get('headerName')?.displayOptions).toEqual({ show });
		expect(fields.get('authentication')?.displayOptions?.show).toEqual({ service: show.service });
	});
});
