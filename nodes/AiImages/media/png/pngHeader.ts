/** What a PNG says about its pixels: https://www.w3.org/TR/png-3/#11IHDR */
export interface PngHeader {
	readonly width: number;
	readonly height: number;
	/** Bits of a sample, or of an index into the palette. */
	readonly depth: number;
	/** 0 = gray, 2 = RGB, 3 = palette, 4 = gray and alpha, 6 = RGB and alpha. */
	readonly colourType: number;
	/** Its pixels don't come row by row. */
	readonly isInterlaced: boolean;
	/** Red, green and blue of each entry; empty for other color types. */
	readonly palette: Buffer;
	/** Of a palette, the alpha of its first entries; else, the one transparent color. */
	readonly transparency: Buffer | null;
}

/** A PNG that cannot be read. */
export class PngError extends Error {}

/** The chunks before the pixels that say how to read them; the others are skipped. */
export interface HeaderChunks {
	IHDR?: Buffer;
	PLTE?: Buffer;
	tRNS?: Buffer;
}

/** @throws PngError if they allow no pixels */
export function toHeader({ IHDR, PLTE, tRNS }: HeaderChunks): PngHeader {
	if (IHDR?.length !== 13) throw damaged('its header is missing');
	const [depth = 0, colourType = 0, compression, filter, interlacing = 0] = IHDR.subarray(8);
	if (!DEPTHS[colourType]?.includes(depth)) {
		throw damaged(`color type ${colourType} with ${depth} bits doesn't exist`);
	}
	if (compression !== 0) throw damaged(`compression method ${compression} doesn't exist`);
	if (filter !== 0) throw damaged(`filter method ${filter} doesn't exist`);
	if (interlacing > 1) throw damaged(`interlacing method ${interlacing} doesn't exist`);
	const [width, height] = [IHDR.readUInt32BE(0), IHDR.readUInt32BE(4)];
	if (width === 0 || height === 0) throw damaged('its header says that it has no pixels');
	if (width * height > MAX_PIXELS) throw new PngError('it has more than 100 megapixels');
	return {
		width,
		height,
		depth,
		colourType,
		isInterlaced: interlacing === 1,
		palette: colourType === 3 ? checkPalette(PLTE) : Buffer.alloc(0),
		transparency: tRNS ? checkTransparency(tRNS, colourType) : null,
	};
}

/** Whether a color type has an alpha channel. */
export function hasAlphaChannel({ colourType }: PngHeader): boolean {
	return colourType === 4 || colourType === 6;
}

/** @param problem what is wrong, as a sentence without its full stop */
export function damaged(problem: string): PngError {
	return new PngError(`it is damaged: ${problem}`);
}

/** Bits of a sample, by color type: https://www.w3.org/TR/png-3/#table111 */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
	0: [1, 2, 4, 8, 16],
	2: [8, 16],
	3: [1, 2, 4, 8],
	4: [8, 16],
	6: [8, 16],
};

/** No model takes more, and a small file can pretend to have any number. */
const MAX_PIXELS = 100_000_000;

function checkPalette(palette: Buffer | undefined): Buffer {
	if (!palette) throw damaged('its palette is missing');
	if (palette.length === 0 || palette.length % 3 > 0) throw damaged('its palette is incomplete');
	return palette;
}

/** A file with an alpha channel has no further transparency. */
function checkTransparency(transparency: Buffer, colourType: number): Buffer | null {
	const length = { 0: 2, 2: 6 }[colourType] ?? transparency.length;
	if (colourType === 4 || colourType === 6) return null;
	if (transparency.length !== length) throw damaged('its transparent color is incomplete');
	return transparency;
}
