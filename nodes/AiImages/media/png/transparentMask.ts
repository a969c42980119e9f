import { openPng, type PngHeader } from './pngChunks';
import { rowsOf } from './pngRows';

/**
 * A mask whose white areas are edited, as one whose transparent areas are: what is white becomes
 * transparent, what is black opaque, and gray something between. Only a few rows are in memory. The
 * result is always the same, so that its length can be counted beforehand.
 *
 * @param source a PNG without an alpha channel
 * @throws PngError if it is damaged, or interlaced
 */
export async function* toTransparentMask(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	const { header, compressed } = await openPng(source);
	const { width, height } = header;
	yield SIGNATURE;
	const ihdr = Buffer.alloc(13);
	ihdr.writeUInt32BE(width, 0);
	ihdr.writeUInt32BE(height, 4);
	// Eight bits of red, green, blue and alpha.
	ihdr.set([8, 6], 8);
	yield chunk('IHDR', ihdr);
	const inflated = ReadableStream.from(compressed()).pipeThrough(
		new DecompressionStream('deflate'),
	);
	const rows = rgbaRows(header, inflated as AsyncIterable<Uint8Array>);
	const deflated = ReadableStream.from(rows).pipeThrough(new CompressionStream('deflate'));
	for await (const piece of deflated) yield chunk('IDAT', Buffer.from(piece as Uint8Array));
	yield chunk('IEND', Buffer.alloc(0));
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Names the filter that stores the difference to the row above: a mask has few of them. */
const UP = 2;

async function* rgbaRows(
	header: PngHeader,
	inflated: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
	const brightness = brightnessReader(header);
	let above = new Uint8Array(header.width);
	for await (const row of rowsOf(header, inflated)) {
		const filtered = new Uint8Array(1 + header.width * 4);
		filtered[0] = UP;
		const alphas = new Uint8Array(header.width);
		for (let x = 0; x < header.width; x++) {
			const alpha = 255 - brightness(row, x);
			alphas[x] = alpha;
			filtered[4 + x * 4] = alpha - (above[x] as number);
		}
		above = alphas;
		yield filtered;
	}
}

/** Reads how bright a pixel of a row is, from 0 to 255. */
function brightnessReader({
	depth,
	colourType,
	palette,
}: PngHeader): (row: Uint8Array, x: number) => number {
	if (colourType === 2) {
		const bytes = depth / 8;
		return (row, x) => luminance(row, x * 3 * bytes, bytes);
	}
	const sample = sampleReader(depth);
	if (colourType === 3) return (row, x) => luminance(palette, sample(row, x) * 3, 1);
	if (depth >= 8) return sample;
	const highest = 2 ** depth - 1;
	return (row, x) => Math.round((sample(row, x) * 255) / highest);
}

/** The sample of a pixel that has one; of 16 bits, the upper eight. */
function sampleReader(depth: number): (row: Uint8Array, x: number) => number {
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

function chunk(type: string, data: Buffer): Buffer {
	const whole = Buffer.alloc(12 + data.length);
	whole.writeUInt32BE(data.length, 0);
	whole.write(type, 4, 'latin1');
	whole.set(data, 8);
	whole.writeUInt32BE(checksum(whole.subarray(4, 8 + data.length)), 8 + data.length);
	return whole;
}

/** https://www.w3.org/TR/png-3/#D-CRCAppendix */
function checksum(bytes: Uint8Array): number {
	let crc = 0xffff_ffff;
	for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
	return (crc ^ 0xffff_ffff) >>> 0;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let crc = byte;
	for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb8_8320 ^ (crc >>> 1) : crc >>> 1;
	return crc >>> 0;
});
