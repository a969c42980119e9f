import sharp from 'sharp';
import { imageOf, useService } from './helpers';

const service = useService();
const model = 'gpt-image-2.6-flare';
const draw = (extra: Record<string, unknown>) =>
	service.generate({ model, prompt: 'A fox in the snow', ...extra });

describe('gif', () => {
	it.each([
		[{}, 9, 200, '640x640'],
		[{ frame_count: 2, frame_duration_ms: 20, size: '512x512' }, 2, 20, '512x512'],
		[{ frame_count: 16, frame_duration_ms: 1234, size: '512x288' }, 16, 1230, '512x288'],
		[{ frame_count: 8, frame_duration_ms: 900_000, size: '1280x720' }, 8, 655_350, '1280x720'],
	])('%j gives %i frames of %i ms, %s', async (extra, pages, delay, size) => {
		const response = await draw({ output_format: 'gif', ...extra });
		expect(response.data.size).toBe(size);
		const animation = await sharp(imageOf(response)).metadata();
		expect(animation).toMatchObject({ format: 'gif', pages });
		expect(`${animation.width}x${animation.height}`).toBe(size);
		expect(new Set(animation.delay)).toEqual(new Set([delay]));
	});

	it('moves', async () => {
		const file = imageOf(await draw({ output_format: 'gif', frame_count: 4, size: '512x512' }));
		const first = await sharp(file, { page: 0 }).raw().toBuffer();
		const third = await sharp(file, { page: 2 }).raw().toBuffer();
		expect(first.equals(third)).toBe(false);
	});

	it('fits several animations into one request', async () => {
		const response = await draw({ output_format: 'gif', n: 3, frame_count: 2 });
		expect(response.data.data).toHaveLength(3);
	});
});
