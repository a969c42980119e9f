import { dataUrl, maskWithHole, photo, useService } from './helpers';

const service = useService();

let picture: Buffer;
let mask: Buffer;
beforeAll(async () => {
	picture = await photo(64, 64);
	mask = await maskWithHole(64, 64, { left: 8, top: 8, width: 9, height: 9 });
});

describe('references in JSON', () => {
	const edit = (images: unknown, extra: Record<string, unknown> = {}) =>
		service.editJson({ model: 'gpt-image-2', prompt: 'A fox', images, ...extra });

	it.each([
		[undefined, 'images', 'missing_required_parameter'],
		[[], 'images', 'missing_required_parameter'],
		['data:image/png;base64,', 'images', 'invalid_type'],
		[['x'], 'images[0]', 'invalid_type'],
		[[{}], 'images[0].image_url', 'missing_required_parameter'],
		[[{ image_url: 'x', file_id: 'y' }], 'images[0]', 'invalid_value'],
		[[{ image_url: 'x', detail: 'high' }], 'images[0].detail', 'unknown_parameter'],
		[[{ image_url: 'picture.png' }], 'images[0].image_url', 'invalid_value'],
		[[{ image_url: 5 }], 'images[0].image_url', 'invalid_type'],
		[[{ image_url: 'http://127.0.0.1:9/x.png' }], 'images[0].image_url', 'image_download_failed'],
		[[{ file_id: 'file-none' }], 'images[0].file_id', 'image_not_found'],
	])('%j is refused at %s (%s)', async (images, param, code) => {
		const { status, data } = await edit(images);
		expect(status).toBe(400);
		expect(data.error).toMatchObject({ param, code });
	});

	it('rejects the image parameter', async () => {
		const { data } = await edit([{ image_url: dataUrl(picture) }], { image: dataUrl(picture) });
		expect(data.error).toMatchObject({ param: 'image', code: 'unknown_parameter' });
	});

	it('refuses a string as mask', async () => {
		const { data } = await edit([{ image_url: dataUrl(picture) }], { mask: dataUrl(mask) });
		expect(data.error).toMatchObject({ param: 'mask', code: 'invalid_type' });
	});

	it('reads URLs, file IDs and masks', async () => {
		const made = await service.generate({ model: 'dall-e-2', prompt: 'x', size: '256x256' });
		const address: string = made.data.data[0].url;
		const byUrl = await edit([{ image_url: address }]);
		const byId = await edit([{ file_id: address.split('/').pop() }]);
		const masked = await edit([{ image_url: dataUrl(picture) }], {
			mask: { image_url: dataUrl(mask) },
		});
		expect([byUrl.status, byId.status, masked.status]).toEqual([200, 200, 200]);
	});
});
