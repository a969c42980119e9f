import { getEventListeners } from 'node:events';

import { ExecutionCanceled } from '../../../nodes/AiImages/transport/failures';
import { pause } from '../../../nodes/AiImages/transport/pause';

/** Milliseconds within which a stop is at once. */
const AT_ONCE = 5000;

async function timed(waiting: Promise<void>): Promise<{ elapsed: number; error: unknown }> {
	const began = performance.now();
	const error = await waiting.then(
		() => null,
		(reason: unknown) => reason,
	);
	return { elapsed: performance.now() - began, error };
}

describe('a pause', () => {
	it.each([0, 1, 60])('takes its %i ms', async (milliseconds) => {
		const { elapsed, error } = await timed(pause(milliseconds, new AbortController().signal));
		expect(error).toBeNull();
		expect(elapsed).toBeGreaterThanOrEqual(milliseconds - 2);
		expect(elapsed).toBeLessThan(milliseconds + 5000);
	});

	it('needs no signal', async () => {
		expect((await timed(pause(10))).error).toBeNull();
	});

	it('ends at once when the execution is canceled', async () => {
		const stop = new AbortController();
		const waiting = timed(pause(60_000, stop.signal));
		await new Promise((resolve) => setTimeout(resolve, 20));
		const pressed = performance.now();
		stop.abort();
		expect((await waiting).error).toBeInstanceOf(ExecutionCanceled);
		expect(performance.now() - pressed).toBeLessThan(AT_ONCE);
	});

	it('does not begin after the execution was canceled', async () => {
		const { elapsed, error } = await timed(pause(60_000, AbortSignal.abort()));
		expect(error).toBeInstanceOf(ExecutionCanceled);
		expect(elapsed).toBeLessThan(AT_ONCE);
	});

	it('ends at once, but without an error, when the run stops by itself', async () => {
		const stop = new AbortController();
		const waiting = timed(pause(60_000, new AbortController().signal, stop.signal));
		await new Promise((resolve) => setTimeout(resolve, 20));
		stop.abort();
		const { elapsed, error } = await waiting;
		expect(error).toBeNull();
		expect(elapsed).toBeLessThan(AT_ONCE);
	});

	it('leaves no listeners on the signal of the execution', async () => {
		const stop = new AbortController();
		await Promise.all(Array.from({ length: 20 }, async () => await pause(1, stop.signal)));
		expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
	});
});
