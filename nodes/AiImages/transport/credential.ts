import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** The credential type of the node. */
export const CREDENTIAL = 'aiImagesApi';

/** Where the API is, unless the credential says otherwise. */
export const DEFAULT_BASE_URL = 'https://api.openai.com/v1';

/** What a credential adds to every request, in the form that n8n's request helper takes. */
export interface Access {
	/** Without a slash at its end; the API's paths are appended to it. */
	readonly baseURL: string;
	readonly qs: Readonly<Record<string, string>>;
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

/** https://www.rfc-editor.org/rfc/rfc9110#field.names, and what Node.js lets through as a value. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * A base URL as people paste it: a host (`http://localhost:8080`), a base with or without
 * version or slash, with a query, or a whole endpoint. `/v1` is added where the path names no
 * version.
 */
function addressOf(baseUrl: unknown): Pick<Access, 'baseURL' | 'qs'> {
	const text = String(baseUrl ?? '').trim() || DEFAULT_BASE_URL;
	if (!URL.canParse(text) || !/^https?:\/\//i.test(text)) {
		throw new Error(
			`Base URL in the credential: ${isLikeAddress(text) ? JSON.stringify(text) : 'it'} is not an address. Allowed: http:// or https:// and a host, for example ${DEFAULT_BASE_URL}`,
		);
	}
	const { origin, pathname, searchParams, username } = new URL(text);
	if (username) {
		throw new Error(
			'Base URL in the credential: it holds a user name, which is not sent. Remove it, and put what the server wants into Extra Headers',
		);
	}
	const path = pathname
		.replace(/\/(images\/(generations|edits)|models)\/?$/, '')
		.replace(/\/+$/, '');
	const versioned = /\/v\d+[^/]*(\/|$)/i.test(path) ? path : `${path}/v1`;
	return { baseURL: `${origin}${versioned}`, qs: Object.fromEntries(searchParams) };
}

/** Whether a text can be repeated: keys and passwords are pasted into the wrong field, too. */
function isLikeAddress(text: string): boolean {
	return text.length <= 60 && /[.:/]/.test(text) && !text.includes('@');
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

/** The key without the white space that was pasted with it. */
export function keyOf({ apiKey }: ICredentialDataDecryptedObject): string {
	return String(apiKey ?? '').trim();
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
