import { inOneLine, redactUrls, truncate } from './redact';

/** A longer error body is a web page or a file, whose beginning is enough. */
export const MAX_ERROR_BYTES = 65_536;

const MAX_EXCERPT_CHARS = 200;

/**
 * Makes a text of the API safe to show.
 *
 * @param redact removes secrets
 * @returns one line, or undefined if nothing is left
 */
export function toShownText(
	text: string | undefined,
	maxChars: number,
	redact: (text: string) => string,
): string | undefined {
	if (text === undefined) return undefined;
	return truncate(redactUrls(inOneLine(redactStart(text, redact))), maxChars) || undefined;
}

/**
 * An excerpt of a body without a message: its beginning, or the title of a web page.
 *
 * @param text the body, or its first `MAX_ERROR_BYTES`
 * @param body the parsed text; undefined if it is not JSON
 * @param redact removes secrets
 * @returns an empty text if nothing in the body is readable
 */
export function bodyExcerpt(text: string, body: unknown, redact: (text: string) => string): string {
	if (body === undefined && isBinary(text)) return '';
	const safe = redactStart(toExcerpt(body, text), redact);
	return truncate(redactUrls(readableText(safe)), MAX_EXCERPT_CHARS);
}

/** Whether a body that was decoded as text is a binary file. */
export function isBinary(text: string): boolean {
	const start = text.slice(0, SAMPLE_CHARS);
	const control = start.match(/(?![\s\x1b])\p{Cc}/gu)?.length ?? 0;
	const unreadable = start.match(/\ufffd/g)?.length ?? 0;
	// A text in another encoding has unreadable characters, but among readable ones.
	return start.includes('\0') || control * unreadable > 0 || unreadable > start.length / 3;
}

const SAMPLE_CHARS = 1000;

/**
 * Removes secrets. A text that might have been cut at `MAX_ERROR_BYTES` can end with the beginning
 * of a secret, which cannot be recognized, so its end is dropped.
 */
function redactStart(text: string, redact: (text: string) => string): string {
	if (Buffer.byteLength(text) < MAX_ERROR_BYTES - MAX_UTF8_BYTES) return redact(text);
	return redact(text.slice(0, MAX_ERROR_BYTES)).slice(0, -MAX_SECRET_CHARS);
}

/** One character. The cut can fall inside it. */
const MAX_UTF8_BYTES = 4;

/** A secret with all its escapes. */
const MAX_SECRET_CHARS = 16_384;

/** The title of a web page, or the text without its tags. */
function readableText(text: string): string {
	// Every pattern is bounded, so a page full of brackets is read in linear time.
	const title = /<title[^<>]{0,200}>([^<]{1,500})/i.exec(text)?.[1];
	const body = text.slice(Math.max(0, text.indexOf('</head>')));
	const usefulTitle = title === undefined || USELESS_TITLE.test(title) ? undefined : title;
	return inOneLine(usefulTitle ?? body.replace(/<[^<>]{0,2000}>/g, ' '));
}

/** The text of such a page says more than its title. */
const USELESS_TITLE = /^\s*(?:error|\d{3})?\s*$/i;

function toExcerpt(body: unknown, text: string): string {
	if (body === undefined) return text;
	if (typeof body === 'string') return body;
	try {
		return JSON.stringify(body);
	} catch {
		// It is nested too deeply.
		return text;
	}
}
