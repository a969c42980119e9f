import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { createRedactor, type Secrets } from '../transport/secrets';
import type { ApiAccess } from '../transport/send';
import { isRecord, parseJson } from '../values/json';
import { readUrl, toBaseUrl, type BaseUrl } from './baseUrl';
import { COMPATIBLE } from './compatible';
import { OPENAI } from './openai';
import { SERVICES, type ServiceId } from './table';
import type { Service } from './types';

/** Name of the node's credential type. */
export const CREDENTIAL = 'aiImagesApi';

/** The default of *Service*: the address tells. */
export const DETECT = 'detect';

/** Name of the credential's field for the address of a service. */
export function addressField(service: string): string {
	return service === DETECT ? 'baseUrl' : `${service}BaseUrl`;
}

/** What a credential adds to every request, in the form that n8n's request helper takes. */
export interface CredentialHeaders extends BaseUrl {
	readonly headers: Readonly<Record<string, string>>;
	readonly service: Service;
	/** Precedes the paths of endpoints. */
	readonly pathPrefix: string;
	/** Matches origins, beside that of the base URL, to which requests with these headers may go. */
	readonly furtherOrigins: RegExp | undefined;
}

/** Whether the credential's headers may go to the address that a request or a response names. */
export function mayReach(
	{ baseURL, furtherOrigins }: Pick<CredentialHeaders, 'baseURL' | 'furtherOrigins'>,
	{ origin }: URL,
): boolean {
	return origin === new URL(baseURL).origin || furtherOrigins?.test(origin) === true;
}

/** The same for what a service calls an address: a URL, or a path of its API. */
export function mayAsk(
	access: Pick<CredentialHeaders, 'baseURL' | 'furtherOrigins'>,
	address: string,
): boolean {
	if (/^\/(?![\\/])/.test(address)) return true;
	return isAddress(address) && mayReach(access, new URL(address));
}

/** In the spelling that all clients read alike: others are a path to one and an address to another. */
export function isAddress(text: string): boolean {
	return /^https?:\/\/[^\s\\]+$/i.test(text) && URL.canParse(text);
}

/** The service that a credential belongs to, and how to reach it. */
export interface ServiceAccess extends ApiAccess, CredentialHeaders {}

/**
 * How to reach the service of a credential.
 *
 * @throws Error with a message for the user if the address or a header is unusable
 */
export function accessFor(credentials: ICredentialDataDecryptedObject): ServiceAccess {
	const known = ACCESSES.get(credentials);
	if (known) return known;
	const resolved = resolveCredential(credentials);
	const access = {
		...resolved,
		credentialType: CREDENTIAL,
		credentials,
		hasHeaders: Object.keys(resolved.headers).length > 0,
		requestIdHeaders: resolved.service.headers.requestId,
		redactor: createRedactor(secretsOf(credentials, resolved)),
	};
	ACCESSES.set(credentials, access);
	return access;
}

const ACCESSES = new WeakMap<ICredentialDataDecryptedObject, ServiceAccess>();

/** @throws Error with a message for the user if the address or a header is unusable */
export function resolveCredential(credentials: ICredentialDataDecryptedObject): CredentialHeaders {
	const { service, url, isOwn } = serviceFor(credentials);
	const { apiVersion } = service;
	const version = apiVersion ? String(credentials.apiVersion ?? '') : '';
	const { isDated, ...address } = toBaseUrl(url, service, version);
	const headers = headersOf(credentials, service);
	for (const [name, value] of Object.entries(headers)) {
		if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(value)) {
			throw new Error(
				'A header in the credential is invalid. Use letters, digits and hyphens in its name, and a single line of ASCII characters as its value',
			);
		}
	}
	return {
		...address,
		headers,
		service: withDeployments(service, credentials),
		pathPrefix: (isDated && apiVersion?.prefix) || '',
		furtherOrigins: isOwn ? service.origins : undefined,
	};
}

/** A request with what a credential adds to it. */
export function withCredential(
	{ baseURL, qs, headers }: Pick<CredentialHeaders, 'baseURL' | 'qs' | 'headers'>,
	request: IHttpRequestOptions,
): IHttpRequestOptions {
	return {
		...request,
		baseURL,
		// The key must not reach any other server, whatever this one responds.
		disableFollowRedirect: true,
		qs: { ...request.qs, ...qs },
		headers: { ...request.headers, ...headers },
	};
}

