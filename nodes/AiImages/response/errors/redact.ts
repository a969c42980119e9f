/** Signed addresses open files to everybody, and base64 says nothing to a reader. */
export function redactUrls(words: string): string {
	return words
		.replace(/\bhttps?:\/\/[^\s"'<>]*/gi, withoutAuthorization)
		.replace(/\?[\w.%-]+=[^\s"'<>]+/g, '?***')
		.replace(/;base64,[\w+/=%-]+/g, ';base64,…')
		.replace(BASE64, '…');
}

/** An address without user name, password, query and fragment. */
function withoutAuthorization(address: string): string {
	return address.replace(/(https?:\/\/)[^/?#]*@/gi, '$1').replace(/[?#].*$/s, '?***');
}

/** In one piece, or in lines of 64 or 76 characters. It begins where no such character is before. */
const BASE64 =
	/(?<![\w+/-])[\w+/-]{60,}(?:(?<=[\w+/-]{100})|(?:\s{1,4}[\w+/-]{60,})+(?:\s{1,4}(?:[\w+/-]{20,}|[\w+/-]+(?==)))?)={0,2}/g;

/** A text in one line, without control characters and what changes the direction of writing. */
export function inOneLine(text: string): string {
	return text.replace(INVISIBLE, ' ').trim();
}

const INVISIBLE =
	/[\s\p{Cc}\p{Cs}\p{Co}\p{Cn}\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]+/gu;

/** The beginning of a text, with a sign that it goes on. */
export function shortened(text: string, length: number): string {
	// Half of a pair of surrogates would be no character.
	return text.length > length ? `${text.slice(0, length).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

/** Whether what was read as text is the content of a file. */
export function isBinary(text: string): boolean {
	const start = text.slice(0, SAMPLE);
	const control = start.match(/(?![\s\x1b])\p{Cc}/gu)?.length ?? 0;
	const unreadable = start.match(/\ufffd/g)?.length ?? 0;
	// Texts in another encoding have characters that cannot be read, but not only such.
	return start.includes('\0') || control * unreadable > 0 || unreadable > start.length / 3;
}

/** Characters that show what a text is. */
const SAMPLE = 1000;

/** The title of a web page, or its text. */
export function excerptOf(text: string): string {
	// Each pattern is bounded, so that a page of brackets is read in one pass.
	const title = /<title[^<>]{0,200}>([^<]{1,500})/i.exec(text)?.[1];
	const body = text.slice(Math.max(0, text.indexOf('</head>')));
	const telling = title === undefined || EMPTY_TITLE.test(title) ? undefined : title;
	return inOneLine(telling ?? body.replace(/<[^<>]{0,2000}>/g, ' '));
}

/** Titles of pages whose text says what is wrong. */
const EMPTY_TITLE = /^\s*(?:error|\d{3})?\s*$/i;
