/** Longest part of a value that a sentence repeats, in characters. */
const LONGEST = 50;

/** A value as a sentence names it: short, and as the user wrote it. */
export function quote(value: unknown): string {
	const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
	if (text.length <= LONGEST + 10) return text;
	const length =
		typeof value === 'string' ? ` (${value.length.toLocaleString('en-US')} characters)` : '';
	return `${text.slice(0, LONGEST)}…${length}`;
}
