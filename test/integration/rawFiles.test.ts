import sharp from 'sharp';

import { useEngine } from '../helpers/engine';
import { raw, useImagesApi } from '../helpers/imagesApi';

const api = useImagesApi();
const engine = useEngine();

const run = async () =>
	await engine.runWorkflow({
		parameters: { operation: 'generate', model: 'gpt-image-2.5-flare', prompt: 'A cat' },
		credentials: api.credentials,
	});

describe('a response that is the file itself', () => {
	const source = () =>
		sharp({ create: { width: 64, height: 48, channels: 3, background: '#204060' } });

	it.each(['avif', 'tiff', 'png', 'jpeg', 'webp', 'gif'] as const)('can be %s', async (format) => {
		const file = await source().toFormat(format).toBuffer();
		api.reply(raw(file, 200, { 'content-type': 'application/octet-stream' }));
		const result = await run();
		expect(result.error).toBeUndefined();
		expect(await result.binary(result.outputs[0]![0])).toEqual(file);
		expect(result.outputs[0]![0]!.json).toMatchObject({ mimeType: `image/${format}` });
	});

	it('is not shown if it is not an image', async () => {
		const video = Buffer.concat([Buffer.from('\0\0\0\x18ftypisom'), Buffer.alloc(400, 3)]);
		api.reply(raw(video, 200, { 'content-type': 'video/mp4' }));
		const result = await run();
		expect(result.error?.message).toMatch(/binary data/);
		expect(result.error?.message).not.toMatch(/ftyp/);
	});
});

describe('a response with status 202', () => {
	it.each(['', 'Accepted'])('is that of a job, even with only %j', async (body) => {
		api.reply(raw(body, 202, {}));
		const result = await run();
		expect(result.error?.message).toMatch(/started a job/);
	});
});
