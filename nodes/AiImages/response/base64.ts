/** Longest media type before the data of a data URL that is looked for. */
const LONGEST_PREFIX = 256;

/**
 * Decodes base64 that arrives in pieces, as it stands between the quotes of a JSON text: with or
 * without JSON escapes (`\/`), a data URL's media type before it, white space, the URL-safe
 * alphabet, and padding. Other characters are passed over; whether the result is an image shows
 * in its bytes.
 */
export class Base64Decoder {
	private parts: Buffer[] = [];
	/** The end of the last piece that could not be read on its own. */
	private rest = '';
	private prefixRead = false;

	push(piece: string): void {
		let text = this.rest + piece;
		if (!this.prefixRead) {
			this.rest = text;
			if (text.length < LONGEST_PREFIX) return;
			text = this.withoutPrefix(text);
		}
		this.rest = this.decode(text);
	}

	/** All that was decoded; the decoder is then ready for the next text. */
	end(): Buffer {
		const text = this.prefixRead ? this.rest : this.withoutPrefix(this.rest);
		const rest = this.decode(text);
		if (rest) this.parts.push(Buffer.from(rest, 'base64'));
		const bytes = this.parts.length === 1 ? (this.parts[0] as Buffer) : Buffer.concat(this.parts);
		this.parts = [];
		this.rest = '';
		this.prefixRead = false;
		return bytes;
	}

	/** A comma is no base64: what stands before it is a media type. */
	private withoutPrefix(text: string): string {
		this.prefixRead = true;
		return text.slice(text.slice(0, LONGEST_PREFIX).indexOf(',') + 1);
	}

	/** Decodes whole groups of four characters and returns what is left over. */
	private decode(text: string): string {
		const whole = text.length - (text.length % 4);
		const bytes = Buffer.from(text.slice(0, whole), 'base64');
		if (bytes.length === (whole / 4) * 3) {
			this.parts.push(bytes);
			return text.slice(whole);
		}
		return this.decodeUnclean(text);
	}

	/** Something in the text is no base64: an escape, a line break, or the padding at its end. */
	private decodeUnclean(text: string): string {
		const cut = /\\(?:u[0-9a-f]{0,3})?$/i.exec(text);
		const complete = text.slice(0, cut?.index);
		const clean = complete
			.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
			.replace(/\\[bfnrt]/g, '')
			.replace(/[^A-Za-z0-9+/_-]/g, '');
		const whole = clean.length - (clean.length % 4);
		this.parts.push(Buffer.from(clean.slice(0, whole), 'base64'));
		return clean.slice(whole) + text.slice(complete.length);
	}
}
