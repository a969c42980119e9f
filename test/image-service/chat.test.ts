import { picture } from '../helpers/pictures';
import { useService } from './helpers';

const KEY = 'key-0123456789';
const service = useService({ apiKey: KEY });

const GUIDE = 'https://openrouter.ai/docs/guides/overview/multimodal/image-generation';
const CHAT = 'https://developers.openai.com/api/reference/resources/chat';

async function post(body: unknown, key = KEY) {
	const headers = key ? { authorization: `Bearer ${key}` } : {};
	return await service.http.post('/chat/v1/chat/completions', body, { headers });
}

let link: string;
beforeAll(async () => {
	link = `data:image/png;base64,${(await picture()).toString('base64')}`;
});

const messages = [{ role: 'user', content: 'A fox' }];
const asked = (fields: object) => ({
	model: 'in-images',
	messages,
	modalities: ['image', 'text'],
	...fields,
});
const parts = (...content: object[]) => ({ messages: [{ role: 'user', content }] });

describe('an image', () => {
	it.each([
		[
			'in-images',
			/^data:image\/png;base64,/,
			(message: Message) => message.images?.[0]?.image_url.url,
		],
		['in-markdown', /!\[image\]\(data:image\/png;base64,/, ({ content }: Message) => content],
		['in-link', /!\[image\]\(http:/, ({ content }: Message) => content],
		['in-text', /^data:image\/png;base64,/, ({ content }: Message) => content],
	] as const)('is where the model %s puts it', async (model, pattern, find) => {
		const { status, data } = await post(asked({ model }));
		expect(status).toBe(200);
		expect(find(data.choices[0].message)).toMatch(pattern);
	});
});

interface Message {
	readonly content: string;
	readonly images?: ReadonlyArray<{ image_url: { url: string } }>;
}

describe('a wrong request is refused', () => {
	it.each<[what: string, fields: () => object, source: string]>([
		['an unknown field', () => ({ n: 2 }), GUIDE],
		['a prompt', () => ({ prompt: 'A fox' }), CHAT],
		['a size', () => ({ size: '1024x1024' }), GUIDE],
		['no model', () => ({ model: undefined }), CHAT],
		['no messages', () => ({ messages: undefined }), CHAT],
		['an empty list of messages', () => ({ messages: [] }), CHAT],
		['messages as a text', () => ({ messages: 'A fox' }), CHAT],
		['another role', () => ({ messages: [{ role: 'painter', content: 'A fox' }] }), CHAT],
		['a message without content', () => ({ messages: [{ role: 'user' }] }), CHAT],
		['no parts', () => parts(), CHAT],
		['an unknown part', () => parts({ type: 'image', url: link }), CHAT],
		['a link as a text', () => parts({ type: 'image_url', image_url: link }), CHAT],
		['no text', () => parts({ type: 'image_url', image_url: { url: link } }), GUIDE],
		[
			'a damaged image',
			() =>
				parts(
					{ type: 'text', text: 'x' },
					{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
				),
			GUIDE,
		],
		['no modalities', () => ({ modalities: undefined }), GUIDE],
		['an empty list of modalities', () => ({ modalities: [] }), GUIDE],
		['another modality', () => ({ modalities: ['audio'] }), GUIDE],
		['an unknown image setting', () => ({ image_config: { quality: 'high' } }), GUIDE],
		['a ratio of words', () => ({ image_config: { aspect_ratio: 'wide' } }), GUIDE],
		['another image size', () => ({ image_config: { image_size: '2k' } }), GUIDE],
		['a seed with decimals', () => ({ seed: 0.5 }), CHAT],
	])('%s', async (_, fields, source) => {
		const { status, data } = await post(asked(fields()));
		expect(status).toBe(400);
		expect(data.error).toMatchObject({
			type: 'invalid_request_error',
			message: expect.any(String),
		});
		expect(source).toMatch(/^https:/);
	});

	it('with text from a model that makes none', async () => {
		const model = 'black-forest-labs/flux.2-pro';
		const { status, data } = await post(asked({ model }));
		expect(status).toBe(404);
		expect(data.error.message).toMatch(/^No endpoints found that support the requested output/);
		expect((await post(asked({ model, modalities: ['image'] }))).status).toBe(200);
	});

	it.each(['wrong', ''])('with the key "%s"', async (key) => {
		expect((await post(asked({}), key)).status).toBe(401);
	});
});
