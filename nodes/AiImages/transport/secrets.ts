/** The secrets of a credential, as the user entered them. */
export interface Secrets {
	readonly key: string;
	/** Values of headers and of the query. */
	readonly others: readonly string[];
}

/** Removes the secrets of one credential from texts, in linear time. */
export interface Redactor {
	/** For texts that an item shows. Keeps secrets shorter than 8 characters: they can be words. */
	redact(text: string): string;
	/** For texts that become part of an error. Also removes a short key that stands alone. */
	redactError(text: string): string;
}

/** For requests without credentials. */
export const NO_SECRETS: Redactor = { redact: (text) => text, redactError: (text) => text };

/**
 * APIs quote keys in errors, also those of providers behind them, with the escapes of JSON, URLs
 * and HTML. The redactor finds them in all these spellings.
 */
export function createRedactor(secrets: Secrets): Redactor {
	const { long, short } = bySpelling(secrets);
	const removeLong = (text: string) =>
		long.reduce((safe, secret) => safe.replaceAll(secret, '***'), text);
	const removeAll = (text: string) =>
		short.reduce(
			(safe, secret) => (safe.includes(secret) ? safe.replace(asWord(secret), '***') : safe),
			removeLong(text),
		);
	return {
		redact: (text) => redactWith(removeLong, text),
		redactError: (text) => redactWith(removeAll, text),
	};
}

/**
 * Keeps the text as it is spelled if that is enough. Otherwise undoes its escapes, one level at a
 * time, until the last secret is found.
 */
function redactWith(remove: (text: string) => string, text: string): string {
	let result = remove(text);
	let plain = result;
	for (let level = 0; level < MAX_ESCAPE_DEPTH && /[\\%&]/.test(plain); level++) {
		const unescaped = withoutEscapes(plain);
		if (unescaped === plain) break;
		plain = remove(unescaped);
		if (plain !== unescaped) result = plain;
	}
	return result;
}

/** Levels of JSON inside JSON strings. A gateway behind a gateway makes two. */
const MAX_ESCAPE_DEPTH = 4;

const ESCAPES =
	/\\u([0-9a-f]{4})|\\(["\\/])|((?:%[0-9a-f]{2})+)|&(?:#x([0-9a-f]{1,5})|#(\d{1,6})|(amp|lt|gt|quot|apos));/gi;

const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
};

/** Undoes one level of the escapes of JSON, URLs and HTML. */
function withoutEscapes(text: string): string {
	return text.replace(
		ESCAPES,
		(
			_,
			code?: string,
			itself?: string,
			percent?: string,
			hex?: string,
			decimal?: string,
			entity?: string,
		) => {
			if (code) return String.fromCharCode(parseInt(code, 16));
			if (percent) return Buffer.from(percent.replaceAll('%', ''), 'hex').toString();
			if (hex) return String.fromCodePoint(parseInt(hex, 16));
			if (decimal) return String.fromCodePoint(Number(decimal));
			return itself ?? ENTITIES[(entity ?? '').toLowerCase()] ?? '';
		},
	);
}

/** Characters. Shorter values can be ordinary words. */
const MIN_LONG_SECRET = 8;
const MIN_SECRET = 4;

function bySpelling({ key, others }: Secrets): {
	long: readonly string[];
	short: readonly string[];
} {
	const long = [key, ...key.split(' '), ...others]
		.filter(({ length }) => length >= MIN_LONG_SECRET)
		.flatMap(spellingsOf)
		// A secret that is part of another one would leave the rest of it.
		.sort((a, b) => b.length - a.length);
	const isShort = key.length >= MIN_SECRET && key.length < MIN_LONG_SECRET;
	return { long: [...new Set(long)], short: isShort ? [key] : [] };
}

/** A secret as it is, and as `withoutEscapes` leaves it. Lone surrogates arrive as U+FFFD. */
function spellingsOf(secret: string): string[] {
	const spellings = [secret, Buffer.from(secret).toString()];
	for (let level = 0; level < MAX_ESCAPE_DEPTH; level++) {
		spellings.push(withoutEscapes(spellings.at(-1) ?? ''));
	}
	return spellings.filter(({ length }) => length >= MIN_LONG_SECRET);
}

/** Matches the secret if no letter, digit, hyphen or underscore touches it. */
function asWord(secret: string): RegExp {
	const literal = secret.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
	return new RegExp(`(?<![\\p{L}\\p{N}_-])${literal}(?![\\p{L}\\p{N}_-])`, 'gu');
}
