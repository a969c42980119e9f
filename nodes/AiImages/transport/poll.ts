import { asApiError, type ApiError } from '../errors';

/** What a service says when it is asked for a job. */
export type Answer<Result> =
	/** The job is not done yet, and the service might say how many milliseconds to wait. */
	| { readonly kind: 'wait'; readonly retryAfter?: number | undefined }
	| { readonly kind: 'done'; readonly result: Result }
	/** The answer says nothing of the job. Right after it was submitted, one might a moment later. */
	| { readonly kind: 'unknown'; readonly error: ApiError }
	/** The job failed, or was refused. */
	| { readonly kind: 'ended'; readonly error: ApiError }
	/** This credential may not ask. */
	| { readonly kind: 'denied'; readonly error: ApiError };

/**
 * How the questions ended. `lost`: the job stayed unknown. `late`: time was up, and `error` is why the
 * last question failed.
 */
export type PollResult<Result> =
	| Exclude<Answer<Result>, { kind: 'wait' | 'unknown' }>
	| { readonly kind: 'lost'; readonly error: ApiError }
	| { readonly kind: 'late'; readonly error?: ApiError };

export interface PollOptions {
	/** Milliseconds before the first question. */
	readonly firstDelay: number;
	/** Milliseconds between the first two questions. */
	readonly pace: number;
	/** Milliseconds since the job was submitted. */
	readonly age: number;
	/** Milliseconds until the last byte of the result must have arrived. */
	readonly timeout: number;
	/** Milliseconds of any origin. */
	now(): number;
	/** Rejects at once if the execution is canceled. */
	pause(milliseconds: number): Promise<void>;
}

/** Milliseconds between two questions at most, unless the service asks to wait longer. */
const MAX_PACE_MS = 10_000;

/** By how much the time between two questions grows. */
const GROWTH = 1.5;

/** Milliseconds after its submission in which a job may be unknown. */
const MAX_UNKNOWN_MS = 60_000;

/** Answers in a row that do not know the job, however old it is: a single one is an accident. */
const MIN_UNKNOWN_ANSWERS = 3;

/** Milliseconds below which no question can be answered. Timers end up to one too early. */
const MIN_QUESTION_MS = 1;

/**
 * Asks for a job until it has ended, or time is up. Asking costs nothing, so that a question that
 * fails is asked again.
 *
 * @param ask gets the milliseconds that are left
 * @throws ExecutionCanceledError
 */
export async function poll<Result>(
	ask: (timeout: number) => Promise<Answer<Result>>,
	{ firstDelay, pace, age, timeout, now, pause }: PollOptions,
): Promise<PollResult<Result>> {
	const started = now();
	const left = () => timeout - (now() - started);
	let delay = firstDelay;
	let next = pace;
	const isOver = () => left() < MIN_QUESTION_MS;
	let lastError: ApiError | undefined;
	let unknownAnswers = 0;
	let isAnswered = false;
	for (;;) {
		await pause(Math.max(0, Math.ceil(Math.min(delay, left()))));
		if (isOver()) return { kind: 'late', ...(lastError ? { error: lastError } : {}) };
		const answer = await ask(left()).catch(toTemporary);
		// That time was up during a question is news only if there was no other question.
		if (!(answer.kind === 'failed' && isOver() && isAnswered)) {
			lastError = answer.kind === 'failed' ? answer.error : undefined;
		}
		isAnswered = true;
		const isUnknown = answer.kind === 'unknown';
		unknownAnswers = isUnknown ? unknownAnswers + 1 : 0;
		const isOld = age + (now() - started) >= MAX_UNKNOWN_MS;
		if (isUnknown && isOld && unknownAnswers >= MIN_UNKNOWN_ANSWERS) {
			return { kind: 'lost', error: answer.error };
		}
		if (answer.kind !== 'wait' && answer.kind !== 'failed' && !isUnknown) return answer;
		const asked = isUnknown ? undefined : answer.retryAfter;
		delay = Math.max(next, asked ?? 0);
		next = Math.min(next * GROWTH, MAX_PACE_MS);
	}
}

/** A question that got no answer. */
function toTemporary(error: unknown) {
	const failure = asApiError(error);
	return { kind: 'failed', error: failure, retryAfter: failure.hint.retryAfter } as const;
}
