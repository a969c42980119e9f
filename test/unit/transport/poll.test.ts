import { ApiError, ExecutionCanceledError } from '../../../nodes/AiImages/errors';
import { poll, type Answer, type PollResult } from '../../../nodes/AiImages/transport/poll';

const error = (message: string, status?: number, retryAfter?: number) =>
	new ApiError(
		message,
		'',
		{ ...(status ? { status } : {}) },
		{ ...(retryAfter ? { retryAfter } : {}) },
	);
const WAIT: Answer<string> = { kind: 'wait' };
const DONE: Answer<string> = { kind: 'done', result: 'image' };
const unknown: Answer<string> = { kind: 'unknown', error: error('Not found', 404) };

/** Of a question that takes all the time that is left. */
const CUT_SHORT = error('No complete response');

/** Answers in turn, the last one again and again; an error is thrown. Time passes in pauses alone. */
async function polled(
	answers: ReadonlyArray<Answer<string> | Error>,
	{ firstDelay = 500, pace = 500, age = 0, timeout = 60_000, isCanceledAt = Infinity } = {},
): Promise<{ result: PollResult<string>; pauses: number[]; asked: number[] }> {
	let now = 0;
	let count = 0;
	const pauses: number[] = [];
	const asked: number[] = [];
	const ask = async (left: number) => {
		asked.push(left);
		const answer = answers[Math.min(count++, answers.length - 1)] as Answer<string> | Error;
		if (answer === CUT_SHORT) now += left;
		if (answer instanceof Error) throw answer;
		return answer;
	};
	const pause = async (milliseconds: number) => {
		pauses.push(milliseconds);
		now += milliseconds;
		if (now >= isCanceledAt) throw new ExecutionCanceledError();
	};
	const options = { firstDelay, pace, age, timeout, now: () => now, pause };
	return { result: await poll(ask, options), pauses, asked };
}

it('asks more and more seldom, every ten seconds at most', async () => {
	const { result, pauses } = await polled([...Array<typeof WAIT>(12).fill(WAIT), DONE], {
		timeout: 600_000,
	});
	expect(result).toBe(DONE);
	expect(pauses.slice(0, 4)).toEqual([500, 500, 750, 1125]);
	expect(pauses.at(-1)).toBe(10_000);
});

it('waits as long as the service asks to', async () => {
	const { pauses } = await polled([{ kind: 'wait', retryAfter: 20_000 }, WAIT, DONE]);
	expect(pauses).toEqual([500, 20_000, 750]);
});

it('asks at once for a job of an earlier attempt', async () => {
	expect((await polled([DONE], { firstDelay: 0 })).pauses).toEqual([0]);
});

it('asks again when a question fails, as late as the service asks to', async () => {
	const answers = [error('Reset'), error('Busy', 503), error('Slow down', 429, 5000), DONE];
	const { result, pauses } = await polled(answers);
	expect(result).toBe(DONE);
	expect(pauses).toEqual([500, 500, 750, 5000]);
});

it.each<['ended' | 'denied']>([['ended'], ['denied']])('ends at once: %s', async (kind) => {
	const answer: Answer<string> = { kind, error: error('No') };
	const { result, asked } = await polled([WAIT, answer]);
	expect(result).toBe(answer);
	expect(asked).toHaveLength(2);
});

describe('a job that is unknown', () => {
	it('is asked for again in its first minute', async () => {
		expect((await polled([unknown, unknown, WAIT, unknown, DONE])).result).toBe(DONE);
	});

	it('is given up after it', async () => {
		const { result, pauses } = await polled([unknown], { timeout: 600_000 });
		expect(result).toEqual({ kind: 'lost', error: unknown.error });
		const total = pauses.reduce((sum, each) => sum + each, 0);
		expect(total).toBeGreaterThanOrEqual(60_000);
		expect(total).toBeLessThanOrEqual(70_000);
	});

	it('is given up after three answers if it was submitted long ago', async () => {
		const { result, asked } = await polled([unknown], { age: 60_000 });
		expect(result.kind).toBe('lost');
		expect(asked).toHaveLength(3);
	});

	it('by accident is not given up, however old it is', async () => {
		const answers = [unknown, unknown, WAIT, unknown, error('Reset'), unknown, unknown, DONE];
		expect((await polled(answers, { age: 60_000 })).result).toBe(DONE);
	});
});

describe('when time is up', () => {
	it('the job is late', async () => {
		const { result, pauses } = await polled([WAIT], { timeout: 3000 });
		expect(result).toEqual({ kind: 'late' });
		expect(pauses.reduce((sum, each) => sum + each, 0)).toBe(3000);
	});

	it('the last question says why, if it failed', async () => {
		const failure = error('Reset');
		const { result } = await polled([WAIT, failure], { timeout: 3000 });
		expect(result).toEqual({ kind: 'late', error: failure });
	});

	it('a question that this ended says nothing', async () => {
		const refused = error('Unavailable', 503);
		const late = async (...answers: Array<Answer<string> | Error>) =>
			(await polled([...answers, CUT_SHORT], { timeout: 3000 })).result;
		expect(await late(WAIT, refused)).toEqual({ kind: 'late', error: refused });
		expect(await late(refused, WAIT)).toEqual({ kind: 'late' });
	});

	it('a question that this ended says why, if it was the only one', async () => {
		const { result } = await polled([CUT_SHORT], { timeout: 3000 });
		expect(result).toEqual({ kind: 'late', error: CUT_SHORT });
	});

	it('nothing is asked in less than a millisecond', async () => {
		expect((await polled([WAIT], { firstDelay: 500, timeout: 500.4 })).asked).toEqual([]);
	});

	it('each question has only the time that is left', async () => {
		expect((await polled([WAIT, WAIT, DONE], { timeout: 3000 })).asked).toEqual([2500, 2000, 1250]);
	});
});

it('ends when the execution is canceled', async () => {
	await expect(polled([WAIT], { isCanceledAt: 1500 })).rejects.toThrow(ExecutionCanceledError);
});

it('does not hide a fault of its own', async () => {
	await expect(polled([new TypeError('Bug')])).rejects.toThrow(TypeError);
});
