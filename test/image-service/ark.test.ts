import sharp from 'sharp';

import { startImageService } from '../../demo/image-service/server.ts';
import { picture } from '../helpers/pictures';
import { FILE_URL, dataUrl, photo, useService } from './helpers';

const REST = 'https://www.volcengine.com/docs/82379/1541523';
const ERRORS = 'https://www.volcengine.com/docs/82379/1299023';
const LIMITS =
	'https://github.com/calesthio/generative-media-skills/blob/d5daa8a23514c2e5b0ef1c9ac6874db632fb7ae7/skills/providers/image-generation/bytedance-seedream/SKILL.md';
const TIERS = 'https://github.com/volcengine/volcengine-go-sdk/issues/144';
const RATIO = 'https://github.com/ddcat-ai/open-ai-canvas/pull/400';
const FEWEST = 'https://github.com/CherryHQ/cherry-studio-app/issues/408';
const SINGLE = 'https://github.com/CherryHQ/cherry-studio/pull/17360';
const OLDER = 'https://docs.kapon.cloud/doubao/image';
const RANGES = 'https://github.com/looplj/axonhub/pull/705';
const SEEDS = 'https://powower.mintlify.app/en/byteplus/image';
const SDK = 'https://github.com/volcengine/volcengine-go-sdk/issues/136';

const PRO = 'doubao-seedream-5-0-pro-260628';
const LITE = 'doubao-seedream-5-0-260128';
const FOUR5 = 'doubao-seedream-4-5-251128';
const FOUR = 'doubao-seedream-4-0-250828';
const THREE = 'doubao-seedream-3-0-t2i-250415';

const service = useService();
const PATH = '/ark/api/v3/images/generations';
const generate = (fields: Record<string, unknown> = {}) =>
	service.http.post(PATH, {
		model: FOUR,
		prompt: 'A fox',
		size: '960x960',
		response_format: 'b64_json',
		...fields,
	});
const group = (most: number) => ({
	sequential_image_generation: 'auto',
	sequential_image_generation_options: { max_images: most },
});

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
		const { status, data } = await generate({ response_format: undefined });
		expect(status).toBe(200);
		expect(data).toEqual({
			model: FOUR,
			created: expect.any(Number),
			data: [{ url: expect.stringMatching(FILE_URL), size: '960x960' }],
			usage: { input_images: 0, generated_images: 1, output_tokens: 3600, total_tokens: 3600 },
		});
		const file = await service.http.get(data.data[0].url, { responseType: 'arraybuffer' });
		expect(await sharp(file.data).metadata()).toMatchObject({ format: 'jpeg', width: 960 });
	});

	it.each([
		[PRO, '1K', 1024],
		['dola-seedream-5-0-pro-260628', '1.5K', 1536],
		[FOUR, '1k', 1024],
		['seedream-4-0-250828', '2K', 2048],
		[FOUR5, undefined, 2048],
		['seedream-4-5-251128', '2K', 2048],
		['seedream-5-0-260128', '2K', 2048],
		['doubao-seedream-5-0-lite-260128', '3K', 3072],
		[THREE, undefined, 1024],
	])('of %s at the size %s is %i pixels wide', async (model, size, edge) => {
		const { data } = await generate({ model, size });
		expect(data.data[0].size).toBe(`${edge}x${edge}`);
		expect(await decoded(data.data[0].b64_json)).toMatchObject({ width: edge, height: edge });
	});

	it.each(['png', 'jpeg'])('is a %s where the model lets one choose', async (format) => {
		const settings = { model: PRO, size: '1280x720', output_format: format };
		const { data } = await generate(settings);
		expect(await decoded(data.data[0].b64_json)).toEqual({ format, width: 1280, height: 720 });
	});

	it('has a mark, unless it is not wanted', async () => {
		const pictures = await Promise.all(
			[undefined, true, false].map(async (watermark) => {
				const { data } = await generate({ watermark });
				return data.data[0].b64_json as string;
			}),
		);
		expect(pictures[1]).toBe(pictures[0]);
		expect(pictures[2]).not.toBe(pictures[0]);
	});

	it('takes a seed and guidance where they are documented', async () => {
		const settings = { model: THREE, size: '512x512', guidance_scale: 2.5 };
		const [one, other] = await Promise.all(
			[1, 2].map(async (seed) => {
				const { data } = await generate({ ...settings, seed });
				return data.data[0].b64_json as string;
			}),
		);
		expect(await decoded(one!)).toMatchObject({ width: 512, height: 512 });
		expect(other).not.toBe(one);
	});

	it('becomes a group, which is billed by picture', async () => {
		const { data } = await generate(group(3));
		const pictures = data.data as Array<{ b64_json: string }>;
		expect(new Set(pictures.map(({ b64_json: base64 }) => base64)).size).toBe(3);
		expect(data.usage.generated_images).toBe(3);
		const [request] = await service.untilRecorded(([first]) => first?.endedAt !== null);
		expect(request).toMatchObject({ images: 3, billedImages: 3 });
	});
});

