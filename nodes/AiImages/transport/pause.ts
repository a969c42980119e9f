import { ExecutionCanceled } from './failures';

/**
 * Waits, and ends at once if the execution is canceled. n8n's own `sleep` ignores the signal
 * before version 2.31, and community nodes have no timers.
 *
 * @throws ExecutionCanceled
 */
export async function pause(milliseconds: number, canceled?: AbortSignal): Promise<void> {
	const elapsed = AbortSignal.timeout(milliseconds);
	const ended = AbortSignal.any(canceled ? [elapsed, canceled] : [elapsed]);
	if (!ended.aborted) {
		await new Promise((resolve) => ended.addEventListener('abort', resolve, { once: true }));
	}
	if (canceled?.aborted) throw new ExecutionCanceled();
}
