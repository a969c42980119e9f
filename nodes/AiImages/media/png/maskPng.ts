import { checksum } from './checksum';

/** What the pixels of a mask differ in: how opaque their black is, or how bright they are. */
export type MaskSamples = 'alpha' | 'gray';

/**
 * A PNG of a mask. The same rows always make the same bytes, so that their length can be counted
 * beforehand.
 *
 * @param levels from 0 to 255, of one row after the other
 */
export async function* writeMaskPng(
	width: number,
	height: number,
	levels: AsyncIterable<Uint8Array>,
	samples: MaskSamples,
): AsyncGenerator<Buffer> {
	yield SIGNATURE;
	const ihdr = Buffer.alloc(13);
	ihdr.writeUInt32BE(width, 0);
	ihdr.writeUInt32BE(height, 4);
	// Eight bits of red, green, blue and alpha, or of gray.
	const { colourType, pixelBytes } = LAYOUTS[samples];
	ihdr.set([8, colourType], 8);
	yield chunk('IHDR', ihdr);
	const rows = filteredRows(width, levels, pixelBytes);
	for await (const piece of deflate(rows)) yield chunk('IDAT', piece);
	yield chunk('IEND', Buffer.alloc(0));
}

/** https://www.w3.org/TR/png-3/#table111 */
const LAYOUTS = {
	alpha: { colourType: 6, pixelBytes: 4 },
	gray: { colourType: 0, pixelBytes: 1 },
} as const satisfies Record<MaskSamples, object>;

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Names the filter that stores the difference to the row above: a mask has few of them. */
const UP = 2;

/** Bytes of rows that are compressed at a time: more than the compressor buffers, 16 KiB. */
const PIECE_BYTES = 262_144;

/**
 * Several rows in each piece. All pieces share one buffer: new ones would make n8n collect its garbage
 * several times for each mask. A piece is valid until the next one is read.
 */
async function* filteredRows(
	width: number,
	levels: AsyncIterable<Uint8Array>,
	pixelBytes: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	const rowBytes = 1 + width * pixelBytes;
	const piece = new Uint8Array(rowBytes * Math.max(1, Math.floor(PIECE_BYTES / rowBytes)));
	const above = new Uint8Array(width);
	let filled = 0;
	for await (const row of levels) {
		piece[filled] = UP;
		// The last byte of each pixel; the others stay 0, which is black.
		for (let x = 0, at = filled + pixelBytes; x < width; x++, at += pixelBytes) {
			piece[at] = (row[x] as number) - (above[x] as number);
		}
		above.set(row);
		filled += rowBytes;
		if (filled < piece.length) continue;
		yield piece;
		filled = 0;
	}
	if (filled > 0) yield piece.subarray(0, filled);
}

/**
 * Compresses pieces. `pipeThrough` would read thousands of them ahead on Node.js 20; here, the next one
 * is read when what came of the ones before is used up.
 */
async function* deflate(
	pieces: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array> {
	const { readable, writable } = new CompressionStream('deflate');
	const reader = readable.getReader() as ReadableStreamDefaultReader<Uint8Array>;
	const writer = writable.getWriter();
	const compressed: Uint8Array[] = [];
	const reading = (async () => {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return;
			compressed.push(value);
		}
	})();
	try {
		for await (const piece of pieces) {
			// A piece that is larger than the stream's buffer has been compressed when this is fulfilled.
			await writer.write(piece);
			yield* compressed.splice(0);
		}
		await Promise.all([writer.close(), reading]);
		yield* compressed;
	} finally {
		await reader.cancel();
	}
}

function chunk(type: string, data: Uint8Array): Buffer {
	const whole = Buffer.alloc(12 + data.length);
	whole.writeUInt32BE(data.length, 0);
	whole.write(type, 4, 'latin1');
	whole.set(data, 8);
	whole.writeUInt32BE(checksum(whole.subarray(4, 8 + data.length)), 8 + data.length);
	return whole;
}
