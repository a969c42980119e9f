const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SLASH = 0x2f;

/** Characters of base64 and of its URL-safe alphabet. */
const BASE64 = new Set(
	Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_='),
);

/** Finds the end of a JSON text that arrives in pieces. */
export class StringEnd {
	/** Whether a backslash at the end of the last piece escapes the next character. */
	escaped = false;

	/** Where the quote is that ends the text, which an escaped one does not; or -1. */
	find(chunk: Buffer, from: number): number {
		for (let at = from; ; at++) {
			const quote = chunk.indexOf(QUOTE, at);
			const end = quote < 0 ? chunk.length : quote;
			let slashes = 0;
			while (end - slashes > from && chunk[end - slashes - 1] === BACKSLASH) slashes++;
			const isEscaped = (slashes + (end - slashes === from && this.escaped ? 1 : 0)) % 2 === 1;
			if (quote < 0) this.escaped = isEscaped;
			if (quote < 0 || !isEscaped) return quote;
			at = quote;
		}
	}
}

/**
 * How far base64 inside of words goes. `\/` is a slash of it, so that a backslash at the end of the
 * piece is not read before what follows it is there.
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
