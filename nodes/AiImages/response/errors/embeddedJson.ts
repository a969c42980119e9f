import { asText, parseJson } from '../../values/json';

/**
 * The JSON object or list inside a text, with the text before and after it. Gateways in Python print
 * the error of the provider as a dictionary (`Error code: 400 - {'error': {'message': …}}`) or as
 * bytes (`b'{\n "error": …}'`), and others escape its quotes.
 */
export function embeddedJson(
	text: string,
): { before: string; value: unknown; after: string } | undefined {
	const start = text.search(START);
	if (start < 0 || text.length > MAX_CHARS) return undefined;
	const rest = text.slice(start);
	const unescaped = ESCAPED_START.test(rest) ? rest.replace(/\\(["\\])/g, '$1') : rest;
	const end = endOfValue(unescaped);
	const value = parseLiteral(unescaped.slice(0, end));
	if (typeof value !== 'object' || value === null) return undefined;
	return {
		before: text.slice(0, start).replace(/\bb['"]$/, ''),
		value,
		after: unescaped.slice(end).replace(/^(?:\\n)*['"]/, ''),
	};
}

/** Longer ones repeat inputs. */
const MAX_CHARS = 1_000_000;

/** Parses a text that is JSON. Returns every other value as it is. */
export function parseIfJson(value: unknown): unknown {
	const text = asText(value);
	return text === undefined ? value : (parseJson(text) ?? text);
}

/** A list of words in single quotes is part of a sentence: `models=['gpt-5']`. */
const START = /\{(?:\s|\\[nrt])*\\?["'{[]|\[(?:\s|\\[nrt])*\\?["{[]/;
const ESCAPED_START = /^[[{](?:\s|\\[nrt])*\\"/;

/** Where the object or list ends with which a text begins. */
function endOfValue(text: string): number {
	let depth = 0;
	let quote = '';
	for (let at = 0; at < text.length; at++) {
		const character = text[at] as string;
		if (character === '\\') at++;
		else if (quote) quote = character === quote ? '' : quote;
		else if (character === '"' || character === "'") quote = character;
		else if (character === '{' || character === '[') depth++;
		else if (character === '}' || character === ']') depth--;
		if (depth === 0 && !quote) return at + 1;
	}
	return text.length;
}

function parseLiteral(text: string): unknown {
	return parseJson(text) ?? parseJson(text.replace(/\\[nrt]/g, ' ')) ?? parseJson(toJson(text));
}

/** A literal of Python as JSON. */
function toJson(literal: string): string {
	return literal.replace(TOKEN, (token, single?: string, word?: string) => {
		if (word !== undefined) return WORDS[word] as string;
		if (single === undefined) return token;
		return `"${single
			.replace(/\\'/g, "'")
			.replace(/(?<!\\)"/g, '\\"')
			.replace(/\\x/g, '\\u00')}"`;
	});
}

/** An escape outside of a string is one, too: a search that fails does not begin again behind it. */
const TOKEN = /\\.|'((?:[^'\\]|\\.)*)'|"(?:[^"\\]|\\.)*"|\b(None|True|False)\b/gs;
const WORDS: Readonly<Record<string, string>> = { None: 'null', True: 'true', False: 'false' };
