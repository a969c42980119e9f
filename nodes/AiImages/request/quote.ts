/** Longest part of a value that a sentence repeats, in characters. */
const LONGEST = 50;

/** A value as a sentence names it: short, and as the user wrote it. */
export function quote(value: unknown): string {
	const text = typeof value === 'number' ? String(value) : (jsonOf(value) ?? textOf(value));
	if (text.length <= LONGEST + 10) return text;
	const length =
		typeof value === 'string' ? ` (${value.length.toLocaleString('en-US')} characters)` : '';
	return `${text.slice(0, LONGEST)}…${length}`;
}

/** The JSON text of a value; undefined for what JSON cannot say, such as a circle. */
export function jsonOf(value: unknown): string | undefined {
	try {
		return JSON.stringify(value);
	} catch {
		return undefined;
	}
}

/** The text of a plain value. Expressions give objects, too, some of which have no text at all. */
export function textOf(value: unknown): string {
	return typeof value === 'object' || typeof value === 'symbol'
		? `[${typeof value}]`
		: String(value);
}

/** The number of a plain value, or NaN. */
export function numberOf(value: unknown): number {
	return typeof value === 'object' || typeof value === 'symbol' ? NaN : Number(value);
}
