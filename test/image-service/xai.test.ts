import sharp from 'sharp';

import { startImageService } from '../../demo/image-service/server.ts';
import { FILE_URL, dataUrl, form, photo, useService } from './helpers';

const IMAGES = 'https://docs.x.ai/developers/model-capabilities/images';
const GENERATION = 'https://docs.x.ai/developers/model-capabilities/images/generation';
const SEVERAL = 'https://docs.x.ai/developers/model-capabilities/images/multi-image-editing';
const ERRORS = 'https://docs.x.ai/developers/debugging';
const SCHEMA =
	'https://docs.comfy.org/ja/development/comfy-router/models/xai/grok-imagine-image-2-0/code';
const LIMITS =
	'https://github.com/calesthio/generative-media-skills/blob/d5daa8a23514c2e5b0ef1c9ac6874db632fb7ae7/skills/providers/image-generation/xai-grok-imagine-image/SKILL.md';
const SIZE = 'https://github.com/rikkahub/rikkahub/issues/1602';
const UNKNOWN = 'https://github.com/ddcat-ai/open-ai-canvas/pull/167';

const BASE = 'grok-imagine-image';
const TWO = 'grok-imagine-image-2.0';

const service = useService();
const common = { model: TWO, prompt: 'A fox', response_format: 'b64_json' };
const generate = (fields: Record<string, unknown> = {}) =>
	service.http.post('/xai/v1/images/generations', { ...common, ...fields });
const edit = (fields: Record<string, unknown>) =>
	service.http.post('/xai/v1/images/edits', { ...common, ...fields });

let input: { url: string; type: string };
beforeAll(async () => {
	input = { url: dataUrl(await photo(64, 32)), type: 'image_url' };
});

async function sizeOf(base64: string) {
	const { format, width, height } = await sharp(Buffer.from(base64, 'base64')).metadata();
	return [format, width, height];
}

describe('a generation', () => {
	it('is a JPEG at a link, by default', async () => {
		const { status, data } = await generate({ response_format: undefined });
		expect(status).toBe(200);
		expect(data).toEqual({
			data: [
				{
					url: expect.stringMatching(FILE_URL),
					mime_type: 'image/jpeg',
					revised_prompt: '',
					respect_moderation: true,
				},
			],
			usage: { cost_in_usd_ticks: expect.any(Number) },
		});
		const file = await service.http.get(data.data[0].url, { responseType: 'arraybuffer' });
		expect(await sharp(file.data).metadata()).toMatchObject({ format: 'jpeg', width: 1024 });
	});

	it.each([
		[{}, 1024, 1024],
		[{ aspect_ratio: '2:1' }, 1456, 720],
		[{ aspect_ratio: '9:19.5' }, 688, 1504],
		[{ resolution: '2k', quality: 'low' }, 2048, 2048],
		[{ model: BASE, quality: 'high' }, 1024, 1024],
		[{ model: 'grok-imagine-image-pro' }, 1024, 1024],
	])('with %j has %i × %i pixels', async (fields, width, height) => {
		const { data } = await generate(fields);
		expect(await sizeOf(data.data[0].b64_json)).toEqual(['jpeg', width, height]);
	});

	it('has as many pictures as wanted', async () => {
		const { data } = await generate({ n: 3 });
		const pictures = data.data as Array<{ b64_json: string }>;
		expect(new Set(pictures.map(({ b64_json: base64 }) => base64)).size).toBe(3);
		expect(data.usage.cost_in_usd_ticks).toBe(600_000_000);
	});
});

describe('an edit', () => {
	it.each([
		[TWO, 1, undefined, 1456, 720],
		[TWO, 1, '1:1', 1024, 1024],
		[BASE, 1, '1:1', 1456, 720],
		[BASE, 2, '1:1', 1024, 1024],
		[BASE, 3, undefined, 1456, 720],
	])('by %s of %i images in the ratio %s has %i × %i pixels', async (...row) => {
		const [model, count, ratio, width, height] = row;
		const images = count === 1 ? { image: input } : { images: Array(count).fill(input) };
		const { status, data } = await edit({ model, ...images, aspect_ratio: ratio });
		expect(status).toBe(200);
		expect(await sizeOf(data.data[0].b64_json)).toEqual(['jpeg', width, height]);
	});

	it('meets faults for edits', async () => {
		await service.control('faults', { operation: 'edit', status: 503 });
		expect((await generate()).status).toBe(200);
		const { status, data } = await edit({ image: input });
		expect(status).toBe(503);
		expect(data).toEqual({ code: expect.any(String), error: expect.any(String) });
	});
});

