import { PngError, type PngHeader } from './pngChunks';

/** Samples of a pixel, by color type. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * The rows of a PNG, one after the other, as its samples lie in memory.
 *
 * @param inflated what its compressed bytes contain
 * @throws PngError if they are no rows of this PNG
 */
export async function* rowsOf(
	{ width, height, depth, colourType }: PngHeader,
	inflated: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
	const bits = depth * (SAMPLES[colourType] as number);
	const rowBytes = Math.ceil((width * bits) / 8);
	const pixelBytes = Math.max(1, bits / 8);
	// The first byte names the filter.
	let row = new Uint8Array(1 + rowBytes);
	let above = new Uint8Array(1 + rowBytes);
	let filled = 0;
	let count = 0;
	for await (const piece of inflated) {
		for (let at = 0; at < piece.length && count < height;) {
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
	}
	if (count < height) throw new PngError('it is cut off');
}

/** https://www.w3.org/TR/png-3/#9Filters */
function unfilter(row: Uint8Array, above: Uint8Array, pixelBytes: number): void {
	const filter = row[0] as number;
	if (filter > 4) throw new PngError('its pixels are damaged');
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
