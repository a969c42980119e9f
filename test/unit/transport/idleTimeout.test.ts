import { PassThrough } from 'node:stream';

import { IdleTimeout } from '../../../nodes/AiImages/transport/idleTimeout';

const SECOND = 1000;

/** Timers that the test fires, each at its time. */
let now = 0;
let timers: Array<{ readonly due: number; readonly controller: AbortController }> = [];

beforeEach(() => {
	timers = [];
	jest.spyOn(performance, 'now').mockImplementation(() => now);
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
		const controller = new AbortController();
		timers.push({ due: now + milliseconds, controller });
		return controller.signal;
	});
});
afterEach(() => jest.restoreAllMocks());

function elapse(milliseconds: number): void {
	const end = now + milliseconds;
	for (;;) {
		const next = timers.sort((one, other) => one.due - other.due)[0];
		if (!next || next.due > end) break;
		timers.shift();
		now = next.due;
		next.controller.abort();
	}
	now = end;
}

describe('an idle timeout', () => {
	it('ends an attempt in which nothing arrives', () => {
		const silence = new IdleTimeout(5 * SECOND);
		elapse(4 * SECOND);
		expect(silence.signal.aborted).toBe(false);
		elapse(2 * SECOND);
		expect(silence.signal.aborted).toBe(true);
	});

	it('restarts with each piece', async () => {
		const body = new PassThrough();
		const silence = new IdleTimeout(5 * SECOND);
		silence.monitor(body);
		for (let piece = 0; piece < 5; piece++) {
			body.write('a');
			await new Promise(setImmediate);
			elapse(3 * SECOND);
			expect(silence.signal.aborted).toBe(false);
		}
		elapse(3 * SECOND);
		elapse(3 * SECOND);
		expect(silence.signal.aborted).toBe(true);
	});

	it('is suspended while nothing reads', () => {
		const body = new PassThrough();
		const silence = new IdleTimeout(5 * SECOND);
		silence.monitor(body);
		body.pause();
		for (let time = 0; time < 5; time++) elapse(4 * SECOND);
		expect(silence.signal.aborted).toBe(false);
		body.resume();
		for (let time = 0; time < 3; time++) elapse(4 * SECOND);
		expect(silence.signal.aborted).toBe(true);
	});

	it('does nothing after the end', () => {
		const silence = new IdleTimeout(5 * SECOND);
		silence.stop();
		elapse(7 * SECOND);
		expect(silence.signal.aborted).toBe(false);
	});
});
