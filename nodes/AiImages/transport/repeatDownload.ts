import { CallFailure, orFailure } from '../errors';

/** Milliseconds after the first failure of a download within which it is repeated. */
const LONGEST_TRIAL = 60_000;

/** Milliseconds of silence that end an attempt, and those that even the last one is given. */
const LONGEST_SILENCE = 60_000;
export const SHORTEST_SILENCE = 10_000;

/** Milliseconds: the first pause and the longest, of which chance takes up to a half. */
const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 8_000;

/** The world, handed in. */
export interface DownloadTools {
	/** Milliseconds, by a clock that never goes back. */
	now(): number;
	/** Ends early, with an error, if the execution is canceled. */
	pause(milliseconds: number): Promise<void>;
	/** A number from 0 to 1. */
	random(): number;
}

/** What ends one attempt, in milliseconds. */
export interface AttemptLimits {
	readonly longestSilence: number;
	/** Until the last byte must be there. */
	readonly timeout: number;
}

/**
 * Repeats a download until it succeeds, or has failed for a minute: it costs nothing, and stores
 * hand out links before the file is there. The options for requests to the API do not matter here.
 *
 * @param timeout milliseconds until the last byte must be there
 * @throws CallFailure of the last attempt, which tells how often and how long it was tried
 */
export async function repeatDownload<Result>(
	attempt: (limits: AttemptLimits) => Promise<Result>,
	timeout: number,
	{ now, pause, random }: DownloadTools,
): Promise<Result> {
	const started = now();
	let firstFailure: number | undefined;
	const left = () => (firstFailure === undefined ? Infinity : firstFailure + LONGEST_TRIAL - now());
	for (let number = 1; ; number++) {
		const longestSilence = Math.max(SHORTEST_SILENCE, Math.min(LONGEST_SILENCE, left()));
		const timeLeft = Math.max(started + timeout - now(), Math.min(timeout, longestSilence));
		const outcome = await attempt({ longestSilence, timeout: timeLeft }).catch(orFailure);
		if (!(outcome instanceof CallFailure)) return outcome;
		firstFailure ??= now();
		const { retryAfter = 0 } = outcome.hint;
		const isOver = left() <= 0 || retryAfter > left();
		if (isOver || !outcome.hint.isTemporary) throw gaveUp(outcome, number, now() - firstFailure);
		// The last attempt is made when the time is up.
		await pause(Math.ceil(Math.min(left(), Math.max(retryAfter, usualPause(number, random())))));
	}
}

/** @param attempt the number of the failed attempt, from 1 */
function usualPause(attempt: number, random: number): number {
	return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1)) * (0.5 + random / 2);
}

function gaveUp(failure: CallFailure, attempts: number, milliseconds: number): CallFailure {
	if (attempts === 1) return failure;
	const { message, nextStep, details, hint } = failure;
	const tried = `It was tried ${attempts} times within ${Math.round(milliseconds / 1000)} seconds`;
	return new CallFailure(message, `${nextStep}. ${tried}`, details, hint);
}
