import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { addressOf, type Address } from './address';

/** The credential type of the node. */
export const CREDENTIAL = 'aiImagesApi';

/** What a credential adds to every request, in the form that n8n's request helper takes. */
export interface Access extends Address {
	readonly headers: Readonly<Record<string, string>>;
}

/**
 * Reads a credential.
 *
 * @throws Error with a sentence for the user, if the address or a header is unusable
 */
export function accessOf(credentials: ICredentialDataDecryptedObject): Access {
	const headers = headersOf(credentials);
	for (const [name, value] of Object.entries(headers)) {
		if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(value)) {
			throw new Error(
				'A header in the credential cannot be sent. Allowed: names of letters, digits and hyphens, and values of one line of ASCII',
			);
		}
	}
	return { ...addressOf(credentials.baseUrl), headers };
}

/**
 * Replaces every secret of a credential that a text repeats, as it is or in JSON's spellings:
 * servers quote keys in errors, and errors of other servers.
 *
 * @param credentials one that `accessOf` has read
 */
export function withoutSecrets(text: string, credentials: ICredentialDataDecryptedObject): string {
	// A secret that is a part of another would leave the rest of it.
	const secrets = secretsOf(credentials)
		.flatMap((secret) => [secret, ...inUrls(secret)])
		.sort((a, b) => b.length - a.length);
	const clean = (spelled: string) =>
		secrets.reduce((safe, secret) => safe.replaceAll(secret, '***'), spelled);
	let plain = text;
	for (let level = 0; level < DEEPEST_QUOTE && plain.includes('\\'); level++) {
		plain = withoutEscapes(plain);
		if (clean(plain) !== plain) return clean(plain);
	}
	return clean(text);
}

/** A secret as an address spells it, in capitals or not. */
function inUrls(secret: string): string[] {
	// Half of a pair of surrogates cannot be encoded; a Buffer puts another character there.
	const encoded = encodeURIComponent(Buffer.from(secret).toString());
	return [encoded, encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())];
}

/** Levels of JSON inside of JSON's texts; a gateway's gateway makes two. */
const DEEPEST_QUOTE = 4;

function withoutEscapes(text: string): string {
	return text.replace(/\\(?:u([0-9a-f]{4})|(["\\/]))/gi, (_, code?: string, itself?: string) =>
		code ? String.fromCharCode(parseInt(code, 16)) : (itself ?? ''),
	);
}

/** https://www.rfc-editor.org/rfc/rfc9110#field.names, and what Node.js lets through as a value. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Shorter values are words, and would blot out ordinary text. */
const SHORTEST_SECRET = 8;
const SHORTEST_KEY = 4;

/** The key, the extra headers (of `Bearer x` also x alone), and what the address's query holds. */
function secretsOf(credentials: ICredentialDataDecryptedObject): string[] {
	const { qs } = addressOf(credentials.baseUrl);
	const headers = Object.values(extraHeadersOf(credentials.extraHeaders));
	const words = headers.flatMap((value) => [value, ...value.split(' ')]);
	const key = keyOf(credentials);
	return [
		...(key.length >= SHORTEST_KEY ? [key] : []),
		...[...words, ...Object.values(qs)].filter(({ length }) => length >= SHORTEST_SECRET),
	];
}

function headersOf(credentials: ICredentialDataDecryptedObject): Record<string, string> {
	const { authentication, headerName, organization, project } = credentials;
	const key = keyOf(credentials);
	const headers = Object.entries(extraHeadersOf(credentials.extraHeaders));
	if (organization) headers.push(['OpenAI-Organization', String(organization)]);
	if (project) headers.push(['OpenAI-Project', String(project)]);
	if (authentication === 'header') {
		if (key) headers.push([String(headerName || 'api-key'), key]);
	} else if (authentication !== 'none') {
		if (key) headers.push(['Authorization', `Bearer ${key}`]);
	}
	return Object.fromEntries(headers);
}

function keyOf({ apiKey }: ICredentialDataDecryptedObject): string {
	return String(apiKey ?? '').trim();
}

function extraHeadersOf(value: unknown): Record<string, string> {
	const headers = typeof value === 'string' ? parse(value.trim() || '{}') : (value ?? {});
	const isRecord = typeof headers === 'object' && headers !== null && !Array.isArray(headers);
	// Only what has one way to be written; `null` and objects have none.
	if (!isRecord || Object.values(headers).some((text) => !WRITABLE.includes(typeof text))) {
		throw new Error(
			'Extra Headers in the credential are no JSON object. Allowed: names and texts, for example {"X-Title": "n8n"}',
		);
	}
	return Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)]));
}

const WRITABLE = ['string', 'number', 'boolean'];

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
