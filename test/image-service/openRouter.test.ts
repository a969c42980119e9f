import { picture } from '../helpers/pictures';
import { useService } from './helpers';

const KEY = 'key-0123456789';
const service = useService({ apiKey: KEY });

const REFERENCE = 'https://openrouter.ai/docs/api/api-reference/images/generate-an-image';
const GUIDE = 'https://openrouter.ai/docs/guides/overview/multimodal/image-generation';
const ERRORS = 'https://openrouter.ai/docs/errors';
const SDK =
	'https://www.npmjs.com/package/@openrouter/sdk/v/1.3.19 (esm/models/imagegenerationrequest.d.ts)';

const MODEL = 'google/gemini-3-pro-image';

async function post(body: unknown, path = '/images', key = KEY) {
	const headers = key ? { authorization: `Bearer ${key}` } : {};
	return await service.http.post(`/openrouter/api/v1${path}`, body, { headers });
}

let reference: object;
beforeAll(async () => {
	const data = (await picture()).toString('base64');
	reference = { type: 'image_url', image_url: { url: `data:image/png;base64,${data}` } };
});

const asked = (fields: object) => ({ model: MODEL, prompt: 'A fox', ...fields });

describe('an image', () => {
	it('comes as base64 with its cost', async () => {
		const { status, data } = await post(asked({ aspect_ratio: '16:9', resolution: '2K' }));
		expect(status).toBe(200);
		expect(data).toMatchObject({
			created: expect.any(Number),
			data: [{ b64_json: expect.any(String), media_type: 'image/png' }],
			usage: { cost: 0.04 },
		});
	});

	it('of an edit has references', async () => {
		expect((await post(asked({ input_references: [reference] }))).status).toBe(200);
	});

	it('can be streamed by models of OpenAI, and by no others', async () => {
		const streamed = await post({ model: 'openai/gpt-image-2', prompt: 'A fox', stream: true });
		expect(String(streamed.data)).toMatch(/"image_generation.completed".*\n\ndata: \[DONE\]/s);
		const plain = await post(asked({ stream: true }));
		expect(plain.headers['content-type']).toContain('application/json');
	});

	it('of a chat model is in its message', async () => {
		const messages = [{ role: 'user', content: 'A fox' }];
		const body = { model: 'openai/gpt-5-image', messages, modalities: ['image', 'text'] };
		const { data } = await post(body, '/chat/completions');
		expect(data.choices[0].message.images[0].image_url.url).toMatch(/^data:image\/png;base64,/);
	});
});

it('reports an error with status 200 if the prompt asks for it', async () => {
	const { status, data } = await post(asked({ prompt: 'error in 200: 402' }));
	expect(status).toBe(200);
	expect(data.error).toMatchObject({ code: 402, message: 'Insufficient credits' });
});

it('lists its image models, and knows keys', async () => {
	const headers = { authorization: `Bearer ${KEY}` };
	const list = await service.http.get('/openrouter/api/v1/images/models', { headers });
	expect(list.data.data.map(({ id }: { id: string }) => id)).toContain(MODEL);
	const key = await service.http.get('/openrouter/api/v1/key', { headers });
	expect(key.data.data).toHaveProperty('usage');
});

describe('a wrong request is refused', () => {
	it.each<[what: string, fields: () => object, status: number, source: string]>([
		['an unknown field', () => ({ style: 'vivid' }), 400, SDK],
		['a mask', () => ({ mask: 'x' }), 400, SDK],
		['a negative prompt', () => ({ negative_prompt: 'people' }), 400, SDK],
		['a response format', () => ({ response_format: 'url' }), 400, SDK],
		['no prompt', () => ({ prompt: undefined }), 400, REFERENCE],
		['an empty prompt', () => ({ prompt: '' }), 400, REFERENCE],
		['no model', () => ({ model: undefined }), 400, REFERENCE],
		['an unknown model', () => ({ model: 'acme/painter' }), 404, ERRORS],
		['no image', () => ({ n: 0 }), 400, REFERENCE],
		['eleven images', () => ({ model: 'openai/gpt-image-2', n: 11 }), 400, REFERENCE],
		['several images of a model that makes one', () => ({ n: 2 }), 400, REFERENCE],
		['a number as a text', () => ({ n: '1' }), 400, REFERENCE],
		['another ratio', () => ({ aspect_ratio: '7:5' }), 400, REFERENCE],
		['a resolution in lower case', () => ({ resolution: '2k' }), 400, SDK],
		['another size', () => ({ size: 'large' }), 400, SDK],
		['pixels of another ratio', () => ({ size: '512x512', aspect_ratio: '16:9' }), 400, SDK],
		['pixels of another resolution', () => ({ size: '512x512', resolution: '4K' }), 400, SDK],
		['another quality', () => ({ quality: 'hd' }), 400, SDK],
		['another background', () => ({ background: 'white' }), 400, REFERENCE],
		[
			'transparency as JPEG',
			() => ({ background: 'transparent', output_format: 'jpeg' }),
			400,
			REFERENCE,
		],
		['another format', () => ({ output_format: 'gif' }), 400, REFERENCE],
		['too much compression', () => ({ output_compression: 101 }), 400, REFERENCE],
		['no reference in a list', () => ({ input_references: [] }), 400, REFERENCE],
		[
			'seventeen references',
			() => ({ input_references: Array.from({ length: 17 }, () => reference) }),
			400,
			REFERENCE,
		],
		[
			'a reference without a type',
			() => ({ input_references: [{ image_url: { url: 'x' } }] }),
			400,
			SDK,
		],
		[
			'a damaged reference',
			() => ({
				input_references: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }],
			}),
			400,
			REFERENCE,
		],
	])('%s', async (_, fields, status, source) => {
		const response = await post(asked(fields()));
		expect(response.status).toBe(status);
		expect(response.data.error).toMatchObject({ code: status, message: expect.any(String) });
		expect(source).toMatch(/^https:/);
	});

	it.each<[what: string, body: object, source: string]>([
		['no modalities', { messages: [{ role: 'user', content: 'A fox' }] }, GUIDE],
		[
			'another modality',
			{ messages: [{ role: 'user', content: 'A fox' }], modalities: ['audio'] },
			GUIDE,
		],
		['no messages', { messages: [], modalities: ['image'] }, GUIDE],
		['no text', { messages: [{ role: 'user', content: '' }], modalities: ['image'] }, GUIDE],
	])('%s in a chat', async (_, body, source) => {
		const response = await post({ model: 'openai/gpt-5-image', ...body }, '/chat/completions');
		expect(response.status).toBe(400);
		expect(source).toMatch(/^https:/);
	});

	it.each(['/images/generations', '/images/edits', '/image'])('the path %s', async (path) => {
		expect((await post(asked({}), path)).status).toBe(404);
	});

	it.each(['wrong', ''])('with the key "%s"', async (key) => {
		const response = await post(asked({}), '/images', key);
		expect(response.status).toBe(401);
		expect(response.data.error.code).toBe(401);
	});
});
