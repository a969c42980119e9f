import sharp from 'sharp';
import { ApiError, ExecutionCanceledError } from '../../../nodes/AiImages/errors';
import { convertMask } from '../../../nodes/AiImages/request/files/convertMask';
import type { InputFile } from '../../../nodes/AiImages/request/files/inputFile';
import { fileWarnings, validateFiles } from '../../../nodes/AiImages/request/validateFiles';
import { inputFile, rawRequest } from '../requests';

const label = 'Mask (binary field "mask")';
const [WHITE, BLACK, HOLE] = [
	[255, 255, 255, 255],
	[0, 0, 0, 255],
	[0, 0, 0, 0],
];

/** A mask of one row. */
const maskOf = async (pixels: number[][], options: sharp.PngOptions = {}): Promise<InputFile> => {
	const raw = { width: pixels.length, height: 1, channels: 4 } as const;
	const content = await sharp(Buffer.from(pixels.flat()), { raw }).png(options).toBuffer();
	return reading(content);
};

const reading = (content: Buffer): InputFile => ({
	...inputFile({ label, identity: 'a', bytes: content.length, width: 2, height: 1 }),
	async *read() {
		yield content;
	},
});

const bytesOf = async ({ read }: InputFile): Promise<Buffer> => {
	const pieces: Buffer[] = [];
	for await (const piece of read()) pieces.push(piece);
	return Buffer.concat(pieces);
};

const alphasOf = async (file: InputFile): Promise<number[]> => {
	const { data, info } = await sharp(await bytesOf(file))
		.raw()
		.toBuffer({ resolveWithObject: true });
	expect(info.channels).toBe(4);
	return [...data.filter((_, index) => index % 4 === 3)];
};

const problemsWith = (mask: InputFile, model = 'gpt-image-2') =>
	validateFiles(
		rawRequest({
			operation: 'edit',
			model,
			images: [inputFile({ width: 2, height: 1 })],
			mask,
		}),
	);

describe('a mask', () => {
	it('with an alpha channel that says what is edited is sent as it is', async () => {
		const mask = await maskOf([HOLE, WHITE]);
		expect(await convertMask(mask, 'transparent')).toBe(mask);
	});

	it('with an alpha channel that says nothing is edited where it is white', async () => {
		const mask = await maskOf([WHITE, BLACK]);
		const converted = await convertMask(mask, 'transparent');
		expect(await alphasOf(converted)).toEqual([0, 255]);
		expect(converted.bytes).toBe((await bytesOf(converted)).length);
		expect(converted.identity).not.toBe(mask.identity);
		expect(problemsWith(converted)).toEqual([]);
	});

	it('with transparent colors gets an alpha channel', async () => {
		const mask = await maskOf([WHITE, HOLE], { palette: true });
		expect((await bytesOf(mask))[25]).toBe(3);
		const converted = await convertMask(mask, 'transparent');
		expect((await bytesOf(converted))[25]).toBe(6);
		expect(await alphasOf(converted)).toEqual([255, 0]);
	});

	it.each([
		['white', [255, 0]],
		['black', [0, 255]],
	] as const)('for a service that wants %s areas is gray, however it was', async (kind, grays) => {
		for (const pixels of [
			[HOLE, WHITE],
			[WHITE, BLACK],
		]) {
			const mask = await maskOf(pixels);
			const converted = await convertMask(mask, kind);
			const content = await bytesOf(converted);
			expect([...(await sharp(content).toColourspace('b-w').raw().toBuffer())]).toEqual(grays);
			expect(converted.bytes).toBe(content.length);
			expect(converted.mediaType?.hasAlpha).toBe(false);
			expect(converted.identity).not.toBe(mask.identity);
		}
	});

	it('that is interlaced cannot be made gray, and says so', async () => {
		const transparent = await maskOf([HOLE, WHITE], { progressive: true });
		expect((await convertMask(transparent, 'transparent')).defect).toBeNull();
		const { defect } = await convertMask(transparent, 'white');
		expect(defect?.text).toMatch(/it is interlaced. Save it without interlacing/);
	});

	it.each([
		['with an alpha channel', {}],
		['without one', { palette: true }],
	])('without an area to edit is refused, %s', async (_, options) => {
		const mask = await convertMask(await maskOf([BLACK, BLACK], options), 'transparent');
		expect(problemsWith(mask)).toEqual([
			`${label}: the mask has no area to edit: make the area to edit transparent, or white in a mask without transparency`,
		]);
	});

	it('that is damaged is refused, and says how', async () => {
		const content = await bytesOf(await maskOf([BLACK, WHITE]));
		content[24] = 3;
		const mask = await convertMask(reading(content), 'transparent');
		expect(problemsWith(mask)).toEqual([
			`${label}: the mask can't be used: it is damaged: the checksum of its IHDR chunk is wrong`,
		]);
	});

	it('of an unknown model is sent as it is, with a warning', async () => {
		const original = await maskOf([BLACK, BLACK]);
		const mask = await convertMask(original, 'transparent');
		const raw = rawRequest({ operation: 'edit', model: 'tomorrow-1', mask });
		expect(validateFiles(raw)).toEqual([]);
		expect(fileWarnings(raw)).toEqual([expect.stringContaining('no area to edit')]);
		expect(await bytesOf(mask)).toEqual(await bytesOf(original));
	});

	it.each([
		['a lost file', new ApiError('the file is gone', 'Run the node again')],
		['the stop button', new ExecutionCanceledError()],
		['a failing disk', Object.assign(new Error('EIO'), { code: 'EIO' })],
	])('that cannot be read because of %s fails with that', async (_, error) => {
		const whole = await maskOf([WHITE, BLACK]);
		const content = await bytesOf(whole);
		for (const failAt of [0, 60]) {
			const read = async function* () {
				yield content.subarray(0, failAt);
				throw error;
			};
			await expect(convertMask({ ...whole, read }, 'transparent')).rejects.toBe(error);
		}
	});
});
