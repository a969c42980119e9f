import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { createRedactor, type Secrets } from '../transport/secrets';
import type { ApiAccess } from '../transport/send';
import { isRecord, parseJson } from '../values/json';
import { parseBaseUrl, type BaseUrl } from './baseUrl';
import { OPENAI } from './openai';
import type { Service } from './types';

/** Name of the node's credential type. */
export const CREDENTIAL = 'aiImagesApi';

/** What a credential adds to every request, in the form that n8n's request helper takes. */
export interface CredentialHeaders extends BaseUrl {
	readonly headers: Readonly<Record<string, string>>;
}

/** The service that a credential belongs to, and how to reach it. */
export interface ServiceAccess extends ApiAccess, CredentialHeaders {
	readonly service: Service;
}

/**
 * How to reach the service of a credential.
 *
 * @throws Error with a message for the user if the address or a header is unusable
 */
export function accessFor(credentials: ICredentialDataDecryptedObject): ServiceAccess {
	const known = ACCESSES.get(credentials);
	if (known) return known;
	const service = serviceFor(credentials);
	const resolved = resolveCredential(credentials);
	const access = {
		...resolved,
		service,
		credentialType: CREDENTIAL,
		credentials,
		hasHeaders: Object.keys(resolved.headers).length > 0,
		requestIdHeaders: service.headers.requestId,
		redactor: createRedactor(secretsOf(credentials, resolved)),
	};
	ACCESSES.set(credentials, access);
	return access;
}

const ACCESSES = new WeakMap<ICredentialDataDecryptedObject, ServiceAccess>();

/** Every credential belongs to OpenAI's service so far: all gateways speak its API. */
function serviceFor(_: ICredentialDataDecryptedObject): Service {
	return OPENAI;
}

/** @throws Error with a message for the user if the address or a header is unusable */
export function resolveCredential(credentials: ICredentialDataDecryptedObject): CredentialHeaders {
	const headers = headersOf(credentials);
	for (const [name, value] of Object.entries(headers)) {
		if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(value)) {
			throw new Error(
				'A header in the credential is invalid. Use letters, digits and hyphens in its name, and a single line of ASCII characters as its value',
			);
		}
	}
	return { ...parseBaseUrl(credentials.baseUrl, serviceFor(credentials)), headers };
}

/** https://www.rfc-editor.org/rfc/rfc9110#field.names, and the values that Node.js accepts. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

function headersOf(credentials: ICredentialDataDecryptedObject): Record<string, string> {
	const { authentication, headerName, organization, project } = credentials;
	const { accountHeaders } = serviceFor(credentials);
	const key = keyOf(credentials);
	const headers = Object.entries(extraHeadersOf(credentials.extraHeaders));
	if (organization) headers.push([accountHeaders.organization, String(organization)]);
	if (project) headers.push([accountHeaders.project, String(project)]);
	if (authentication === 'header') {
		if (key) headers.push([String(headerName || 'api-key'), key]);
	} else if (authentication !== 'none') {
		if (key) headers.push(['Authorization', `Bearer ${key}`]);
	}
	return Object.fromEntries(headers);
}

/** The key without what people paste along with it: white space, and the scheme. */
function keyOf({ apiKey, authentication }: ICredentialDataDecryptedObject): string {
	const key = String(apiKey ?? '').trim();
	return authentication === 'header' ? key : key.replace(/^Bearer\s+/i, '');
}

function secretsOf(
	credentials: ICredentialDataDecryptedObject,
	{ qs }: CredentialHeaders,
): Secrets {
	const values = Object.values(extraHeadersOf(credentials.extraHeaders));
	// Of `Bearer x`, `x` alone is a secret, too.
	const words = values.flatMap((value) => [value, ...value.split(' ')]);
	return { key: keyOf(credentials), others: [...words, ...Object.values(qs)] };
}

/** *Extra Headers*, given as an object or as its JSON. */
function extraHeadersOf(value: unknown): Record<string, string> {
	const headers = typeof value === 'string' ? parseJson(value.trim() || '{}') : (value ?? {});
	// `null` and objects have no single way to be written as text.
	if (
		!isRecord(headers) ||
		Object.values(headers).some((text) => !WRITABLE.includes(typeof text))
	) {
		throw new Error(
			`'Extra Headers' in the credential must be a JSON object with text values, e.g. {"X-Title": "n8n"}`,
		);
	}
	return Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)]));
}

const WRITABLE = ['string', 'number', 'boolean'];