describe('an edit', () => {
	it('shows one image or several, which count', async () => {
		const [plain, one, three] = await Promise.all([
			generate(),
			generate({ image: input }),
			generate({ image: [input, input, input] }),
		]);
		expect(one.data.data[0].b64_json).not.toBe(plain.data.data[0].b64_json);
		expect(three.data.data[0].b64_json).not.toBe(one.data.data[0].b64_json);
		expect(three.data.usage.input_images).toBe(3);
	});

	it('keeps the ratio of its first image where only a tier is given', async () => {
		const { data } = await generate({ image: input, size: '1K' });
		expect(data.data[0].size).toBe('1184x880');
	});

	it('meets faults for edits, in the shape of Ark', async () => {
		await service.control('faults', { operation: 'edit', status: 429 });
		expect((await generate()).status).toBe(200);
		const { status, data } = await generate({ image: input });
		expect(status).toBe(429);
		expect(data.error).toMatchObject({ code: 'RateLimitExceeded.EndpointRPMExceeded' });
	});
});

describe('a stream', () => {
	/** The events of a stream, and how it ends. */
	async function streamOf(fields: Record<string, unknown>) {
		const { status, headers, data } = await generate({ stream: true, ...fields });
		expect(status).toBe(200);
		expect(headers['content-type']).toBe('text/event-stream');
		const blocks = (data as string).trimEnd().split('\n\n');
		expect(blocks.pop()).toBe('data: [DONE]');
		return blocks.map((block) => {
			const [, name, text] = /^event: (\S+)\ndata: (.+)$/.exec(block)!;
			const event = JSON.parse(text!) as Record<string, unknown> & { type: string };
			expect(event.type).toBe(name);
			return event;
		});
	}

	it('has an event for every picture, then one with the usage', async () => {
		const [first, second, last, ...others] = await streamOf(group(2));
		expect(others).toEqual([]);
		const picture = { model: FOUR, created: expect.any(Number), size: '960x960' };
		const type = 'image_generation.partial_succeeded';
		expect(first).toEqual({ type, ...picture, image_index: 0, b64_json: expect.any(String) });
		expect(second).toEqual({ type, ...picture, image_index: 1, b64_json: expect.any(String) });
		expect(await decoded(first!.b64_json as string)).toMatchObject({ width: 960 });
		expect(last).toMatchObject({
			type: 'image_generation.completed',
			usage: { generated_images: 2, output_tokens: 7200 },
		});
	});

	it('says which picture was withheld', async () => {
		const events = await streamOf({ ...group(2), prompt: 'Please censor this' });
		expect(events.map(({ type }) => type)).toEqual([
			'image_generation.partial_succeeded',
			'image_generation.partial_failed',
			'image_generation.completed',
		]);
		expect(events[1]).toMatchObject({
			image_index: 1,
			error: { code: 'OutputImageSensitiveContentDetected', message: expect.any(String) },
		});
	});

	it('ends with an error where the service breaks down', async () => {
		const events = await streamOf({ prompt: 'Please collapse' });
		expect(events).toEqual([
			{ type: 'error', error: expect.objectContaining({ code: 'InternalServiceError' }) },
		]);
	});
});

describe('words in the prompt', () => {
	it('refuse it', async () => {
		const { status, data } = await generate({ prompt: 'Please refuse this' });
		expect(status).toBe(400);
		expect(data.error).toEqual({
			code: 'InputTextSensitiveContentDetected',
			message: expect.stringMatching(/^The request failed because .* Request id: \S+$/),
			param: '',
			type: 'BadRequest',
		});
	});

	it('withhold the last picture, which is not billed', async () => {
		const { status, data } = await generate({ ...group(2), prompt: 'Please censor this' });
		expect(status).toBe(200);
		expect(data.data).toEqual([
			{ b64_json: expect.any(String), size: '960x960' },
			{ error: { code: 'OutputImageSensitiveContentDetected', message: expect.any(String) } },
		]);
		const [request] = await service.untilRecorded(([first]) => first?.endedAt !== null);
		expect(request).toMatchObject({ images: 1, billedImages: 1 });
	});

	it('make a 200 with an error and no pictures', async () => {
		const { status, data } = await generate({ prompt: 'Please collapse' });
		expect(status).toBe(200);
		expect(data).toMatchObject({ error: { code: 'InternalServiceError' }, data: [] });
	});
});

