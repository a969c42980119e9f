import sharp from 'sharp';
import { detectImage } from '../../../nodes/AiImages/media/detectImage';

const WIDTH = 370;
const HEIGHT = 290;
const image = (background = '#0a6', channels: 3 | 4 = 3) =>
	sharp({ create: { width: WIDTH, height: HEIGHT, channels, background } });
const translucent = () => image('#0a68', 4);
const frames = async () =>
	await sharp(
		await Promise.all(
			['#f00', '#0f0', '#00f'].map(async (colour) => await image(colour).png().toBuffer()),
		),
		{ join: { animated: true } },
	);

/** A JPEG with segments before its frame header, as cameras write them. */
async function jpegWithSegments(segments: ReadonlyArray<[marker: number, bytes: number]>) {
	const jpeg = await image().jpeg().toBuffer();
	const inserted = segments.map(([marker, bytes]) => {
		const segment = Buffer.alloc(bytes + 4, 0xff);
		segment.set([0xff, marker, (bytes + 2) >> 8, (bytes + 2) & 0xff]);
		return segment;
	});
	return Buffer.concat([jpeg.subarray(0, 2), ...inserted, jpeg.subarray(2)]);
}

function bitmap(width: number, height: number): Buffer {
	const bytes = Buffer.alloc(54);
	bytes.write('BM');
	bytes.writeUInt32LE(54, 10);
	bytes.writeUInt32LE(40, 14);
	bytes.writeInt32LE(width, 18);
	bytes.writeInt32LE(height, 22);
	return bytes;
}

type Make = () => Promise<Buffer> | Buffer;

const RASTER: ReadonlyArray<[what: string, format: string, hasAlpha: boolean | null, make: Make]> =
	[
		['PNG in RGB', 'png', false, () => image().png().toBuffer()],
		['PNG in RGBA', 'png', true, () => translucent().png().toBuffer()],
		['grey PNG', 'png', false, () => image().toColourspace('b-w').png().toBuffer()],
		['PNG with a palette', 'png', false, () => image().png({ palette: true }).toBuffer()],
		[
			'PNG with a transparent palette',
			'png',
			true,
			() => translucent().png({ palette: true }).toBuffer(),
		],
		['interlaced PNG', 'png', true, () => translucent().png({ progressive: true }).toBuffer()],
		['JPEG', 'jpeg', null, () => image().jpeg().toBuffer()],
		['progressive JPEG', 'jpeg', null, () => image().jpeg({ progressive: true }).toBuffer()],
		['optimized JPEG', 'jpeg', null, () => image().jpeg({ mozjpeg: true }).toBuffer()],
		[
			'JPEG with EXIF and a colour profile',
			'jpeg',
			null,
			() =>
				image()
					.withExif({ IFD0: { Copyright: 'x'.repeat(30_000) } })
					.withIccProfile('p3')
					.jpeg()
					.toBuffer(),
		],
		[
			'JPEG whose tables stand before its frame header',
			'jpeg',
			null,
			() => jpegWithSegments([0xc4, 0xdb, 0xcc].map((marker) => [marker, 100])),
		],
		[
			'JPEG with fill bytes before a marker',
			'jpeg',
			null,
			async () =>
				Buffer.concat([
					Buffer.from([0xff, 0xd8, 0xff, 0xff]),
					(await image().jpeg().toBuffer()).subarray(2),
				]),
		],
		[
			'JPEG whose frame header stands behind 300 kB',
			'jpeg',
			null,
			() => jpegWithSegments([0xe1, 0xe2, 0xe2, 0xe2, 0xfe].map((marker) => [marker, 65_533])),
		],
		['lossy WebP', 'webp', null, () => image().webp().toBuffer()],
		['lossless WebP', 'webp', null, () => image().webp({ lossless: true }).toBuffer()],
		['lossy WebP with alpha', 'webp', null, () => translucent().webp().toBuffer()],
		[
			'lossless WebP with alpha',
			'webp',
			null,
			() => translucent().webp({ lossless: true }).toBuffer(),
		],
		['animated WebP', 'webp', null, async () => (await frames()).webp().toBuffer()],
		['GIF', 'gif', null, () => image().gif().toBuffer()],
		['animated GIF', 'gif', null, async () => (await frames()).gif().toBuffer()],
		['AVIF', 'avif', null, () => image().avif().toBuffer()],
		['AVIF with alpha', 'avif', null, () => translucent().avif().toBuffer()],
		['bitmap', 'bmp', null, () => bitmap(WIDTH, HEIGHT)],
		['bitmap from the top down', 'bmp', null, () => bitmap(WIDTH, -HEIGHT)],
	];

