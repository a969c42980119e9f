/** A refusal as far as its kind shows in it. */
export interface Refusal {
	/** The HTTP status, or the one that the body names. */
	readonly status?: number;
	readonly message: string;
	/** Its codes and types. */
	readonly codes: readonly string[];
	/** It came as a web page. */
	readonly isPage?: boolean;
}

/**
 * A name in one spelling: `ContentPolicyViolation` and `content-policy-violation` are
 * `content_policy_violation`.
 */
export function normalizeCode(name: string): string {
	return name
		.slice(0, MAX_NAME)
		.replace(/(?<=[a-z\d])(?=[A-Z])/g, '_')
		.replace(/[ -]/g, '_')
		.toLowerCase();
}

/** Characters; what is longer is a sentence. */
const MAX_NAME = 100;

/** Whether a refusal is one for too many requests, though its status says something else. */
export function isRateLimited({ status, message, codes }: Refusal): boolean {
	if (status === 429 || codes.some((name) => RATE_CODE.test(name))) return true;
	return RATE_MESSAGE.test(message);
}

const RATE_MESSAGE =
	/rate[ _-]?limit(?:s|ed)? (?:exceeded|reached|hit)|exceed(?:ed|s)?[^.]{0,20}\brate limit|due to rate limit|too many requests/i;

const RATE_CODE =
	/^(?:429|rate_?limit\w*|too_?many_?requests|slow_down|resource_exhausted|throttling[\w.]*|throttled|request_?limit_?exceeded|1302|1303|1305)$/i;

/**
 * A page of what stands before the API and lets nobody through. An API does not refuse with web
 * pages, so that one with status 403 is such a page whatever its words.
 */
export function isBlockPage({ status, message, isPage }: Refusal): boolean {
	return (status === 403 && isPage === true) || BLOCK_PAGE.test(message);
}

/**
 * Cloudflare (https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/),
 * Imperva, Sucuri, Vercel, Alibaba Cloud.
 */
const BLOCK_PAGE =
	/attention required! \| cloudflare|just a moment\.\.\.|you have been blocked|cloudflare to restrict access|site owner has (?:blocked|banned)|\berror(?: code)?:? 10(?:05|06|07|08|09|10|12|20)\b|incapsula incident|sucuri website firewall|web application firewall|ddos protection by|ddos-guard|vercel security checkpoint|访问被阻断/i;

/** http was spoken where https is expected: nginx, Go, Apache, Tomcat. */
export function isPlainHttp({ status, message }: Refusal): boolean {
	return status === 497 || PLAIN_HTTP.test(message);
}

const PLAIN_HTTP =
	/plain http(?: request)?\b[^.]{0,40}\b(?:https|ssl|tls)|http request to an https server|host and port requires tls/i;
