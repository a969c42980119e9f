import { asText, parseJson } from '../../values/json';

/** The JSON object or list inside a text, with the text before and after it. */
export function embeddedJson(
	text: string,
): { before: string; value: unknown; after: string } | undefined {
	const start = text.search(/[[{]\s*["{[]/);
	const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1;
	const value = start < 0 || end <= start ? undefined : parseJson(text.slice(start, end));
	if (typeof value !== 'object' || value === null) return undefined;
	return { before: text.slice(0, start), value, after: text.slice(end) };
}

/** Parses a text that is JSON. Returns every other value as it is. */
export function parseIfJson(value: unknown): unknown {
	const text = asText(value);
	return text === undefined ? value : (parseJson(text) ?? text);
}