describe.each(RASTER)('a %s', (_, format, hasAlpha, make) => {
	let bytes: Buffer;
	beforeAll(async () => {
		bytes = await make();
	});

	it('is recognized with its size', () => {
		expect(detectImage(bytes)).toEqual({
			format,
			mimeType: `image/${format}`,
			extension: format === 'jpeg' ? 'jpg' : format,
			width: WIDTH,
			height: HEIGHT,
			isTurned: false,
			hasAlpha,
		});
	});

	it('is recognized from its beginning, and never mistaken for another', () => {
		for (let length = 0; length <= 64; length++) {
			const found = detectImage(bytes.subarray(0, length));
			if (!found) continue;
			expect(found.format).toBe(format);
			expect([WIDTH, null]).toContain(found.width);
			expect([HEIGHT, null]).toContain(found.height);
		}
		expect(detectImage(bytes.subarray(0, 64))?.format).toBe(format);
	});
});

describe('a format that is detected without its size', () => {
	it.each<[string, string, () => Promise<Buffer> | Buffer]>([
		['TIFF', 'tiff', () => image().tiff().toBuffer()],
		['TIFF of the other byte order', 'tiff', () => Buffer.from('MM\0*\0\0\0\x08', 'latin1')],
		['HEIC', 'heic', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
		[
			'AVIF by another brand',
			'avif',
			() => Buffer.from('\0\0\0\x18ftypmif1\0\0\0\0mif1avif', 'latin1'),
		],
		['JPEG XL', 'jxl', () => Buffer.from('\0\0\0\x0cJXL \r\n\x87\n', 'latin1')],
		['a bare JPEG XL', 'jxl', () => Buffer.from('\xff\x0a0123', 'latin1')],
	])('is recognized: %s', async (_, format, make) => {
		expect(detectImage(await make())).toMatchObject({
			format,
			mimeType: `image/${format}`,
			extension: format,
			width: null,
			height: null,
		});
	});
});

describe('anything else', () => {
	it.each([
		['nothing', Buffer.alloc(0)],
		['zeros', Buffer.alloc(100)],
		['a text', Buffer.from('a lighthouse in a storm')],
		['a text that begins like a bitmap', Buffer.from('BMW is a maker of cars, and of motorcycles')],
		['JSON', Buffer.from('{"error":{"message":"<svg>"}}')],
		['a page', Buffer.from('<!DOCTYPE html><html><body><svg width="1" height="1"/></body></html>')],
		['a page without a doctype', Buffer.from('<html><svg width="1" height="1"></svg></html>')],
		['XML', Buffer.from('<?xml version="1.0"?><feed><svg/></feed>')],
		['an element that begins with svg', Buffer.from('<svgfoo width="1" height="1">')],
		['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ')],
		['a wave file', Buffer.from('RIFF\x24\x00\x00\x00WAVEfmt ', 'latin1')],
		['a film', Buffer.from('\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom', 'latin1')],
		['a ZIP', Buffer.from('PK\x03\x04\x14\x00', 'latin1')],
		['almost a PNG', Buffer.from('\x89PNG\n\n\x1a\n0123456789012345678901234567', 'latin1')],
		[
			'base64 of a PNG',
			Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk'),
		],
	])('is not an image: %s', (_, bytes) => {
		expect(detectImage(bytes)).toBeNull();
	});

	it('never throws', () => {
		const heads = [
			'\x89PNG\r\n\x1a\n',
			'\xff\xd8\xff',
			'RIFF....WEBPVP8X',
			'RIFF....WEBPVP8L',
			'RIFF....WEBPVP8 ',
			'RIFF....WEBP',
			'GIF89a',
			'....ftypavif',
			'BM',
			'<svg ',
			'',
		];
		let state = 1;
		const random = () => (state = (state * 48_271) % 2_147_483_647) % 256;
		for (const head of heads) {
			for (let length = 0; length < 200; length++) {
				const bytes = Buffer.concat([
					Buffer.from(head, 'latin1'),
					Buffer.from(Array.from({ length }, random)),
				]);
				expect(() => detectImage(bytes)).not.toThrow();
			}
		}
	});
});
