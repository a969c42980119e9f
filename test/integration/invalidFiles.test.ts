import type { INodeParameters } from 'n8n-workflow';
import sharp from 'sharp';

import { useEngine, type BinaryInput } from '../helpers/engine';
import { useImagesApi } from '../helpers/imagesApi';
import { filesOf, partsOf } from '../helpers/multipart';
import { picture } from '../helpers/pictures';
import { expectRefusal } from '../helpers/refusals';

const api = useImagesApi();

const files: Record<string, BinaryInput> = {};

beforeAll(async () => {
	const image = (data: Buffer, fileName = 'a.png') => ({ data, fileName, mimeType: 'image/png' });
	files.square = image(await picture({ width: 64, height: 64 }));
	files.wide = image(await picture({ width: 64, height: 32 }));
	files.jpeg = image(await picture({ width: 64, height: 64, format: 'jpeg' }));
	files.gif = image(await picture({ format: 'gif' }));
	files.text = image(Buffer.from('This is no picture.'));
	files.empty = image(Buffer.alloc(0));
	files.mask = image(await picture({ width: 64, height: 64, alpha: true, colour: 'transparent' }));
	files.smallMask = image(
		await picture({ width: 32, height: 32, alpha: true, colour: 'transparent' }),
	);
	files.brokenMask = image(Buffer.from(files.square.data));
	files.brokenMask.data.subarray(-40, -20).fill(0);
	const white = { width: 64, height: 64, channels: 3, background: '#fff' } as const;
	files.whiteMask = image(await sharp({ create: white }).png().toBuffer());
	files.paintedMask = image(await sharp(files.whiteMask.data).ensureAlpha().png().toBuffer());
	files.blackMask = image(await picture({ width: 64, height: 64, alpha: true, colour: 'black' }));
	const large = Buffer.alloc(4_000_001);
	files.square.data.copy(large);
	files.large = image(large);
});

interface Case {
	title: string;
	parameters: INodeParameters;
	/** Names of `files`, by the binary field they are put into. */
	binary?: Record<string, string>;
	problems: RegExp[];
}

const edit = (model: string, more: INodeParameters = {}): INodeParameters => ({
	operation: 'edit',
	model,
	prompt: 'A hat',
	...more,
});
const masked = { options: { mask: { image: { binaryField: 'mask' } } } };

