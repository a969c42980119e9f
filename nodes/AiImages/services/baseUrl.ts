import type { Service } from './types';

/** A base URL in the form that n8n's request helper takes. */
export interface BaseUrl {
	/** Without a slash at its end; the API's paths are appended to it. */
	readonly baseURL: string;
	readonly qs: Readonly<Record<string, string>>;
}

/**
 * Reads a base URL as people paste it: a host, a base with or without version or slash, or a whole
 * endpoint; in quotes or brackets, with a query, or without a scheme where only one can be meant.
 *
 * @throws Error with a message for the user
 */
export function parseBaseUrl(value: unknown, { baseUrl, version }: Service): BaseUrl {
	const pasted = String(value ?? '').trim();
	if (!pasted) return { baseURL: baseUrl, qs: {} };
	const text = withoutWrapping(pasted);
	if (/[{}<>]|^(?:https?:\/\/)?[^/]*\$[A-Z]{2}/.test(text)) {
		throw new Error(
			"'Base URL' in the credential contains a placeholder or an expression. Replace it with the actual value",
		);
	}
	const url = /\s/.test(text) ? null : parseUrl(text);
	if (!url) {
		throw new Error(
			`'Base URL' ${looksLikeUrl(pasted) ? `${JSON.stringify(pasted)} ` : ''}in the credential must be a valid URL that starts with http:// or https://, e.g. ${baseUrl}`,
		);
	}
	if (url.username || url.password) {
		throw new Error(
			"'Base URL' in the credential contains a user name or password, which isn't supported. Remove it, and use 'Extra Headers' instead",
		);
	}
	const path = basePath(url, version).replace(/\/+$/, '');
	return { baseURL: `${url.origin}${path}`, qs: Object.fromEntries(url.searchParams) };
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
 * Otherwise the version is added, unless the path names a version or a deployment.
 */
function basePath({ hostname, pathname }: URL, version: string): string {
	const isAzure = AZURE.test(hostname);
	if (ENDPOINT.test(pathname)) {
		const base = pathname.replace(ENDPOINT, '');
		// Azure has no images directly below `/openai`.
		return isAzure && base === '/openai' ? `/openai/${version}` : base;
	}
	const path = pathname.replace(COLLECTION, '').replace(/\/+$/, '');
	if (VERSION.test(path) || DEPLOYMENT.test(path)) return path;
	return isAzure && AZURE_ROOT.test(path) ? `${path}/openai/${version}` : `${path}/${version}`;
}

/** Endpoints of the API: https://developers.openai.com/api/reference/overview.md */
const ENDPOINT =
	/\/(?:images\/(?:generations|edits|variations)|(?:chat\/)?completions|responses|embeddings|audio\/(?:speech|transcriptions|translations))\/*$/i;

/** Words that can also be folders of a gateway, unless they follow a version or a deployment. */
const COLLECTION =
	/(?:\/models|(?<=\/openai)\/deployments|(?<=\/(?:v\d[^/]*|deployments\/[^/]+))\/(?:images|audio|chat|files|moderations|assistants|threads|realtime|uploads|batches|messages|videos|rerank|models\/.+))\/*$/i;

const VERSION = /\/v\d+[^/]*(?:\/|$)/i;

/** Azure OpenAI and gateways to it: the version is in the query. */
const DEPLOYMENT = /\/deployments\/[^/]+/i;

/**
 * Azure's own hosts, whose API is below `/openai`, at the root or below a project:
 * https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
 */
const AZURE = /\.(?:openai|services\.ai|cognitiveservices)\.azure\.com$/;
const AZURE_ROOT = /^(?:\/api\/projects\/[^/]+)?$/;

/** Whether an error can repeat the text. People also paste keys and passwords into this field. */
function looksLikeUrl(text: string): boolean {
	return text.length <= 60 && /[.:/]/.test(text) && !/[@?=]/.test(text);
}
