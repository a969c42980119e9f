import { detectImage } from '../../media/detectImage';
import { SVG_BEGINNING } from './base64Decoder';
import { unescapeBeginning } from './escapes';

/**
 * What a string of a JSON response is:
 * - `plain`: prose or a link
 * - `image`: an image, by its key or by its data URL
 * - `maybeImage`: an image if its bytes tell width and height
 */
export type StringKind = 'plain' | 'image' | 'maybeImage';

/** What the key of a value holds according to the service. */
export type KeyKind = 'base64' | 'url' | 'other';

/** Characters that always suffice to classify a string: unescaped, and if each is escaped. */
const MAX_CLASSIFIED_CHARS = 128;
const MAX_ESCAPED_CHARS = 6 * MAX_CLASSIFIED_CHARS;

/** Shorter base64 is no image: the smallest GIF has 35 bytes. */
const MIN_BASE64_CHARS = 40;

/** https://www.rfc-editor.org/rfc/rfc2397, with any number of parameters. */
const DATA_URL = /^data:(?:[\w.+-]+\/[\w.+-]+)?(?:;\s*[\w.+-]+(?:=[^;,]*)?)*,/i;
const DATA_URL_BEGINNING = /^data:[\w.+/-]*(?:;[^;,]*)*$/i;

/**
 * Classifies a string by its beginning.
 *
 * @param start the beginning of the string, with its JSON escapes
 * @param key what the key of the string, or of the array around it, holds
 * @param isWhole whether `start` is the whole string
 * @returns undefined if more of the string is needed
 */
export function stringKind(start: string, key: KeyKind, isWhole: boolean): StringKind | undefined {
	const text = unescapeBeginning(start.slice(0, MAX_ESCAPED_CHARS)).slice(0, MAX_CLASSIFIED_CHARS);
	const hasMore =
		!isWhole && text.length < MAX_CLASSIFIED_CHARS && start.length < MAX_ESCAPED_CHARS;
	if (key === 'base64') {
		if (/^https?:/i.test(text) || (isWhole && text === '')) return 'plain';
		return hasMore && /^(h|ht|htt|https?)?$/i.test(text) ? undefined : 'image';
	}
	if (DATA_URL.test(text)) {
		return key === 'url' || /^data:image\//i.test(text) ? 'image' : 'maybeImage';
	}
	if (hasMore && (isDataUrlBeginning(text) || text.trimStart().startsWith('<'))) return undefined;
	if (SVG_BEGINNING.test(text)) return 'maybeImage';
	return base64Kind(text, hasMore);
}

/** Gateways put base64 under many keys and into arrays, so its first bytes decide. */
export function base64Kind(text: string, hasMore: boolean): StringKind | undefined {
	const base64 = text.replace(/[\s=]/g, '');
	if (/[^A-Za-z0-9+/_-]/.test(base64)) return 'plain';
	if (hasMore) return undefined;
	if (base64.length < MIN_BASE64_CHARS) return 'plain';
	const bytes = Buffer.from(base64, 'base64');
	return detectImage(bytes) || isSvgBeginning(bytes) ? 'maybeImage' : 'plain';
}

/** Also true if the root element comes too late to be among these bytes. */
function isSvgBeginning(bytes: Buffer): boolean {
	return /^\uFEFF?\s*<(\?xml|!--|!DOCTYPE\s+svg|svg)/i.test(bytes.toString('utf8'));
}

function isDataUrlBeginning(text: string): boolean {
	return 'data:'.startsWith(text.toLowerCase()) || DATA_URL_BEGINNING.test(text);
}
