import sharp from 'sharp';
import { imageOf, maskWithHole, photo, rgba, useService } from './helpers';

const service = useService();
const hole = { left: 300, top: 200, width: 400, height: 500 };
const inHole = (x: number, y: number) =>
	x >= hole.left && x < hole.left + hole.width && y >= hole.top && y < hole.top + hole.height;

let square: Buffer;
let mask: Buffer;
beforeAll(async () => {
	square = await photo(1024, 1024);
	mask = await maskWithHole(1024, 1024, hole);
});

describe('a mask', () => {
	it.each(['gpt-image-1.5', 'gpt-image-2', 'gpt-image-2.6-sunburst'])(
		'keeps every pixel outside its hole (%s)',
		async (model) => {
			const response = await service.edit([
				['model', model],
				['prompt', 'A red balloon'],
				['image', { bytes: square }],
				['mask', { bytes: mask }],
				['size', '1024x1024'],
			]);
			const { inside, outside } = await changes(square, imageOf(response));
			expect(outside).toBe(0);
			expect(inside).toBeGreaterThan(0.999 * hole.width * hole.height);
		},
	);

	it('is applied to the resized image', async () => {
		const half = await sharp(square).resize(512, 512).png().toBuffer();
		const response = await service.edit([
			['model', 'gpt-image-2.5-flare'],
			['prompt', 'A red balloon'],
			['image', { bytes: half }],
			[
				'mask',
				{ bytes: await sharp(mask).resize(512, 512, { kernel: 'nearest' }).png().toBuffer() },
			],
			['size', '1024x1024'],
		]);
		const enlarged = await sharp(half).resize(1024, 1024).png().toBuffer();
		const { inside, outside } = await changes(enlarged, imageOf(response));
		expect(outside).toBe(0);
		expect(inside).toBeGreaterThan(0.999 * hole.width * hole.height);
	});

	it('keeps partially hidden pixels', async () => {
		const corners = [
			{ left: hole.left, top: hole.top, width: 50, height: 50 },
			{ left: hole.left + 350, top: hole.top + 450, width: 50, height: 50 },
		];
		const veil = await rgba(square);
		for (let at = 3; at < veil.data.length; at += 4) veil.data[at] = 127;
		for (const { left, top, width, height } of corners) {
			for (let y = top; y < top + height; y++) {
				for (let x = left; x < left + width; x++) veil.data[(y * 1024 + x) * 4 + 3] = 0;
			}
		}
		const raw = { width: 1024, height: 1024, channels: 4 } as const;
		const response = await service.edit([
			['model', 'gpt-image-2.5-flare'],
			['prompt', 'A red balloon'],
			['image', { bytes: square }],
			['mask', { bytes: await sharp(veil.data, { raw }).png().toBuffer() }],
			['size', '1024x1024'],
		]);
		const { inside, outside } = await changes(square, imageOf(response));
		expect(outside).toBe(0);
		expect(inside).toBeGreaterThan(0.99 * 2 * 50 * 50);
		expect(inside).toBeLessThanOrEqual(2 * 50 * 50);
	});

	it('keeps transparency outside its hole', async () => {
		const transparent = await sharp(square).ensureAlpha(0.5).png().toBuffer();
		const response = await service.edit([
			['model', 'gpt-image-2.5-flare'],
			['prompt', 'A red balloon'],
			['image', { bytes: transparent }],
			['mask', { bytes: mask }],
			['size', '1024x1024'],
		]);
		expect(response.data.background).toBe('transparent');
		expect((await changes(transparent, imageOf(response))).outside).toBe(0);
	});

	it('is the transparent part of the image itself for dall-e-2', async () => {
		const response = await service.edit([
			['model', 'dall-e-2'],
			['prompt', 'A red balloon'],
			['image', { bytes: mask }],
			['response_format', 'b64_json'],
		]);
		const { inside, outside } = await changes(mask, imageOf(response));
		expect(outside).toBe(0);
		expect(inside).toBe(hole.width * hole.height);
	});

	it('can be sent with an opaque image to dall-e-2', async () => {
		const response = await service.edit([
			['model', 'dall-e-2'],
			['prompt', 'A red balloon'],
			['image', { bytes: square }],
			['mask', { bytes: mask }],
			['response_format', 'b64_json'],
		]);
		expect((await changes(square, imageOf(response))).outside).toBe(0);
	});
});

/** Counts pixels that changed inside and outside the hole. */
async function changes(
	before: Buffer,
	after: Buffer,
): Promise<{ inside: number; outside: number }> {
	const [one, two] = [await rgba(before), await rgba(after)];
	expect([two.width, two.height]).toEqual([one.width, one.height]);
	const counts = { inside: 0, outside: 0 };
	for (let y = 0; y < one.height; y++) {
		for (let x = 0; x < one.width; x++) {
			const at = (y * one.width + x) * 4;
			if (one.data.readUInt32BE(at) === two.data.readUInt32BE(at)) continue;
			counts[inHole(x, y) ? 'inside' : 'outside']++;
		}
	}
	return counts;
}
