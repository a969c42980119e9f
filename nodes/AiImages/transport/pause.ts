import { ExecutionCanceledError } from '../errors';

/**
 * Waits, and rejects at once if the execution is canceled. n8n's own `sleep` ignores the signal
 * before version 2.31, and community nodes cannot use timers.
 *
 * @param stopped resolves early when aborted
 * @throws ExecutionCanceledError
 */
export async function pause(
	milliseconds: number,
	canceled?: AbortSignal,
	stopped?: AbortSignal,
): Promise<void> {
	const elapsed = AbortSignal.timeout(milliseconds);
	const ended = AbortSignal.any(
		[elapsed, canceled, stopped].filter((signal) => signal !== undefined),
	);
	if (!ended.aborted) {
		await new Promise((resolve) => ended.addEventListener('abort', resolve, { once: true }));
	}
	throwIfCanceled(canceled);
}

/** @throws ExecutionCanceledError */
export function throwIfCanceled(canceled: AbortSignal | undefined): void {
	if (canceled?.aborted) throw new ExecutionCanceledError();
}
