type Readable = import('stream').Readable;

/** Bytes that wait for a slow reader before the connection is asked to wait, too. */
const MOST_WAITING = 524_288;

/**
 * Hands on the pieces of a body in the order of their arrival, and only then what ended it. A
 * stream of Node.js that is read on demand throws away what it holds when the connection breaks;
 * here, what has arrived is taken at once.
 *
 * @param explain what is thrown instead of the error that ends the body
 * @param clear called when the body has ended, however
 */
export function arrivals(
	body: Readable,
	{ explain, clear }: { explain(error: unknown): Error; clear(): void },
): AsyncIterable<Buffer> {
	const waiting: Buffer[] = [];
	let bytes = 0;
	let end: { error?: unknown } | undefined;
	let wake = () => {};
	body.on('data', (piece: Buffer) => {
		waiting.push(piece);
		bytes += piece.length;
		if (bytes > MOST_WAITING) body.pause();
		wake();
	});
	const finish = (ending: { error?: unknown }) => {
		if (end) return;
		end = ending;
		clear();
		wake();
	};
	body.on('error', (error) => finish({ error }));
	body.on('end', () => finish({}));
	// A stream that is destroyed says neither.
	body.on('close', () => finish({ error: new Error('The connection was closed') }));

	async function* pieces(): AsyncGenerator<Buffer> {
		try {
			for (;;) {
				const piece = waiting.shift();
				if (piece) {
					bytes -= piece.length;
					if (waiting.length === 0) body.resume();
					yield piece;
				} else if (end) {
					if ('error' in end) throw explain(end.error);
					return;
				} else {
					await new Promise<void>((resolve) => (wake = resolve));
				}
			}
		} finally {
			body.destroy();
		}
	}
	return pieces();
}
