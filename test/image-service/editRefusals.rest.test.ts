import sharp from 'sharp';
import { families, gptModels } from './catalogue';
import { maskWithHole, photo, useService } from './helpers';
import type { Upload } from './helpers';

const service = useService();
const base: Array<[string, string]> = [['prompt', 'A fox']];
const some = (model: string, ...parts: Array<[string, string | Upload]>) =>
	service.edit([['model', model], ...base, ...parts]);

let picture: Buffer;
let mask: Buffer;
let jpeg: Buffer;
beforeAll(async () => {
	picture = await photo(64, 64);
	mask = await maskWithHole(64, 64, { left: 8, top: 8, width: 9, height: 9 });
	jpeg = await sharp(picture).jpeg().toBuffer();
});

const editors = [...gptModels, 'dall-e-2'];

describe.each(editors)('%s', (model) => {
	it('needs an image', async () => {
		const { status, data } = await some(model);
		expect(status).toBe(400);
		expect(data.error).toMatchObject({ code: 'missing_required_parameter', param: 'image' });
	});

	it('refuses too many images', async () => {
		const limit = model === 'dall-e-2' ? 1 : 16;
		const parts = Array.from({ length: limit + 1 }, (): [string, Upload] => [
			'image[]',
			{ bytes: picture },
		]);
		const { data } = await some(model, ...parts);
		expect(data.error).toMatchObject({ code: 'array_above_max_length', param: 'image' });
		expect(data.error.message).toContain(
			`maximum length ${limit}, but got an array with length ${limit + 1}`,
		);
	});

	it('refuses a file without a known type', async () => {
		const { data } = await some(model, [
			'image',
			{ bytes: picture, type: 'application/octet-stream' },
		]);
		expect(data.error).toMatchObject({ code: 'unsupported_file_mimetype', param: 'image' });
		expect(data.error.message).toMatch(
			/^Invalid file 'image': unsupported mimetype \('application\/octet-stream'\)\. Supported/,
		);
	});

	it('refuses bytes that are not an image', async () => {
		const { data } = await some(model, ['image', { bytes: Buffer.from('not a picture') }]);
		expect(data.error).toMatchObject({
			code: 'invalid_image_file',
			message: 'Invalid image file or mode for image 1, please check your image file.',
		});
	});

	it('refuses a mask of another size', async () => {
		const other = await maskWithHole(32, 32, { left: 0, top: 0, width: 4, height: 4 });
		const { status, data } = await some(
			model,
			['image', { bytes: picture }],
			['mask', { bytes: other }],
		);
		expect(status).toBe(400);
		expect(data.error).toEqual({
			message: 'Invalid mask image format - mask size does not match image size',
			type: 'image_generation_user_error',
			param: 'mask',
			code: 'invalid_mask_image_format',
		});
	});

	it('refuses a mask without alpha', async () => {
		const { data } = await some(model, ['image', { bytes: picture }], ['mask', { bytes: picture }]);
		expect(data.error).toMatchObject({
			message: 'Invalid mask image format - mask image missing alpha channel',
			code: 'invalid_mask_image_format',
		});
	});

	it('refuses a mask that is not a PNG', async () => {
		const upload = { bytes: jpeg, type: 'image/jpeg' };
		const { data } = await some(model, ['image', { bytes: picture }], ['mask', upload]);
		expect(data.error).toMatchObject({ code: 'unsupported_file_mimetype', param: 'mask' });
	});

	it('refuses a text where a file belongs, and a file where a text belongs', async () => {
		const first = await some(model, ['image', 'picture.png']);
		expect(first.data.error).toMatchObject({ code: 'invalid_type', param: 'image' });
		const second = await some(model, ['image', { bytes: picture }], ['size', { bytes: picture }]);
		expect(second.data.error).toMatchObject({ code: 'invalid_type', param: 'size' });
	});

	it('refuses a plain image part that is repeated', async () => {
		const { data } = await some(
			model,
			['image', { bytes: picture }],
			['image', { bytes: picture }],
		);
		expect(data.error.code).toBe('duplicate_parameter');
		expect(data.error.message).toMatch(/^Duplicate parameter: 'image'\. .* 'image\[\]=<value>'\.$/);
	});

	it('refuses numbers that are not numeric', async () => {
		const { data } = await some(model, ['image', { bytes: picture }], ['n', 'two']);
		expect(data.error).toMatchObject({ code: 'invalid_type', param: 'n' });
	});
});