it('withholds the pictures of some prompts', async () => {
	const { status, data } = await generate({ prompt: 'Please refuse this', n: 2 });
	expect(status).toBe(200);
	const item = { mime_type: 'image/jpeg', revised_prompt: '', respect_moderation: false };
	expect(data.data).toEqual([item, item]);
});

describe('a rejected request', () => {
	type Row = [
		what: string,
		fields: Record<string, unknown>,
		status: number,
		/** Part of the error. */
		named: string,
		source: string,
	];
	const edits: Row[] = [
		['no image', {}, 422, 'image', LIMITS],
		['both forms of images', { image: 1, images: 2 }, 422, 'image', LIMITS],
		['an empty list', { images: 0 }, 422, 'images', LIMITS],
		['four images', { images: 4 }, 422, 'images', SEVERAL],
		['a link as image', { image: 'https://example.com/a.png' }, 422, 'image', IMAGES],
		['bare base64', { image: { url: 'AAAA' } }, 422, 'image.url', IMAGES],
		['a damaged image', { image: { url: 'data:image/png;base64,AA' } }, 422, 'image', IMAGES],
		['a mask', { image: 1, mask: { url: 'https://example.com' } }, 422, 'mask', LIMITS],
	];
	const generations: Row[] = [
		['a size', { size: '1024x1024' }, 400, 'Argument not supported: size', SIZE],
		['a style', { style: 'vivid' }, 400, 'Argument not supported: style', SCHEMA],
		['a seed', { seed: 1 }, 422, 'seed', LIMITS],
		['an output format', { output_format: 'png' }, 422, 'output_format', UNKNOWN],
		['no prompt', { prompt: undefined }, 422, 'prompt', ERRORS],
		['a number as prompt', { prompt: 1 }, 422, 'prompt', ERRORS],
		['no images', { n: 0 }, 422, 'n:', GENERATION],
		['eleven images', { n: 11 }, 422, 'n:', GENERATION],
		['half an image', { n: 1.5 }, 422, 'n:', ERRORS],
		['another ratio', { aspect_ratio: '21:9' }, 422, 'aspect_ratio', GENERATION],
		['a ratio with an x', { aspect_ratio: '16x9' }, 422, 'aspect_ratio', GENERATION],
		['another resolution', { resolution: '4k' }, 422, 'resolution', GENERATION],
		['a resolution in capitals', { resolution: '2K' }, 422, 'resolution', LIMITS],
		['another quality', { quality: 'ultra' }, 422, 'quality', SCHEMA],
		['a quality that 2.0 lacks', { quality: 'high' }, 400, 'quality', SCHEMA],
		['another delivery', { response_format: 'base64' }, 422, 'response_format', GENERATION],
		['an unknown model', { model: 'grok-2' }, 404, 'grok-2', ERRORS],
	];

	it.each(generations)('has %s: %j is %i, %s (%s)', async (_, fields, status, named) => {
		const response = await generate(fields);
		expect(response.status).toBe(status);
		expect(response.data).toEqual({
			code: expect.any(String),
			error: expect.stringContaining(named),
		});
	});

	it.each(edits)('to edit has %s: %j is %i, %s (%s)', async (_, fields, status, named) => {
		const { image, images, ...others } = fields;
		const response = await edit({
			...others,
			image: image === 1 ? input : image,
			images: typeof images === 'number' ? Array(images).fill(input) : images,
		});
		expect(response.status).toBe(status);
		expect(response.data).toEqual({
			code: expect.any(String),
			error: expect.stringContaining(named),
		});
	});

	it(`is a form (${GENERATION})`, async () => {
		const { status } = await service.http.post('/xai/v1/images/edits', form([['prompt', 'A fox']]));
		expect(status).toBe(415);
	});

	it.each([
		['GET', '/v1/images/edits', 405],
		['POST', '/v1/images/variations', 404],
	])(`of %s %s is %i (${ERRORS})`, async (method, path, status) => {
		const response = await service.http.request({ method, url: `/xai${path}`, data: {} });
		expect(response.status).toBe(status);
	});

	it.each([
		[{}, 401],
		[{ authorization: 'Bearer wrong' }, 400],
	])(`with the key of %j is %i (${ERRORS})`, async (headers, status) => {
		const locked = await startImageService({ apiKey: 'right' });
		try {
			const url = `${locked.url}/xai/v1/image-generation-models`;
			expect((await service.http.get(url, { headers })).status).toBe(status);
		} finally {
			await locked.close();
		}
	});
});

it('lists its models with their other names', async () => {
	const { status, data } = await service.http.get('/xai/v1/image-generation-models');
	expect(status).toBe(200);
	expect(data.models).toContainEqual(
		expect.objectContaining({
			id: 'grok-imagine-image-quality',
			aliases: expect.arrayContaining(['grok-imagine-image-pro']),
		}),
	);
});
