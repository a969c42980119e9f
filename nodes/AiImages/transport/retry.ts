import { ApiError, asApiError } from '../errors';

/** How long and what for a call is tried again. */
export interface RetryPolicy {
	/** Milliseconds that all pauses of one call may take together. */
	readonly maxWait: number;
	/** Also after failures of the server behind which the image may have been made and billed. */
	readonly serverErrors: boolean;
}

/** The world, handed in. */
export interface RetryTimers {
	/** Ends early, with an error, if the execution is canceled. */
	pause(milliseconds: number, failure: ApiError): Promise<void>;
	/** A number from 0 to 1. */
	random(): number;
}

/**
 * Makes attempts until one succeeds or the policy says to give up.
 *
 * @param attempt its number is passed, from 1
 * @throws ApiError of the last attempt, which tells how often and how long it was tried
 */
export async function withRetries<Result>(
	attempt: (number: number) => Promise<Result>,
	policy: RetryPolicy,
	{ pause, random }: RetryTimers,
): Promise<Result> {
	let waited = 0;
	for (let number = 1; ; number++) {
		const outcome = await attempt(number).catch(asApiError);
		if (!(outcome instanceof ApiError)) return outcome;
		const wait = retryDelay(outcome, number, policy, random());
		const isAllowed = policy.maxWait > 0 && wait !== null && waited + wait <= policy.maxWait;
		if (!isAllowed) throw retriesExhausted(outcome, number, waited, wait);
		await pause(wait, outcome);
		waited += wait;
	}
}

/**
 * Milliseconds to wait before the next attempt; null = do not try again.
 *
 * An image may be billed although its answer never arrives. So a call is repeated only where it
 * cannot have been billed: it was refused for its rate, the server was overloaded, or there was no
 * connection.
 *
 * @param attempt the number of the failed attempt, from 1
 * @param random a number from 0 to 1
 */
export function retryDelay(
	failure: ApiError,
	attempt: number,
	policy: RetryPolicy,
	random: number,
): number | null {
	if (!isRetryable(failure, attempt, policy)) return null;
	const { retryAfter } = failure.hint;
	// Many items are told the same moment, and some servers name one that is over again and again.
	if (retryAfter !== undefined) return Math.round(retryAfter + random * SPREAD_MS * attempt);
	return Math.round(random * Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1)));
}

/** Milliseconds: the first pause at most, the longest, and the spread after a moment named. */
const FIRST_DELAY_MS = 2000;
const MAX_DELAY_MS = 60_000;
const SPREAD_MS = 1000;

/** A wrong address does not mend itself; a server that restarts is back after a few seconds. */
const MAX_CONNECTION_ATTEMPTS = 4;

function isRetryable(
	{ details, hint, message }: ApiError,
	attempt: number,
	policy: RetryPolicy,
): boolean {
	const { status, code, type } = details;
	if (hint.shouldRetry === false || hint.isFinal) return false;
	if (hint.beforeConnection) return attempt < MAX_CONNECTION_ATTEMPTS;
	if (hint.isRateLimit || status === 429) return true;
	if (status === undefined || status < 400) return false;
	if (status === 503) {
		const overloaded = /overloaded|slow_down/i.test(`${code} ${type} ${message}`);
		if (overloaded || hint.retryAfter !== undefined || hint.shouldRetry) return true;
	}
	return status >= 500 && policy.serverErrors;
}

function retriesExhausted(
	{ message, advice, details, hint }: ApiError,
	attempts: number,
	waited: number,
	wait: number | null,
): ApiError {
	const seconds = Math.round(waited / 1000);
	const tried =
		attempts > 1 || wait !== null
			? `. It was tried ${attempts} ${attempts === 1 ? 'time' : 'times'} within ${seconds} seconds` +
				(wait === null ? '' : '; the next pause would exceed Longest Wait under Options')
			: '';
	return new ApiError(message, `${advice}${tried}`, details, hint);
}