const CASES: Case[] = [
	{
		title: 'an edit with a model that only generates',
		parameters: edit('dall-e-3'),
		binary: { data: 'square' },
		problems: [/^'Model': DALL·E 3 can't edit images\. Choose another model$/],
	},
	{
		title: 'a binary field that is not there',
		parameters: edit('gpt-image-1.5', { inputImages: { image: [{ binaryField: 'photo' }] } }),
		binary: { data: 'square', other: 'jpeg' },
		problems: [
			/^Input image 1: the input item has no binary field "photo"\. The item's binary fields: data, other\./,
		],
	},
	{
		title: 'an item without files',
		parameters: edit('gpt-image-1.5'),
		problems: [
			/^Input image 1: the input item has no binary field "data"\. The item has no binary data\. Connect a node/,
		],
	},
	{
		title: 'an empty name of a field',
		parameters: edit('gpt-image-1.5', { inputImages: { image: [{ binaryField: '' }] } }),
		binary: { data: 'square' },
		problems: [/^Input image 1: 'Input Binary Field' is empty/],
	},
	{
		title: 'no input image',
		parameters: edit('gpt-image-1.5', { inputImages: { image: [] } }),
		binary: { data: 'square' },
		problems: [/^'Input Images' is empty\. Add at least one input image$/],
	},
	{
		title: 'a text called PNG',
		parameters: edit('gpt-image-1.5'),
		binary: { data: 'text' },
		problems: [
			/^Input image 1 \(binary field "data"\): the file isn't an image but text: "This is no picture\."\. Use PNG, JPEG or WEBP\. /,
		],
	},
	{
		title: 'an empty file',
		parameters: edit('gpt-image-1.5'),
		binary: { data: 'empty' },
		problems: [/^Input image 1 \(binary field "data"\): the file is empty/],
	},
	{
		title: 'a GIF',
		parameters: edit('gpt-image-2.5-flare'),
		binary: { data: 'gif' },
		problems: [/GIF isn't supported\. Use PNG, JPEG or WEBP$/],
	},
	{
		title: 'a JPEG for dall-e-2',
		parameters: edit('dall-e-2'),
		binary: { data: 'jpeg' },
		problems: [/JPEG isn't supported\. Use PNG$/],
	},
	{
		title: 'a picture that is not square for dall-e-2',
		parameters: edit('dall-e-2'),
		binary: { data: 'wide' },
		problems: [/the image is 64 × 32 px\. Use a square image$/],
	},
	{
		title: 'a file that is too large for dall-e-2',
		parameters: edit('dall-e-2'),
		binary: { data: 'large' },
		problems: [/the file is 4(\.0+1?)? MB\. Use a file of up to 4 MB$/],
	},
	{
		title: '17 images',
		parameters: edit('gpt-image-2.5-flare', {
			inputImages: { image: Array.from({ length: 17 }, () => ({ binaryField: 'data' })) },
		}),
		binary: { data: 'square' },
		problems: [/^'Input Images' has 17 images, but gpt-image-2\.5-flare supports up to 16$/],
	},
	{
		title: 'two images for dall-e-2',
		parameters: edit('dall-e-2', {
			inputImages: { image: [{ binaryField: 'data' }, { binaryField: 'data' }] },
		}),
		binary: { data: 'square' },
		problems: [/^'Input Images' has 2 images, but dall-e-2 supports up to 1$/],
	},
	{
		title: 'a mask that is damaged',
		parameters: edit('gpt-image-1.5', masked),
		binary: { data: 'square', mask: 'brokenMask' },
		problems: [/^Mask \(binary field "mask"\): the mask can't be used: /],
	},
	{
		title: 'a mask without an area to edit',
		parameters: edit('gpt-image-1.5', masked),
		binary: { data: 'square', mask: 'blackMask' },
		problems: [
			/^Mask \(binary field "mask"\): the mask has no area to edit: make .* transparency$/,
		],
	},
	{
		title: 'a mask of another size, and no PNG besides',
		parameters: edit('gpt-image-1.5', masked),
		binary: { data: 'wide', mask: 'jpeg' },
		problems: [
			/^Mask \(binary field "mask"\): the file isn't a PNG/,
			/^Mask .* the file is 64 × 64 px, but the first input image is 64 × 32 px\. Use the same size$/,
		],
	},
	{
		title: 'a mask that is too small',
		parameters: edit('dall-e-2', masked),
		binary: { data: 'square', mask: 'smallMask' },
		problems: [/^Mask .* the file is 32 × 32 px, but the first input image is 64 × 64 px/],
	},
	{
		title: 'a mask that is not there',
		parameters: edit('gpt-image-1.5', masked),
		binary: { data: 'square' },
		problems: [
			/^Mask: the input item has no binary field \"mask\"\. The item's binary fields: data\./,
		],
	},
];

describe.each(['filesystem', 'default'] as const)('in binary mode %s', (binaryMode) => {
	const engine = useEngine({ binaryMode });
	const itemOf = (binary: Record<string, string>) => ({
		binary: Object.fromEntries(
			Object.entries(binary).map(([field, name]) => [field, files[name]!] as const),
		),
	});

	it.each(CASES)('an edit is refused for $title', async ({ parameters, binary = {}, problems }) => {
		await expectRefusal(engine, api, { parameters, items: [itemOf(binary)], problems });
	});

	it('an edit is sent with files that are as they should be', async () => {
		const result = await engine.runWorkflow({
			parameters: edit('gpt-image-1.5', masked),
			items: [itemOf({ data: 'square', mask: 'mask' })],
			credentials: api.credentials,
		});
		expect(result.error).toBeUndefined();
		const parts = partsOf(api.requests[0]!);
		expect(filesOf(parts).map(([name]) => name)).toEqual(['image', 'mask']);
		expect(parts.slice(-2).map(({ data }) => data)).toEqual([files.square!.data, files.mask!.data]);
	});

	it.each([
		['without an alpha channel', 'whiteMask'],
		['that is opaque', 'paintedMask'],
	])('a mask %s is sent with its white area transparent', async (_, mask) => {
		const result = await engine.runWorkflow({
			parameters: edit('gpt-image-1.5', masked),
			items: [itemOf({ data: 'square', mask })],
			credentials: api.credentials,
		});
		expect(result.error).toBeUndefined();
		const sent = partsOf(api.requests[0]!).at(-1)!.data;
		const { channels } = await sharp(sent).stats();
		expect(channels.map(({ min, max }) => [min, max])[3]).toEqual([0, 0]);
	});
});
