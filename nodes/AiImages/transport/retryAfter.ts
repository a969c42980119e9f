/** The longest delay that is respected, in milliseconds: an hour. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * How long the API asks to wait, in milliseconds: by `retry-after-ms`, by `Retry-After` (seconds or
 * a date, https://www.rfc-editor.org/rfc/rfc9110#field.retry-after), or by the error message
 * ("Please try again in 51.84s", "in 6m0s", "in 500ms", "wait 15 seconds", "resets in ~8s").
 *
 * @param now milliseconds since 1970
 */
export function parseRetryAfter(
	header: (name: string) => string,
	message: string,
	now: number,
): number | undefined {
	const delay = [
		fromNumber(header('retry-after-ms'), 1),
		fromNumber(header('retry-after'), 1000),
		fromDate(header('retry-after'), now),
		fromMessage(message),
	].find((each) => each !== undefined);
	return delay === undefined ? undefined : Math.min(Math.max(delay, 0), MAX_RETRY_AFTER_MS);
}

function fromNumber(text: string, unit: number): number | undefined {
	return /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) * unit : undefined;
}

function fromDate(text: string, now: number): number | undefined {
	const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? undefined : date - now;
}

const UNITS: Readonly<Record<string, number>> = {
	ms: 1,
	milli: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
};

function fromMessage(message: string): number | undefined {
	const phrase =
		/(?:(?:try again|retry|wait|resets?)(?: after| in| for)?|available in) ~?((?:\d+(?:\.\d+)?\s?(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)(?![a-z])\s?)+)/i.exec(
			message,
		)?.[1];
	if (!phrase) return undefined;
	return [...phrase.matchAll(/(\d+(?:\.\d+)?)\s?(ms|milli|s|m|h)/gi)].reduce(
		(sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit.toLowerCase()] ?? 0),
		0,
	);
}
