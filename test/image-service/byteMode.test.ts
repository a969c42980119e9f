import axios from 'axios';
import sharp from 'sharp';
import { imageOf, photo, useService } from './helpers';

const service = useService();
const request = { model: 'gpt-image-2.5-flare', prompt: 'x' };

it.each([
	[{ bytes: 1_500_000 }, 1024, 1024],
	[{ bytes: 1_500_001, width: 640, height: 480, format: 'png' }, 640, 480],
	[{ bytes: 20_000_000, width: 16, height: 16 }, 16, 16],
])('%j gives a valid PNG of exactly that length', async (settings, width, height) => {
	expect((await service.control('bytes', settings)).data).toEqual({ bytes: settings.bytes });
	const response = await service.generate({ ...request, n: 2 });
	for (const index of [0, 1]) {
		const file = imageOf(response, index);
		expect(file).toHaveLength(settings.bytes);
		const { info } = await sharp(file, { failOn: 'warning' })
			.raw()
			.toBuffer({ resolveWithObject: true });
		expect([info.width, info.height]).toEqual([width, height]);
	}
	expect(response.data.size).toBe(`${width}x${height}`);
});

it('waits as long as configured, for all requests at the same time', async () => {
	await service.control('bytes', { bytes: 1_500_000, latencyMs: 500 });
	const start = Date.now();
	const responses = await Promise.all(Array.from({ length: 8 }, () => service.generate(request)));
	expect(Date.now() - start).toBeGreaterThanOrEqual(495);
	expect(responses.every((response) => imageOf(response).length === 1_500_000)).toBe(true);
	// One after the other, each would end by the whole time later than the one before it.
	const ends = (await service.requests()).map(({ endedAt }) => endedAt!).sort((a, b) => a - b);
	expect(Math.min(...ends.slice(1).map((end, index) => end - ends[index]!))).toBeLessThan(495);
});

it('responds with URLs for any model', async () => {
	await service.control('bytes', { bytes: 60_000, asUrl: true });
	const { data } = await service.generate(request);
	const file = await axios.get(data.data[0].url, { responseType: 'arraybuffer' });
	expect(file.data).toHaveLength(60_000);
});

it('streams', async () => {
	await service.control('bytes', { bytes: 60_000 });
	const { data } = await service.generate({ ...request, stream: true });
	expect(data).toMatch(/^event: image_generation\.completed\n/);
});

it('serves edits without decoding them, but validates and records them', async () => {
	await service.control('bytes', { bytes: 60_000 });
	const edit = await service.edit([
		['model', 'gpt-image-2'],
		['prompt', 'x'],
		['image', { bytes: await photo(8, 8) }],
	]);
	expect(imageOf(edit)).toHaveLength(60_000);
	expect((await service.generate({ ...request, quality: 'best' })).status).toBe(400);
	expect((await service.requests()).map(({ images }) => images)).toEqual([1, 0]);
});

it('ends', async () => {
	await service.control('bytes', { bytes: 60_000 });
	await service.http.delete('/control/bytes');
	expect(imageOf(await service.generate(request))).not.toHaveLength(60_000);
});

it.each([
	[{}, "'bytes' must be a whole number"],
	[{ bytes: 100 }, 'needs at least'],
	[{ bytes: 60_000, format: 'jpeg' }, "'format' must be png"],
	[{ bytes: 60_000, latencyMs: -1 }, "'latencyMs' must be a whole number"],
	[{ bytes: 60_000, asUrl: 'yes' }, "'asUrl' must be a boolean"],
])('refuses %j', async (settings, reason) => {
	const { status, data } = await service.control('bytes', settings);
	expect(status).toBe(400);
	expect(data.error.message).toContain(reason);
});
