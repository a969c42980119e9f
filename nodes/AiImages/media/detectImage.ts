import { isTurned } from './orientation';

/** What the bytes of a file say about it; sizes in pixels, null where the format does not tell. */
export interface ImageInfo {
	readonly format:
		'png' | 'jpeg' | 'webp' | 'gif' | 'svg' | 'avif' | 'bmp' | 'heic' | 'jxl' | 'tiff';
	readonly mimeType: string;
	readonly extension: string;
	readonly width: number | null;
	readonly height: number | null;
	/** JPEG only: whether it is shown turned by a quarter, with width and height exchanged. */
	readonly isTurned: boolean;
	/** PNG only: whether pixels can be transparent; null if the bytes end before they tell. */
	readonly hasAlpha: boolean | null;
}

/** Bytes that always suffice, unless a JPEG carries more than this before its frame header. */
export const HEAD_BYTES = 4_194_304;

/**
 * Recognizes an image by its first bytes, whatever its name or its server says; null if it is
 * none. Formats: https://www.w3.org/TR/png-3/, https://www.w3.org/Graphics/JPEG/itu-t81.pdf,
 * https://developers.google.com/speed/webp/docs/riff_container,
 * https://www.w3.org/Graphics/GIF/spec-gif89a.txt, https://www.w3.org/TR/SVG2/,
 * https://aomediacodec.github.io/av1-avif/, https://nokiatech.github.io/heif/technical.html,
 * https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf, https://jpeg.org/jpegxl/.
 */
export function detectImage(bytes: Buffer): ImageInfo | null {
	for (const read of [
		readPng,
		readJpeg,
		readWebp,
		readGif,
		readIsoMedia,
		readBmp,
		readOthers,
		readSvg,
	]) {
		const found = read(bytes);
		if (found) return found;
	}
	return null;
}

/** Bytes in which the root of an SVG is looked for; programs write long comments before it. */
const MAX_PROLOGUE_BYTES = 16_384;

type Pixels = readonly [width: number, height: number] | null;

function mediaType(
	format: ImageInfo['format'],
	pixels: Pixels,
	{ hasAlpha = null, isTurned: turned = false }: Partial<ImageInfo> = {},
): ImageInfo {
	const [width, height] = pixels ?? [null, null];
	return {
		format,
		mimeType: format === 'svg' ? 'image/svg+xml' : `image/${format}`,
		extension: format === 'jpeg' ? 'jpg' : format,
		width,
		height,
		isTurned: turned,
		hasAlpha,
	};
}

/** The segment of a JPEG that holds Exif data. */
const APP1 = 0xe1;

function readPng(bytes: Buffer): ImageInfo | null {
	if (!startsWith(bytes, '\x89PNG\r\n\x1a\n')) return null;
	if (bytes.length < 26) return mediaType('png', null);
	const colourType = bytes.readUInt8(25);
	const hasAlphaChannel = colourType === 4 || colourType === 6;
	return mediaType('png', [bytes.readUInt32BE(16), bytes.readUInt32BE(20)], {
		hasAlpha: hasAlphaChannel || hasTransparentColours(bytes),
	});
}

/** Whether a `tRNS` chunk stands before the first `IDAT`; null if neither is there. */
function hasTransparentColours(bytes: Buffer): boolean | null {
	for (let at = 8; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
		const type = bytes.toString('latin1', at + 4, at + 8);
		if (type === 'tRNS') return true;
		if (type === 'IDAT') return false;
	}
	return null;
}

function readJpeg(bytes: Buffer): ImageInfo | null {
	if (!startsWith(bytes, '\xff\xd8\xff')) return null;
	let turned = false;
	for (let at = 2; at + 9 <= bytes.length;) {
		if (bytes[at] !== 0xff) break;
		const marker = bytes.readUInt8(at + 1);
		// Fill bytes may stand before a marker.
		if (marker === 0xff) {
			at += 1;
			continue;
		}
		// SOF0 to SOF15 hold the size, but for DHT, JPG and DAC, which lie between them.
		const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
		if (isFrame) {
			const pixels = [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)] as const;
			return mediaType('jpeg', pixels, { isTurned: turned });
		}
		const next = at + 2 + bytes.readUInt16BE(at + 2);
		if (marker === APP1) turned ||= isTurned(bytes.subarray(at + 4, next));
		at = next;
	}
	return mediaType('jpeg', null);
}

