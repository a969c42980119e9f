/** Longest part of a value that a sentence repeats, in characters. */
const MAX_VALUE_CHARS = 50;

/** A value as a sentence names it: short, and as the user wrote it. */
export function formatValue(value: unknown): string {
	const text = typeof value === 'number' ? String(value) : (toJson(value) ?? toText(value));
	if (text.length <= MAX_VALUE_CHARS + 10) return text;
	const length =
		typeof value === 'string' ? ` (${value.length.toLocaleString('en-US')} characters)` : '';
	return `${text.slice(0, MAX_VALUE_CHARS)}…${length}`;
}

/** A size of a file: `4 MB`. A megabyte has 1,000,000 bytes. */
export function formatMegabytes(bytes: number): string {
	return `${(bytes / 1_000_000).toLocaleString('en-US', { maximumFractionDigits: 6 })} MB`;
}

/** The JSON text of a value; undefined for what JSON cannot say, such as a circle. */
export function toJson(value: unknown): string | undefined {
	try {
		return JSON.stringify(value);
	} catch {
		return undefined;
	}
}

/** The text of a plain value. Expressions give objects, too, some of which have no text at all. */
export function toText(value: unknown): string {
	return typeof value === 'object' || typeof value === 'symbol'
		? `[${typeof value}]`
		: String(value);
}

/** The number of a plain value, or NaN. */
export function toNumber(value: unknown): number {
	return typeof value === 'object' || typeof value === 'symbol' ? NaN : Number(value);
}
