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

/** What arrived of a body, as text, and the error that ended it early. */
export interface Arrived {
	readonly text: string;
	readonly error?: unknown;
}

/** The same as `readStart`, with what had arrived where the body breaks off. */
export async function readArrived(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Arrived> {
	const pieces: Buffer[] = [];
	let interruption: { error?: unknown } = {};
	async function* kept(): AsyncGenerator<Buffer> {
		for await (const piece of body) {
			pieces.push(piece);
			yield piece;
		}
	}
	const text = await readStart(kept(), maxBytes).catch((error: unknown) => {
		interruption = { error };
		return Buffer.concat(pieces).toString('utf8');
	});
	return { text, ...interruption };
}

/**
 * The beginning of a body as text, and the whole body; `isEnded` = the beginning is all of it. The
 * rest comes from the connection.
 */
export async function peekText(
	body: AsyncIterable<Buffer>,
	maxBytes: number,
): Promise<{
	readonly text: string;
	readonly isEnded: boolean;
	readonly whole: AsyncIterable<Buffer>;
}> {
	const iterator = body[Symbol.asyncIterator]();
	const pieces: Buffer[] = [];
	let length = 0;
	let isEnded = false;
	while (length < maxBytes && !isEnded) {
		const next = await iterator.next();
		isEnded = next.done === true;
		if (next.done) break;
		pieces.push(next.value);
		length += next.value.length;
	}
	const text = Buffer.concat(pieces).toString('utf8', 0, maxBytes);
	async function* whole(): AsyncGenerator<Buffer> {
		try {
			for (let piece = pieces.shift(); piece; piece = pieces.shift()) yield piece;
			if (!isEnded) yield* { [Symbol.asyncIterator]: () => iterator };
		} finally {
			await iterator.return?.();
		}
	}
	return { text, isEnded, whole: whole() };
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
