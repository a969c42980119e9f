import { alphaReader, type MaskAreas } from './maskAlpha';
import { openPng, type OpenPng } from './pngChunks';
import { hasAlphaChannel } from './pngHeader';
import { rowsOf } from './pngRows';
import { writeRgbaPng } from './rgbaPng';

/** How a mask says what is edited. */
export interface MaskMeaning {
	/** What is edited; null = nothing in it. */
	readonly areas: MaskAreas | null;
	/** Services understand it as it is: it has an alpha channel, and that says what is edited. */
	readonly isUnderstood: boolean;
}

/**
 * Finds out what a mask means. Where any pixel is not opaque, what is transparent is edited; else,
 * what is white, because most programs save an alpha channel whether the image needs it or not.
 *
 * @throws PngError if it is damaged, or interlaced without being transparent
 */
export async function readMask(source: AsyncIterable<Buffer>): Promise<MaskMeaning> {
	const png = await openPng(source);
	try {
		const { header } = png;
		const isUnderstood = hasAlphaChannel(header);
		if (header.isInterlaced && (isUnderstood || header.transparency)) {
			return { areas: 'transparent', isUnderstood: true };
		}
		const areas = await findAreas(png);
		return { areas, isUnderstood: isUnderstood && areas === 'transparent' };
	} finally {
		await png.close();
	}
}

/**
 * A mask as services understand it, in whose alpha channel what is edited is transparent; what is gray
 * becomes something between. Only a few rows are in memory. The result is always the same, so that its
 * length can be counted beforehand.
 *
 * @throws PngError if it is damaged, or interlaced
 */
export async function* toTransparentMask(
	source: AsyncIterable<Buffer>,
	areas: MaskAreas,
): AsyncGenerator<Buffer> {
	const png = await openPng(source);
	try {
		const { width, height } = png.header;
		yield* writeRgbaPng(width, height, alphasOf(png, areas));
	} finally {
		await png.close();
	}
}

/** The largest alpha of a pixel that counts as transparent: it is so by half. */
const MAX_TRANSPARENT = 128;

async function findAreas(png: OpenPng): Promise<MaskAreas | null> {
	const alpha = alphaReader(png.header, 'transparent');
	const darkness = alphaReader(png.header, 'white');
	let isOpaque = true;
	let hasWhite = false;
	for await (const row of rowsOf(png)) {
		for (let x = 0; x < png.header.width; x++) {
			const opacity = alpha(row, x);
			if (opacity <= MAX_TRANSPARENT) return 'transparent';
			isOpaque &&= opacity === 255;
			hasWhite ||= darkness(row, x) <= MAX_TRANSPARENT;
		}
	}
	return isOpaque && hasWhite ? 'white' : null;
}

/** One row after the other; each is valid until the next one is read. */
async function* alphasOf(png: OpenPng, areas: MaskAreas): AsyncGenerator<Uint8Array> {
	const alpha = alphaReader(png.header, areas);
	const alphas = new Uint8Array(png.header.width);
	for await (const row of rowsOf(png)) {
		for (let x = 0; x < alphas.length; x++) alphas[x] = alpha(row, x);
		yield alphas;
	}
}
