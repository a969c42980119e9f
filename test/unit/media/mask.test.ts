import sharp from 'sharp';
import type { MaskAreas } from '../../../nodes/AiImages/media/png/maskAlpha';
import { PngError } from '../../../nodes/AiImages/media/png/pngHeader';
import { readMask, toMask } from '../../../nodes/AiImages/media/png/mask';
import { pngFile } from '../../helpers/pngFile';

async function* inPieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
	for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function converted(png: Buffer, length = 1000, areas: MaskAreas = 'white'): Promise<Buffer> {
	return await collect(toMask(inPieces(png, length), areas, 'transparent'));
}

async function collect(mask: AsyncIterable<Buffer>): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of mask) pieces.push(piece);
	return Buffer.concat(pieces);
}

/** The alpha of every pixel, as another decoder reads it. */
async function alphasOf(png: Buffer): Promise<number[]> {
	const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
	expect(info.channels).toBe(4);
	return [...data.filter((_, index) => index % 4 === 3)];
}

/** Grays from white to black and back, so that every filter has something to do. */
const WIDTH = 37;
const HEIGHT = 23;
const grays = Buffer.from(
	Array.from({ length: WIDTH * HEIGHT }, (_, index) => (index * 7 + (index % WIDTH) ** 2) % 256),
);
const picture = () => sharp(grays, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } });

describe('a mask without an alpha channel', () => {
	it.each([1, 2, 7, 100, 100_000])(
		'is converted pixel by pixel, in pieces of %i',
		async (length) => {
			const png = await picture().png().toBuffer();
			const alphas = await alphasOf(await converted(png, length));
			expect(alphas).toEqual([...grays].map((gray) => 255 - gray));
		},
	);

	it('in colors is as bright as they are', async () => {
		const colors = Buffer.from([255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9]);
		const png = await sharp(colors, { raw: { width: 6, height: 1, channels: 3 } })
			.png()
			.toBuffer();
		expect(await alphasOf(await converted(png))).toEqual([0, 255, 179, 105, 226, 246]);
	});

	it('with a palette has the brightness of its entries', async () => {
		const flat = await sharp({ create: { width: 9, height: 5, channels: 3, background: '#fff' } })
			.composite([
				{
					input: { create: { width: 3, height: 5, channels: 3, background: '#000' } },
					left: 0,
					top: 0,
				},
			])
			.png({ palette: true, colours: 4 })
			.toBuffer();
		expect(flat[25]).toBe(3);
		const rows = Array.from({ length: 5 }, () => [255, 255, 255, 0, 0, 0, 0, 0, 0]).flat();
		expect(await alphasOf(await converted(flat))).toEqual(rows);
	});

	it.each([1, 2, 4, 16])('with samples of %i bits is scaled', async (depth) => {
		const highest = 2 ** depth - 1;
		const samples = Array.from({ length: 11 }, (_, x) => Math.round((x * highest) / 10));
		const png = grayPng(samples, depth);
		const expected = samples.map((sample) =>
			depth === 16 ? 255 - (sample >> 8) : 255 - Math.round((sample * 255) / highest),
		);
		expect(await alphasOf(await converted(png))).toEqual(expected);
	});

	it.each([0, 1, 2, 3, 4])('is read with the filter %i', async (filter) => {
		const png = filteredPng(filter);
		const plain = await sharp(png).raw().toBuffer();
		const alphas = await alphasOf(await converted(png, 5));
		expect(alphas).toEqual(
			[...plain.filter((_, index) => index % 3 === 0)].map((gray) => 255 - gray),
		);
	});

	it('is the same each time, so that its length is known beforehand', async () => {
		const png = await picture().png().toBuffer();
		expect(await converted(png, 11)).toEqual(await converted(png, 1000));
	});

	it('is small where it is flat', async () => {
		const png = await sharp({
			create: { width: 2048, height: 2048, channels: 3, background: '#fff' },
		})
			.png()
			.toBuffer();
		expect((await converted(png)).length).toBeLessThan(50_000);
	});
});

