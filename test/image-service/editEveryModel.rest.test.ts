import sharp from 'sharp';
import { families, gptModels } from './catalogue';
import { dataUrl, imageOf, rgba, usePhotos, useService } from './helpers';

const service = useService();

const photos = usePhotos();

describe('every model', () => {
	it.each(gptModels)('%s edits files', async (model) => {
		const response = await service.edit([
			['model', model],
			['prompt', 'Add a hat'],
			['image[]', { bytes: photos.small }],
			['image[]', { bytes: photos.square }],
			['size', '1024x1024'],
			['n', '2'],
			['output_format', 'jpeg'],
		]);
		expect(response.data.data).toHaveLength(2);
		expect(response.data.usage.input_tokens_details.image_tokens).toBe(2 * 2 + 32 * 32);
		expect(await sharp(imageOf(response, 1)).metadata()).toMatchObject({
			width: 1024,
			height: 1024,
		});
		expect(imageOf(response, 0).equals(imageOf(response, 1))).toBe(false);
	});

	it.each(gptModels)('%s edits references in JSON', async (model) => {
		const response = await service.editJson({
			model,
			prompt: 'Add a hat',
			images: [{ image_url: dataUrl(photos.small) }],
			quality: 'low',
		});
		expect(response.data.data).toHaveLength(1);
	});

	it.each([...families['2.6'], ...families['2.5']])('%s accepts a markup', async (model) => {
		const markup = await sharp({
			create: { width: 64, height: 48, channels: 4, background: '#ff000000' },
		})
			.composite([
				{
					input: Buffer.from(
						'<svg width="64" height="48"><rect width="20" height="20" fill="#f00"/></svg>',
					),
				},
			])
			.png()
			.toBuffer();
		const response = await service.edit([
			['model', model],
			['prompt', 'Follow the red'],
			['image', { bytes: photos.small }],
			['markup', { bytes: markup }],
			['size', '1024x1024'],
		]);
		const { data } = await rgba(imageOf(response));
		expect([...data.subarray(0, 3)]).toEqual([255, 0, 0]);
	});

	it.each([...families['2'], ...families['1'], ...families['1-mini']])(
		'%s knows no markup',
		async (model) => {
			const { data } = await service.edit([
				['model', model],
				['prompt', 'x'],
				['image', { bytes: photos.small }],
				['markup', { bytes: photos.small }],
			]);
			expect(data.error).toMatchObject({ code: 'unknown_parameter', param: 'markup' });
		},
	);

	it.each([
		['gpt-image-1.5', 'high'],
		['gpt-image-1', 'high'],
		['gpt-image-1-mini', 'low'],
	])('%s accepts input_fidelity %s', async (model, fidelity) => {
		const { status } = await service.edit([
			['model', model],
			['prompt', 'x'],
			['image', { bytes: photos.small }],
			['input_fidelity', fidelity],
		]);
		expect(status).toBe(200);
	});
});
