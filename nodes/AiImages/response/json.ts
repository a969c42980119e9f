/** A JSON object whose values are still to be judged: servers answer as they like. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** The object, or an empty one if the value is something else. */
export function asRecord(value: unknown): JsonRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as JsonRecord)
		: {};
}

/** The text, or undefined if the value is something else or empty. */
export function asText(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A JSON value whose texts have gone through a function, wherever they stand. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
	if (value === undefined) return undefined;
	const changed = (_: string, each: unknown) => (typeof each === 'string' ? change(each) : each);
	return JSON.parse(JSON.stringify(value, changed));
}

/** The parsed text, or undefined if it is no JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {
		return undefined;
	}
}
