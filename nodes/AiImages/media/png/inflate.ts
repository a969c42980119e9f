import { damaged } from './pngHeader';

/** Compressed bytes that are handed over at once. They can become a thousand times as many. */
const SLICE_BYTES = 4096;

/**
 * Decompresses the pixels of a PNG (https://www.rfc-editor.org/rfc/rfc1950). `pipeThrough` would hold
 * thousands of pieces on Node.js 20. Here, bytes are handed over only while nothing can be read, and no
 * more than the stream's own buffer takes, so that the length of the image does not matter.
 *
 * @throws PngError if they are damaged; what the source throws, as it is
 */
export async function* inflate(compressed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	const { readable, writable } = new DecompressionStream('deflate');
	const reader = readable.getReader() as ReadableStreamDefaultReader<Uint8Array>;
	const writer = writable.getWriter();
	const slices = slicesOf(compressed);
	let isComplete = false;
	try {
		for (;;) {
			let isRead = false;
			const reading = reader.read().finally(() => void (isRead = true));
			// If the bytes are damaged, all of these fail, and the reader says why.
			const settled = reading.catch(() => undefined);
			while (!isRead && !isComplete) {
				const { done, value } = await slices.next();
				isComplete = done === true;
				const writing = done ? writer.close() : writer.write(value as Uint8Array<ArrayBuffer>);
				await Promise.race([settled, writing.catch(() => undefined)]);
			}
			const { done, value } = await reading.catch(() => {
				throw damaged("its pixels can't be decompressed");
			});
			if (done) return;
			yield value;
		}
	} finally {
		await slices.return();
		await reader.cancel().catch(() => undefined);
	}
}

async function* slicesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
	for await (const piece of pieces) {
		for (let at = 0; at < piece.length; at += SLICE_BYTES) {
			yield piece.subarray(at, at + SLICE_BYTES);
		}
	}
}