it('names the image that is damaged', async () => {
	const truncated = picture.subarray(0, picture.length / 2);
	const { data } = await some(
		'gpt-image-2',
		['image[]', { bytes: picture }],
		['image[]', { bytes: truncated }],
	);
	expect(data.error.message).toContain('for image 2,');
});

it.each([
	['a GIF', 'image/gif', 'unsupported_file_mimetype'],
	['a GIF that claims to be a PNG', 'image/png', 'invalid_image_file'],
])('does not edit %s', async (_, type, code) => {
	const gif = await sharp(picture).gif().toBuffer();
	const { data } = await some('gpt-image-2.6-flare', ['image', { bytes: gif, type }]);
	expect(data.error.code).toBe(code);
});

describe('dall-e-2', () => {
	it('accepts only PNG', async () => {
		const { data } = await some('dall-e-2', ['image', { bytes: jpeg, type: 'image/jpeg' }]);
		expect(data.error.message).toBe(
			"Invalid file 'image': unsupported mimetype ('image/jpeg'). Supported file formats are 'image/png'.",
		);
	});

	it('accepts only square images', async () => {
		const { data } = await some('dall-e-2', ['image', { bytes: await photo(64, 48, 4) }]);
		expect(data.error).toMatchObject({ code: 'invalid_image_file', param: 'image' });
	});

	it('needs transparency or a mask', async () => {
		const { data } = await some('dall-e-2', ['image', { bytes: picture }]);
		expect(data.error.message).toContain("format must be in ['RGBA', 'LA', 'L'], got RGB");
	});

	it('accepts less than 4 MB', async () => {
		const { data } = await some('dall-e-2', ['image', { bytes: Buffer.alloc(4_000_000) }]);
		expect(data.error).toMatchObject({ code: 'image_too_large', param: 'image' });
	});
});

it('accepts less than 50 MB', async () => {
	const { data } = await some('gpt-image-2', ['image', { bytes: Buffer.alloc(50_000_000) }]);
	expect(data.error).toMatchObject({ code: 'image_too_large', param: 'image' });
});

describe('markup', () => {
	const model = families['2.5'][0];

	it('cannot be combined with a mask', async () => {
		const { data } = await some(
			model,
			['image', { bytes: picture }],
			['mask', { bytes: mask }],
			['markup', { bytes: mask }],
		);
		expect(data.error).toMatchObject({ code: 'invalid_value', param: 'markup' });
	});

	it('needs transparent pixels', async () => {
		const opaque = await sharp(picture).ensureAlpha().png().toBuffer();
		const { data } = await some(
			model,
			['image', { bytes: picture }],
			['markup', { bytes: opaque }],
		);
		expect(data.error).toMatchObject({ code: 'invalid_markup_image_format', param: 'markup' });
	});

	it('needs the size of the image', async () => {
		const { data } = await some(
			model,
			['image', { bytes: await photo(80, 80) }],
			['markup', { bytes: mask }],
		);
		expect(data.error.message).toContain('markup size does not match image size');
	});
});

describe('GIF output', () => {
	it('accepts no mask', async () => {
		const { data } = await some(
			'gpt-image-2.6-flare',
			['image', { bytes: picture }],
			['mask', { bytes: mask }],
			['output_format', 'gif'],
		);
		expect(data.error).toMatchObject({ code: 'invalid_value', param: 'mask' });
	});
});
