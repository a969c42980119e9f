import type { ReadScheduler } from './readScheduler';

type Readable = import('stream').Readable;

/** Bytes that wait for a slow reader before the connection is paused. */
const MAX_BUFFERED_BYTES = 131_072;

/**
 * Yields the pieces of a body in the order of their arrival, then ends or throws.
 *
 * A Node.js stream that is read on demand discards its buffer when the connection breaks, and with
 * it images that are already paid for. Here, each piece is taken as soon as it arrives.
 *
 * @param explain maps the error that ends the body
 * @param clear called once, when the body has ended or failed
 * @param scheduler decides which of several bodies is read first
 */
export function readBody(
	body: Readable,
	{ explain, clear }: { explain(error: unknown): Error; clear(): void },
	scheduler: ReadScheduler,
): AsyncIterable<Buffer> {
	const id = scheduler.register();
	const buffered: Buffer[] = [];
	let bytes = 0;
	let end: { error?: unknown } | undefined;
	let wake = () => {};
	body.on('data', (piece: Buffer) => {
		buffered.push(piece);
		bytes += piece.length;
		if (bytes > MAX_BUFFERED_BYTES) body.pause();
		wake();
	});
	const finish = (ending: { error?: unknown }) => {
		if (end) return;
		end = ending;
		clear();
		scheduler.cancel(id);
		wake();
	};
	body.on('error', (error) => finish({ error }));
	body.on('end', () => finish({}));
	// A destroyed stream emits neither.
	body.on('close', () => finish({ error: new Error('The connection was closed') }));

	async function* pieces(): AsyncGenerator<Buffer> {
		let isScheduled = false;
		const release = () => {
			if (isScheduled) scheduler.release();
			isScheduled = false;
		};
		try {
			for (;;) {
				if (scheduler.hasEarlierWaiting(id)) release();
				if (buffered.length > 0) {
					// A body that has arrived in full holds no connection and need not wait.
					if (!end) isScheduled ||= await scheduler.acquire(id);
					const piece = buffered.shift() as Buffer;
					bytes -= piece.length;
					if (buffered.length === 0) body.resume();
					yield piece;
				} else {
					release();
					if (end && 'error' in end) throw explain(end.error);
					if (end) return;
					await new Promise<void>((resolve) => (wake = resolve));
				}
			}
		} finally {
			release();
			body.destroy();
		}
	}
	return pieces();
}
