/** Where the API is, unless the credential says otherwise. */
export const DEFAULT_BASE_URL = 'https://api.openai.com/v1';

/** An address in the form that n8n's request helper takes. */
export interface Address {
	/** Without a slash at its end; the API's paths are appended to it. */
	readonly baseURL: string;
	readonly qs: Readonly<Record<string, string>>;
}

/**
 * A base URL as people paste it: a host, a base with or without version or slash, or a whole
 * endpoint, with quotes or brackets around it, with a query, and without a scheme where only one
 * can be meant.
 *
 * @throws Error with a sentence for the user
 */
export function addressOf(baseUrl: unknown): Address {
	const pasted = String(baseUrl ?? '').trim();
	if (!pasted) return { baseURL: DEFAULT_BASE_URL, qs: {} };
	const text = withoutWrapping(pasted);
	if (/[{}<>]|^(?:https?:\/\/)?[^/]*\$[A-Z]{2}/.test(text)) {
		throw new Error(
			"'Base URL' in the credential contains a placeholder or an expression. Replace it with the value that it stands for",
		);
	}
	const url = /\s/.test(text) ? null : parse(text);
	if (!url) {
		throw new Error(
			`Base URL in the credential: ${isLikeAddress(pasted) ? JSON.stringify(pasted) : 'it'} is not an address. Allowed: http:// or https:// and a host, for example ${DEFAULT_BASE_URL}`,
		);
	}
	if (url.username || url.password) {
		throw new Error(
			'Base URL in the credential: it holds a user name, which is not sent. Remove it, and put what the server wants into Extra Headers',
		);
	}
	const path = basePath(url).replace(/\/+$/, '');
	return { baseURL: `${url.origin}${path}`, qs: Object.fromEntries(url.searchParams) };
}

/** What documents, chats and source code leave around an address: none of it can belong to one. */
function withoutWrapping(text: string): string {
	return (
		text
			// An input method for Chinese or Japanese writes `：／／` for `://`.
			.replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
			.replace(/\p{Cf}/gu, '')
			.replace(/^[\s"'`“”„‘’«»「」《》<>()]+/, '')
			// A scheme that was there already.
			.replace(/^https?:\/\/(?=https?:\/\/)/i, '')
			.replace(/[\s"'`“”„‘’«»「」《》<>(),;.。]+$/, '')
	);
}

function parse(text: string): URL | null {
	// The URL standard reads any number of slashes behind the scheme, and backslashes as slashes.
	if (/^https?:[\\/]/i.test(text)) return URL.canParse(text) ? new URL(text) : null;
	const rest = text.replace(/^\/\//, '');
	if (!URL.canParse(`https://${rest}`)) return null;
	const url = new URL(`https://${rest}`);
	if (url.username || url.password) return null;
	if (LOCAL.test(url.hostname)) return new URL(`http://${rest}`);
	return PUBLIC.test(url.hostname) && url.port === '' ? url : null;
}

/**
 * Hosts for which no certificate is issued, so that `http` is meant: loopback and private networks
 * (https://www.rfc-editor.org/rfc/rfc1918), and the names that stand for them.
 */
const LOCAL =
	/^(?:localhost|.+\.(?:localhost|local|internal)|0\.0\.0\.0|(?:10|127)(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|\[::1\])$/;

/** A name with a top-level domain. On its own port `https` is meant; on another, either may be. */
const PUBLIC = /^(?:[a-z\d][a-z\d-]{0,62}\.)+(?:[a-z]{2,18}|xn--[a-z\d-]{1,59})$/;

/**
 * The path that the API's own paths are appended to. Who pastes a whole endpoint has told where the
 * API is; elsewhere, `/v1` is added where the path names neither a version nor a deployment.
 */
function basePath({ hostname, pathname }: URL): string {
	const isAzure = AZURE.test(hostname);
	if (ENDPOINT.test(pathname)) {
		const base = pathname.replace(ENDPOINT, '');
		// Azure has no images directly behind `/openai`.
		return isAzure && base === '/openai' ? '/openai/v1' : base;
	}
	const path = pathname.replace(COLLECTION, '').replace(/\/+$/, '');
	if (VERSION.test(path) || DEPLOYMENT.test(path)) return path;
	return isAzure && AZURE_ROOT.test(path) ? `${path}/openai/v1` : `${path}/v1`;
}

/** Endpoints of the API: https://developers.openai.com/api/reference/overview.md */
const ENDPOINT =
	/\/(?:images\/(?:generations|edits|variations)|(?:chat\/)?completions|responses|embeddings|audio\/(?:speech|transcriptions|translations))\/*$/i;

/** Words that may name a folder of a gateway, too, unless they follow a version or a deployment. */
const COLLECTION =
	/(?:\/models|(?<=\/openai)\/deployments|(?<=\/(?:v\d[^/]*|deployments\/[^/]+))\/(?:images|audio|chat|files|moderations|assistants|threads|realtime|uploads|batches|messages|videos|rerank|models\/.+))\/*$/i;

const VERSION = /\/v\d+[^/]*(?:\/|$)/i;

/** Azure OpenAI, and gateways before it: the version stands in the query. */
const DEPLOYMENT = /\/deployments\/[^/]+/i;

/**
 * Azure's own hosts, whose API begins behind `/openai`, at the root or behind a project:
 * https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
 */
const AZURE = /\.(?:openai|services\.ai|cognitiveservices)\.azure\.com$/;
const AZURE_ROOT = /^(?:\/api\/projects\/[^/]+)?$/;

/** Whether a text can be repeated: keys and passwords are pasted into the wrong field, too. */
function isLikeAddress(text: string): boolean {
	return text.length <= 60 && /[.:/]/.test(text) && !/[@?=]/.test(text);
}
