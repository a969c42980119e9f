import fc from 'fast-check';

import { ApiError, type RetryHint } from '../../nodes/AiImages/errors';
import { retryDownload, type AttemptLimits } from '../../nodes/AiImages/transport/downloadRetries';
import { everyCaseLater, FURTHER_CASES } from './cases';

const MINUTE = 60_000;

/** How one attempt ends, and after how many milliseconds. */
interface Attempt {
	readonly takes: number;
	readonly hint: RetryHint | 'file';
}

const attempts: fc.Arbitrary<Attempt> = fc.record({
	takes: fc.oneof(fc.nat({ max: 100 }), fc.nat({ max: 70_000 })),
	hint: fc.oneof(
		{ weight: 6, arbitrary: fc.constant<RetryHint>({ isTemporary: true }) },
		fc.record({ isTemporary: fc.constant(true), retryAfter: fc.nat({ max: 70_000 }) }),
		fc.record({ isTemporary: fc.constant(false), isDeadLink: fc.boolean() }),
		fc.constant('file' as const),
	),
});

describe('a download', () => {
	it('is repeated within a minute of its first failure, and never afterwards', async () => {
		await everyCaseLater(
			fc.asyncProperty(
				fc.array(attempts, { minLength: 1, maxLength: 12 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				fc.integer({ min: 1000, max: 600_000 }),
				async (series, random, timeout) => {
					let now = 5;
					const started: Array<AttemptLimits & { at: number }> = [];
					const failed: Array<{ at: number; hint: RetryHint }> = [];
					const attempt = async (limits: AttemptLimits) => {
						started.push({ ...limits, at: now });
						const { takes, hint } = series[Math.min(started.length, series.length) - 1]!;
						now += takes;
						if (hint === 'file') return 'file';
						failed.push({ at: now, hint });
						throw new ApiError('Failed', 'Wait', {}, hint);
					};
					const tools = {
						now: () => now,
						random: () => random,
						pause: async (milliseconds: number) => {
							expect(Number.isInteger(milliseconds) && milliseconds >= 0).toBe(true);
							now += milliseconds;
						},
					};
					const end = await retryDownload(attempt, timeout, tools).catch((error: unknown) => error);

					const [first] = failed;
					for (const [index, { at, maxIdle, timeout: left }] of started.entries()) {
						expect(maxIdle).toBeLessThanOrEqual(MINUTE);
						expect(maxIdle).toBeGreaterThan(0);
						expect(left).toBeLessThanOrEqual(timeout);
						expect(left).toBeGreaterThan(0);
						if (index === 0 || !first) continue;
						const before = failed[index - 1]!;
						expect(at - first.at).toBeLessThanOrEqual(MINUTE + 1);
						expect(at - before.at).toBeGreaterThanOrEqual(before.hint.retryAfter ?? 0);
						expect(before.hint.isTemporary).toBe(true);
					}
					if (end === 'file') return;
					const last = failed.at(-1)!;
					const left = first!.at + MINUTE - last.at;
					const mayGoOn = last.hint.isTemporary && left > 0 && (last.hint.retryAfter ?? 0) <= left;
					expect(mayGoOn).toBe(false);
				},
			),
			[],
			FURTHER_CASES,
		);
	});

	it('pauses longer and longer, from a third of a second', async () => {
		const pauses: number[] = [];
		let now = 0;
		const tools = {
			now: () => now,
			random: () => 0.5,
			pause: async (milliseconds: number) => {
				pauses.push(milliseconds);
				now += milliseconds;
			},
		};
		const attempt = async () => {
			throw new ApiError('Failed', 'Wait', {}, { isTemporary: true });
		};
		await expect(retryDownload(attempt, MINUTE, tools)).rejects.toMatchObject({
			advice: 'Wait. Gave up after 15 attempts in 60 seconds',
		});
		expect(pauses).toHaveLength(14);
		expect(pauses.slice(0, 6)).toEqual([300, 600, 1200, 2400, 4800, 6000]);
		expect(pauses.reduce((sum, each) => sum + each, 0)).toBe(MINUTE);
	});
});