function readWebp(bytes: Buffer): ImageInfo | null {
	if (!startsWith(bytes, 'RIFF') || bytes.toString('latin1', 8, 12) !== 'WEBP') return null;
	if (bytes.length < 30) return mediaType('webp', null);
	switch (bytes.toString('latin1', 12, 16)) {
		case 'VP8X':
			return mediaType('webp', [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1]);
		case 'VP8L': {
			const bits = bytes.readUInt32LE(21);
			return mediaType('webp', [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1]);
		}
		case 'VP8 ':
			return mediaType('webp', [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff]);
		default:
			return mediaType('webp', null);
	}
}

function readGif(bytes: Buffer): ImageInfo | null {
	if (!startsWith(bytes, 'GIF87a') && !startsWith(bytes, 'GIF89a')) return null;
	if (bytes.length < 10) return mediaType('gif', null);
	return mediaType('gif', [bytes.readUInt16LE(6), bytes.readUInt16LE(8)]);
}

/** The brands that follow the length of the first box say what the file is. */
function readIsoMedia(bytes: Buffer): ImageInfo | null {
	if (bytes.toString('latin1', 4, 8) !== 'ftyp') return null;
	const brands = bytes.toString('latin1', 8, Math.min(bytes.readUInt32BE(0), 64));
	if (!/^(avi[fs]|mif1|msf1|hei[cxsm]|hev[cx])/.test(brands)) return null;
	const format = /avi[fs]/.test(brands) ? 'avif' : 'heic';
	const at = bytes.indexOf('ispe');
	if (at < 0 || at + 16 > bytes.length) return mediaType(format, null);
	return mediaType(format, [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)]);
}

/** Formats whose size takes more than a look; they are kept all the same. */
function readOthers(bytes: Buffer): ImageInfo | null {
	const isTiff = startsWith(bytes, 'II*\0') || startsWith(bytes, 'MM\0*');
	if (isTiff) return mediaType('tiff', null);
	const isJxl = startsWith(bytes, '\xff\x0a') || startsWith(bytes, '\0\0\0\x0cJXL \r\n\x87\n');
	return isJxl ? mediaType('jxl', null) : null;
}

function readBmp(bytes: Buffer): ImageInfo | null {
	// The reserved bytes are zero, which tells a bitmap from a text that begins with "BM".
	if (!startsWith(bytes, 'BM') || bytes.length < 26 || bytes.readUInt32LE(6) !== 0) return null;
	const [width, height] = [bytes.readInt32LE(18), Math.abs(bytes.readInt32LE(22))];
	return mediaType('bmp', width > 0 ? [width, height] : null);
}

/** What may stand before the root of an SVG; matched one at a time, so that none backtracks. */
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
	const width = lengthOf(root[1], 'width');
	const height = lengthOf(root[1], 'height');
	if (width && height) return mediaType('svg', [width, height]);
	const box = /\sviewBox\s*=\s*["']([^"'<>]{1,200})/i.exec(root[1])?.[1];
	const [, , across, down] = (box ?? '')
		.trim()
		.split(/[\s,]+/)
		.map(pixelsOf);
	return mediaType('svg', across && down ? [across, down] : null);
}

/** An absolute length in pixels; percentages say nothing about pixels. */
function lengthOf(tag: string, attribute: string): number | null {
	const found = new RegExp(
		`\\s${attribute}\\s*=\\s*["']\\s*([\\d.]{1,20})(?:px)?\\s*["']`,
		'i',
	).exec(tag);
	return pixelsOf(found?.[1] ?? '');
}

function pixelsOf(text: string): number | null {
	const pixels = Math.round(Number(text));
	return pixels > 0 && Number.isSafeInteger(pixels) ? pixels : null;
}

function startsWith(bytes: Buffer, signature: string): boolean {
	return bytes.toString('latin1', 0, signature.length) === signature;
}
