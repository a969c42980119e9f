import { ApiError, asApiError } from '../errors';

/** Milliseconds after the first failure of a download within which it is repeated. */
const MAX_RETRY_MS = 60_000;

/** Milliseconds of silence that end an attempt, and those that even the last one is given. */
const MAX_IDLE_MS = 60_000;
export const MIN_IDLE_MS = 10_000;

/** Milliseconds: the first pause and the longest, of which chance takes up to a half. */
const FIRST_DELAY_MS = 400;
const MAX_DELAY_MS = 8_000;

/** The world, handed in. */
export interface DownloadTimers {
	/** Milliseconds, by a clock that never goes back. */
	now(): number;
	/** Ends early, with an error, if the execution is canceled. */
	pause(milliseconds: number): Promise<void>;
	/** A number from 0 to 1. */
	random(): number;
}

/** What ends one attempt, in milliseconds. */
export interface AttemptLimits {
	readonly maxIdle: number;
	/** Until the last byte must be there. */
	readonly timeout: number;
}

/**
 * Repeats a download until it succeeds, or has failed for a minute: it costs nothing, and stores
 * hand out links before the file is there. The options for requests to the API do not matter here.
 *
 * @param timeout milliseconds until the last byte must be there
 * @throws ApiError of the last attempt, which tells how often and how long it was tried
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
		const { retryAfter = 0 } = outcome.hint;
		const isOver = left() <= 0 || retryAfter > left();
		if (isOver || !outcome.hint.isTemporary)
			throw retriesExhausted(outcome, number, now() - firstFailure);
		// The last attempt is made when the time is up.
		await pause(Math.ceil(Math.min(left(), Math.max(retryAfter, backoff(number, random())))));
	}
}

/** @param attempt the number of the failed attempt, from 1 */
function backoff(attempt: number, random: number): number {
	return Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1)) * (0.5 + random / 2);
}

function retriesExhausted(failure: ApiError, attempts: number, milliseconds: number): ApiError {
	if (attempts === 1) return failure;
	const { message, advice, details, hint } = failure;
	const tried = `It was tried ${attempts} times within ${Math.round(milliseconds / 1000)} seconds`;
	return new ApiError(message, `${advice}. ${tried}`, details, hint);
}
