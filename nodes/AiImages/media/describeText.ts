import { detectImage } from './detectImage';

export interface TextDescription {
	/** Follows "but": `a web page`. */
	readonly what: string;
	readonly advice: string;
}

/** What a text is that was found in place of an image; null = binary data. */
export function describeText(text: string): TextDescription | null {
	if (!text) return { what: 'blank text', advice: CHECK_SOURCE };
	if (text.startsWith('<')) return describeMarkup(text);
	if (/^(?:\{\s*["}]|\[\s*(?:["{[\]\d-]|true|false|null))/.test(text)) {
		return { what: `JSON: ${excerpt(text)}`, advice: CHECK_SOURCE };
	}
	if (/^https?:\/\/\S+$/i.test(text)) {
		return {
			what: `text with a URL: ${excerpt(text)}`,
			advice: "Set 'Source' to URL, or download the file first",
		};
	}
	if (isEncodedImage(text)) {
		return { what: 'an image as Base64 text', advice: "Set 'Source' to Base64" };
	}
	// Invalid UTF-8 and control characters.
	if (/[\uFFFD\u0001-\u0008\u000E-\u001F]/.test(text.slice(0, 1024))) return null;
	return { what: `text: ${excerpt(text)}`, advice: CHECK_SOURCE };
}

export const CHECK_SOURCE = 'Check the node that outputs it';

function describeMarkup(text: string): TextDescription {
	const isPage = /<(?:!doctype\s{1,9}html|html|head|body|title)\b/i.test(text.slice(0, 4096));
	if (!isPage) return { what: `XML: ${excerpt(text)}`, advice: CHECK_SOURCE };
	const start = /<title[^<>]{0,200}>/i.exec(text);
	const title = start
		? text
				.slice(start.index + start[0].length)
				.split('<', 1)[0]
				?.trim()
		: '';
	return {
		what: title ? `a web page: ${excerpt(title)}` : 'a web page',
		advice: 'Use a link that leads to the image itself',
	};
}

function isEncodedImage(text: string): boolean {
	if (/^data:image\//i.test(text)) return true;
	const start = /^[A-Za-z0-9+/\r\n]{64}/.exec(text)?.[0];
	return start !== undefined && detectImage(Buffer.from(start, 'base64')) !== null;
}

/** Longest part of a file's text that a message quotes. */
const MAX_EXCERPT_CHARS = 80;

/** The beginning of a text as a message quotes it, without the user and the query of URLs: secrets. */
function excerpt(text: string): string {
	const line = text
		.slice(0, 1000)
		.replace(/(https?:\/\/)[^\s"'<>?#/@]{1,300}@/gi, '$1')
		.replace(/(https?:\/\/[^\s"'<>?#]{0,300})[?#][^\s"'<>]{0,1000}/gi, '$1')
		.replace(/[\s\p{C}]+/gu, ' ');
	return JSON.stringify(
		line.length > MAX_EXCERPT_CHARS ? `${line.slice(0, MAX_EXCERPT_CHARS)}…` : line,
	);
}
