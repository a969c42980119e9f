import sharp from 'sharp';

import { startImageService } from '../../demo/image-service/server.ts';
import { FILE_URL, dataUrl, photo, useService } from './helpers';

const SDK = 'together-ai@0.52.0 resources/images.d.ts';
const OVERVIEW = 'https://docs.together.ai/docs/images-overview';
const PARAMETERS = 'https://docs.together.ai/docs/inference/images/parameters';
const INPUTS = 'https://docs.together.ai/docs/inference/images/reference-images';
const REST = 'https://docs.together.ai/reference/post-images-generations';
const RENAMED = 'https://github.com/togethercomputer/openapi/pull/106';
const GENAI = 'https://github.com/maruel/genai providers/togetherai/client_test.go';
const SKILL =
	'https://github.com/togethercomputer/skills/blob/665299de0b1f6ab8565b95df840cec000720560a';
const API = `${SKILL}/skills/together-ai/references/images/api-reference.md`;
const LORAS = `${SKILL}/skills/together-ai/domains/images.md`;
const MODELS =
	'https://github.com/togethercomputer/skills/blob/4818f9840175e5ae1456c49c56596e4f88a72086/skills/together-ai/references/images/models.md';

const service = useService();
const generate = (fields: Record<string, unknown>) =>
	service.http.post('/together/v1/images/generations', {
		model: flux('2-pro'),
		prompt: 'A fox',
		width: 256,
		height: 256,
		...fields,
	});

function flux(name: string): string {
	return `black-forest-labs/FLUX.${name}`;
}

let input: string;
beforeAll(async () => {
	input = dataUrl(await photo(64, 48));
});

async function decoded(base64: string) {
	const { format, width, height } = await sharp(Buffer.from(base64, 'base64')).metadata();
	return { format, width, height };
}

describe('a generation', () => {
	it('is a JPEG at a link, by default', async () => {
		const { status, data } = await generate({});
		expect(status).toBe(200);
		expect(data).toEqual({
			id: expect.any(String),
			model: flux('2-pro'),
			object: 'list',
			data: [{ index: 0, type: 'url', url: expect.stringMatching(FILE_URL) }],
		});
		const file = await service.http.get(data.data[0].url, { responseType: 'arraybuffer' });
		expect(file.headers['content-type']).toBe('image/jpeg');
		expect(await sharp(file.data).metadata()).toMatchObject({ format: 'jpeg', width: 256 });
	});

	it('has as many pictures as wanted, of the size and format wanted', async () => {
		const { data } = await generate({
			n: 4,
			width: 512,
			height: 264,
			output_format: 'png',
			response_format: 'base64',
		});
		const pictures = data.data as Array<{ index: number; type: string; b64_json: string }>;
		expect(pictures.map(({ index, type }) => [index, type])).toEqual(
			[0, 1, 2, 3].map((index) => [index, 'b64_json']),
		);
		expect(new Set(pictures.map(({ b64_json: picture }) => picture)).size).toBe(4);
		for (const { b64_json: picture } of pictures) {
			expect(await decoded(picture)).toEqual({ format: 'png', width: 512, height: 264 });
		}
	});

	it('is 1024 pixels wide and high without a size', async () => {
		const { data } = await generate({
			width: undefined,
			height: undefined,
			response_format: 'base64',
		});
		expect(await decoded(data.data[0].b64_json)).toMatchObject({ width: 1024, height: 1024 });
	});

	it('follows a ratio where the model takes one', async () => {
		const { data } = await generate({
			model: flux('1-kontext-pro'),
			aspect_ratio: '16:9',
			response_format: 'base64',
		});
		expect(await decoded(data.data[0].b64_json)).toMatchObject({ width: 1360, height: 768 });
	});

	it('differs by the seed, and only by it', async () => {
		const [one, same, other] = await Promise.all(
			[1, 1, 2].map(async (seed) => {
				const { data } = await generate({ seed, response_format: 'base64' });
				return data.data[0].b64_json as string;
			}),
		);
		expect(same).toBe(one);
		expect(other).not.toBe(one);
	});

	it('is recorded and billed', async () => {
		await generate({ n: 2 });
		const [request] = await service.untilRecorded(([first]) => first?.endedAt !== null);
		expect(request).toMatchObject({ status: 200, images: 2, billedImages: 2 });
		expect(request?.fields).toMatchObject({ model: flux('2-pro'), n: 2 });
	});
});

describe('an edit', () => {
	it.each([
		[flux('2-pro'), 'image_url'],
		[flux('2-pro'), 'reference_images'],
		[flux('2-dev'), 'reference_images'],
		[flux('1-kontext-max'), 'image_url'],
		['google/gemini-3-pro-image', 'reference_images'],
	])('of %s shows its %s', async (model, field) => {
		const images = field === 'image_url' ? input : [input];
		const settings = { model, response_format: 'base64' };
		const [plain, edited] = await Promise.all([
			generate(settings),
			generate({ ...settings, [field]: images }),
		]);
		expect(edited.status).toBe(200);
		expect(edited.data.data[0].b64_json).not.toBe(plain.data.data[0].b64_json);
	});

	it('meets faults for edits', async () => {
		await service.control('faults', { operation: 'edit', status: 503 });
		expect((await generate({})).status).toBe(200);
		const { status, data } = await generate({ reference_images: [input] });
		expect(status).toBe(503);
		expect(data.error).toMatchObject({ message: expect.any(String), type: 'server_error' });
	});
});

