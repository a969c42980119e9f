import { picture } from '../helpers/pictures';
import { useService } from './helpers';

const KEY = 'key-0123456789';
const service = useService({ apiKey: KEY });

const GUIDE = 'https://vercel.com/docs/ai-gateway/modalities/image-generation/openai';
const SDK = 'https://www.npmjs.com/package/@ai-sdk/gateway/v/4.0.146 (src/errors)';

const MODEL = 'bfl/flux-2-pro';

async function post(path: string, body: unknown, key = KEY) {
	const headers = key ? { authorization: `Bearer ${key}` } : {};
	return await service.http.post(`/vercel/v1${path}`, body, { headers });
}

let link: string;
beforeAll(async () => {
	link = `data:image/png;base64,${(await picture()).toString('base64')}`;
});

const asked = (fields: object) => ({ model: MODEL, prompt: 'A fox', ...fields });

describe('an image', () => {
	it('comes as base64 or as a link', async () => {
		const base64 = await post('/images/generations', asked({ n: 2, response_format: 'b64_json' }));
		expect(base64.data.data).toHaveLength(2);
		const links = await post('/images/generations', asked({ response_format: 'url' }));
		expect(links.data.data[0].url).toMatch(/^http:/);
	});

	it('of an edit has its inputs as JSON', async () => {
		const { status } = await post('/images/edits', asked({ images: [{ image_url: link }] }));
		expect(status).toBe(200);
	});

	it('of a model that also writes comes through a chat', async () => {
		const messages = [{ role: 'user', content: 'A fox' }];
		const body = { model: 'google/gemini-3-pro-image', messages, modalities: ['image', 'text'] };
		const { data } = await post('/chat/completions', body);
		expect(data.choices[0].message.images[0].image_url.url).toMatch(/^data:image\/png/);
	});
});

it('lists its models, and tells the credits of a key', async () => {
	const headers = { authorization: `Bearer ${KEY}` };
	const { data } = await service.http.get('/vercel/v1/models', { headers });
	expect(data.data.map(({ id }: { id: string }) => id)).toContain(MODEL);
	expect((await service.http.get('/vercel/v1/credits', { headers })).data).toHaveProperty(
		'balance',
	);
});

describe('a wrong request is refused', () => {
	it.each<[what: string, path: string, fields: () => object, status: number, source: string]>([
		['an unknown field', '/images/generations', () => ({ quality: 'high' }), 400, GUIDE],
		['a ratio', '/images/generations', () => ({ aspect_ratio: '16:9' }), 400, GUIDE],
		['a seed', '/images/generations', () => ({ seed: 7 }), 400, GUIDE],
		['no prompt', '/images/generations', () => ({ prompt: undefined }), 400, GUIDE],
		['an empty prompt', '/images/generations', () => ({ prompt: '' }), 400, GUIDE],
		['no model', '/images/generations', () => ({ model: undefined }), 400, GUIDE],
		['an unknown model', '/images/generations', () => ({ model: 'acme/painter' }), 404, SDK],
		[
			'a model that also writes',
			'/images/generations',
			() => ({ model: 'google/gemini-3-pro-image' }),
			400,
			GUIDE,
		],
		['no image', '/images/generations', () => ({ n: 0 }), 400, GUIDE],
		['a number as a text', '/images/generations', () => ({ n: '1' }), 400, GUIDE],
		['another size', '/images/generations', () => ({ size: '2K' }), 400, GUIDE],
		[
			'another response format',
			'/images/generations',
			() => ({ response_format: 'base64' }),
			400,
			GUIDE,
		],
		[
			'input images of a generation',
			'/images/generations',
			() => ({ images: [{ image_url: link }] }),
			400,
			GUIDE,
		],
		['no input image', '/images/edits', () => ({}), 400, GUIDE],
		['an empty list of input images', '/images/edits', () => ({ images: [] }), 400, GUIDE],
		['input images as texts', '/images/edits', () => ({ images: [link] }), 400, GUIDE],
		['a mask', '/images/edits', () => ({ images: [{ image_url: link }], mask: link }), 400, GUIDE],
		[
			'a damaged image',
			'/images/edits',
			() => ({ images: [{ image_url: 'data:image/png;base64,AAAA' }] }),
			400,
			GUIDE,
		],
		[
			'a chat with a model that only makes images',
			'/chat/completions',
			() => ({
				prompt: undefined,
				messages: [{ role: 'user', content: 'A fox' }],
				modalities: ['image'],
			}),
			404,
			GUIDE,
		],
	])('%s', async (_, path, fields, status, source) => {
		const response = await post(path, asked(fields()));
		expect(response.status).toBe(status);
		expect(response.data.error).toMatchObject({
			message: expect.any(String),
			type: status === 404 ? 'model_not_found' : 'invalid_request_error',
		});
		expect(source).toMatch(/^https:/);
	});

	it('as a form', async () => {
		const form = new FormData();
		form.append('model', MODEL);
		expect((await post('/images/edits', form)).status).toBe(415);
	});

	it.each(['wrong', ''])('with the key "%s"', async (key) => {
		const { status, data } = await post('/images/generations', asked({}), key);
		expect([status, data.error.type]).toEqual([401, 'authentication_error']);
	});
});
