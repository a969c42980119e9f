import { damaged, hasAlphaChannel, type PngHeader } from './pngHeader';

/** What is edited: what is transparent, or what is white. */
export type MaskAreas = 'transparent' | 'white';

/** A number from 0 to 255 for a pixel of a row. */
type PixelReader = (row: Uint8Array, x: number) => number;

/**
 * Reads how opaque a pixel of a mask has to be: 0 = it is edited.
 *
 * The reader throws a PngError for a color that isn't in the palette.
 */
export function alphaReader(header: PngHeader, areas: MaskAreas): PixelReader {
	if (areas === 'transparent') return transparencyReader(header);
	const brightness = brightnessReader(header);
	return (row, x) => 255 - brightness(row, x);
}

function transparencyReader(header: PngHeader): PixelReader {
	const { colourType, depth, transparency } = header;
	const bytes = depth / 8;
	if (hasAlphaChannel(header)) {
		const samples = colourType === 4 ? 2 : 4;
		return (row, x) => row[(x * samples + samples - 1) * bytes] as number;
	}
	if (!transparency) return () => 255;
	if (colourType === 3) {
		const index = indexReader(header);
		return (row, x) => transparency[index(row, x)] ?? 255;
	}
	if (colourType === 2 || depth === 16) {
		const samples = colourType === 2 ? 3 : 1;
		// It has 16 bits of each sample, whatever the depth is.
		const color = transparency.filter((_, at) => depth === 16 || at % 2 === 1);
		const length = samples * bytes;
		return (row, x) => (color.every((byte, at) => row[x * length + at] === byte) ? 0 : 255);
	}
	const sample = sampleReader(depth);
	const color = transparency.readUInt16BE(0) & (2 ** depth - 1);
	return (row, x) => (sample(row, x) === color ? 0 : 255);
}

function brightnessReader(header: PngHeader): PixelReader {
	const { colourType, depth, palette } = header;
	const bytes = depth / 8;
	if (colourType === 2) return (row, x) => luminance(row, x * 3 * bytes, bytes);
	if (colourType === 4) return (row, x) => row[x * 2 * bytes] as number;
	if (colourType === 6) return (row, x) => luminance(row, x * 4 * bytes, bytes);
	if (colourType === 3) {
		const index = indexReader(header);
		return (row, x) => luminance(palette, index(row, x) * 3, 1);
	}
	const sample = sampleReader(depth);
	if (depth >= 8) return sample;
	const highest = 2 ** depth - 1;
	return (row, x) => Math.round((sample(row, x) * 255) / highest);
}

function indexReader({ depth, palette }: PngHeader): PixelReader {
	const sample = sampleReader(depth);
	return (row, x) => {
		const index = sample(row, x);
		if (index * 3 >= palette.length) throw damaged(`color ${index} isn't in its palette`);
		return index;
	};
}

/** The sample of a pixel that has one; of 16 bits, the upper eight. */
function sampleReader(depth: number): PixelReader {
	if (depth === 16) return (row, x) => row[x * 2] as number;
	if (depth === 8) return (row, x) => row[x] as number;
	const perByte = 8 / depth;
	const mask = 2 ** depth - 1;
	return (row, x) => {
		const shift = 8 - depth * ((x % perByte) + 1);
		return ((row[Math.floor(x / perByte)] as number) >> shift) & mask;
	};
}

/** https://www.itu.int/rec/R-REC-BT.601, in whole numbers: white is 255. */
function luminance(bytes: Uint8Array, at: number, step: number): number {
	const [red = 0, green = 0, blue = 0] = [bytes[at], bytes[at + step], bytes[at + 2 * step]];
	return Math.round((red * 299 + green * 587 + blue * 114) / 1000);
}
