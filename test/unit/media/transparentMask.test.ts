import sharp from 'sharp';
import { crc32, deflateSync } from 'node:zlib';
import { PngError } from '../../../nodes/AiImages/media/png/pngChunks';
import { toTransparentMask } from '../../../nodes/AiImages/media/png/transparentMask';

async function* inPieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
	for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function converted(png: Buffer, length = 1000): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of toTransparentMask(inPieces(png, length))) pieces.push(piece);
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

	it.each([
		['cut off', async () => (await picture().png().toBuffer()).subarray(0, 120), 'it is cut off'],
		[
			'interlaced',
			async () => await picture().png({ progressive: true }).toBuffer(),
			'it is interlaced',
		],
		[
			'without pixels',
			async () => {
				const png = await picture().png().toBuffer();
				return Buffer.concat([png.subarray(0, 33), png.subarray(png.length - 12)]);
			},
			'it has no pixels',
		],
	])('that is %s is explained', async (_, make, message) => {
		const failure = await converted(await make()).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(PngError);
		expect((failure as Error).message).toContain(message);
	});
});

/** A chunk whose checksum nobody looks at. */
function chunk(type: string, data: Buffer): Buffer {
	const head = Buffer.alloc(8);
	head.writeUInt32BE(data.length);
	head.write(type, 4, 'latin1');
	return Buffer.concat([head, data, Buffer.alloc(4)]);
}

function png(width: number, height: number, depth: number, colour: number, rows: Buffer): Buffer {
	const ihdr = Buffer.alloc(13);
	ihdr.writeUInt32BE(width, 0);
	ihdr.writeUInt32BE(height, 4);
	ihdr.set([depth, colour], 8);
	return Buffer.concat([
		Buffer.from('89504e470d0a1a0a', 'hex'),
		chunk('IHDR', ihdr),
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

/** One row of gray samples. */
function grayPng(samples: readonly number[], depth: number): Buffer {
	const bits = samples.map((sample) => sample.toString(2).padStart(depth, '0')).join('');
	const bytes = bits.match(/.{1,8}/g)!.map((byte) => parseInt(byte.padEnd(8, '0'), 2));
	return png(samples.length, 1, depth, 0, Buffer.from([0, ...bytes]));
}

/** Rows of RGB with one filter, whose residues are any bytes; gray, so that one channel tells all. */
function filteredPng(filter: number): Buffer {
	const rows = Array.from({ length: 6 }, (_, y) => [
		filter,
		...Array.from({ length: 8 }, (_, x) =>
			Array.from({ length: 3 }, () => (x * 31 + y * 57) % 256),
		).flat(),
	]);
	const file = png(8, 6, 8, 2, Buffer.from(rows.flat()));
	return withChecksums(file);
}

/** Sharp checks checksums. */
function withChecksums(file: Buffer): Buffer {
	for (let at = 8; at < file.length;) {
		const length = file.readUInt32BE(at);
		file.writeUInt32BE(crc32(file.subarray(at + 4, at + 8 + length)), at + 8 + length);
		at += 12 + length;
	}
	return file;
}
