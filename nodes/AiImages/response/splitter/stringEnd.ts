const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Finds the end of a JSON string that arrives in chunks. */
export class StringEnd {
	/** A backslash at the end of the last chunk escapes the next character. */
	isEscaped = false;

	/** The index of the quote that ends the string, which isn't escaped; -1 if there is none. */
	find(chunk: Buffer, from: number): number {
		for (let at = from; ; at++) {
			const quote = chunk.indexOf(QUOTE, at);
			const end = quote < 0 ? chunk.length : quote;
			let slashes = 0;
			while (end - slashes > from && chunk[end - slashes - 1] === BACKSLASH) slashes++;
			const isEscaped = (slashes + (end - slashes === from && this.isEscaped ? 1 : 0)) % 2 === 1;
			if (quote < 0) this.isEscaped = isEscaped;
			if (quote < 0 || !isEscaped) return quote;
			at = quote;
		}
	}
}
