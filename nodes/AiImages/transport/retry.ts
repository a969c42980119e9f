import type { ApiError } from '../errors';
import { formatSeconds } from '../values/format';

/** When to repeat a failed request, and for how long. */
export interface RetryPolicy {
	/** Milliseconds that all delays of one call can take together; 0 = no retries. */
	readonly maxWait: number;
	/** Repeat after any 5xx status, even if the image might have been generated and billed. */
	readonly serverErrors: boolean;
}

/** Decides after each failed attempt of a call whether there is another one. */
export class Retries {
	private attempts = 0;
	private waited = 0;

	/** @param random returns a number from 0 to 1 */
	constructor(
		private readonly policy: RetryPolicy,
		private readonly random: () => number,
	) {}

	/**
	 * @param error why the attempt failed
	 * @returns milliseconds to wait before the next attempt
	 * @throws the error, with the number of attempts, if there is no next one
	 */
	nextDelay(error: ApiError): number {
		const delay = retryDelay(error, ++this.attempts, this.policy, this.random());
		const { maxWait } = this.policy;
		const isAllowed = maxWait > 0 && delay !== null && this.waited + delay <= maxWait;
		if (!isAllowed) throw this.exhausted(error, delay);
		this.waited += delay;
		return delay;
	}

	private exhausted(error: ApiError, delay: number | null): ApiError {
		const { attempts, waited } = this;
		if (attempts === 1 && delay === null) return error;
		const { maxWait } = this.policy;
		const limit =
			maxWait === 0
				? "'Max Retry Wait' in Options is 0"
				: "the next retry would exceed 'Max Retry Wait' in Options";
		const seconds = Math.round(waited / 1000);
		const waiting = seconds > 0 ? ` and ${formatSeconds(seconds * 1000)} of waiting` : '';
		const tried = `Gave up after ${attempts === 1 ? '1 attempt' : `${attempts} attempts`}${waiting}`;
		const end = delay === null ? tried : `${tried}: ${limit}`;
		return error.with({ advice: `${error.advice}. ${end}` });
	}
}

/**
 * Milliseconds to wait before the next attempt; null = do not retry.
 *
 * An image can be billed even if its response never arrives. So a request is repeated only if it
 * cannot have been billed: a rate limit or an overloaded API rejected it, or there was no connection.
 *
 * @param attempt the number of the failed attempt, from 1
 * @param random a number from 0 to 1
 */
export function retryDelay(
	error: ApiError,
	attempt: number,
	policy: RetryPolicy,
	random: number,
): number | null {
	if (!isRetryable(error, attempt, policy)) return null;
	const { retryAfter } = error.hint;
	// Many items get the same time, and some APIs name one that has passed, again and again.
	if (retryAfter !== undefined) return Math.round(retryAfter + random * JITTER_MS * attempt);
	return Math.round(random * Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1)));
}

/** Whether the image of a failed attempt might have been generated and billed. */
export function mayBeBilled(error: ApiError): boolean {
	const { status } = error.details;
	if (error.hint.isFree) return false;
	if (error.hint.mayBeBilled) return true;
	if (status === undefined) return false;
	if (isRetryable(error, 1, { maxWait: 0, serverErrors: false })) return false;
	return status < 300 || status >= 500;
}

/** The first delay at most, the longest, and the jitter added to a delay that the API names. */
const FIRST_DELAY_MS = 2000;
const MAX_DELAY_MS = 60_000;
const JITTER_MS = 1000;

/** A wrong URL won't recover; a server that restarts is back after a few seconds. */
const MAX_CONNECTION_ATTEMPTS = 4;
const MAX_FREE_ATTEMPTS = 4;

function isRetryable({ details, hint }: ApiError, attempt: number, policy: RetryPolicy): boolean {
	const { status } = details;
	if (hint.shouldRetry === false || hint.isFinal) return false;
	if (hint.beforeConnection) return attempt < MAX_CONNECTION_ATTEMPTS;
	if (hint.isFree && (status === undefined || status >= 500)) {
		return attempt < MAX_FREE_ATTEMPTS;
	}
	if (hint.isRateLimit || status === 429) return true;
	if (status === undefined || status < 400) return false;
	if (hint.isOverloaded) return true;
	if (status === 503 && (hint.retryAfter !== undefined || hint.shouldRetry)) return true;
	return status >= 500 && policy.serverErrors;
}
