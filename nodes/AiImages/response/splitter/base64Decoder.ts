/** Characters before the base64 of a data URL, with JSON escapes. Longer ones are not recognized. */
const MAX_PREFIX_CHARS = 512;

/** Characters of an SVG that is text, not base64. Programs that write longer ones use base64. */
const MAX_SVG_CHARS = 4_194_304;

/**
 * Decodes base64 in a JSON string that arrives in pieces. It can have JSON escapes (`\/`), the
 * prefix of a data URL, percent-encoding, white space, padding, and the URL-safe alphabet. Other
 * characters are skipped: whether the result is an image is decided by its bytes. An SVG can also
 * be text, in a data URL (https://www.rfc-editor.org/rfc/rfc2397) or without one.
 */
export class Base64Decoder {
	/** Characters that were not decoded yet: incomplete ones, the prefix, or the text of an SVG. */
	private rest = '';
	private isPrefixRead = false;
	/** The data is the text of an SVG, not base64. */
	private isSvgText = false;

	/**
	 * @param piece one character per byte
	 * @returns the bytes that it completes; can be none
	 */
	push(piece: string): Buffer {
		if (this.isSvgText) return this.keep(piece);
		// Concatenating copies the piece, so an empty rest is not prepended.
		const text = this.rest ? this.rest + piece : piece;
		if (this.isPrefixRead) return this.decode(text);
		this.rest = text;
		return text.length < MAX_PREFIX_CHARS ? NO_BYTES : this.readPrefix();
	}

	/** @returns the last bytes */
	end(): Buffer {
		const bytes = this.isPrefixRead ? NO_BYTES : this.readPrefix();
		const last = this.isSvgText ? decodeSvgText(this.rest) : Buffer.from(this.rest, 'base64');
		return Buffer.concat([bytes, last]);
	}

	/** Base64 has no comma, so whatever precedes one is the prefix of a data URL. */
	private readPrefix(): Buffer {
		this.isPrefixRead = true;
		const start = this.rest.slice(0, MAX_PREFIX_CHARS);
		const isSvg = SVG_BEGINNING.test(start);
		const comma = isSvg ? null : /,|\\u002c/i.exec(start);
		const end = comma ? comma.index + comma[0].length : 0;
		const prefix = withoutEscapes(this.rest.slice(0, end));
		const data = this.rest.slice(end).replace(PYTHON_BYTES_PREFIX, '');
		this.rest = '';
		this.isSvgText = isSvg || (/^(data:)?image\/svg/i.test(prefix) && !/;\s*base64/i.test(prefix));
		return this.isSvgText ? this.keep(data) : this.decode(data);
	}

	/** Text cannot be decoded before its end. One that is too long is dropped. */
	private keep(text: string): Buffer {
		const isTooLong = this.rest.length + text.length > MAX_SVG_CHARS;
		this.rest = isTooLong ? '' : this.rest + text;
		return NO_BYTES;
	}

	/** Decodes complete groups of four characters and leaves the others for the next piece. */
	private decode(text: string): Buffer {
		const whole = text.length - (text.length % 4);
		const bytes = Buffer.from(text.slice(0, whole), 'base64');
		if (bytes.length !== (whole / 4) * 3) return this.decodeUnclean(text);
		this.rest = text.slice(whole);
		return bytes;
	}

	/** Decodes base64 with other characters in it: escapes, line breaks, or padding. */
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

const NO_BYTES = Buffer.alloc(0);

/** The text of an SVG, with or without JSON escapes. */
export const SVG_BEGINNING = /^(?:\s|\\[nrt])*(?:<|\\u003c)(?:\?xml\s|svg[\s>]|!doctype\s+svg)/i;

/** Python prints bytes as `b'…'`. Some gateways send base64 that way by mistake. */
const PYTHON_BYTES_PREFIX = /^b'/;

/** For prefixes and base64, in which white space means nothing. */
function withoutEscapes(text: string): string {
	return text
		.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
		.replace(/\\[bfnrt]/g, '')
		.replaceAll('\\/', '/');
}

/** @param text a JSON string with its escapes, percent-encoded or not */
function decodeSvgText(text: string): Buffer {
	const json = `"${Buffer.from(text, 'latin1').toString('utf8')}"`;
	const svg = orIfInvalid(() => JSON.parse(json) as string, text);
	return Buffer.from(orIfInvalid(() => decodeURIComponent(svg), svg));
}

function orIfInvalid(read: () => string, fallback: string): string {
	try {
		return read();
	} catch {
		return fallback;
	}
}
