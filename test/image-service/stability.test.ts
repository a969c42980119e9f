import type { AxiosResponse } from 'axios';
import sharp from 'sharp';

import { changesIn, greyMask } from './forms';
import { maskWithHole, photo, useService } from './helpers';
import type { Upload } from './helpers';
import { ID, JSON_ANSWER, poster } from './stabilityRequests';

const FILE = { Accept: 'image/*' };

const service = useService();
const post = poster(service);

const hole = { left: 32, top: 48, width: 64, height: 80 };
const size = { width: 160, height: 192 };
let image: Upload;
let mask: Upload;
beforeAll(async () => {
	image = { bytes: await photo(size.width, size.height) };
	mask = { bytes: await greyMask(size, hole, 'white') };
});

const imageOf = ({ data }: AxiosResponse) => Buffer.from(data.image as string, 'base64');

describe('a generation', () => {
	it('is the file itself, with its seed and the reason of its end in headers', async () => {
		const { status, headers, data } = await post('generate/core', { prompt: 'A fox' }, FILE);
		expect(status).toBe(200);
		expect(headers).toMatchObject({
			'content-type': 'image/png',
			'finish-reason': 'SUCCESS',
			seed: expect.stringMatching(/^[1-9]\d*$/),
			'x-request-id': ID,
		});
		expect(await sharp(data as Buffer).metadata()).toMatchObject({ format: 'png' });
	});

	it('is in JSON if that is accepted', async () => {
		const fields = { prompt: 'A fox', seed: '7', output_format: 'webp' };
		const response = await post('generate/ultra', fields);
		expect(response.headers['content-type']).toBe('application/json; type=image/webp');
		expect(response.headers).not.toHaveProperty('finish-reason');
		expect(response.data).toEqual({
			image: expect.any(String),
			finish_reason: 'SUCCESS',
			seed: 7,
		});
		expect(await sharp(imageOf(response)).metadata()).toMatchObject({
			format: 'webp',
			width: 1024,
			height: 1024,
		});
	});

	it.each([
		['generate/ultra', '16:9', 1344, 768],
		['generate/core', '1:1', 1280, 1280],
		['generate/sd3', '9:21', 640, 1536],
	])('of %s follows the ratio %s', async (endpoint, ratio, width, height) => {
		const response = await post(endpoint, { prompt: 'A fox', aspect_ratio: ratio });
		expect(await sharp(imageOf(response)).metadata()).toMatchObject({ width, height });
	});

	it.each([
		['generate/ultra', { strength: '0.5' }],
		['generate/sd3', { strength: '0.5', mode: 'image-to-image', model: 'sd3.5-medium' }],
	])('of %s starts from an image', async (endpoint, fields) => {
		const from = await post(endpoint, { prompt: 'A fox', image, ...fields });
		expect(from.status).toBe(200);
		// 160 × 192 pixels, at 1 megapixel.
		expect(await sharp(imageOf(from)).metadata()).toMatchObject({ width: 960, height: 1152 });
	});

	it('is recorded and billed', async () => {
		await post('generate/core', { prompt: 'A fox' });
		const [request] = await service.untilRecorded(([first]) => first?.endedAt !== null);
		expect(request).toMatchObject({ status: 200, images: 1, billedImages: 1 });
	});
});

describe('an edit', () => {
	it('paints where the mask is white', async () => {
		const response = await post('edit/inpaint', { prompt: 'A balloon', image, mask });
		expect(response.data.finish_reason).toBe('SUCCESS');
		const { inside, outside } = await changesIn(hole, image.bytes, imageOf(response));
		expect(outside).toBe(0);
		expect(inside).toBeGreaterThan(0.99 * hole.width * hole.height);
	});

	it('resizes the mask', async () => {
		const half = { left: 16, top: 24, width: 32, height: 40 };
		const small = await greyMask({ width: 80, height: 96 }, half, 'white');
		const response = await post('edit/inpaint', {
			prompt: 'A balloon',
			image,
			mask: { bytes: small },
		});
		const { inside, outside } = await changesIn(hole, image.bytes, imageOf(response));
		expect(outside).toBe(0);
		expect(inside).toBeGreaterThan(0.99 * hole.width * hole.height);
	});

	it('paints the transparent pixels of the image without a mask', async () => {
		const bytes = await maskWithHole(size.width, size.height, hole);
		const response = await post('edit/inpaint', { prompt: 'A balloon', image: { bytes } });
		const { inside, outside } = await changesIn(hole, bytes, imageOf(response));
		expect(outside).toBe(0);
		expect(inside).toBe(hole.width * hole.height);
	});

	it('changes nothing with neither mask nor transparency', async () => {
		const response = await post('edit/inpaint', { prompt: 'A balloon', image });
		const changes = await changesIn(hole, image.bytes, imageOf(response));
		expect(changes).toEqual({ inside: 0, outside: 0 });
	});

	it('erases without a prompt', async () => {
		const response = await post('edit/erase', { image, mask, grow_mask: '0' });
		expect((await changesIn(hole, image.bytes, imageOf(response))).outside).toBe(0);
	});

	it('searches and replaces', async () => {
		const fields = { image, prompt: 'A cat', search_prompt: 'dog' };
		const { status, data } = await post('edit/search-and-replace', fields, FILE);
		expect(status).toBe(200);
		expect(await sharp(data as Buffer).metadata()).toMatchObject(size);
	});

	it('meets faults for edits', async () => {
		await service.control('faults', { operation: 'edit', status: 429 });
		expect((await post('generate/core', { prompt: 'A fox' })).status).toBe(200);
		const { status, data } = await post('edit/inpaint', { prompt: 'A fox', image });
		expect(status).toBe(429);
		expect(data).toEqual({
			id: ID,
			name: 'rate_limit_exceeded',
			errors: [expect.stringContaining('150 requests')],
		});
	});

	it('hands out the files of the byte mode', async () => {
		await service.control('bytes', { bytes: 20_000 });
		const { data } = await post('edit/inpaint', { prompt: 'A fox', image, mask }, FILE);
		expect(data).toHaveLength(20_000);
	});
});

describe('moderation', () => {
	it.each([FILE, JSON_ANSWER])('blurs a result (%j)', async (headers) => {
		const [clear, filtered] = await Promise.all(
			['A fox', 'Please refuse the result'].map(async (prompt) =>
				post('generate/core', { prompt }, headers),
			),
		);
		expect(filtered!.status).toBe(200);
		const [reason, bytes] =
			headers === FILE
				? [filtered!.headers['finish-reason'], filtered!.data as Buffer]
				: [filtered!.data.finish_reason, imageOf(filtered!)];
		expect(reason).toBe('CONTENT_FILTERED');
		const sharpness = async (file: Buffer) => (await sharp(file).stats()).sharpness;
		const reference = headers === FILE ? (clear!.data as Buffer) : imageOf(clear!);
		expect(await sharpness(bytes)).toBeLessThan((await sharpness(reference)) / 4);
	});

	it('denies a prompt', async () => {
		const { status, data } = await post('generate/core', { prompt: 'Please refuse the prompt' });
		expect(status).toBe(403);
		expect(data).toEqual({
			id: ID,
			name: 'content_moderation',
			errors: [expect.stringContaining('you were not charged')],
		});
	});
});

it('tells the balance', async () => {
	const { status, data } = await service.http.get('/stability/v1/user/balance');
	expect(status).toBe(200);
	expect(data).toEqual({ credits: expect.any(Number) });
});
