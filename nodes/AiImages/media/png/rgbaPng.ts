import { checksum } from './checksum';

/**
 * A black PNG whose pixels are as opaque as they should be. The same rows always make the same bytes,
 * so that their length can be counted beforehand.
 *
 * @param alphas from 0 to 255, of one row after the other
 */
export async function* writeRgbaPng(
	width: number,
	height: number,
	alphas: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
	yield SIGNATURE;
	const ihdr = Buffer.alloc(13);
	ihdr.writeUInt32BE(width, 0);
	ihdr.writeUInt32BE(height, 4);
	// Eight bits of red, green, blue and alpha.
	ihdr.set([8, 6], 8);
	yield chunk('IHDR', ihdr);
	for await (const piece of deflate(filteredRows(width, alphas))) yield chunk('IDAT', piece);
	yield chunk('IEND', Buffer.alloc(0));
}

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
	alphas: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	const rowBytes = 1 + width * 4;
	const piece = new Uint8Array(rowBytes * Math.max(1, Math.floor(PIECE_BYTES / rowBytes)));
	const above = new Uint8Array(width);
	let filled = 0;
	for await (const row of alphas) {
		piece[filled] = UP;
		for (let x = 0, at = filled + 4; x < width; x++, at += 4) {
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