/** The service that is chosen in the credential or recognized by its address, and the address. */
function serviceFor(credentials: ICredentialDataDecryptedObject): {
	service: Service;
	url: URL;
	/** The address is the service's own. */
	isOwn: boolean;
} {
	const chosen = String(credentials.service ?? DETECT);
	const address = String(credentials[addressField(chosen)] ?? '');
	if (chosen !== DETECT && !Object.hasOwn(SERVICES, chosen)) {
		throw new Error(
			`'Service' ${JSON.stringify(chosen)} in the credential doesn't exist. Use one of: ${[DETECT, ...Object.keys(SERVICES)].join(', ')}`,
		);
	}
	const service: Service | null = chosen === DETECT ? null : SERVICES[chosen as ServiceId];
	const { baseUrl } = service ?? OPENAI;
	if (!address.trim() && baseUrl === null) {
		throw new Error(
			`'Base URL' in the credential is empty. Enter the address of your ${service?.displayName} service`,
		);
	}
	const url = address.trim()
		? readUrl(address, 'Base URL', baseUrl ?? OPENAI.baseUrl)
		: new URL(baseUrl ?? OPENAI.baseUrl);
	const found = service ?? recognize(url);
	const isOwn = found.baseUrl !== null && new URL(found.baseUrl).origin === url.origin;
	return { service: found, url, isOwn };
}

function recognize({ host, pathname }: URL): Service {
	const services: Service[] = Object.values(SERVICES);
	return services.find((each) => each.recognizedBy?.test(`${host}${pathname}`)) ?? COMPATIBLE;
}

/** *Deployments*: what the account calls the models, which else have their maker's ID. */
function withDeployments(
	service: Service,
	{ deployments }: ICredentialDataDecryptedObject,
): Service {
	if (!service.apiVersion) return service;
	const names = textsOf(deployments, 'Deployments', '{"gpt-image-2": "my-deployment"}');
	if (Object.keys(names).length === 0) return service;
	return { ...service, models: { ...service.models, ...names } };
}

/** https://www.rfc-editor.org/rfc/rfc9110#field.names, and the values that Node.js accepts. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

function headersOf(
	credentials: ICredentialDataDecryptedObject,
	service: Service,
): Record<string, string> {
	const { organization, project, headerName } = credentials;
	const { accountHeaders, auth } = service;
	const key = keyOf(credentials, service);
	const headers = Object.entries(extraHeadersOf(credentials.extraHeaders));
	if (accountHeaders && organization)
		headers.push([accountHeaders.organization, String(organization)]);
	if (accountHeaders && project) headers.push([accountHeaders.project, String(project)]);
	const authentication = authenticationOf(credentials);
	if (key && authentication === 'header') {
		headers.push([String(headerName || 'api-key'), key]);
	} else if (key && authentication !== 'none') {
		const { header, prefix = '', bearer } = auth;
		if (bearer?.test(key)) headers.push(['Authorization', `Bearer ${key}`]);
		else headers.push([header, `${prefix}${key}`]);
	}
	return Object.fromEntries(headers);
}

/** *Authentication* is only shown where the service does not determine it. */
function authenticationOf({ service, authentication }: ICredentialDataDecryptedObject): unknown {
	return CUSTOM_AUTHENTICATION.includes(String(service ?? DETECT)) ? authentication : 'bearer';
}

/** Values of *Service* with which people choose how the key is sent. */
export const CUSTOM_AUTHENTICATION: readonly string[] = [
	DETECT,
	...Object.entries(SERVICES).flatMap(([id, { baseUrl, apiVersion }]: [string, Service]) =>
		baseUrl === null && apiVersion === undefined ? id : [],
	),
];

/** The key without what people paste along with it: white space, and the scheme. */
export function keyOf(
	credentials: ICredentialDataDecryptedObject,
	{ auth }: Pick<Service, 'auth'>,
): string {
	const key = String(credentials.apiKey ?? '').trim();
	if (authenticationOf(credentials) === 'header') return key;
	const schemes = ['bearer ', ...(auth.prefix ? [auth.prefix.toLowerCase()] : [])];
	const scheme = schemes.find((each) => key.toLowerCase().startsWith(each)) ?? '';
	return key.slice(scheme.length).trim();
}

function secretsOf(
	credentials: ICredentialDataDecryptedObject,
	{ qs, service }: CredentialHeaders,
): Secrets {
	const values = Object.values(extraHeadersOf(credentials.extraHeaders));
	// Of `Bearer x`, `x` alone is a secret, too.
	const words = values.flatMap((value) => [value, ...value.split(' ')]);
	return { key: keyOf(credentials, service), others: [...words, ...Object.values(qs)] };
}

export function extraHeadersOf(value: unknown): Record<string, string> {
	return textsOf(value, 'Extra Headers', '{"X-Title": "n8n"}');
}

/** A record of texts, given as an object or as its JSON. */
function textsOf(value: unknown, field: string, example: string): Record<string, string> {
	const texts = typeof value === 'string' ? parseJson(value.trim() || '{}') : (value ?? {});
	// `null` and objects have no single way to be written as text.
	if (!isRecord(texts) || Object.values(texts).some((text) => !WRITABLE.includes(typeof text))) {
		throw new Error(
			`'${field}' in the credential must be a JSON object with text values, e.g. ${example}`,
		);
	}
	return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, String(text)]));
}

const WRITABLE = ['string', 'number', 'boolean'];
