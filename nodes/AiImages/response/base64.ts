/** Longest media type before the data of a data URL that is looked for, escapes and all. */
const LONGEST_PREFIX = 512;

/** Longest SVG that is read as text, in characters; programs that write longer ones use base64. */
const LONGEST_TEXT = 4_194_304;

const NOTHING = Buffer.alloc(0);

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
	/** What has been decoded and is not handed out yet. */
	private block = NOTHING;
	private filled = 0;

	/**
	 * @param piece characters, one byte each
	 * @returns decoded bytes that are worth handing on; may be none
	 */
	push(piece: Buffer): Buffer {
		if (this.isText) return this.hold(piece.toString('latin1'));
		if (this.prefixRead) return this.decode(piece);
		this.rest += piece.toString('latin1');
		return this.rest.length < LONGEST_PREFIX ? NOTHING : this.readPrefix();
	}

	/** The last bytes. */
	end(): Buffer {
		const first = this.prefixRead ? NOTHING : this.readPrefix();
		const last = this.isText ? decodeText(this.rest) : Buffer.from(this.rest, 'base64');
		return Buffer.concat([first, this.block.subarray(0, this.filled), last]);
	}

	/** A comma is no base64: what stands before it is a media type. */
	private readPrefix(): Buffer {
		this.prefixRead = true;
		const comma = /,|\\u002c/i.exec(this.rest.slice(0, LONGEST_PREFIX));
		const end = comma ? comma.index + comma[0].length : 0;
		const prefix = withoutEscapes(this.rest.slice(0, end));
		const data = this.rest.slice(end);
		this.rest = '';
		this.isText = /^(data:)?image\/svg/i.test(prefix) && !/;\s*base64/i.test(prefix);
		return this.isText ? this.hold(data) : this.decodeFirst(data);
	}

	/** The first bytes are handed on at once: they tell what the image is. */
	private decodeFirst(text: string): Buffer {
		const end = text.length - (text.length % 4);
		const bytes = Buffer.from(text.slice(0, end), 'base64');
		if (bytes.length !== (end / 4) * 3) return this.decodeUnclean(text);
		this.rest = text.slice(end);
		return bytes;
	}

	private hold(text: string): Buffer {
		const isTooLong = this.rest.length + text.length > LONGEST_TEXT;
		this.rest = isTooLong ? '' : this.rest + text;
		return NOTHING;
	}

	/** Decodes whole groups of four characters and leaves the others for the next piece. */
	private decode(piece: Buffer): Buffer {
		const lead = (4 - (this.rest.length % 4)) % 4;
		const end = piece.length - ((piece.length - lead) % 4);
		const length = ((this.rest.length + end) / 4) * 3;
		if (end <= lead) return this.decodeUnclean(this.rest + piece.toString('latin1'));
		const full = this.makeRoom(length);
		const { block, filled } = this;
		const first = this.rest ? this.rest + piece.toString('latin1', 0, lead) : '';
		const written =
			block.write(first, filled, 'base64') +
			block.write(piece.toString('latin1', lead, end), filled + (first.length / 4) * 3, 'base64');
		if (written !== length) {
			const bytes = this.decodeUnclean(this.rest + piece.toString('latin1'));
			return full.length > 0 ? Buffer.concat([full, bytes]) : bytes;
		}
		this.filled += length;
		this.rest = piece.toString('latin1', end);
		return full;
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
		const before = this.block.subarray(0, this.filled);
		this.block = NOTHING;
		this.filled = 0;
		const bytes = Buffer.from(clean.slice(0, groups), 'base64');
		return before.length > 0 ? Buffer.concat([before, bytes]) : bytes;
	}

	/** @returns what the block held if that leaves no room for so many bytes */
	private makeRoom(length: number): Buffer {
		if (this.block.length - this.filled >= length) return NOTHING;
		const full = this.block.subarray(0, this.filled);
		this.block = Buffer.allocUnsafeSlow(Math.max(BLOCK, length));
		this.filled = 0;
		return full;
	}
}

/**
 * Bytes that are handed on at a time: those of four pieces of the network, for each of which a
 * piece of memory and a write of their own would cost more than their decoding.
 */
const BLOCK = 196_608;

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
