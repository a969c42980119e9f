import { sleep } from 'n8n-workflow';
import { inflate } from './inflate';
import type { OpenPng } from './pngChunks';
import { damaged, PngError } from './pngHeader';

/** Samples of a pixel, by color type. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Bytes of pixels after which others may run. They are decompressed at once otherwise. */
const BYTES_PER_TURN = 1_048_576;

/**
 * The rows of a PNG, one after the other, as its samples lie in memory. A row is valid until the next
 * one is read.
 *
 * @throws PngError if they are no rows of this PNG, or if it is interlaced
 */
export async function* rowsOf({ header, compressed }: OpenPng): AsyncGenerator<Uint8Array> {
	const { width, height, depth, colourType, isInterlaced } = header;
	if (isInterlaced) throw new PngError('it is interlaced. Save it without interlacing');
	const bits = depth * (SAMPLES[colourType] as number);
	const rowBytes = Math.ceil((width * bits) / 8);
	const pixelBytes = Math.max(1, bits / 8);
	// The first byte names the filter.
	let row = new Uint8Array(1 + rowBytes);
	let above = new Uint8Array(1 + rowBytes);
	let filled = 0;
	let count = 0;
	let turn = 0;
	for await (const piece of inflate(compressed())) {
		for (let at = 0; at < piece.length;) {
			if (count === height) throw damaged('it has more pixels than its header says');
			const part = piece.subarray(at, at + row.length - filled);
			row.set(part, filled);
			at += part.length;
			filled += part.length;
			if (filled < row.length) continue;
			unfilter(row, above, pixelBytes);
			yield row.subarray(1);
			[row, above] = [above, row];
			filled = 0;
			count++;
		}
		turn += piece.length;
		if (turn < BYTES_PER_TURN) continue;
		turn = 0;
		await sleep(0);
	}
	if (count < height) throw damaged('it has fewer pixels than its header says');
}

/** https://www.w3.org/TR/png-3/#9Filters */
function unfilter(row: Uint8Array, above: Uint8Array, pixelBytes: number): void {
	const filter = row[0] as number;
	if (filter > 4) throw damaged("a row has a filter that doesn't exist");
	if (filter === 0) return;
	for (let at = 1; at < row.length; at++) {
		const hasLeft = at > pixelBytes;
		const left = hasLeft ? (row[at - pixelBytes] as number) : 0;
		const up = above[at] as number;
		let guess = left;
		if (filter === 2) guess = up;
		else if (filter === 3) guess = (left + up) >> 1;
		else if (filter === 4)
			guess = paeth(left, up, hasLeft ? (above[at - pixelBytes] as number) : 0);
		row[at] = (row[at] as number) + guess;
	}
}

/** Which of the three neighbors is closest to left + up - corner. */
function paeth(left: number, up: number, corner: number): number {
	const byLeft = Math.abs(up - corner);
	const byUp = Math.abs(left - corner);
	const byCorner = Math.abs(left + up - 2 * corner);
	if (byLeft <= byUp && byLeft <= byCorner) return left;
	return byUp <= byCorner ? up : corner;
}
