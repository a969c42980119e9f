import { asNumber, asText } from '../values/json';

/**
 * A point in time as ISO 8601.
 *
 * @param value seconds or milliseconds since 1970, or a date in ISO 8601
 * @returns undefined if it is no date that can be right
 */
export function toIsoDate(value: unknown): string | undefined {
	const text = asText(value) ?? '';
	const seconds = asNumber(/^\d+(?:\.\d+)?$/.test(text) ? Number(text) : value);
	const date =
		seconds === undefined
			? new Date(/^\d{4}-\d\d-\d\d/.test(text) ? text : NaN)
			: new Date(seconds < MIN_MILLISECONDS ? seconds * 1000 : seconds);
	const isPlausible = date.getTime() >= 0 && date.getTime() < MAX_DATE;
	return isPlausible ? date.toISOString() : undefined;
}

/** As seconds, this is the year 5138; as milliseconds, 1973. */
const MIN_MILLISECONDS = 100_000_000_000;

const MAX_DATE = Date.UTC(2100);
