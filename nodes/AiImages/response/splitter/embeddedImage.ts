import { base64Kind } from './stringKind';

/**
 * A data URL inside prose, such as in a Markdown image, or base64 in quotes, such as in JSON
 * inside a string. JSON escapes are still in place.
 */
const EMBEDDED_IMAGE = /((?:data:)?image\\?\/[\w.+-]{1,40};base64,|\\"|')([\w+/\\-]{44})/gi;

/** Characters of its longest match. */
const MAX_EMBEDDED_CHARS = 104;

/**
 * Finds the first image inside a JSON string.
 *
 * @param string with its JSON escapes
 * @param searched how many of its characters an earlier search has covered
 * @returns where the data URL or the quote begins, and where its base64 does
 */
export function findEmbeddedImage(
	string: string,
	searched: number,
): { start: number; data: number } | null {
	EMBEDDED_IMAGE.lastIndex = Math.max(0, searched - MAX_EMBEDDED_CHARS);
	for (;;) {
		const found = EMBEDDED_IMAGE.exec(string);
		if (!found) return null;
		const [, prefix = '', data = ''] = found;
		const isImage = base64Kind(data.replaceAll('\\', ''), false) !== 'plain';
		if (isImage) return { start: found.index, data: found.index + prefix.length };
	}
}

const BACKSLASH = 0x5c;
const SLASH = 0x2f;

/** Characters of base64 and of its URL-safe alphabet. */
const BASE64 = new Set(
	Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_='),
);

/**
 * How far the base64 of an embedded image goes. It can contain `\/`, so a backslash at the end of
 * the chunk is left unread until the next byte is known.
 *
 * @returns where it stops, and whether that is the end of the base64
 */
export function base64Run(chunk: Buffer, from: number): { to: number; isEnd: boolean } {
	for (let at = from; at < chunk.length; at++) {
		const byte = chunk[at] as number;
		if (BASE64.has(byte)) continue;
		if (byte !== BACKSLASH) return { to: at, isEnd: true };
		if (at + 1 === chunk.length) return { to: at, isEnd: false };
		if (chunk[at + 1] !== SLASH) return { to: at, isEnd: true };
		at++;
	}
	return { to: chunk.length, isEnd: false };
}
