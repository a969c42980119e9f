/** What a provider's refusal says about its cause. */
export interface Refusal {
	/** The HTTP status, or the status that the body reports. */
	readonly status?: number;
	readonly message: string;
	/** Every code, type and status in the body. */
	readonly codes: readonly string[];
	/** The body is an HTML page. */
	readonly isHtmlPage?: boolean;
}

/**
 * Spells a code in snake case: `ContentPolicyViolation` and `content-policy-violation` become
 * `content_policy_violation`.
 */
export function normalizeCode(code: string): string {
	return code
		.slice(0, MAX_CODE_CHARS)
		.replace(/(?<=[a-z\d])(?=[A-Z])/g, '_')
		.replace(/[ -]/g, '_')
		.toLowerCase();
}

/** A longer text is a sentence. */
const MAX_CODE_CHARS = 100;

/** Whether a rate limit refused the request, even if the status is not 429. */
export function isRateLimited({ status, message, codes }: Refusal): boolean {
	if (status === 429 || codes.some((code) => RATE_LIMIT_CODE.test(code))) return true;
	return RATE_LIMIT_MESSAGE.test(message);
}

const RATE_LIMIT_MESSAGE =
	/rate[ _-]?limit(?:s|ed)? (?:exceeded|reached|hit)|exceed(?:ed|s)?[^.]{0,20}\brate limit|due to rate limit|too many requests/i;

const RATE_LIMIT_CODE =
	/^(?:429|rate_?limit\w*|too_?many_?requests|slow_down|resource_exhausted|throttling[\w.]*|throttled|request_?limit_?exceeded|1302|1303|1305)$/i;

/**
 * Whether an API rejected the request for want of capacity. Other errors with status 503 can come from
 * a gateway behind which the image is being generated.
 *
 * @param knownCodes the service's codes for this
 */
export function isOverloaded(
	{ status, message, codes }: Refusal,
	knownCodes: readonly string[],
): boolean {
	// 529: https://docs.claude.com/en/api/errors
	if (status === 529) return true;
	if (status !== 503) return false;
	return (
		codes.some((code) => knownCodes.includes(code)) ||
		[...codes, message].some((text) => OVERLOADED.test(text))
	);
}

/**
 * The last ones: SiliconFlow, Hugging Face (a model that has to be loaded), Chutes, Envoy and HAProxy,
 * none of which had a server to pass the request to.
 */
const OVERLOADED =
	/overloaded|slow_down|\bhigh demand\b|\bat capacity\b|\btoo busy\b|\bis currently loading\b|\bno instances available\b|\bno healthy upstream\b|\bno server is available to handle\b/i;

/**
 * Whether a firewall in front of the API blocked the request. APIs don't refuse requests with HTML
 * pages, so any page with status 403 is a firewall's.
 */
export function isBlockPage({ status, message, isHtmlPage }: Refusal): boolean {
	return (status === 403 && isHtmlPage === true) || BLOCK_PAGE.test(message);
}

/**
 * Cloudflare (https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/),
 * Imperva, Sucuri, Vercel, Alibaba Cloud.
 */
const BLOCK_PAGE =
	/attention required! \| cloudflare|just a moment\.\.\.|you have been blocked|cloudflare to restrict access|site owner has (?:blocked|banned)|\berror(?: code)?:? 10(?:05|06|07|08|09|10|12|20)\b|incapsula incident|sucuri website firewall|web application firewall|ddos protection by|ddos-guard|vercel security checkpoint|访问被阻断/i;

/**
 * Whether the API key was refused. Google and xAI do that with status 400, Black Forest Labs with 422,
 * and New API with 200. With 403: Google if the key is missing or has become public, Black Forest
 * Labs ("Not authenticated"), Cloudflare ("Authentication error"), and Novita.
 */
export function isWrongKey({ status = 0, message }: Pick<Refusal, 'status' | 'message'>): boolean {
	if (status === 403 && UNUSABLE_KEY.test(message)) return true;
	return WRONG_KEY_STATUSES.includes(status) && WRONG_KEY.test(message);
}

const UNUSABLE_KEY =
	/\bapi key was reported as leaked|\bunregistered callers\b|\bnot authenticated\b|\bauthentication (?:error|failed)\b/i;

const WRONG_KEY_STATUSES: readonly number[] = [200, 400, 403, 422];

const WRONG_KEY =
	/\b(?:invalid|incorrect|wrong|missing|expired)\b[^.]{0,30}\b(?:api[ -]?key|authorization|(?:access|auth|bearer|api) token)\b|\b(?:api[ -]?key|(?:access|auth|bearer|api) token)\b[^.]{0,30}\b(?:not valid|invalid|incorrect|missing|expired|required)\b|^\W*(?:invalid|expired) token\b|无效的令牌|令牌(?:已过期|无效|验证不正确)|未提供.{0,4}(?:令牌|access token)/i;

/**
 * Whether the key is right, but may not do this: OpenAI says so with status 401
 * (https://developers.openai.com/api/docs/guides/error-codes).
 */
export function isWithoutRights({ status, message, codes }: Refusal): boolean {
	return status === 401 && (codes.includes('ip_not_authorized') || WITHOUT_RIGHTS.test(message));
}

const WITHOUT_RIGHTS = /\binsufficient permissions\b|\bmissing scopes\b/i;

/** Whether the provider does not serve the place that the request comes from: Google, OpenAI. */
export function isWrongPlace({ message, codes }: Refusal): boolean {
	return codes.includes('unsupported_country_region_territory') || WRONG_PLACE.test(message);
}

const WRONG_PLACE =
	/\b(?:user location|country, region,? or territory|country|territory)(?: is)? not supported\b|\bnot (?:available|supported) in your (?:country|region|location)\b/i;

/** Whether the account has no means of payment: Vercel. */
export function isWithoutPayment({ message, codes }: Refusal): boolean {
	return codes.includes('customer_verification_required') || WITHOUT_PAYMENT.test(message);
}

const WITHOUT_PAYMENT =
	/\brequires? a (?:valid )?(?:credit card|payment method)\b|\bno payment method\b/i;

/** Whether a server that expects HTTPS received plain HTTP: nginx (497), Go, Apache, Tomcat. */
export function isPlainHttp({ status, message }: Refusal): boolean {
	return status === 497 || PLAIN_HTTP.test(message);
}

const PLAIN_HTTP =
	/plain http(?: request)?\b[^.]{0,40}\b(?:https|ssl|tls)|http request to an https server|host and port requires tls/i;
