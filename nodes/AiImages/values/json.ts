/** A JSON object whose values are still to be checked. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Whether a value is an object, but not an array. */
export function isRecord(value: unknown): value is JsonRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or an empty one if the value is something else. */
export function asRecord(value: unknown): JsonRecord {
	return isRecord(value) ? value : {};
}

/** The text, or undefined if the value is something else or blank. */
export function asText(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The number, or undefined if the value is something else or not finite. */
export function asNumber(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A copy of a JSON value in which all texts are changed, keys included. */
export function mapTexts(value: unknown, change: (text: string) => string, depth = 0): unknown {
	if (typeof value === 'string') return change(value);
	if (typeof value !== 'object' || value === null) return value;
	if (depth === MAX_DEPTH) return null;
	const inner = (each: unknown) => mapTexts(each, change, depth + 1);
	if (Array.isArray(value)) return value.map(inner);
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [change(key), inner(each)]));
}

/** Levels. Responses have five; deeper ones are replaced by null. */
const MAX_DEPTH = 50;

/** The parsed text, or undefined if it is invalid JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {
		return undefined;
	}
}

/** The same object without keys whose value is undefined. */
export function withoutUndefined<Values extends object>(values: Values): Partial<Values> {
	return Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== undefined),
	) as Partial<Values>;
}
