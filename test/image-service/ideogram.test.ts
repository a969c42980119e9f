import type { AxiosResponse } from 'axios';
import sharp from 'sharp';

import { resolutions } from '../../demo/image-service/profiles/ideogramFields.ts';
import { startImageService } from '../../demo/image-service/server.ts';
import { changesIn, formOf, greyMask } from './forms';
import { FILE_URL, maskWithHole, photo, useService } from './helpers';
import type { Upload } from './helpers';
import { GENERATE, INPAINT, poster, rows } from './ideogramRequests';

const service = useService();
const post = poster(service);

const square = { width: 1024, height: 1024 };
const hole = { left: 300, top: 200, width: 400, height: 500 };
const files: Record<string, Upload> = {};
beforeAll(async () => {
	const small = { width: 64, height: 48 };
	const image = await photo(small.width, small.height);
	const area = { left: 8, top: 8, width: 16, height: 16 };
	const all = {
		image,
		mask: await greyMask(small, area, 'black'),
		smallMask: await greyMask({ width: 48, height: 48 }, area, 'black'),
		transparent: await maskWithHole(small.width, small.height, area),
		gif: await sharp(image).gif().toBuffer(),
		damaged: image.subarray(0, 200),
		heavy: Buffer.concat([image, Buffer.alloc(6 * 1024 * 1024)]),
		huge: Buffer.concat([image, Buffer.alloc(25 * 1024 * 1024)]),
	};
	for (const [name, bytes] of Object.entries(all)) files[name] = { bytes };
});

async function fileOf({ data }: AxiosResponse, index = 0): Promise<Buffer> {
	const { url } = data.data[index];
	return (await service.http.get(url as string, { responseType: 'arraybuffer' })).data as Buffer;
}

describe('a generation', () => {
	it('is a PNG at a link on another port', async () => {
		const response = await post('generate', { prompt: 'A fox', seed: '7' });
		expect(response.status).toBe(200);
		expect(response.data).toEqual({
			created: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			data: [
				{
					prompt: 'A fox',
					resolution: '1024x1024',
					is_image_safe: true,
					seed: 7,
					url: expect.stringMatching(FILE_URL),
					style_type: 'GENERAL',
				},
			],
		});
		const { url } = response.data.data[0];
		expect(new URL(url as string).port).not.toBe(new URL(service.url).port);
		expect(await sharp(await fileOf(response)).metadata()).toMatchObject({
			format: 'png',
			...square,
		});
	});

	it.each([
		[{ aspect_ratio: '16x9' }, 1312, 736],
		[{ aspect_ratio: '1x3' }, 512, 1536],
		[{ resolution: '896x1120' }, 896, 1120],
	])('has the resolution of %j', async (fields, width, height) => {
		const response = await post('generate', { prompt: 'A fox', ...fields });
		expect(response.data.data[0].resolution).toBe(`${width}x${height}`);
		expect(await sharp(await fileOf(response)).metadata()).toMatchObject({ width, height });
	});

	it(`knows the 69 resolutions (${GENERATE})`, () => {
		expect(new Set(resolutions.map(String)).size).toBe(69);
	});

	it('takes every field', async () => {
		const { status, data } = await post('generate', {
			prompt: 'A fox',
			seed: '2147483647',
			resolution: '768x1088',
			rendering_speed: 'FLASH',
			magic_prompt: 'OFF',
			negative_prompt: 'people',
			num_images: '2',
			color_palette: '{"members":[{"color_hex":"#ff0000","color_weight":0.5}]}',
			style_type: 'DESIGN',
			style_preset: 'BAUHAUS',
			custom_model_uri: 'model/acme/version/1',
			style_reference_images: [files.image!, files.image!],
			character_reference_images: files.image!,
			character_reference_images_mask: files.mask!,
			enable_copyright_detection: 'true',
		});
		expect(data).toMatchObject({ data: [{ style_type: 'DESIGN' }, { style_type: 'DESIGN' }] });
		expect(status).toBe(200);
		const [request] = await service.untilRecorded(([first]) => first?.endedAt !== null);
		expect(request).toMatchObject({ status: 200, images: 2, billedImages: 2 });
	});

	it('has pictures that differ', async () => {
		const fields = { prompt: 'A fox', num_images: '2', style_codes: ['0123abcd', '4567ABCD'] };
		const response = await post('generate', fields);
		expect((await fileOf(response, 0)).equals(await fileOf(response, 1))).toBe(false);
	});
});

