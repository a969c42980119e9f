import sharp from 'sharp';
import { deflateSync } from 'node:zlib';
import { PngError } from '../../../nodes/AiImages/media/png/pngHeader';
import { readMask, toMask } from '../../../nodes/AiImages/media/png/mask';
import { dataOf, pngFile, type PngParts } from '../../helpers/pngFile';

async function* whole(png: Buffer): AsyncGenerator<Buffer> {
	yield png;
}

async function convert(source: AsyncIterable<Buffer>): Promise<void> {
	for await (const piece of toMask(source, 'white', 'transparent')) expect(piece).toBeDefined();
}

/** What is wrong with a mask, if it is found out and converted. */
async function problemOf(png: Buffer): Promise<string> {
	const failures: unknown[] = [];
	for (const read of [readMask, convert]) {
		failures.push(await read(whole(png)).catch((error: unknown) => error));
	}
	const [failure, other] = failures;
	expect(failure).toBeInstanceOf(PngError);
	expect(other).toEqual(failure);
	return (failure as PngError).message;
}

/** Four black pixels. */
const made = (parts: Partial<PngParts>) =>
	pngFile({ width: 4, height: 1, depth: 8, colourType: 0, rows: Buffer.alloc(5), ...parts });

const PALETTE: [string, Buffer] = ['PLTE', Buffer.alloc(6)];

describe('a damaged mask', () => {
	it.each<[string, () => Buffer, string]>([
		['its end', () => made({}).subarray(0, 50), 'it is cut off'],
		[
			'its pixels',
			() => Buffer.concat([made({}).subarray(0, 33), made({}).subarray(-12)]),
			'it has no pixels',
		],
		[
			'some pixels',
			() => made({ rows: Buffer.alloc(4) }),
			'it has fewer pixels than its header says',
		],
		['a width', () => made({ width: 0 }), 'its header says that it has no pixels'],
		['its palette', () => made({ colourType: 3 }), 'its palette is missing'],
	])('lacks %s', async (_, png, problem) => {
		expect(await problemOf(png())).toContain(problem);
	});

	it.each<[Partial<PngParts>, string]>([
		[{ rows: Buffer.alloc(6) }, 'it has more pixels than its header says'],
		[{ rows: Buffer.from([5, 0, 0, 0, 0]) }, "a row has a filter that doesn't exist"],
		[{ methods: [1, 0, 0] }, "compression method 1 doesn't exist"],
		[{ methods: [0, 1, 0] }, "filter method 1 doesn't exist"],
		[{ methods: [0, 0, 2] }, "interlacing method 2 doesn't exist"],
		[{ colourType: 3, chunks: [['PLTE', Buffer.alloc(7)]] }, 'its palette is incomplete'],
		[{ colourType: 3, chunks: [['PLTE', Buffer.alloc(771)]] }, 'its PLTE chunk is too long'],
		[
			{ colourType: 3, chunks: [PALETTE], rows: Buffer.from([0, 0, 1, 2, 0]) },
			"color 2 isn't in its palette",
		],
		[{ chunks: [['tRNS', Buffer.alloc(3)]] }, 'its transparent color is incomplete'],
		[{ compressed: Buffer.from('no pixels') }, "its pixels can't be decompressed"],
	])('is refused: %#', async (parts, problem) => {
		expect(await problemOf(made(parts))).toBe(`it is damaged: ${problem}`);
	});

	const VALID = ['0/1', '0/2', '0/4', '0/8', '0/16', '2/8', '2/16', '3/1', '3/2', '3/4', '3/8'];
	const PAIRS = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((colourType) =>
		[0, 1, 2, 3, 4, 8, 16, 32].map((depth) => [colourType, depth] as const),
	);
	it.each(PAIRS)(
		'can have color type %i with %i bits only if it exists',
		async (colourType, depth) => {
			const valid = [...VALID, '4/8', '4/16', '6/8', '6/16'].includes(`${colourType}/${depth}`);
			// All rows are too short, so that each is refused for one reason or the other.
			const png = made({ colourType, depth, chunks: [PALETTE], rows: Buffer.alloc(1) });
			expect(await problemOf(png)).toContain(
				valid ? 'fewer pixels' : `color type ${colourType} with ${depth} bits doesn't exist`,
			);
		},
	);

	it.each(['IHDR', 'PLTE', 'IDAT', 'tRNS'])(
		'has a wrong checksum in its %s chunk',
		async (type) => {
			const png = made({ colourType: 3, chunks: [PALETTE, ['tRNS', Buffer.from([255, 255])]] });
			const length = png.readUInt32BE(dataOf(png, type) - 8);
			png[dataOf(png, type) + length]! ^= 1;
			expect(await problemOf(png)).toBe(
				`it is damaged: the checksum of its ${type} chunk is wrong`,
			);
		},
	);

	it('is read nevertheless if only its metadata are', async () => {
		const png = made({
			rows: Buffer.from([0, 255, 255, 0, 0]),
			chunks: [['tEXt', Buffer.alloc(9)]],
		});
		png[dataOf(png, 'tEXt')]! ^= 1;
		expect(await readMask(whole(png))).toMatchObject({ areas: 'white' });
	});

	it('that is interlaced is not called so', async () => {
		const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
			.png({ progressive: true })
			.toBuffer();
		expect(await problemOf(png)).toBe('it is interlaced. Save it without interlacing');
	});
});

describe('a hostile mask', () => {
	it('with more megapixels than any model takes is refused by its header', async () => {
		const png = made({ width: 60_000, height: 60_000 });
		expect(await problemOf(png)).toBe('it has more than 100 megapixels');
	});

	it('that contains far more than its pixels is decompressed no further', async () => {
		const bomb = deflateSync(Buffer.alloc(200_000_000));
		expect(bomb.length).toBeLessThan(300_000);
		const before = process.memoryUsage().arrayBuffers;
		expect(await problemOf(made({ compressed: bomb }))).toContain('more pixels than its header');
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
	});
});
