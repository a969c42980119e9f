import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { AiImagesApi } from '../../../credentials/AiImagesApi.credentials';
import { resolveCredential } from '../../../nodes/AiImages/services/access';
import { SERVICES } from '../../../nodes/AiImages/services/table';
import type { Service } from '../../../nodes/AiImages/services/types';

const KEY = 'key-0123456789';
const services = Object.entries<Service>(SERVICES);
const fixed = services.filter(([, { baseUrl }]) => baseUrl !== null);

const resolved = (credentials: ICredentialDataDecryptedObject) =>
	resolveCredential({ apiKey: KEY, ...credentials });

describe('a chosen service', () => {
	it.each(fixed)('needs nothing but the key: %s', (service, { baseUrl }) => {
		expect(resolved({ service })).toMatchObject({ baseURL: baseUrl, pathPrefix: '' });
	});

	it.each(services.filter(([, { baseUrl }]) => baseUrl === null))(
		'without an address of its own asks for one: %s',
		(service, { displayName }) => {
			expect(() => resolved({ service })).toThrow(
				`'Base URL' in the credential is empty. Enter the address of your ${displayName} service`,
			);
		},
	);

	it.each([
		['stabilityAi', 'https://api.stability.ai', 'https://api.stability.ai'],
		['stabilityAi', 'api.stability.ai/v2beta/', 'https://api.stability.ai'],
		['ideogram', 'https://api.ideogram.ai/v1', 'https://api.ideogram.ai'],
		['ideogram', 'https://gw.example/v1/ideogram', 'https://gw.example/v1/ideogram'],
	])(
		'of %s is %s without the version, which its endpoints have: %s',
		(service, address, expected) => {
			const { baseURL } = resolved({ service, [`${service}BaseUrl`]: address });
			expect(baseURL).toBe(expected);
		},
	);

	it.each([
		['https://api.stability.ai', 'Stability AI'],
		['https://api.ideogram.ai/v1', 'Ideogram'],
	])('is recognized by its address: %s', (baseUrl, name) => {
		expect(resolved({ baseUrl }).service.displayName).toBe(name);
	});

	it('has to exist', () => {
		expect(() => resolved({ service: 'gone' })).toThrow(/^'Service' "gone" .* doesn't exist/);
	});

	it.each([
		['openai', { Authorization: `Bearer ${KEY}` }],
		['fal', { Authorization: `Key ${KEY}` }],
		['google', { 'x-goog-api-key': KEY }],
		['xai', { Authorization: `Bearer ${KEY}` }],
		['ideogram', { 'Api-Key': KEY }],
		['stabilityAi', { Authorization: `Bearer ${KEY}` }],
	])('gets the key as it wants it: %s', (service, headers) => {
		// Leftovers of another choice say nothing.
		const leftovers = {
			authentication: 'header',
			headerName: 'x-other',
			baseUrl: 'https://a.test',
		};
		expect(resolved({ service, ...leftovers }).headers).toEqual(headers);
	});
});

describe('a pasted key', () => {
	it.each([`Key ${KEY}`, `key  ${KEY} `, `Bearer ${KEY}`, KEY])(
		'has its scheme once: %s',
		(apiKey) => {
			const { headers } = resolved({ service: 'fal', apiKey });
			expect(headers).toEqual({ Authorization: `Key ${KEY}` });
		},
	);

	it('is not shortened where the scheme is another one', () => {
		const { headers } = resolved({ service: 'openai', apiKey: 'Key 1' });
		expect(headers).toEqual({ Authorization: 'Bearer Key 1' });
	});
});

describe('the key', () => {
	const credential = new AiImagesApi();
	const authenticate = async (credentials: ICredentialDataDecryptedObject, url: string) =>
		await credential.authenticate({ apiKey: KEY, ...credentials }, { url });

	/** Addresses that answers could name: jobs, results, redirects. */
	const HOSTILE = [
		'https://evil.example/v1/poll',
		'//evil.example/v1/poll',
		'https://api.openai.com.evil.example/',
		'https://api.openai.com@evil.example/',
		'https://api.openai.com:8443/v1',
		'http://api.openai.com/v1',
		'https://generativelanguage.googleapis.com.evil.example/v1beta',
		'\\\\evil.example\\v1',
	];

	it.each(fixed)('of %s goes to no other origin', async (service) => {
		for (const url of HOSTILE) {
			await expect(authenticate({ service }, url)).rejects.toThrow(/goes to another host/);
		}
		expect((await authenticate({ service }, '/path')).headers).not.toEqual({});
	});

	it.each(fixed)(
		'of %s goes to the address that is filled in, and no longer to its own',
		async (service, { baseUrl }) => {
			const credentials = { service, [`${service}BaseUrl`]: 'https://gw.example/x' };
			const { baseURL } = await authenticate(credentials, '/path');
			expect(baseURL).toMatch(/^https:\/\/gw\.example\/x/);
			await expect(authenticate(credentials, `${baseUrl}/path`)).rejects.toThrow(/another host/);
		},
	);

	it.each(['us6', 'ice', 'eu'])('of Black Forest Labs goes to its host in %s', async (region) => {
		const url = `https://api.${region}.bfl.ai/v1/get_result?id=1`;
		const { headers } = await authenticate({ service: 'blackForestLabs' }, url);
		expect(headers).toEqual({ 'x-key': KEY });
		const elsewhere = { service: 'blackForestLabs', blackForestLabsBaseUrl: 'https://gw.example' };
		await expect(authenticate(elsewhere, url)).rejects.toThrow(/another host/);
	});

	it.each([
		'http://api.us6.bfl.ai/v1',
		'https://api.us6.bfl.ai:8443/v1',
		'https://api.us6.bfl.ai.evil.example/v1',
		'https://api.us6.bfl.ai@evil.example/v1',
		'https://evil.bfl.ai/v1',
		'https://evil-api.bfl.ai/v1',
		'https://api.evil.example/.bfl.ai',
		'https://delivery.us6.bfl.ai/v1',
	])('of Black Forest Labs does not go to %s', async (url) => {
		await expect(authenticate({ service: 'blackForestLabs' }, url)).rejects.toThrow(/another host/);
	});

	it('of Azure goes to the own resource alone', async () => {
		const credentials = { service: 'azure', azureBaseUrl: 'https://mine.openai.azure.com' };
		await expect(
			authenticate(credentials, 'https://other.openai.azure.com/openai/v1/models'),
		).rejects.toThrow(/another host/);
		expect((await authenticate(credentials, '/models')).headers).toEqual({ 'api-key': KEY });
	});
});

describe('an address', () => {
	it.each([
		['https://api.openai.com/v1', 'OpenAI'],
		['https://mine.openai.azure.com', 'Azure OpenAI'],
		['https://mine.services.ai.azure.com/api/projects/p', 'Azure OpenAI'],
		['https://generativelanguage.googleapis.com', 'Google Gemini'],
		['https://aiplatform.googleapis.com/v1/publishers/google', 'Google Gemini'],
		['https://generativelanguage.googleapis.com/v1beta/openai', 'OpenAI-Compatible'],
		['openrouter.ai', 'OpenRouter'],
		['https://dashscope-intl.aliyuncs.com', 'Alibaba DashScope'],
		['https://dashscope.aliyuncs.com/api/v1', 'Alibaba DashScope'],
		['https://dashscope-us.aliyuncs.com/api/v1', 'Alibaba DashScope'],
		['https://cn-hongkong.dashscope.aliyuncs.com', 'Alibaba DashScope'],
		['https://ws-1.ap-southeast-1.maas.aliyuncs.com/api/v1', 'Alibaba DashScope'],
		['https://dashscope.aliyuncs.com/compatible-mode/v1', 'OpenAI-Compatible'],
		['https://dashscope.aliyuncs.com.example', 'OpenAI-Compatible'],
		['https://api.x.ai/v1', 'xAI'],
		['https://api.together.xyz/v1', 'Together AI'],
		['https://api.replicate.com/v1/models/black-forest-labs/flux-2-pro/predictions', 'Replicate'],
		['https://ark.cn-beijing.volces.com/api/v3', 'Volcengine Ark'],
		['https://ark.eu-west.bytepluses.com/api/v3', 'BytePlus'],
		['https://ai-gateway.vercel.sh/v1', 'Vercel AI Gateway'],
		['http://localhost:4000', 'OpenAI-Compatible'],
		['https://api.x.ai.example/v1', 'OpenAI-Compatible'],
	])('%s tells the service: %s', (baseUrl, displayName) => {
		expect(resolved({ baseUrl }).service.displayName).toBe(displayName);
	});

	it.each([
		['google', 'googleBaseUrl', 'https://gw.example/google', 'https://gw.example/google/v1beta'],
		[
			'google',
			'googleBaseUrl',
			'https://aiplatform.googleapis.com/v1/publishers/google',
			'https://aiplatform.googleapis.com/v1/publishers/google',
		],
		...['', '/', '/v1', '/v1/publishers/google/models/gemini-3-pro-image:generateContent'].map(
			(path) => [
				'google',
				'googleBaseUrl',
				`https://aiplatform.googleapis.com${path}`,
				'https://aiplatform.googleapis.com/v1/publishers/google',
			],
		),
		[
			'google',
			'googleBaseUrl',
			'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-pro-image:generateContent',
			'https://generativelanguage.googleapis.com/v1beta',
		],
		...['', '/', '/api', '/api/v1', '/api/v1/images', '/api/v1/chat/completions'].map((path) => [
			'openRouter',
			'openRouterBaseUrl',
			`https://openrouter.ai${path}`,
			'https://openrouter.ai/api/v1',
		]),
		...['', '/api/v1', '/api/v1/services/aigc/multimodal-generation/generation'].map((path) => [
			'dashScope',
			'dashScopeBaseUrl',
			`https://dashscope.aliyuncs.com${path}`,
			'https://dashscope.aliyuncs.com/api/v1',
		]),
		['openRouter', 'openRouterBaseUrl', 'http://localhost/or', 'http://localhost/or/api/v1'],
		['openRouter', 'openRouterBaseUrl', 'http://localhost/or/v1', 'http://localhost/or/v1'],
		...['ark.cn-beijing.volces.com', 'ark.ap-southeast.bytepluses.com'].flatMap((host) =>
			['', '/api', '/api/v3', '/api/v3/images/generations'].map((path) => [
				'ark',
				'arkBaseUrl',
				`https://${host}${path}`,
				`https://${host}/api/v3`,
			]),
		),
		[
			'azure',
			'azureBaseUrl',
			'https://m.openai.azure.com/',
			'https://m.openai.azure.com/openai/v1',
		],
		[
			'azure',
			'azureBaseUrl',
			'https://m.openai.azure.com/openai/deployments/d/images/generations?api-version=1',
			'https://m.openai.azure.com/openai/deployments/d',
		],
	])('of %s is completed: %s %s', (service, field, given, expected) => {
		expect(resolved({ service, [field]: given }).baseURL).toBe(expected);
	});
});

describe('Azure', () => {
	const azure = { service: 'azure', azureBaseUrl: 'https://m.openai.azure.com' };

	it('has the deployment in the path if its version is dated', () => {
		expect(resolved({ ...azure, apiVersion: '2025-04-01-preview' })).toMatchObject({
			baseURL: 'https://m.openai.azure.com/openai',
			qs: { 'api-version': '2025-04-01-preview' },
			pathPrefix: '/deployments/{model}',
		});
	});

	it('has it in the body if it is not', () => {
		expect(resolved(azure)).toMatchObject({
			baseURL: 'https://m.openai.azure.com/openai/v1',
			qs: {},
			pathPrefix: '',
		});
	});

	it('calls models by the names of their deployments', () => {
		const { models } = resolved({ ...azure, deployments: '{"gpt-image-2": "pictures"}' }).service;
		expect(models).toEqual({ 'gpt-image-2': 'pictures' });
	});

	it('explains deployments that cannot be read', () => {
		expect(() => resolved({ ...azure, deployments: '{"gpt-image-2": ' })).toThrow(
			/^'Deployments' in the credential must be a JSON object/,
		);
	});

	it('takes a token of Entra ID in another header', () => {
		const token = 'eyJhbGciOi.eyJhdWQi.c2ln';
		expect(resolved({ ...azure, apiKey: token }).headers).toEqual({
			Authorization: `Bearer ${token}`,
		});
	});
});