describe('an edit', () => {
	it('remixes an image, cropped to the ratio', async () => {
		const fields = { prompt: 'A fox', image: files.image!, image_weight: '70' };
		const response = await post('remix', { ...fields, aspect_ratio: '2x1' });
		expect(response.data.data[0].resolution).toBe('1408x704');
		const plain = await post('generate', { prompt: 'A fox', aspect_ratio: '2x1' });
		expect((await fileOf(response)).equals(await fileOf(plain))).toBe(false);
	});

	it.each(['png', 'jpeg'] as const)('inpaints where the mask is black (%s)', async (format) => {
		const image = await photo(square.width, square.height);
		// Blocks of 8 pixels, which JPEG keeps apart.
		const area = { left: 304, top: 200, width: 400, height: 504 };
		const mask = await sharp(await greyMask(square, area, 'black'))
			.toFormat(format)
			.toBuffer();
		const response = await post('inpaint', {
			prompt: 'A balloon',
			image: { bytes: image },
			mask: { bytes: mask },
		});
		const { inside, outside } = await changesIn(area, image, await fileOf(response));
		expect(outside).toBe(0);
		expect(inside).toBeGreaterThan(0.99 * area.width * area.height);
	});

	it('keeps everything under a white mask', async () => {
		const image = await photo(square.width, square.height);
		const mask = await greyMask(square, { left: 0, top: 0, ...square }, 'white');
		const response = await post('inpaint', {
			prompt: 'A balloon',
			image: { bytes: image },
			mask: { bytes: mask },
		});
		expect(await changesIn(hole, image, await fileOf(response))).toEqual({ inside: 0, outside: 0 });
	});

	it('has the nearest resolution', async () => {
		const { image, mask } = files as { image: Upload; mask: Upload };
		const { data } = await post('inpaint', { prompt: 'A balloon', image, mask });
		expect(data.data[0].resolution).toBe('1152x864');
	});

	it('meets faults for edits', async () => {
		await service.control('faults', { operation: 'edit', status: 402 });
		expect((await post('generate', { prompt: 'A fox' })).status).toBe(200);
		const { status, data } = await post('remix', { prompt: 'A fox', image: files.image! });
		expect(status).toBe(402);
		expect(data).toEqual({ error: expect.any(String) });
	});

	it('hands out the files of the byte mode', async () => {
		await service.control('bytes', { bytes: 20_000 });
		const { image, mask } = files as { image: Upload; mask: Upload };
		const response = await post('inpaint', { prompt: 'A fox', image, mask });
		expect(await fileOf(response)).toHaveLength(20_000);
	});
});

describe('moderation', () => {
	it('withholds results', async () => {
		const fields = { prompt: 'Please refuse the result', num_images: '2' };
		const { status, data } = await post('generate', fields);
		expect(status).toBe(200);
		const withheld = { url: null, is_image_safe: false, resolution: '1024x1024' };
		expect(data.data).toMatchObject([withheld, withheld]);
	});

	type Case = [endpoint: string, names: string[], error: string, source: string];
	const cases: Case[] = [
		['generate', [], 'Prompt failed the safety check.', GENERATE],
		['inpaint', ['image', 'mask'], 'Prompt or Initial Image failed the safety checks.', INPAINT],
	];
	it.each(cases)('refuses a prompt for %s with %j: %s (%s)', async (endpoint, names, error) => {
		const { status, data } = await post(endpoint, {
			prompt: 'Please refuse the prompt',
			...Object.fromEntries(names.map((name) => [name, files[name]!])),
		});
		expect(status).toBe(422);
		expect(data).toEqual({ error });
	});
});

describe('a rejected request', () => {
	const table = rows.map(
		([what, endpoint, fields, field, source]) => [what, endpoint, field, source, fields] as const,
	);
	it.each(table)('has %s for %s: names %s (%s)', async (_, endpoint, field, _source, fields) => {
		const given = Object.entries({ prompt: 'A fox', ...fields }).map(([name, value]) => [
			name,
			[value].flat().map((each) => files[String(each)] ?? each),
		]);
		const { status, data } = await post(endpoint, Object.fromEntries(given) as typeof fields);
		expect(data).toEqual({ error: expect.stringMatching(new RegExp(`^${field} `)) });
		expect(status).toBe(400);
	});

	it(`is JSON (${GENERATE})`, async () => {
		const path = '/ideogram/v1/ideogram-v3/generate';
		const { status, data } = await service.http.post(path, { prompt: 'A fox' });
		expect(status).toBe(400);
		expect(data).toEqual({ error: expect.stringMatching(/^Content-Type /) });
	});
});

it('lists the custom models, which are none', async () => {
	const { status, data } = await service.http.get('/ideogram/models');
	expect([status, data]).toEqual([200, { models: [] }]);
});

it.each(['v1/ideogram-v3/edit', 'v1/images/generations', 'generate'])(
	'does not know the path %s',
	async (path) => {
		const { status, data } = await service.http.post(`/ideogram/${path}`, formOf({ prompt: 'A' }));
		expect([status, data]).toEqual([404, { error: expect.any(String) }]);
	},
);

it.each([[{}], [{ 'api-key': 'wrong' }], [{ authorization: 'Bearer right' }]])(
	'refuses the key of %j',
	async (headers) => {
		const locked = await startImageService({ apiKey: 'right' });
		try {
			const url = `${locked.url}/ideogram/models`;
			expect((await service.http.get(url, { headers })).status).toBe(401);
			const known = await service.http.get(url, { headers: { 'Api-Key': 'right' } });
			expect(known.status).toBe(200);
		} finally {
			await locked.close();
		}
	},
);
