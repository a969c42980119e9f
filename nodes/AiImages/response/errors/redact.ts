/** Removes base64, and what can grant access to a URL: user name, password, query and fragment. */
export function redactUrls(text: string): string {
	return text
		.replace(/\bhttps?:\/\/[^\s"'<>]*/gi, withoutCredentials)
		.replace(/\?[\w.%-]+=[^\s"'<>]+/g, '?***')
		.replace(/;base64,[\w+/=%-]+/g, ';base64,…')
		.replace(BASE64, '…');
}

function withoutCredentials(url: string): string {
	return url
		.replace(/(https?:\/\/)[^/?#]*@/gi, '$1')
		.replace(/#.*$/s, '')
		.replace(/\?.*$/s, '?***');
}

/**
 * At least 100 characters in one piece, or lines of 64 or 76 characters. The lookbehind lets a match
 * begin only at the start of a run, which keeps the search linear.
 */
const BASE64 =
	/(?<![\w+/-])[\w+/-]{60,}(?:(?<=[\w+/-]{100})|(?:\s{1,4}[\w+/-]{60,})+(?:\s{1,4}(?:[\w+/-]{20,}|[\w+/-]+(?==)))?)={0,2}/g;

/** Puts a text on one line and removes control characters and marks of writing direction. */
export function inOneLine(text: string): string {
	return text.replace(INVISIBLE, ' ').trim();
}

const INVISIBLE =
	/[\s\p{Cc}\p{Cs}\p{Co}\p{Cn}\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]+/gu;

/** The beginning of a text, with an ellipsis if it is longer than the limit. */
export function truncate(text: string, maxChars: number): string {
	if (text.length <= maxChars) return text;
	// The cut can split a surrogate pair.
	return `${text.slice(0, maxChars).replace(/[\ud800-\udbff]$/, '')}…`;
}