describe('a mask with transparent colors', () => {
	const rows = Buffer.from([0, 0, 1, 2, 1]);

	it('of a palette gets the alpha of its entries', async () => {
		const chunks: Array<[string, Buffer]> = [
			['PLTE', Buffer.from([255, 255, 255, 0, 0, 0, 9, 9, 9])],
			['tRNS', Buffer.from([255, 40])],
		];
		const png = pngFile({ width: 4, height: 1, depth: 8, colourType: 3, rows, chunks });
		expect(await alphasOf(png)).toEqual([255, 40, 255, 40]);
		expect(await alphasOf(await converted(png, 9, 'transparent'))).toEqual([255, 40, 255, 40]);
	});

	it.each([
		['gray of 8 bits', 8, 0, [0, 1], [0, 0, 1, 2, 1], [255, 0, 255, 0]],
		['gray of 2 bits', 2, 0, [0, 1], [0, 0b00_01_10_01], [255, 0, 255, 0]],
		['gray of 16 bits', 16, 0, [1, 2], [0, 1, 1, 1, 2, 2, 2, 1, 2], [255, 0, 255, 0]],
		[
			'RGB of 8 bits',
			8,
			2,
			[0, 1, 0, 2, 0, 3],
			[0, 1, 2, 4, 1, 2, 3, 0, 2, 3, 1, 2, 3],
			[255, 0, 255, 0],
		],
		[
			'RGB of 16 bits',
			16,
			2,
			[0, 1, 0, 2, 0, 3],
			[0, 0, 1, 0, 2, 0, 4, 0, 1, 0, 2, 0, 3, 1, 1, 0, 2, 0, 3, 0, 1, 0, 2, 0, 3],
			[255, 0, 255, 0],
		],
	])(
		'in %s is transparent where it has that color',
		async (_, depth, colourType, color, row, alphas) => {
			const chunks: Array<[string, Buffer]> = [['tRNS', Buffer.from(color)]];
			const png = pngFile({
				width: 4,
				height: 1,
				depth,
				colourType,
				rows: Buffer.from(row),
				chunks,
			});
			expect(await alphasOf(await converted(png, 9, 'transparent'))).toEqual(alphas);
		},
	);
});

describe('the source of a mask', () => {
	/** A source that tells what has been read of it, and whether it has been closed. */
	function observed(png: Buffer, failAfter = Infinity) {
		const state = { read: 0, isClosed: false };
		async function* pieces(): AsyncGenerator<Buffer> {
			try {
				for await (const piece of inPieces(png, 100)) {
					if (state.read >= failAfter) throw new Error('the disk is gone');
					state.read += piece.length;
					yield piece;
				}
			} finally {
				state.isClosed = true;
			}
		}
		return { state, pieces };
	}
	const noisy = async () =>
		await sharp(Buffer.from(Array.from({ length: 400 * 400 }, (_, at) => (at * at * 7919) % 251)), {
			raw: { width: 400, height: 400, channels: 1 },
		})
			.png()
			.toBuffer();

	it.each([0, 1, 2, 3, 6])(
		'is closed if the mask is no longer wanted after %i pieces',
		async (count) => {
			const { state, pieces } = observed(await noisy());
			const mask = toMask(pieces(), 'white', 'transparent');
			for (let read = 0; read < count; read++) await mask.next();
			await mask.return(undefined);
			expect([state.read > 0, state.isClosed]).toEqual([count > 0, count > 0]);
		},
	);

	it('is closed if an error is thrown into the conversion', async () => {
		const { state, pieces } = observed(await noisy());
		const mask = toMask(pieces(), 'white', 'transparent');
		for (let read = 0; read < 4; read++) await mask.next();
		await expect(mask.throw(new Error('aborted'))).rejects.toThrow('aborted');
		expect(state.isClosed).toBe(true);
	});

	it.each([20, 24, 3000])('is closed if the mask is damaged at byte %i', async (at) => {
		const png = await noisy();
		png[at]! ^= 0xff;
		const convert = async (pieces: AsyncIterable<Buffer>) =>
			await collect(toMask(pieces, 'white', 'transparent'));
		for (const read of [readMask, convert]) {
			const { state, pieces } = observed(png);
			await expect(read(pieces())).rejects.toThrow(PngError);
			expect(state.isClosed).toBe(true);
		}
	});

	it.each([0, 100, 3000])('fails with its own error, after %i bytes', async (failAfter) => {
		const { pieces } = observed(await noisy(), failAfter);
		await expect(readMask(pieces())).rejects.toThrow(new Error('the disk is gone'));
		const mask = toMask(pieces(), 'white', 'transparent');
		await expect(collect(mask)).rejects.toThrow(new Error('the disk is gone'));
	});

	it('is read no further than what has been converted', async () => {
		const png = await noisy();
		const { state, pieces } = observed(png);
		const mask = toMask(pieces(), 'white', 'transparent');
		let written = 0;
		for await (const piece of mask) {
			written += piece.length;
			// Each pixel becomes four bytes, of which three compress well.
			if (written < png.length / 4) expect(state.read).toBeLessThan(written + 100_000);
		}
		expect(state.read).toBe(png.length);
	});
});

/** One row of gray samples. */
function grayPng(samples: readonly number[], depth: number): Buffer {
	const bits = samples.map((sample) => sample.toString(2).padStart(depth, '0')).join('');
	const bytes = bits.match(/.{1,8}/g)!.map((byte) => parseInt(byte.padEnd(8, '0'), 2));
	const rows = Buffer.from([0, ...bytes]);
	return pngFile({ width: samples.length, height: 1, depth, colourType: 0, rows });
}

/** Rows of RGB with one filter, whose residues are any bytes; gray, so that one channel tells all. */
function filteredPng(filter: number): Buffer {
	const rows = Array.from({ length: 6 }, (_, y) => [
		filter,
		...Array.from({ length: 8 }, (_, x) =>
			Array.from({ length: 3 }, () => (x * 31 + y * 57) % 256),
		).flat(),
	]);
	return pngFile({ width: 8, height: 6, depth: 8, colourType: 2, rows: Buffer.from(rows.flat()) });
}
