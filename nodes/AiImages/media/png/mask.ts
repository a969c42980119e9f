import { alphaReader, type MaskAreas } from './maskAlpha';
import { writeMaskPng } from './maskPng';
import { openPng, type OpenPng } from './pngChunks';
import { hasAlphaChannel } from './pngHeader';
import { rowsOf } from './pngRows';

/**
 * How a service wants to be told what is edited: it is transparent, or it is white or black in a gray
 * image. The first two can have something between; the last one can't.
 */
export type MaskKind = 'transparent' | 'white' | 'black';

/** How a mask says what is edited. */
export interface MaskMeaning {
	/** What is edited; null = nothing in it. */
	readonly areas: MaskAreas | null;
	/** It has an alpha channel, and that says what is edited. */
	readonly isTransparent: boolean;
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
		const hasAlpha = hasAlphaChannel(header);
		if (header.isInterlaced && (hasAlpha || header.transparency)) {
			return { areas: 'transparent', isTransparent: true };
		}
		const areas = await findAreas(png);
		return { areas, isTransparent: hasAlpha && areas === 'transparent' };
	} finally {
		await png.close();
	}
}

/**
 * A mask as a service understands it. Only a few rows are in memory. The result is always the same, so
 * that its length can be counted beforehand.
 *
 * @throws PngError if it is damaged, or interlaced
 */
export async function* toMask(
	source: AsyncIterable<Buffer>,
	areas: MaskAreas,
	kind: MaskKind,
): AsyncGenerator<Buffer> {
	const png = await openPng(source);
	try {
		const { width, height } = png.header;
		const rows = levelsOf(png, areas, LEVELS[kind]);
		yield* writeMaskPng(width, height, rows, kind === 'transparent' ? 'alpha' : 'gray');
	} finally {
		await png.close();
	}
}

/** What stands for how opaque a pixel is, from 0 (it is edited) to 255. */
const LEVELS: Readonly<Record<MaskKind, (opacity: number) => number>> = {
	transparent: (opacity) => opacity,
	white: (opacity) => 255 - opacity,
	black: (opacity) => (opacity <= MAX_TRANSPARENT ? 0 : 255),
};

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
async function* levelsOf(
	png: OpenPng,
	areas: MaskAreas,
	levelOf: (opacity: number) => number,
): AsyncGenerator<Uint8Array> {
	const alpha = alphaReader(png.header, areas);
	const levels = new Uint8Array(png.header.width);
	for await (const row of rowsOf(png)) {
		for (let x = 0; x < levels.length; x++) levels[x] = levelOf(alpha(row, x));
		yield levels;
	}
}
