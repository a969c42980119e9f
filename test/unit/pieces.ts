/** Bytes as they may come from the wire, in pieces that end at the given places. */
export async function* inPieces(
	text: string | Buffer,
	ends: readonly number[] = [],
): AsyncGenerator<Buffer> {
	const bytes = Buffer.from(text);
	let from = 0;
	for (const end of [...ends, bytes.length]) {
		yield bytes.subarray(from, end);
		from = end;
	}
}

/** The places where pieces of one length end. */
export function every(pieceLength: number, length: number): number[] {
	return Array.from(
		{ length: Math.ceil(length / pieceLength) - 1 },
		(_, index) => (index + 1) * pieceLength,
	);
}

export async function joined(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
	const all: Buffer[] = [];
	for await (const piece of pieces) all.push(piece);
	return Buffer.concat(all);
}
