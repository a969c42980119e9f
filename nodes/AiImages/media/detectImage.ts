import { isTurnedByExif } from './orientation';

/** What the bytes of an image file say about it. */
export interface ImageInfo {
	readonly format:
		'png' | 'jpeg' | 'webp' | 'gif' | 'svg' | 'avif' | 'bmp' | 'heic' | 'jxl' | 'tiff';
	readonly mimeType: string;
	readonly extension: string;
	/** Pixels; null if the bytes read so far don't contain the size. */
	readonly width: number | null;
	readonly height: number | null;
	/** JPEG only: it is displayed rotated by 90°, so that width and height swap. */
	readonly isTurned: boolean;
	/** PNG only: pixels can be transparent; null if the bytes read so far don't say so. */
	readonly hasAlpha: boolean | null;
}

/**
 * Recognizes an image by its first bytes, regardless of its name and its declared type. Returns
 * null if they aren't those of an image. Specifications: https://www.w3.org/TR/png-3/,
 * https://www.w3.org/Graphics/JPEG/itu-t81.pdf,
 * https://developers.google.com/speed/webp/docs/riff_container,
 * https://www.w3.org/Graphics/GIF/spec-gif89a.txt, https://www.w3.org/TR/SVG2/,
 * https://aomediacodec.github.io/av1-avif/, https://nokiatech.github.io/heif/technical.html,
 * https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf, https://jpeg.org/jpegxl/.
 */
export function detectImage(bytes: Buffer): ImageInfo | null {
	for (const read of READERS) {
		const image = read(bytes);
		if (image) return image;
	}
	return null;
}

const READERS = [
	readPng,
	readJpeg,
	readWebp,
	readGif,
	readIsoMedia,
	readBmp,
	readTiff,
	readJpegXl,
	readSvg,
];

function readPng(bytes: Buffer): ImageInfo | null {
	if (!startsWith(bytes, '\x89PNG\r\n\x1a\n')) return null;
	if (bytes.length < 26) return imageInfo('png', null);
	const colorType = bytes.readUInt8(25);
	const hasAlphaChannel = colorType === 4 || colorType === 6;
	return imageInfo('png', [bytes.readUInt32BE(16), bytes.readUInt32BE(20)], {
		hasAlpha: hasAlphaChannel || hasTransparentColors(bytes),
	});
}

/** Whether a `tRNS` chunk precedes the first `IDAT`; null if the bytes contain neither. */
function hasTransparentColors(bytes: Buffer): boolean | null {
	for (let at = 8; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
		const type = bytes.toString('latin1', at + 4, at + 8);
		if (type === 'tRNS') return true;
		if (type === 'IDAT') return false;
	}
	return null;
}

/** The segment of a JPEG that contains Exif data. */
const APP1 = 0xe1;

function readJpeg(bytes: Buffer): ImageInfo | null {
	if (!startsWith(bytes, '\xff\xd8\xff')) return null;
	let isTurned = false;
	for (let at = 2; at + 9 <= bytes.length;) {
		if (bytes[at] !== 0xff) break;
		const marker = bytes.readUInt8(at + 1);
		// Fill bytes may precede a marker.
		if (marker === 0xff) {
			at += 1;
			continue;
		}
		// SOF0 to SOF15 contain the size; DHT, JPG and DAC lie in the same range.
		const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
		if (isFrame) {
			const size = [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)] as const;
			return imageInfo('jpeg', size, { isTurned });
		}
		const next = at + 2 + bytes.readUInt16BE(at + 2);
		if (marker === APP1) isTurned ||= isTurnedByExif(bytes.subarray(at + 4, next));
		at = next;
	}
	return imageInfo('jpeg', null);
}

function readWebp(bytes: Buffer): ImageInfo | null {
	if (!startsWith(bytes, 'RIFF') || bytes.toString('latin1', 8, 12) !== 'WEBP') return null;
	if (bytes.length < 30) return imageInfo('webp', null);
	switch (bytes.toString('latin1', 12, 16)) {
		case 'VP8X':
			return imageInfo('webp', [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1]);
		case 'VP8L': {
			const bits = bytes.readUInt32LE(21);
			return imageInfo('webp', [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1]);
		}
		case 'VP8 ':
			return imageInfo('webp', [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff]);
		default:
			return imageInfo('webp', null);
	}
}

function readGif(bytes: Buffer): ImageInfo | null {
	if (!startsWith(bytes, 'GIF87a') && !startsWith(bytes, 'GIF89a')) return null;
	if (bytes.length < 10) return imageInfo('gif', null);
	return imageInfo('gif', [bytes.readUInt16LE(6), bytes.readUInt16LE(8)]);
}

