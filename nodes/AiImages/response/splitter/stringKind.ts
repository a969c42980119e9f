import { SVG_BEGINNING } from './base64Decoder';
import { detectImage } from '../../media/detectImage';

/**
 * What a text of a JSON response is: words or a link, an image by its place or its own words, or an
 * image if its bytes turn out to have the width and height of one.
 */
export type StringKind = 'plain' | 'image' | 'maybeImage';

/** What the key of a value holds according to the service. */
export type KeyKind = 'base64' | 'url' | 'other';

/** Characters that always suffice to judge a text, and how many they are if each is escaped. */
const MAX_JUDGED_CHARS = 128;
const MAX_ESCAPED_CHARS = 6 * MAX_JUDGED_CHARS;

/** Base64 of fewer characters holds no image: the smallest GIF takes 35 bytes. */
const MIN_BASE64_CHARS = 40;

/** https://www.rfc-editor.org/rfc/rfc2397, without an upper limit of parameters that nobody has. */
const DATA_URL = /^data:(?:[\w.+-]+\/[\w.+-]+)?(?:;\s*[\w.+-]+(?:=[^;,]*)?)*,/i;
const DATA_URL_BEGINNING = /^data:[\w.+/-]*(?:;[^;,]*)*$/i;

/**
 * A data URL inside of words, such as a Markdown image, or base64 in quotes, such as that of JSON
 * inside of a text; in JSON's spelling.
 */
const EMBEDDED_IMAGE = /((?:data:)?image\\?\/[\w.+-]{1,40};base64,|\\"|')([\w+/\\-]{44})/gi;
/** Characters of the longest text that it matches. */
const MAX_EMBEDDED_CHARS = 104;

/**
 * Judges a text by its beginning.
 *
 * @param start the beginning of the text, in JSON's spelling
 * @param key what the service's key for the value, or for the list around it, says
 * @param isWhole whether the text ends there
 * @returns undefined if more of the text is needed
 */
export function stringKind(start: string, key: KeyKind, isWhole: boolean): StringKind | undefined {
	const text = unescaped(start.slice(0, MAX_ESCAPED_CHARS)).slice(0, MAX_JUDGED_CHARS);
	const hasMore = !isWhole && text.length < MAX_JUDGED_CHARS && start.length < MAX_ESCAPED_CHARS;
	if (key === 'base64') {
		if (/^https?:/i.test(text) || (isWhole && text === '')) return 'plain';
		return hasMore && /^(h|ht|htt|https?)?$/i.test(text) ? undefined : 'image';
	}
	if (DATA_URL.test(text)) {
		return key === 'url' || /^data:image\//i.test(text) ? 'image' : 'maybeImage';
	}
	if (hasMore && (isBeginningOfDataUrl(text) || text.trimStart().startsWith('<'))) return undefined;
	if (SVG_BEGINNING.test(text)) return 'maybeImage';
	return base64Kind(text, hasMore);
}

function isBeginningOfDataUrl(text: string): boolean {
	return 'data:'.startsWith(text.toLowerCase()) || DATA_URL_BEGINNING.test(text);
}

/** Gateways write base64 under many keys, and in lists: its own first bytes tell it from words. */
function base64Kind(text: string, hasMore: boolean): StringKind | undefined {
	const plain = text.replace(/[\s=]/g, '');
	if (/[^A-Za-z0-9+/_-]/.test(plain)) return 'plain';
	if (hasMore) return undefined;
	if (plain.length < MIN_BASE64_CHARS) return 'plain';
	return detectImage(Buffer.from(plain, 'base64')) || isSvg(plain) ? 'maybeImage' : 'plain';
}

/** An SVG whose root stands behind a declaration or a comment that is cut off here. */
function isSvg(base64: string): boolean {
	const text = Buffer.from(base64, 'base64').toString('utf8');
	return /^\uFEFF?\s*<(\?xml|!--|!DOCTYPE\s+svg|svg)/i.test(text);
}

/**
 * Finds the first image inside of words.
 *
 * @param known how many characters of the words hold none
 * @returns where its data URL begins, and where the data in it
 */
export function findEmbeddedImage(
	words: string,
	known: number,
): { start: number; data: number } | null {
	EMBEDDED_IMAGE.lastIndex = Math.max(0, known - MAX_EMBEDDED_CHARS);
	for (;;) {
		const found = EMBEDDED_IMAGE.exec(words);
		if (!found) return null;
		const [, prefix = '', data = ''] = found;
		const isImage = base64Kind(data.replaceAll('\\', ''), false) !== 'plain';
		if (isImage) return { start: found.index, data: found.index + prefix.length };
	}
}

/** What a text of JSON says, as far as it is complete. */
function unescaped(text: string): string {
	if (!text.includes('\\')) return text;
	try {
		return JSON.parse(`"${text.slice(0, lastWhole(text))}"`) as string;
	} catch {
		return text;
	}
}

/** Where a text of JSON can be cut: at its end, or before an escape that breaks off there. */
export function lastWhole(text: string): number {
	let at = 0;
	while (at < text.length) {
		const next = text[at] !== '\\' ? 1 : text[at + 1] === 'u' ? 6 : 2;
		if (at + next > text.length) return at;
		at += next;
	}
	return at;
}
