import { ApiError, asApiError } from '../errors';
import { formatSeconds } from '../values/format';

/** Milliseconds after its first failure during which a download is repeated. */
const MAX_RETRY_MS = 60_000;

/** Milliseconds of silence that end an attempt, and the least that even the last attempt gets. */
const MAX_IDLE_MS = 60_000;
export const MIN_IDLE_MS = 10_000;

/** The first and the longest delay between attempts. Jitter shortens them by up to a half. */
const FIRST_DELAY_MS = 400;
const MAX_DELAY_MS = 8_000;

/** Clock, timer and random numbers, injected for tests. */
export interface DownloadTimers {
	/** Milliseconds of a monotonic clock. */
	now(): number;
	/** Rejects early if the execution is canceled. */
	pause(milliseconds: number): Promise<void>;
	/** A number from 0 to 1. */
	random(): number;
}

/** What ends one attempt, in milliseconds. */
export interface AttemptLimits {
	readonly maxIdle: number;
	/** Until the last byte must have arrived. */
	readonly timeout: number;
}

/**
 * Repeats a download until it succeeds or has failed for a minute. Downloads are free, and stores
 * hand out links before the file is there. The user's retry options apply to API requests only.
 *
 * @param timeout milliseconds until the last byte must have arrived
 * @throws ApiError of the last attempt, with the number of attempts and their duration
 */
export async function retryDownload<Result>(
	attempt: (limits: AttemptLimits) => Promise<Result>,
	timeout: number,
	{ now, pause, random }: DownloadTimers,
): Promise<Result> {
	const started = now();
	let firstFailure: number | undefined;
	const left = () => (firstFailure === undefined ? Infinity : firstFailure + MAX_RETRY_MS - now());
	for (let number = 1; ; number++) {
		const maxIdle = Math.max(MIN_IDLE_MS, Math.min(MAX_IDLE_MS, left()));
		const timeLeft = Math.max(started + timeout - now(), Math.min(timeout, maxIdle));
		const outcome = await attempt({ maxIdle, timeout: timeLeft }).catch(asApiError);
		if (!(outcome instanceof ApiError)) return outcome;
		firstFailure ??= now();
		const { retryAfter = 0, isTemporary } = outcome.hint;
		const isOver = left() <= 0 || retryAfter > left();
		if (isOver || !isTemporary) throw retriesExhausted(outcome, number, now() - firstFailure);
		// The last attempt starts when the minute is over.
		await pause(Math.ceil(Math.min(left(), Math.max(retryAfter, backoff(number, random())))));
	}
}

/** @param attempt the number of the failed attempt, from 1 */
function backoff(attempt: number, random: number): number {
	return Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1)) * (0.5 + random / 2);
}

function retriesExhausted(error: ApiError, attempts: number, milliseconds: number): ApiError {
	if (attempts === 1) return error;
	const seconds = Math.round(milliseconds / 1000);
	const duration = seconds > 0 ? ` in ${formatSeconds(seconds * 1000)}` : '';
	return error.with({ advice: `${error.advice}. Gave up after ${attempts} attempts${duration}` });
}
