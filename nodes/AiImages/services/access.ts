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
export function resolveCredential(credentials: ICredentialDataDecryptedObject): Access {
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

/** https://www.rfc-editor.org/rfc/rfc9110#field.names, and what Node.js lets through as a value. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

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

/** The key without what was pasted with it: white space, and the scheme that the node writes. */
export function keyOf({ apiKey, authentication }: ICredentialDataDecryptedObject): string {
	const key = String(apiKey ?? '').trim();
	return authentication === 'header' ? key : key.replace(/^Bearer\s+/i, '');
}

/** The headers that the user adds, given as an object or as its JSON. */
export function extraHeadersOf(value: unknown): Record<string, string> {
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