/** AVIF and HEIC; the brands in the first box say which. */
function readIsoMedia(bytes: Buffer): ImageInfo | null {
	if (bytes.toString('latin1', 4, 8) !== 'ftyp') return null;
	const brands = bytes.toString('latin1', 8, Math.min(bytes.readUInt32BE(0), 64));
	if (!/^(avi[fs]|mif1|msf1|hei[cxsm]|hev[cx])/.test(brands)) return null;
	const format = /avi[fs]/.test(brands) ? 'avif' : 'heic';
	const at = bytes.indexOf('ispe');
	if (at < 0 || at + 16 > bytes.length) return imageInfo(format, null);
	return imageInfo(format, [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)]);
}

function readBmp(bytes: Buffer): ImageInfo | null {
	// A text can begin with "BM", too, but not with the reserved bytes, which are zero.
	if (!startsWith(bytes, 'BM') || bytes.length < 26 || bytes.readUInt32LE(6) !== 0) return null;
	const [width, height] = [bytes.readInt32LE(18), Math.abs(bytes.readInt32LE(22))];
	return imageInfo('bmp', width > 0 ? [width, height] : null);
}

/** The size of a TIFF can be anywhere in the file. */
function readTiff(bytes: Buffer): ImageInfo | null {
	const isTiff = startsWith(bytes, 'II*\0') || startsWith(bytes, 'MM\0*');
	return isTiff ? imageInfo('tiff', null) : null;
}

/** The size of a JPEG XL is packed in bits of variable length. */
function readJpegXl(bytes: Buffer): ImageInfo | null {
	const isJxl = startsWith(bytes, '\xff\x0a') || startsWith(bytes, '\0\0\0\x0cJXL \r\n\x87\n');
	return isJxl ? imageInfo('jxl', null) : null;
}

/** How far into an SVG its root element is searched for; editors write long comments before it. */
export const MAX_PROLOGUE_BYTES = 16_384;

/** What may precede the root element; matched one at a time, because a loop would backtrack. */
const SVG_PROLOGUE = /\s*(?:<\?xml[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE(?:[^>[]|\[[^\]]*\])*>)/iy;
const SVG_ROOT = /\s*(<svg\b[^>]*>)/iy;

function readSvg(bytes: Buffer): ImageInfo | null {
	const start = bytes.toString('utf8', 0, MAX_PROLOGUE_BYTES).replace(/^\uFEFF/, '');
	let at = 0;
	SVG_PROLOGUE.lastIndex = 0;
	while (SVG_PROLOGUE.test(start)) at = SVG_PROLOGUE.lastIndex;
	SVG_ROOT.lastIndex = at;
	const root = SVG_ROOT.exec(start);
	if (!root?.[1]) return null;
	const width = readLength(root[1], 'width');
	const height = readLength(root[1], 'height');
	if (width && height) return imageInfo('svg', [width, height]);
	const viewBox = /\sviewBox\s*=\s*["']([^"'<>]{1,200})/i.exec(root[1])?.[1];
	const [, , boxWidth, boxHeight] = (viewBox ?? '')
		.trim()
		.split(/[\s,]+/)
		.map(toPixels);
	return imageInfo('svg', boxWidth && boxHeight ? [boxWidth, boxHeight] : null);
}

/** The value of an attribute in pixels; null if it is missing or has another unit. */
function readLength(tag: string, attribute: string): number | null {
	const found = new RegExp(
		`\\s${attribute}\\s*=\\s*["']\\s*([\\d.]{1,20})(?:px)?\\s*["']`,
		'i',
	).exec(tag);
	return toPixels(found?.[1] ?? '');
}

function toPixels(text: string): number | null {
	const pixels = Math.round(Number(text));
	return pixels > 0 && Number.isSafeInteger(pixels) ? pixels : null;
}

function startsWith(bytes: Buffer, signature: string): boolean {
	return bytes.toString('latin1', 0, signature.length) === signature;
}

function imageInfo(
	format: ImageInfo['format'],
	size: readonly [width: number, height: number] | null,
	{ hasAlpha = null, isTurned = false }: Partial<ImageInfo> = {},
): ImageInfo {
	const [width, height] = size ?? [null, null];
	return {
		format,
		mimeType: format === 'svg' ? 'image/svg+xml' : `image/${format}`,
		extension: format === 'jpeg' ? 'jpg' : format,
		width,
		height,
		isTurned,
		hasAlpha,
	};
}
