import type { Service } from './types';

/** A base URL in the form that n8n's request helper takes. */
export interface BaseUrl {
	/** Without a slash at its end; the API's paths are appended to it. */
	readonly baseURL: string;
	readonly qs: Readonly<Record<string, string>>;
}

/**
 * Reads an address as people paste it: a host, a base with or without version or slash, or a whole
 * endpoint; in quotes or brackets, with a query, or without a scheme where only one can be meant.
 *
 * @param field the field's name in messages
 * @param example shown in messages
 * @throws Error with a message for the user
 */
export function readUrl(value: string, field: string, example: string): URL {
	const pasted = value.trim();
	const text = withoutWrapping(pasted);
	if (/[{}<>]|^(?:https?:\/\/)?[^/]*\$[A-Z]{2}/.test(text)) {
		throw new Error(
			`'${field}' in the credential contains a placeholder or an expression. Replace it with the actual value`,
		);
	}
	const url = /\s/.test(text) ? null : parseUrl(text);
	if (!url) {
		throw new Error(
			`'${field}' ${looksLikeUrl(pasted) ? `${JSON.stringify(pasted)} ` : ''}in the credential must be a valid URL that starts with http:// or https://, e.g. ${example}`,
		);
	}
	if (url.username || url.password) {
		throw new Error(
			`'${field}' in the credential contains a user name or password, which isn't supported. Remove it, and use 'Extra Headers' instead`,
		);
	}
	return url;
}

/**
 * The base URL that an address means.
 *
 * @param datedVersion see `ApiVersion`; empty = none
 */
export function toBaseUrl(
	url: URL,
	{ basePath, basePaths, apiVersion }: Pick<Service, 'basePath' | 'basePaths' | 'apiVersion'>,
	datedVersion = '',
): BaseUrl & { readonly isDated: boolean } {
	const { origin, host, pathname } = url;
	const query = Object.fromEntries(url.searchParams);
	if (!apiVersion) {
		const path = pathOf(pathname, basePaths?.[host] ?? basePath).replace(/\/+$/, '');
		return { baseURL: `${origin}${path}`, qs: query, isDated: false };
	}
	const { query: name, base } = apiVersion;
	const given = datedVersion.trim() || (query[name] ?? '');
	const qs = given ? { ...query, [name]: given } : query;
	const path = pathname.replace(ENDPOINT, '').replace(COLLECTION, '').replace(/\/+$/, '');
	// A pasted address can already lead to a version or to a deployment.
	if (VERSION.test(path) || DEPLOYMENT.test(path)) {
		return { baseURL: `${origin}${path}`, qs, isDated: false };
	}
	const isDated = /^\d{4}-/.test(given);
	const root = path.replace(/\/openai$/, '');
	return { baseURL: `${origin}${root}${base[isDated ? 'dated' : 'undated']}`, qs, isDated };
}

/** Removes what documents, chats and source code put around a URL. None of it can be part of one. */
function withoutWrapping(text: string): string {
	return (
		text
			// Input methods for Chinese and Japanese write `：／／` for `://`.
			.replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
			.replace(/\p{Cf}/gu, '')
			.replace(/^[\s"'`“”„‘’«»「」《》<>()]+/, '')
			// A scheme in front of another one.
			.replace(/^https?:\/\/(?=https?:\/\/)/i, '')
			.replace(/[\s"'`“”„‘’«»「」《》<>(),;.。]+$/, '')
	);
}

function parseUrl(text: string): URL | null {
	// The URL standard accepts any number of slashes after the scheme, and backslashes.
	if (/^https?:[\\/]/i.test(text)) return URL.canParse(text) ? new URL(text) : null;
	const rest = text.replace(/^\/\//, '');
	if (!URL.canParse(`https://${rest}`)) return null;
	const url = new URL(`https://${rest}`);
	if (url.username || url.password) return null;
	if (LOCAL.test(url.hostname)) return new URL(`http://${rest}`);
	return PUBLIC.test(url.hostname) && url.port === '' ? url : null;
}

/**
 * Hosts that get no certificate, so `http` is meant: loopback, private networks
 * (https://www.rfc-editor.org/rfc/rfc1918), and their names.
 */
const LOCAL =
	/^(?:localhost|.+\.(?:localhost|local|internal)|0\.0\.0\.0|(?:10|127)(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|\[::1\])$/;

/** A name with a top-level domain. `https` is meant on the default port; on others it is unclear. */
const PUBLIC = /^(?:[a-z\d][a-z\d-]{0,62}\.)+(?:[a-z]{2,18}|xn--[a-z\d-]{1,59})$/;

/**
 * The path that the API's own paths are appended to. A whole endpoint says where the API is.
 * Otherwise what is missing of the base path is added, unless the path names another version or a
 * deployment.
 */
function pathOf(pathname: string, base: string): string {
	if (ENDPOINT.test(pathname)) return pathname.replace(ENDPOINT, '');
	const path = pathname.replace(COLLECTION, '').replace(/\/+$/, '');
	// Such an API has its versions in the paths of its endpoints.
	if (base === '') return path.replace(/\/v\d+[a-z]*$/i, '');
	const parts = base.split('/');
	const known = parts.findLastIndex((_, last) =>
		path.endsWith(`/${parts.slice(0, last + 1).join('/')}`),
	);
	if (known < 0 && (VERSION.test(path) || DEPLOYMENT.test(path))) return path;
	return [path, ...parts.slice(known + 1)].join('/');
}

/** Endpoints of the API: https://developers.openai.com/api/reference/overview.md */
const ENDPOINT =
	/\/(?:images\/(?:generations|edits|variations)|(?:chat\/)?completions|models\/[^/]+:\w+|services\/aigc\/[\w-]+\/[\w-]+|responses|embeddings|audio\/(?:speech|transcriptions|translations))\/*$/i;

/** Words that can also be folders of a gateway, unless they follow a version or a deployment. */
const COLLECTION =
	/(?:\/models|(?<=\/openai)\/deployments|(?<=\/(?:v\d[^/]*|deployments\/[^/]+))\/(?:images|audio|chat|files|moderations|assistants|threads|realtime|uploads|batches|messages|videos|rerank|models\/.+))\/*$/i;

const VERSION = /\/v\d+[^/]*(?:\/|$)/i;

/** Azure OpenAI and gateways to it: the version is in the query. */
const DEPLOYMENT = /\/deployments\/[^/]+/i;

/** Whether an error can repeat the text. People also paste keys and passwords into this field. */
function looksLikeUrl(text: string): boolean {
	return text.length <= 60 && /[.:/]/.test(text) && !/[@?=]/.test(text);
}
