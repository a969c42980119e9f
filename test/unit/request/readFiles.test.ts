import type { IBinaryData, INodeParameters } from 'n8n-workflow';
import sharp from 'sharp';
import { readItem } from '../../../nodes/AiImages/request/read';
import { bytesOf, executionOf, problemsOfReading as problems, type Run } from '../requests';
import { OPENAI } from '../../../nodes/AiImages/services/openai';

const read = async (set: INodeParameters, run?: Run) =>
	await readItem(executionOf(set, run), 0, OPENAI);

const flare = { operation: 'generate', model: 'gpt-image-2.5-flare', prompt: 'a lighthouse' };

describe('the files of an edit', () => {
	let png: Buffer;
	let jpeg: Buffer;
	beforeAll(async () => {
		const image = sharp({ create: { width: 40, height: 30, channels: 4, background: '#08f8' } });
		png = await image.clone().png().toBuffer();
		jpeg = await image.clone().jpeg().toBuffer();
	});

	const binary = (content: Buffer, facts: Partial<IBinaryData> = {}): IBinaryData => ({
		data: content.toString('base64'),
		mimeType: 'text/plain',
		...facts,
	});
	const edit = (fields: string[], mask?: string): INodeParameters => ({
		...flare,
		operation: 'edit',
		inputImages: { image: fields.map((binaryField) => ({ binaryField })) },
		options: mask === undefined ? {} : { mask: { image: { binaryField: mask } } },
	});

	it('are found by their fields, in order, and known by their bytes', async () => {
		const files = { data: binary(png, { fileName: 'a.jpg' }), more: binary(jpeg) };
		const { images, mask } = await read(edit(['more', 'data'], 'data'), { binary: files });
		expect(images.map(({ label }) => label)).toEqual([
			'Input image 1 (binary field "more")',
			'Input image 2 (binary field "data")',
		]);
		expect(images.map(({ fileName }) => fileName)).toEqual(['image.jpg', 'a.png']);
		expect(images.map(({ bytes }) => bytes)).toEqual([jpeg.length, png.length]);
		expect(images[0]?.mediaType).toMatchObject({ format: 'jpeg', width: 40, height: 30 });
		expect(images[1]?.mediaType).toMatchObject({ format: 'png', width: 40, height: 30 });
		expect(mask?.label).toBe('Mask (binary field "data")');
		expect(await bytesOf(images[0])).toEqual(jpeg);
	});

	it('are one image in the field data, and no mask, by default', async () => {
		const set = { ...flare, operation: 'edit' };
		const { images, mask } = await read(set, { binary: { data: binary(png) } });
		expect(images.map(({ label }) => label)).toEqual(['Input image 1 (binary field "data")']);
		expect(mask).toBeNull();
	});

	it('are measured in the store, not loaded', async () => {
		const large = Buffer.concat([png, Buffer.alloc(5_000_000)]);
		const run = {
			binary: { data: binary(Buffer.alloc(0), { id: 'f:1' }) },
			stored: { 'f:1': large },
		};
		const { images } = await read(edit(['data']), run);
		expect(images[0]).toMatchObject({
			bytes: large.length,
			fileName: 'image.png',
			mediaType: { format: 'png', width: 40, height: 30, hasAlpha: true },
		});
		expect((await bytesOf(images[0])).equals(large)).toBe(true);
	});

	it('know whether a stored PNG with a palette has transparency', async () => {
		const palette = await sharp(png).png({ palette: true, colours: 4 }).toBuffer();
		const run = { binary: { m: binary(palette, { id: 'f:1' }) }, stored: { 'f:1': palette } };
		const { images } = await read(edit(['m']), run);
		expect(images[0]?.mediaType?.hasAlpha).toBe(true);
	});

	it.each([
		['photo.jpeg', 'photo.png'],
		['C:\\pictures\\a b.png', 'a-b.png'],
		['../../etc/passwd', 'passwd.png'],
		['Ärger "1".png', 'rger-1.png'],
		['фото.png', 'image.png'],
		['.png', 'image.png'],
		['a\r\nX-Evil: 1.png', 'a-X-Evil-1.png'],
		['', 'image.png'],
		[`${'x'.repeat(300)}.png`, `${'x'.repeat(80)}.png`],
	])('get a name that fits into a header: %j is %s', async (fileName, safe) => {
		const { images } = await read(edit(['data']), { binary: { data: binary(png, { fileName }) } });
		expect(images[0]?.fileName).toBe(safe);
	});

	it('that are no images are reported one by one', async () => {
		const { images } = await read(edit(['data']), { binary: { data: binary(Buffer.from('hi')) } });
		expect(images[0]).toMatchObject({ mediaType: null, fileName: 'image.bin', bytes: 2 });
	});

	it.each([
		[[], 'The item has no binary data'],
		[['photo', 'scan'], 'binary fields: photo, scan'],
	])('that are missing are named with those that are there: %j', async (fields, hint) => {
		const files = Object.fromEntries(fields.map((name) => [name, binary(png)]));
		const [problem, ...others] = await problems(edit(['data']), { binary: files });
		expect(others).toEqual([]);
		expect(problem).toMatch(/^Input image 1: the input item has no binary field "data"/);
		expect(problem).toContain(hint);
	});

	it('that are missing are named as the mask', async () => {
		expect(await problems(edit(['data'], 'mask'), { binary: { data: binary(png) } })).toEqual([
			expect.stringMatching(
				/^Mask: the input item has no binary field \"mask\"\. The item's binary fields: data/,
			),
		]);
	});

	it.each(['constructor', 'toString', '__proto__'])('are not found in %s', async (field) => {
		const [problem] = await problems(edit([field]), { binary: { data: binary(png) } });
		expect(problem).toContain(`the input item has no binary field "${field}"`);
	});

	it.each(['', '  ', null, 42, { data: 'x' }, ['gone']])('need a field: %j', async (field) => {
		const resolved = { 'inputImages.image': [{ binaryField: field }] };
		expect(await problems(edit(['x']), { resolved, binary: { data: binary(png) } })).toEqual([
			expect.stringMatching(
				/^Input image 1: .*(empty|must be the name|no binary field).*binary fields: data/,
			),
		]);
	});

	it('can be the file itself, as an expression returns it', async () => {
		const file = binary(png, { fileName: 'a.png' });
		const resolved = { 'inputImages.image': [{ binaryField: file }] };
		const { images } = await read(edit(['x']), { resolved });
		expect(images[0]).toMatchObject({ label: 'Input image 1', fileName: 'a.png' });
		expect(await bytesOf(images[0])).toEqual(png);
	});

	it('are found where the combined binary mode keeps them', async () => {
		const { images } = await read(edit(['photo']), { json: { _files: { photo: binary(png) } } });
		expect(images[0]).toMatchObject({ fileName: 'image.png', bytes: png.length });
	});

	it('are not read by generate', async () => {
		const { images, mask } = await read({ ...edit(['gone'], 'gone'), operation: 'generate' });
		expect([images, mask]).toEqual([[], null]);
		const resolved = { 'inputImages.image': [{ binaryField: 'gone' }] };
		expect((await read({ ...flare }, { resolved })).problems).toEqual([]);
	});

	it('hold no mask for a model that takes none', async () => {
		const set = { ...edit(['data'], 'gone'), model: 'dall-e-3' };
		expect((await read(set, { binary: { data: binary(png) } })).mask).toBeNull();
	});

	it('come row by row from their sources, several of them from one row', async () => {
		const base64 = png.toString('base64');
		const rows = [
			{ source: 'base64', base64 },
			{ source: 'binary', binaryField: '*' },
			{ source: 'url', url: `data:image/png;base64,${base64}` },
			{ source: 'fileId', fileId: 'file-1' },
		];
		const set = { ...flare, operation: 'edit', inputImages: { image: rows } };
		const options = { imagesAsJson: true };
		const files = { a: binary(png, { mimeType: 'image/png' }), b: binary(png) };
		const { images } = await read({ ...set, options }, { binary: files });
		expect(images.map(({ label, reference }) => reference ?? label)).toEqual([
			'Input image 1',
			'Input image 2 (binary field "a")',
			'Input image 2 (binary field "b")',
			'Input image 3',
			{ fileId: 'file-1' },
		]);
	});

	it('are all tried, and each problem is reported', async () => {
		const set = {
			...edit(['gone', 'data', 'lost']),
			options: { timeout: 0, mask: { image: { binaryField: 'none' } } },
		};
		const told = await problems(set, { binary: { data: binary(png) } });
		expect(told.map((problem) => /^'?([^':]+)/.exec(problem)?.[1])).toEqual([
			'Timeout',
			'Input image 1',
			'Input image 3',
			'Mask',
		]);
	});

	it.each(['mask', 'markup'])('have a %s from any source', async (name) => {
		const row = { source: 'base64', base64: png.toString('base64') };
		const set = { ...edit(['data']), options: { [name]: { image: row } } };
		const raw = await read(set, { binary: { data: binary(jpeg) } });
		expect([raw.mask?.label, raw.markup?.label]).toEqual(
			name === 'mask' ? ['Mask', undefined] : [undefined, 'Markup'],
		);
	});
});
