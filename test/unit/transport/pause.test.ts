import { getEventListeners } from 'node:events';

import { ExecutionCanceledError } from '../../../nodes/AiImages/errors';
import { pause } from '../../../nodes/AiImages/transport/pause';

/** Milliseconds, longer than Jest waits for a test: a pause that is not cut short fails. */
const LONG = 3_600_000;

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
	});

	it('needs no signal', async () => {
		expect((await timed(pause(10))).error).toBeNull();
	});

	it('ends immediately when the execution is canceled', async () => {
		const stop = new AbortController();
		const waiting = timed(pause(LONG, stop.signal));
		await new Promise((resolve) => setTimeout(resolve, 20));
		stop.abort();
		expect((await waiting).error).toBeInstanceOf(ExecutionCanceledError);
	});

	it('does not begin after the execution was canceled', async () => {
		const { error } = await timed(pause(LONG, AbortSignal.abort()));
		expect(error).toBeInstanceOf(ExecutionCanceledError);
	});

	it('ends immediately, but without an error, when the run stops on its own', async () => {
		const stop = new AbortController();
		const waiting = timed(pause(LONG, new AbortController().signal, stop.signal));
		await new Promise((resolve) => setTimeout(resolve, 20));
		stop.abort();
		expect((await waiting).error).toBeNull();
	});

	it('leaves no listeners on the signal of the execution', async () => {
		const stop = new AbortController();
		await Promise.all(Array.from({ length: 20 }, async () => await pause(1, stop.signal)));
		expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
	});
});
