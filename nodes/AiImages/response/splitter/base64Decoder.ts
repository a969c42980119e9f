/** Longest media type before the data of a data URL that is looked for, escapes and all. */
const MAX_PREFIX_CHARS = 512;

/** Longest SVG that is read as text, in characters; programs that write longer ones use base64. */
const MAX_SVG_CHARS = 4_194_304;

/**
 * Decodes base64 that arrives in pieces, as it stands between the quotes of a JSON text: with or
 * without JSON escapes (`\/`), a data URL's media type before it and its percent signs, white
 * space, the URL-safe alphabet, and padding. Other characters are passed over; whether the result is an image shows
 * in its bytes. The data URL of an SVG may hold the text itself
 * (https://www.rfc-editor.org/rfc/rfc2397).
 */
export class Base64Decoder {
	/** The end of the last piece that could not be read on its own. */
	private rest = '';
	private prefixRead = false;
	private isText = false;

	/**
	 * @param piece characters that each stand for a byte
	 * @returns the bytes that the piece completes; may be none
	 */
	push(piece: string): Buffer {
		if (this.isText) return this.hold(piece);
		// Only a text that is not empty is put before the piece, which would be copied once more.
		const text = this.rest ? this.rest + piece : piece;
		if (this.prefixRead) return this.decode(text);
		this.rest = text;
		return text.length < MAX_PREFIX_CHARS ? NOTHING : this.readPrefix();
	}

	/** The last bytes. */
	end(): Buffer {
		const bytes = this.prefixRead ? NOTHING : this.readPrefix();
		const last = this.isText ? decodeText(this.rest) : Buffer.from(this.rest, 'base64');
		return Buffer.concat([bytes, last]);
	}

	/** A comma is no base64: what stands before it is a media type. */
	private readPrefix(): Buffer {
		this.prefixRead = true;
		const start = this.rest.slice(0, MAX_PREFIX_CHARS);
		const isSvg = SVG_BEGINNING.test(start);
		const comma = isSvg ? null : /,|\\u002c/i.exec(start);
		const end = comma ? comma.index + comma[0].length : 0;
		const prefix = withoutEscapes(this.rest.slice(0, end));
		const data = this.rest.slice(end).replace(BYTES_OF_PYTHON, '');
		this.rest = '';
		this.isText = isSvg || (/^(data:)?image\/svg/i.test(prefix) && !/;\s*base64/i.test(prefix));
		return this.isText ? this.hold(data) : this.decode(data);
	}

	private hold(text: string): Buffer {
		const isTooLong = this.rest.length + text.length > MAX_SVG_CHARS;
		this.rest = isTooLong ? '' : this.rest + text;
		return NOTHING;
	}

	/** Decodes whole groups of four characters and leaves the others for the next piece. */
	private decode(text: string): Buffer {
		const whole = text.length - (text.length % 4);
		const bytes = Buffer.from(text.slice(0, whole), 'base64');
		if (bytes.length !== (whole / 4) * 3) return this.decodeUnclean(text);
		this.rest = text.slice(whole);
		return bytes;
	}

	/** Something in the text is no base64: an escape, a line break, or the padding at its end. */
	private decodeUnclean(text: string): Buffer {
		const complete = text.replace(/\\(?:u[0-9a-f]{0,3})?$/i, '');
		const plain = withoutEscapes(complete);
		const whole = plain.replace(/%[0-9a-f]?$/i, '');
		const clean = whole
			.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
			.replace(/[^A-Za-z0-9+/_-]/g, '');
		const groups = clean.length - (clean.length % 4);
		this.rest = clean.slice(groups) + plain.slice(whole.length) + text.slice(complete.length);
		return Buffer.from(clean.slice(0, groups), 'base64');
	}
}

const NOTHING = Buffer.alloc(0);

/** The text itself of an SVG, in JSON's spelling. */
export const SVG_BEGINNING = /^(?:\s|\\[nrt])*(?:<|\\u003c)(?:\?xml\s|svg[\s>]|!doctype\s+svg)/i;

/** `b'…'`: how Python prints bytes, and those of base64 by mistake. */
const BYTES_OF_PYTHON = /^b'/;

/** For media types and base64, in which white space and other escapes mean nothing. */
function withoutEscapes(text: string): string {
	return text
		.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
		.replace(/\\[bfnrt]/g, '')
		.replaceAll('\\/', '/');
}

/** @param text between the quotes of a JSON text, percent-encoded or not */
function decodeText(text: string): Buffer {
	const json = `"${Buffer.from(text, 'latin1').toString('utf8')}"`;
	const plain = attempt(() => JSON.parse(json) as string, text);
	return Buffer.from(attempt(() => decodeURIComponent(plain), plain));
}

function attempt(read: () => string, otherwise: string): string {
	try {
		return read();
	} catch {
		return otherwise;
	}
}
