import { ExecutionCanceledError } from './connectionError';

/**
 * Waits, and ends at once if the execution is canceled. n8n's own `sleep` ignores the signal
 * before version 2.31, and community nodes have no timers.
 *
 * @param stopped ends the pause early, too, but without an error
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
	if (canceled?.aborted) throw new ExecutionCanceledError();
}
