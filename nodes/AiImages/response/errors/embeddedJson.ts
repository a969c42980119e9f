import { asText, parseJson } from '../../values/json';

/** The JSON that a text holds, and what stands around it. */
export function quotedJson(
	text: string,
): { before: string; value: unknown; after: string } | undefined {
	const from = text.search(/[[{]\s*["{[]/);
	const to = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1;
	const value = from < 0 || to <= from ? undefined : parseJson(text.slice(from, to));
	if (typeof value !== 'object' || value === null) return undefined;
	return { before: text.slice(0, from), value, after: text.slice(to) };
}

/** What a text of JSON says, or the text. */
export function asValue(raw: unknown): unknown {
	const text = asText(raw);
	return text === undefined ? raw : (parseJson(text) ?? text);
}
