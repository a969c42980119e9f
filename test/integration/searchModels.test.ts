import { useEngine } from '../helpers/engine';
import { API_KEY, json, raw, useImagesApi, type Reply } from '../helpers/imagesApi';
import { searchList } from '../helpers/listSearch';
import { useService } from '../image-service/helpers';

useEngine();
const api = useImagesApi();
const service = useService({ apiKey: API_KEY });

const found = async (filter?: string, credentials = api.credentials) => {
	const { results } = await searchList('searchModels', credentials, filter);
	expect(results.every(({ name, value }) => name === value)).toBe(true);
	return results.map(({ value }) => value);
};

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

	it('begins with known models, then with those that seem to make images', async () => {
		api.reply(
			listed('whisper-1', 'my-flux', 'openai/dall-e-2', 'a-chat', 'gpt-image-1.5', 'imagen-4'),
		);
		expect(await found()).toEqual([
			...['gpt-image-1.5', 'openai/dall-e-2'],
			...['imagen-4', 'my-flux'],
			...['a-chat', 'whisper-1'],
		]);
	});

	it('holds what contains the words of the search', async () => {
		api.reply(listed('dall-e-2', 'dall-e-3', 'gpt-image-1.5', 'Flux-Dall'));
		expect(await found('DALL')).toEqual(['dall-e-2', 'dall-e-3', 'Flux-Dall']);
		expect(await found('nothing')).toEqual([]);
	});

	it.each<[string, Reply]>([
		['an empty object', json({})],
		['entries that are no models', json({ data: [null, 1, {}, { id: '' }, { id: 7 }] })],
		['a page', raw('<html></html>', 200, { 'content-type': 'text/html' })],
	])('is empty if the server answers with %s', async (_, reply) => {
		api.reply(reply);
		expect(await found()).toEqual([]);
	});

	it('holds every image model of the image service first', async () => {
		const credentials = { apiKey: API_KEY, baseUrl: service.url };
		const ids = await found(undefined, credentials);
		expect(ids.slice(0, 11).every((id) => /image|dall-e/.test(String(id)))).toBe(true);
		expect(ids).toEqual(expect.arrayContaining(['gpt-image-2.5-flare', 'dall-e-2', 'tts-1']));
		expect(ids.indexOf('tts-1')).toBeGreaterThan(ids.indexOf('chatgpt-image-latest'));
	});

	it('reports a wrong key', async () => {
		const credentials = { apiKey: 'wrong', baseUrl: service.url };
		await expect(found(undefined, credentials)).rejects.toThrow(/401|[Aa]uthorization|API key/);
	});
});