describe('a rejected request', () => {
	type Row = [
		what: string,
		fields: Record<string, unknown>,
		status: number,
		code: string,
		/** Part of the message. */
		named: string,
		source: string,
	];
	const INVALID = [400, 'InvalidParameter'] as const;
	const MISSING = [400, 'MissingParameter'] as const;
	const mode = (name: string) => ({ optimize_prompt_options: { mode: name } });
	const rows: Row[] = [
		['no model', { model: undefined }, ...MISSING, 'model', ERRORS],
		['no prompt', { prompt: undefined }, ...MISSING, 'prompt', ERRORS],
		['an unknown model', { model: 'x' }, 404, 'InvalidEndpointOrModel.NotFound', 'x', ERRORS],
		['an unknown field', { n: 2 }, ...INVALID, '`n`', REST],
		['a ratio as size', { size: '1:1' }, ...INVALID, '`size`', RATIO],
		['1K at 4.5', { model: FOUR5, size: '1K' }, ...INVALID, '`size`', TIERS],
		['an adaptive size', { model: FOUR5, size: 'adaptive' }, ...INVALID, '`size`', TIERS],
		['4K at 5.0 Pro', { model: PRO, size: '4K' }, ...INVALID, '`size`', LIMITS],
		['1K at 5.0 Lite', { model: LITE, size: '1K' }, ...INVALID, '`size`', LIMITS],
		['too few pixels', { model: FOUR5, size: '1024x1024' }, ...INVALID, '3686400', FEWEST],
		['too few for 4.0', { size: '900x900' }, ...INVALID, '921600', LIMITS],
		['too many pixels', { size: '4096x4104' }, ...INVALID, '16777216', LIMITS],
		['too many for Pro', { model: PRO, size: '2160x2160' }, ...INVALID, '4624220', LIMITS],
		['too wide a size', { size: '4880x300' }, ...INVALID, '[1/16, 16]', LIMITS],
		[
			'a format at 4.5',
			{ model: FOUR5, output_format: 'png' },
			...INVALID,
			'output_format',
			LIMITS,
		],
		['another format', { model: PRO, output_format: 'webp' }, ...INVALID, 'output_format', LIMITS],
		['another delivery', { response_format: 'base64' }, ...INVALID, 'response_format', REST],
		['a seed at 4.0', { seed: 1 }, ...INVALID, '`seed`', LIMITS],
		['guidance at 4.0', { guidance_scale: 3 }, ...INVALID, '`guidance_scale`', RANGES],
		['too much guidance', { model: THREE, guidance_scale: 11 }, ...INVALID, 'guidance', RANGES],
		['a seed of -2', { model: THREE, seed: -2 }, ...INVALID, '`seed`', SEEDS],
		['a text as watermark', { watermark: 'no' }, ...INVALID, '`watermark`', SDK],
		['a group of Pro', { model: PRO, ...group(2) }, ...INVALID, 'sequential_image', SINGLE],
		['a stream of Pro', { model: PRO, stream: true }, ...INVALID, '`stream`', LIMITS],
		['a group of 16', group(16), ...INVALID, 'max_images', LIMITS],
		['a group too large with its input', { ...group(15), image: 1 }, ...INVALID, '15', LIMITS],
		['15 inputs', { image: 15 }, ...INVALID, 'at most 14', LIMITS],
		['11 inputs of Pro', { model: PRO, image: 11 }, ...INVALID, 'at most 10', LIMITS],
		[
			'an input of 3.0',
			{ model: THREE, size: '1024x1024', image: 1 },
			...INVALID,
			'`image`',
			OLDER,
		],
		['a search at 4.0', { tools: [{ type: 'web_search' }] }, ...INVALID, '`tools`', LIMITS],
		['haste at 4.5', { model: FOUR5, size: '2K', ...mode('fast') }, ...INVALID, 'mode', LIMITS],
		['bare base64', { image: 'AAAA' }, ...INVALID, '`image`', LIMITS],
		['a format in capitals', { image: 'data:image/PNG;base64,AA' }, ...INVALID, '`image`', LIMITS],
		['a damaged input', { image: 'data:image/png;base64,AA' }, ...INVALID, '`image`', LIMITS],
	];

	it.each(rows)('has %s: %j is %i %s, %s (%s)', async (_, fields, status, code, named) => {
		const { image } = fields;
		const images = typeof image === 'number' ? Array.from({ length: image }, () => input) : image;
		const response = await generate({ ...fields, image: images });
		expect(response.status).toBe(status);
		expect(response.data).toEqual({
			error: {
				code,
				message: expect.stringContaining(named),
				param: '',
				type: expect.any(String),
			},
		});
	});

	it('has an input that is too long', async () => {
		const image = dataUrl(await picture({ width: 170, height: 10 }));
		const { status, data } = await generate({ image });
		expect(status).toBe(400);
		expect(data.error.message).toContain('[1/16, 16]');
	});
});

it.each([
	[{}, /missing or invalid/],
	[{ authorization: 'Bearer wrong' }, /doesn't exist/],
])('refuses the key of %j', async (headers, message) => {
	const locked = await startImageService({ apiKey: 'right' });
	try {
		const { status, data } = await service.http.post(`${locked.url}${PATH}`, {}, { headers });
		expect(status).toBe(401);
		expect(data.error).toMatchObject({
			code: 'AuthenticationError',
			message: expect.stringMatching(message),
			type: 'Unauthorized',
		});
	} finally {
		await locked.close();
	}
});

it('does not know other paths', async () => {
	const { status, data } = await service.http.get('/ark/api/v3/models');
	expect(status).toBe(404);
	expect(data.error.code).toBe('NotFound');
});