describe('a rejected request', () => {
	type Row = [
		what: string,
		fields: Record<string, unknown>,
		status: number,
		param: string | null,
		source: string,
	];
	const rows: Row[] = [
		['an unknown field', { size: '1024x1024' }, 400, 'size', SDK],
		["OpenAI's response format", { response_format: 'b64_json' }, 400, 'response_format', SDK],
		['another output format', { output_format: 'webp' }, 400, 'output_format', SDK],
		['the old name of guidance', { guidance: 3 }, 400, 'guidance', RENAMED],
		['a text as seed', { seed: '7' }, 400, 'seed', SDK],
		['no prompt', { prompt: undefined }, 400, 'prompt', REST],
		['no model', { model: undefined }, 400, 'model', REST],
		['no image', { n: 0 }, 400, 'n', OVERVIEW],
		['five images', { n: 5 }, 400, 'n', OVERVIEW],
		['no steps', { steps: 0 }, 400, 'steps', OVERVIEW],
		['51 steps', { steps: 51 }, 400, 'steps', OVERVIEW],
		['a width that 8 does not divide', { width: 1001 }, 400, 'width', PARAMETERS],
		['too small a height', { height: 248 }, 400, 'height', API],
		['too large a width', { model: flux('1.1-pro'), width: 2048 }, 400, 'width', API],
		['an unknown model', { model: 'acme/paint' }, 404, null, GENAI],
		['a retired model', { model: flux('1-dev') }, 404, null, MODELS],
		['image_url at FLUX.2 dev', { model: flux('2-dev'), image_url: 1 }, 400, 'image_url', INPUTS],
		[
			'image_url at Gemini',
			{ model: 'google/flash-image-2.5', image_url: 1 },
			400,
			'image_url',
			INPUTS,
		],
		['image_url at FLUX 1.1', { model: flux('1.1-pro'), image_url: 1 }, 400, 'image_url', API],
		[
			'references at Kontext',
			{ model: flux('1-kontext-pro'), reference_images: 1 },
			400,
			'reference_images',
			API,
		],
		[
			'references at Qwen Image',
			{ model: 'Qwen/Qwen-Image', reference_images: 1 },
			400,
			'reference_images',
			INPUTS,
		],
		['guidance at FLUX.2 pro', { guidance_scale: 3 }, 400, 'guidance_scale', API],
		['a negative prompt at FLUX.2', { negative_prompt: 'people' }, 400, 'negative_prompt', API],
		[
			'a negative prompt at Gemini',
			{ model: 'google/gemini-3-pro-image', negative_prompt: 'people' },
			400,
			'negative_prompt',
			API,
		],
		['a ratio at FLUX.2', { aspect_ratio: '1:1' }, 400, 'aspect_ratio', API],
		[
			'upsampling at FLUX.2 dev',
			{ model: flux('2-dev'), prompt_upsampling: true },
			400,
			'prompt_upsampling',
			API,
		],
		[
			'LoRAs at FLUX.2',
			{ model: flux('2-dev'), image_loras: [{ path: 'https://example.com', scale: 1 }] },
			400,
			'image_loras',
			LORAS,
		],
		['bare base64 as image', { image_url: 'AAAA' }, 400, 'image_url', INPUTS],
		['a damaged image', { image_url: 'data:image/png;base64,AAAA' }, 400, 'image_url', INPUTS],
	];

	it.each(rows)('has %s: %j is %i for %s (%s)', async (_, fields, status, param) => {
		const given = {
			...fields,
			...(fields.image_url === 1 && { image_url: input }),
			...(fields.reference_images === 1 && { reference_images: [input] }),
		};
		const response = await generate(given);
		expect(response.status).toBe(status);
		expect(response.data).toEqual({
			error: {
				message: expect.any(String),
				type: 'invalid_request_error',
				param,
				code: status === 404 ? 'model_not_available' : null,
			},
		});
	});
});

it('refuses a prompt that is not safe for work, unless the checker is off', async () => {
	const refused = await generate({ prompt: 'Please refuse this' });
	expect(refused.status).toBe(422);
	expect(refused.data.error).toEqual({
		message: 'image may contain NSFW content',
		type: 'invalid_request_error',
		param: null,
		code: null,
	});
	const prompt = { prompt: 'Please refuse this', disable_safety_checker: true };
	expect((await generate(prompt)).status).toBe(200);
});

it('lists models of every kind as a bare array', async () => {
	const { status, data } = await service.http.get('/together/v1/models');
	expect(status).toBe(200);
	expect(data).toContainEqual(
		expect.objectContaining({ id: flux('2-pro'), object: 'model', type: 'image' }),
	);
	expect(data).toContainEqual(expect.objectContaining({ type: 'chat' }));
});

it('does not know other paths', async () => {
	const { status, data } = await service.http.post('/together/v1/images/edits', {});
	expect(status).toBe(404);
	expect(data.error.type).toBe('invalid_request_error');
});

it.each([[{}], [{ authorization: 'Bearer wrong' }]])('refuses the key of %j', async (headers) => {
	const locked = await startImageService({ apiKey: 'right' });
	try {
		const { status, data } = await service.http.get(`${locked.url}/together/v1/models`, {
			headers,
		});
		expect(status).toBe(401);
		expect(data.error).toMatchObject({ code: 'invalid_api_key', type: 'invalid_request_error' });
	} finally {
		await locked.close();
	}
});
