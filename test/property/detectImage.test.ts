import fc from 'fast-check';
import { inspect, isDeepStrictEqual } from 'node:util';
import { detectImage, type ImageInfo } from '../../nodes/AiImages/media/detectImage';
import { isTurnedByExif } from '../../nodes/AiImages/media/orientation';
import { damaged, draw, drawings, drawingTexts, realFiles, signed, type RealFile } from './bytes';
import { everyCase, everyCaseLater, FURTHER_CASES } from './cases';

/** Files that are drawn anew, which takes milliseconds each. */
const REAL_FILES = 1500;

let files: RealFile[];

beforeAll(async () => {
	files = await realFiles();
});

const NAMES: Readonly<Record<ImageInfo['format'], [mimeType: string, extension: string]>> = {
	png: ['image/png', 'png'],
	jpeg: ['image/jpeg', 'jpg'],
	webp: ['image/webp', 'webp'],
	gif: ['image/gif', 'gif'],
	svg: ['image/svg+xml', 'svg'],
	avif: ['image/avif', 'avif'],
	bmp: ['image/bmp', 'bmp'],
	heic: ['image/heic', 'heic'],
	jxl: ['image/jxl', 'jxl'],
	tiff: ['image/tiff', 'tiff'],
};

/** Whether an answer is one at all, whatever the bytes were. */
function isSound(found: ImageInfo | null): boolean {
	if (found === null) return true;
	const { format, width, height, hasAlpha } = found;
	const isLength = (pixels: number | null) =>
		pixels === null || (Number.isSafeInteger(pixels) && pixels >= 0);
	return (
		NAMES[format].join() === [found.mimeType, found.extension].join() &&
		isLength(width) &&
		isLength(height) &&
		(width === null) === (height === null) &&
		typeof found.isTurned === 'boolean' &&
		[true, false, null].includes(hasAlpha)
	);
}

/** The same bytes, in a memory that is full of something else before and behind them. */
function amid(bytes: Buffer, filling: number): Buffer {
	const memory = Buffer.alloc(bytes.length + 64, filling);
	bytes.copy(memory, 32);
	return memory.subarray(32, 32 + bytes.length);
}

/** What is found, if that is sound and comes from these bytes alone. */
function found(bytes: Buffer): ImageInfo | null {
	const [first = null, second] = [0x00, 0xff].map((each) => detectImage(amid(bytes, each)));
	if (!isSound(first)) throw new Error(`No image is ${inspect(first)}`);
	if (!isDeepStrictEqual(second, first)) throw new Error('Bytes of others were read');
	return first;
}

describe('bytes of any kind', () => {
	it('are an image or none', () => {
		const bytes = fc
			.oneof(fc.uint8Array({ maxLength: 80, size: 'max' }), signed)
			.map((each) => Buffer.from(each));
		everyCase(fc.property(bytes, (each) => void found(each)));
	});

	it('are an image or none if they come from a real file', () => {
		const bytes = damaged(files.map((file) => file.bytes));
		everyCase(fc.property(bytes, (each) => void found(each)));
	});

	it('are an image or none if they resemble an SVG', () => {
		everyCase(
			fc.property(drawingTexts, (each) => void found(each)),
			[
				[Buffer.from('<svg viewBox="0 0 1.2.3 4">')],
				[Buffer.from('<svg width="." height="4">')],
				[Buffer.from(`<svg width="${'9'.repeat(400)}" height="4">`)],
				[Buffer.from(`<svg viewBox="0 0 ${'9'.repeat(400)} 4">`)],
			],
		);
	});

	it.each([
		['commas', '<svg viewBox="', ',', '>'],
		['spaces', '<svg viewBox="', ' ', '>'],
		['digits', '<svg viewBox="', '7', '>'],
		['dots', '<svg viewBox="0 0 ', '.', '>'],
		['comments', '', '<!--', ''],
		['closed comments', '', '<!---->', ''],
		['brackets', '<!DOCTYPE svg', '[', '>'],
		['widths', '<svg', ' width', '>'],
		['boxes', '<svg', ' viewBox="0', '>'],
	])('are read at once, even with thousands of %s', (_, before, piece, after) => {
		everyCase(
			fc.property(fc.constantFrom(500, 4000, 16_000), (count) => {
				found(Buffer.from(before + piece.repeat(count) + after));
			}),
			[],
			3,
		);
	});

	it('that are an Exif segment are turned or not', () => {
		const heads = fc.constantFrom(
			'',
			'Exif\0\0',
			'Exif\0\0II*\0\b\0\0\0',
			'Exif\0\0MM\0*\0\0\0\b',
			'Exif\0\0II*\0\b\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0',
			'Exif\0\0MM\0*\0\0\0\b\0\x02\x01\x12\0\x03\0\0\0\x01\0',
		);
		const segments = fc
			.tuple(heads, fc.uint8Array({ maxLength: 40, size: 'max' }))
			.map(([head, rest]) => Buffer.concat([Buffer.from(head, 'latin1'), rest]));
		everyCase(
			fc.property(segments, (segment) => {
				const [first, second] = [0x00, 0xff].map((each) => isTurnedByExif(amid(segment, each)));
				expect(typeof first).toBe('boolean');
				expect(second).toBe(first);
			}),
			[],
			FURTHER_CASES,
		);
	});
});

describe('a real file', () => {
	it('is recognized by its bytes, with width, height and orientation', async () => {
		await everyCaseLater(
			fc.asyncProperty(drawings, async (drawing) => {
				const { format, width, height, alpha, orientation, bytes } = await draw(drawing);
				const facts = found(bytes);
				// A TIFF says its size too far from its beginning.
				const size = format === 'tiff' ? { width: null, height: null } : { width, height };
				expect(facts).toMatchObject({ format, ...size });
				expect(facts?.isTurned).toBe(format === 'jpeg' && orientation >= 5);
				expect(facts?.hasAlpha).toBe(format === 'png' ? alpha : null);
			}),
			[],
			REAL_FILES,
		);
	});

	it('is not mistaken for another one if it is truncated', () => {
		const cut = fc.constantFrom(...files).chain((file) => {
			return fc.tuple(fc.constant(file), fc.nat({ max: file.bytes.length }));
		});
		everyCase(
			fc.property(cut, ([file, length]) => {
				const { format = '', width = 0, height = 0 } = found(file.bytes.subarray(0, length)) ?? {};
				if (format) expect(format).toBe(file.format);
				if (width || height) expect([width, height]).toEqual([file.width, file.height]);
			}),
			[],
			FURTHER_CASES,
		);
	});
});
