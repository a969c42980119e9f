import { crc32, deflateSync } from 'node:zlib';

/** What a PNG made by hand consists of. */
export interface PngParts {
	width: number;
	height: number;
	depth: number;
	/** 0 = gray, 2 = RGB, 3 = palette, 4 = gray and alpha, 6 = RGB and alpha. */
	colourType: number;
	/** Rows, each of which begins with the number of its filter. */
	rows: Buffer;
	/** The last three bytes of the header: compression, filter method, interlacing. */
	methods?: number[];
	/** Chunks between the header and the pixels. */
	chunks?: Array<[type: string, data: Buffer]>;
	/** The pixels as they are in the file. Default: the rows, compressed. */
	compressed?: Buffer;
}

/** A PNG that no library would write. */
export function pngFile({
	width,
	height,
	depth,
	colourType,
	rows,
	methods = [0, 0, 0],
	chunks = [],
	compressed = deflateSync(rows),
}: PngParts): Buffer {
	const ihdr = Buffer.alloc(13);
	ihdr.writeUInt32BE(width, 0);
	ihdr.writeUInt32BE(height, 4);
	ihdr.set([depth, colourType, ...methods], 8);
	return Buffer.concat([
		Buffer.from('89504e470d0a1a0a', 'hex'),
		pngChunk('IHDR', ihdr),
		...chunks.map(([type, data]) => pngChunk(type, data)),
		pngChunk('IDAT', compressed),
		pngChunk('IEND', Buffer.alloc(0)),
	]);
}

function pngChunk(type: string, data: Buffer): Buffer {
	const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	checksum.writeUInt32BE(crc32(typed));
	return Buffer.concat([length, typed, checksum]);
}

/** Where the data of the first chunk of a type begins. */
export function dataOf(png: Buffer, type: string): number {
	return png.indexOf(type, 0, 'latin1') + 4;
}
