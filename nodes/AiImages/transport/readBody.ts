import type { ReadScheduler } from './readScheduler';

type Readable = import('stream').Readable;

/** Bytes that wait for a slow reader before the connection is asked to wait, too. */
const MAX_BUFFERED_BYTES = 131_072;

/**
 * Hands on the pieces of a body in the order of their arrival, and only then what ended it. A
 * stream of Node.js that is read on demand throws away what it holds when the connection breaks;
 * here, what has arrived is taken at once.
 *
 * @param explain what is thrown instead of the error that ends the body
 * @param clear called when the body has ended, however
 * @param order who is read first
 */
export function readBody(
	body: Readable,
	{ explain, clear }: { explain(error: unknown): Error; clear(): void },
	order: ReadScheduler,
): AsyncIterable<Buffer> {
	const number = order.register();
	const waiting: Buffer[] = [];
	let bytes = 0;
	let end: { error?: unknown } | undefined;
	let wake = () => {};
	body.on('data', (piece: Buffer) => {
		waiting.push(piece);
		bytes += piece.length;
		if (bytes > MAX_BUFFERED_BYTES) body.pause();
		wake();
	});
	const finish = (ending: { error?: unknown }) => {
		if (end) return;
		end = ending;
		clear();
		order.cancel(number);
		wake();
	};
	body.on('error', (error) => finish({ error }));
	body.on('end', () => finish({}));
	// A stream that is destroyed says neither.
	body.on('close', () => finish({ error: new Error('The connection was closed') }));

	async function* pieces(): AsyncGenerator<Buffer> {
		let hasTurn = false;
		const endTurn = () => {
			if (hasTurn) order.release();
			hasTurn = false;
		};
		try {
			for (;;) {
				if (order.hasEarlierWaiting(number)) endTurn();
				if (waiting.length > 0) {
					// Who has all of it, or will get no more, keeps nobody waiting and waits for nobody.
					if (!end) hasTurn ||= await order.acquire(number);
					const piece = waiting.shift() as Buffer;
					bytes -= piece.length;
					if (waiting.length === 0) body.resume();
					yield piece;
				} else {
					endTurn();
					if (end && 'error' in end) throw explain(end.error);
					if (end) return;
					await new Promise<void>((resolve) => (wake = resolve));
				}
			}
		} finally {
			endTurn();
			body.destroy();
		}
	}
	return pieces();
}
