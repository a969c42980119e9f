import fc from 'fast-check';

/** Places where a text or a file is cut, as parts of its length, in order. */
export const cuts = fc
	.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1)), {
		maxLength: 8,
	})
	.map((places) => places.sort((a, b) => a - b));

/** The bytes as a body in pieces, each with its own memory, or byte by byte. */
export function piecesOf(bytes: Buffer, places: readonly number[]): Buffer[] {
	if (places.length === 8) return [...bytes].map((byte) => Buffer.from([byte]));
	const ends = [...places.map((place) => Math.round(place * bytes.length)), bytes.length];
	return ends.map((end, index) => Buffer.from(bytes.subarray(ends[index - 1] ?? 0, end)));
}

/** A body that arrives piece by piece. */
export async function* arriving(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
	yield* pieces;
}

/** All that arrives. */
export async function joined(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of bytes) pieces.push(piece);
	return Buffer.concat(pieces);
}
