import { ApiError } from '../../../nodes/AiImages/errors';
import type { RetryPolicy } from '../../../nodes/AiImages/transport/retry';
import { withRetries } from '../../helpers/withRetries';
import { ALL, POLICY, refused, unconnected } from './callFailures';

/** Runs attempts that end as given; the last end again and again. */
async function run(
	ends: ReadonlyArray<ApiError | string>,
	policy: Partial<RetryPolicy> = {},
	random = 1,
) {
	const numbers: number[] = [];
	const pauses: number[] = [];
	const result = await withRetries(
		async (number) => {
			const end = ends[Math.min(numbers.push(number), ends.length) - 1];
			if (typeof end === 'string') return end;
			throw end;
		},
		{ ...POLICY, ...policy },
		{ random: () => random, pause: async (wait) => void pauses.push(wait) },
	).catch((error: unknown) => error);
	return { result, numbers, pauses };
}

describe('attempts', () => {
	const limited = refused({ status: 429, headers: { 'retry-after': '12' }, message: 'Too many' });
	const busy = refused({ status: 429, message: 'Too many' });

	it('are made until one succeeds', async () => {
		expect(await run([limited, busy, limited, 'an image'], {}, 0.5)).toEqual({
			result: 'an image',
			numbers: [1, 2, 3, 4],
			pauses: [12_500, 2000, 13_500],
		});
	});

	it('are one if nothing fails', async () => {
		expect(await run(['an image'])).toEqual({ result: 'an image', numbers: [1], pauses: [] });
	});

	it("end with a failure that can't be retried, unchanged", async () => {
		const blocked = refused({ status: 400, code: 'moderation_blocked' });
		const { result, numbers } = await run([blocked, 'an image']);
		expect(numbers).toEqual([1]);
		expect(result).toMatchObject({ message: blocked.message, details: blocked.details });
		expect((result as ApiError).advice).toBe(blocked.advice);
	});

	it('end with any other error', async () => {
		const error = new TypeError('a mistake');
		const pauses: number[] = [];
		const tools = { random: () => 1, pause: async (wait: number) => void pauses.push(wait) };
		const attempt = async () => {
			throw error;
		};
		await expect(withRetries(attempt, ALL, tools)).rejects.toBe(error);
		expect(pauses).toEqual([]);
	});

	it('end with the pause that was canceled', async () => {
		const canceled = new Error('canceled');
		let attempts = 0;
		const attempt = async () => {
			attempts++;
			throw limited;
		};
		const pause = async () => {
			throw canceled;
		};
		await expect(withRetries(attempt, ALL, { random: () => 1, pause })).rejects.toBe(canceled);
		expect(attempts).toBe(1);
	});

	it('are at most four without a connection', async () => {
		const { result, numbers, pauses } = await run([unconnected('ECONNREFUSED')]);
		expect(numbers).toEqual([1, 2, 3, 4]);
		expect(pauses).toEqual([2000, 4000, 8000]);
		expect((result as ApiError).advice).toMatch(
			/Gave up after 4 attempts and 14 seconds of waiting$/,
		);
	});

	it.each([
		[0, [], /Gave up after 1 attempt: 'Max Retry Wait' in Options is 0$/],
		[
			12_999,
			[],
			/Gave up after 1 attempt: the next retry would exceed 'Max Retry Wait' in Options$/,
		],
		[
			13_000,
			[13_000],
			/Gave up after 2 attempts and 13 seconds of waiting: the next retry would exceed/,
		],
		[40_000, [13_000, 14_000], /Gave up after 3 attempts and 27 seconds of waiting: the next/],
	])('wait no longer than %i ms in all', async (maxWait, expected, words) => {
		const { result, pauses, numbers } = await run([limited], { maxWait });
		expect(pauses).toEqual(expected);
		expect(numbers).toHaveLength(expected.length + 1);
		expect(result).toBeInstanceOf(ApiError);
		const { message, advice, details } = result as ApiError;
		expect(message).toBe('Too many');
		expect(details).toEqual({ status: 429 });
		expect(advice).toMatch(/^Rate limit exceeded/);
		expect(advice).toMatch(words);
	});

	it('are one if no delay is allowed', async () => {
		const { numbers } = await run([busy, 'an image'], { maxWait: 0 }, 0);
		expect(numbers).toEqual([1]);
	});

	it('slow down if the API repeatedly asks for no delay', async () => {
		const { numbers } = await run(
			[refused({ status: 429, headers: { 'retry-after': '0' } })],
			{},
			0.5,
		);
		expect(numbers.length).toBeGreaterThan(10);
		expect(numbers.length).toBeLessThan(100);
	});

	it('let a queue of 20 items pass a limit of 5 images per minute', async () => {
		const minute = refused({ status: 429, message: 'Please try again in 60s' });
		// The last five of twenty are refused in each of three minutes, and once more by bad luck.
		const { result } = await run([minute, minute, minute, minute, 'an image']);
		expect(result).toBe('an image');
	});

	it('follow a server error only if the policy allows it', async () => {
		const failed = refused({ status: 502 });
		expect((await run([failed, 'an image'])).numbers).toEqual([1]);
		expect((await run([failed, 'an image'], ALL)).result).toBe('an image');
	});
});
