/**
 * The same bytes, up to a limit.
 *
 * @param maxBytes the limit
 * @param limitError creates the error that is thrown beyond it
 */
export async function* limitBytes(
	bytes: AsyncIterable<Buffer>,
	maxBytes: number,
	limitError: (maxBytes: number) => Error,
): AsyncGenerator<Buffer> {
	let length = 0;
	for await (const piece of bytes) {
		length += piece.length;
		if (length > maxBytes) throw limitError(maxBytes);
		yield piece;
	}
}

/** All pieces, in the order of their arrival. */
export async function collect(bytes: AsyncIterable<Buffer>): Promise<Buffer[]> {
	const pieces: Buffer[] = [];
	for await (const piece of bytes) pieces.push(piece);
	return pieces;
}

/** The beginning of a body as text. Stops reading then, which closes the connection. */
export async function readStart(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
	const pieces: Buffer[] = [];
	let length = 0;
	for await (const piece of body) {
		pieces.push(piece);
		length += piece.length;
		if (length >= maxBytes) break;
	}
	return Buffer.concat(pieces).toString('utf8', 0, maxBytes);
}
