import sharp from 'sharp';
import { imageOf, photo, rgba, usePhotos, useService } from './helpers';
import type { Upload } from './helpers';

const service = useService();

const photos = usePhotos();

describe('without a mask', () => {
	it('the first image covers the output and further ones are inset', async () => {
		const blue = await sharp({
			create: { width: 64, height: 64, channels: 3, background: '#0000ff' },
		})
			.png()
			.toBuffer();
		const draw = async (extra: Array<[string, Upload]>) =>
			rgba(
				imageOf(
					await service.edit([
						['model', 'gpt-image-1.5'],
						['prompt', 'x'],
						['image[]', { bytes: photos.square }],
						...extra,
						['size', '1024x1024'],
					]),
				),
			);
		const [alone, both] = [await draw([]), await draw([['image[]', { bytes: blue }]])];
		const original = await rgba(photos.square);
		const upper = ({ data }: { data: Buffer }) => data.subarray(0, 400 * 1024 * 4);
		expect(upper(alone).equals(upper(original))).toBe(true);
		const countBlue = ({ data }: { data: Buffer }) => {
			let count = 0;
			for (let at = 0; at < data.length; at += 4) {
				if (data[at] === 0 && data[at + 1] === 0 && data[at + 2] === 255) count++;
			}
			return count;
		};
		expect(countBlue(both) - countBlue(alone)).toBeGreaterThan(200 * 200);
	});

	it('auto uses the shape of the first image', async () => {
		const wide = await photo(300, 200);
		const sizes = [];
		for (const model of ['gpt-image-1.5', 'gpt-image-2.5-flare']) {
			const { data } = await service.edit([
				['model', model],
				['prompt', 'x'],
				['image', { bytes: wide }],
			]);
			sizes.push(data.size);
		}
		expect(sizes[0]).toBe('1536x1024');
		const [width, height] = sizes[1].split('x').map(Number);
		expect(width / height).toBeCloseTo(1.5, 1);
	});

	it('a transparent background is cut out', async () => {
		const response = await service.edit([
			['model', 'gpt-image-2.5-flare'],
			['prompt', 'x'],
			['image', { bytes: photos.square }],
			['background', 'transparent'],
		]);
		const { data } = await rgba(imageOf(response));
		expect([data[3], data.at(-1)]).toEqual([0, 0]);
	});

	it('gpt-image-2.6 makes a GIF of it', async () => {
		const response = await service.edit([
			['model', 'gpt-image-2.6-flare'],
			['prompt', 'x'],
			['image', { bytes: photos.small }],
			['output_format', 'gif'],
			['frame_count', '4'],
			['frame_duration_ms', '100'],
			['size', '512x512'],
		]);
		expect(await sharp(imageOf(response)).metadata()).toMatchObject({ format: 'gif', pages: 4 });
	});

	it('EXIF orientation is applied', async () => {
		const turned = await sharp(await photo(300, 200))
			.jpeg()
			.withMetadata({ orientation: 6 })
			.toBuffer();
		const { data } = await service.edit([
			['model', 'gpt-image-1.5'],
			['prompt', 'x'],
			['image', { bytes: turned, type: 'image/jpeg', name: 'a.jpg' }],
		]);
		expect(data.size).toBe('1024x1536');
	});
});
