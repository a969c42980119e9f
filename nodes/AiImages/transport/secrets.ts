import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { resolveCredential, extraHeadersOf, keyOf } from '../services/access';

/** Removes the secrets of one credential from texts. Both take time in proportion to the text. */
export interface Redactor {
	/** For what an item shows. Short secrets stay: they are words, too. */
	redact(text: string): string;
	/** For what becomes a part of an error. Short secrets go where they are words of their own. */
	redactError(text: string): string;
}

/**
 * The cleaner of a credential. Servers quote keys in errors, and errors of other servers, in the
 * spellings of JSON, of addresses and of web pages.
 *
 * @param credentials one that `accessOf` has read
 */
export function redactorFor(credentials: ICredentialDataDecryptedObject): Redactor {
	const made = REDACTORS.get(credentials) ?? createRedactor(credentials);
	REDACTORS.set(credentials, made);
	return made;
}

const REDACTORS = new WeakMap<ICredentialDataDecryptedObject, Redactor>();

function createRedactor(credentials: ICredentialDataDecryptedObject): Redactor {
	const { long, short } = secretsOf(credentials);
	const removeLong = (text: string) =>
		long.reduce((safe, secret) => safe.replaceAll(secret, '***'), text);
	const removeAll = (text: string) =>
		short.reduce(
			(safe, secret) => (safe.includes(secret) ? safe.replace(wordOf(secret), '***') : safe),
			removeLong(text),
		);
	return {
		redact: (text) => cleaned(text, removeLong),
		redactError: (text) => cleaned(text, removeAll),
	};
}

/**
 * The text without secrets, as it is spelled where that is enough. Otherwise it is spelled out as
 * often as it takes to find the last one.
 */
function cleaned(text: string, remove: (text: string) => string): string {
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

/** Levels of JSON inside of JSON's texts; a gateway's gateway makes two. */
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

/** Undoes one level of the escapes of JSON, of addresses and of web pages. */
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

/** Shorter values are words, and would blot out ordinary text. */
const MIN_LONG_SECRET = 8;
const MIN_SECRET = 4;

/** The key and the extra headers (of `Bearer x` also x alone), and what the address's query holds. */
function secretsOf(credentials: ICredentialDataDecryptedObject): {
	long: readonly string[];
	short: readonly string[];
} {
	const { qs } = resolveCredential(credentials);
	const headers = Object.values(extraHeadersOf(credentials.extraHeaders));
	const words = headers.flatMap((value) => [value, ...value.split(' ')]);
	const key = keyOf(credentials);
	const long = [key, ...key.split(' '), ...words, ...Object.values(qs)]
		.filter(({ length }) => length >= MIN_LONG_SECRET)
		.flatMap(spellingsOf)
		// A secret that is a part of another would leave the rest of it.
		.sort((a, b) => b.length - a.length);
	const isShort = key.length >= MIN_SECRET && key.length < MIN_LONG_SECRET;
	return { long: [...new Set(long)], short: isShort ? [key] : [] };
}

/**
 * A secret as it is, and what becomes of it where a text is spelled out. What is not well-formed
 * arrives as another character.
 */
function spellingsOf(secret: string): string[] {
	const spellings = [secret, Buffer.from(secret).toString()];
	for (let level = 0; level < MAX_ESCAPE_DEPTH; level++) {
		spellings.push(withoutEscapes(spellings.at(-1) ?? ''));
	}
	return spellings.filter(({ length }) => length >= MIN_LONG_SECRET);
}

/** The secret where no letter, digit, hyphen or underscore goes on with it. */
function wordOf(secret: string): RegExp {
	const literal = secret.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
	return new RegExp(`(?<![\\p{L}\\p{N}_-])${literal}(?![\\p{L}\\p{N}_-])`, 'gu');
}
