import fc from 'fast-check';
import sharp, { type FormatEnum } from 'sharp';

/** A real file, and what is true of it. */
export interface RealFile {
	readonly format: 'png' | 'jpeg' | 'webp' | 'gif' | 'avif' | 'tiff';
	readonly width: number;
	readonly height: number;
	readonly alpha: boolean;
	/** Exif's number for how it is to be shown: https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf */
	readonly orientation: number;
	readonly bytes: Buffer;
}

const FORMATS = ['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff'] as const;

/** What is asked of sharp; each format has its ways to be written. */
export const drawings = fc.record({
	format: fc.oneof(
		{ weight: 40, arbitrary: fc.constantFrom('png', 'jpeg', 'webp', 'gif') },
		{ weight: 1, arbitrary: fc.constantFrom('avif', 'tiff') },
	) as fc.Arbitrary<RealFile['format']>,
	width: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 600 })),
	height: fc.integer({ min: 1, max: 20 }),
	alpha: fc.boolean(),
	orientation: fc.integer({ min: 1, max: 8 }),
	/** JPEG: several frames; WebP: without loss; PNG: with a palette. */
	otherWay: fc.boolean(),
	upright: fc.boolean(),
});

type Drawing = typeof drawings extends fc.Arbitrary<infer Value> ? Value : never;

/** A file of one colour. */
export async function draw(drawing: Drawing): Promise<RealFile> {
	const { format, alpha, orientation, otherWay, upright } = drawing;
	const [width, height] = upright
		? [drawing.height, drawing.width]
		: [drawing.width, drawing.height];
	const background = alpha ? { r: 20, g: 60, b: 90, alpha: 0.5 } : '#143c5a';
	const image = sharp({ create: { width, height, channels: alpha ? 4 : 3, background } });
	const tagged = format === 'jpeg' && orientation > 1 ? image.withMetadata({ orientation }) : image;
	const options = {
		png: { palette: otherWay, compressionLevel: 0 },
		jpeg: { progressive: otherWay },
		webp: { lossless: otherWay, effort: 0 },
		gif: { effort: 1 },
		avif: { effort: 0 },
		tiff: {},
	};
	const bytes = await tagged.toFormat(format as keyof FormatEnum, options[format]).toBuffer();
	return { format, width, height, alpha, orientation, bytes };
}

/** A few real files of each format, to be damaged. */
export async function realFiles(): Promise<RealFile[]> {
	const shapes = [
		{ width: 3, height: 2, alpha: false, orientation: 1, otherWay: false, upright: false },
		{ width: 7, height: 5, alpha: true, orientation: 6, otherWay: true, upright: true },
		{ width: 40, height: 1, alpha: true, orientation: 8, otherWay: false, upright: false },
	];
	return await Promise.all(
		FORMATS.flatMap((format) => shapes.map(async (shape) => await draw({ format, ...shape }))),
	);
}

/** Bytes of files cut off, changed, doubled or joined with other bytes. */
export function damaged(files: readonly Buffer[]): fc.Arbitrary<Buffer> {
	const places = fc.nat({ max: 1000 });
	const strange = fc.constantFrom(0, 1, 0x2c, 0x3e, 0x7f, 0x80, 0xc0, 0xe1, 0xfe, 0xff);
	const changes = fc.array(
		fc.record({
			at: places,
			what: fc.constantFrom('set', 'cut', 'insert', 'remove', 'repeat'),
			byte: fc.oneof(strange, fc.nat({ max: 255 })),
			length: fc.integer({ min: 1, max: 64 }),
		}),
		{ maxLength: 6 },
	);
	return fc.tuple(fc.constantFrom(...files), changes).map(([file, list]) =>
		list.reduce((bytes, { at, what, byte, length }) => {
			const place = bytes.length === 0 ? 0 : at % bytes.length;
			const [before, rest] = [bytes.subarray(0, place), bytes.subarray(place)];
			const run = Buffer.alloc(length, byte);
			switch (what) {
				case 'set':
					return Buffer.concat([before, Buffer.from([byte]), rest.subarray(1)]);
				case 'cut':
					return before;
				case 'insert':
					return Buffer.concat([before, run, rest]);
				case 'remove':
					return Buffer.concat([before, rest.subarray(length)]);
				default:
					return Buffer.concat([before, rest.subarray(0, length), rest]);
			}
		}, file),
	);
}

/** A signature, and anything behind it. */
export const signed = fc
	.tuple(
		fc.constantFrom(
			'\x89PNG\r\n\x1a\n',
			'\xff\xd8\xff',
			'\xff\xd8\xff\xe1\x00\x20Exif\0\0II*\0',
			'\xff\xd8\xff\xe1\x00\x20Exif\0\0MM\0*',
			'RIFF\0\0\0\0WEBPVP8X',
			'RIFF\0\0\0\0WEBPVP8L',
			'RIFF\0\0\0\0WEBPVP8 ',
			'RIFF\0\0\0\0WEBP',
			'GIF89a',
			'GIF87a',
			'\0\0\0\x1cftypavif',
			'\0\0\0\x1cftypavisispe',
			'\0\0\0\x18ftypmif1\0\0\0\0heic',
			'\xff\xff\xff\xffftypheic',
			'\0\0\0\x0cJXL \r\n\x87\n',
			'\xff\x0a',
			'II*\0',
			'MM\0*',
			'BM\0\0\0\0\0\0\0\0',
			'<svg',
			'\xef\xbb\xbf<?xml',
		),
		fc.uint8Array({ maxLength: 60, size: 'max' }),
	)
	.map(([signature, rest]) => Buffer.concat([Buffer.from(signature, 'latin1'), rest]));

const SVG_PIECES = [
	...['<svg', '<SVG ', '>', '/>', ' ', '\n', '"', "'", ',', '.', '-', '0', '7', '12.5', '1e9'],
	...[' width="', ' height="', ' viewBox="', 'px"', '%"', '0 0 300 150"', '0,0,30,15"', '64"'],
	...['<?xml ', '<!--', '-->', '<!DOCTYPE svg', '[', ']', '\uFEFF', 'é', '\0', '=', ' a="b"'],
];
const counts = fc.oneof(
	{ weight: 60, arbitrary: fc.constant(1) },
	{ weight: 6, arbitrary: fc.integer({ min: 2, max: 20 }) },
	// As many as a whole prologue may have.
	{ weight: 1, arbitrary: fc.integer({ min: 1000, max: 20_000 }) },
);

/** Texts that resemble an SVG, with long runs of the same piece. */
export const drawingTexts = fc
	.tuple(
		fc.constantFrom(
			'<svg',
			'<?xml version="1.0"?><svg width="10" height="20"',
			'<svg viewBox="',
			'',
		),
		fc.array(fc.tuple(fc.constantFrom(...SVG_PIECES), counts), { maxLength: 12 }),
	)
	.map(([start, runs]) => start + runs.map(([piece, count]) => piece.repeat(count)).join(''))
	.map((text) => Buffer.from(text));
