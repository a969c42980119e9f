/** A refusal as far as its kind shows in it. */
export interface Refusal {
	/** The HTTP status, or the one that the body names. */
	readonly status?: number;
	readonly message: string;
	/** Its codes and types. */
	readonly names: readonly string[];
}

/**
 * Whether a safety system refused the prompt or the result. Names: OpenAI, Azure
 * (https://learn.microsoft.com/azure/ai-services/openai/concepts/content-filter), New API, Gemini
 * (https://ai.google.dev/api/generate-content#FinishReason), DashScope, Volcengine
 * (https://www.volcengine.com/docs/82379/1299023), Stability, Black Forest Labs, Novita, Z.ai.
 */
export function isRefusedContent({ status, message, names }: Refusal): boolean {
	if (names.some((name) => CONTENT_NAME.test(name))) return true;
	if (ABOUT_VALUE.test(message) || ABOUT_ACCOUNT.test(message)) return false;
	return CONTENT.test(message) || (status === 403 && /moderation|flagged|safety/i.test(message));
}

const CONTENT_NAME =
	/^(?:moderation_blocked|(?:content|request|prompt|image)[ _]?moder\w+|content_?polic\w+|content_?filter\w*|responsibleaipolicyviolation|sensitive_words_detected|prompt_blocked|illegal_prompt|illegal_image_content|(?:image_)?safety|(?:image_)?prohibited_content|(?:image_)?recitation|blocklist|spii|data_?inspection_?failed|1301)$|SensitiveContentDetected|RiskDetection$|PolicyViolation$/i;

const CONTENT = new RegExp(
	[
		'safety (?:system|filter|check|polic|guideline|reason|violation|standard)|safety_violation',
		'content[ _](?:polic|filter|moderation|guideline|restriction|violation|safety|security)',
		'(?:usage|acceptable use|generation) polic',
		'(?:violat|against|blocked by|contrary to)[^.]{0,40}(?:polic|guideline|terms|standards)',
		'(?:by|failed|fails|pass|through|blocked|rejected)[^.]{0,20}\\bmoderation',
		'moderation[ _](?:system|filter|check|polic|block|fail|reject|flag|violation)',
		'(?:request|content|prompt|image|input|output)s? (?:was |were |is |has been |have been )?(?:moderated|flagged)',
		'\\bflagged (?:as|for|by)|\\bnsfw\\b|prohibited[ _]content|prohibited use',
		'(?:inappropriate|sensitive|unsafe|explicit|sexual|harmful|disallowed) (?:content|word|material|information|image|text|prompt)',
		'illegal (?:content|word|material|prompt)',
		'new_sensitive|data_?inspection|filter reason',
		'敏感|违规|不合规|内容安全|安全系统|审核(?:未|不)通过|(?:未|不)(?:能)?通过.{0,8}审核|违反.{0,12}(?:政策|规定|规范|法规|条款|准则)|色情|涉黄',
	].join('|'),
	'i',
);

/** A parameter of the same name has a value that is wrong, or is not known. */
const ABOUT_VALUE =
	/\b(?:must|should) be (?:one of|either|a |an |between|in )|(?:supported|allowed|possible|valid|accepted) values|invalid (?:value|type|param)|expected one of|(?:unknown|unsupported|unrecognized|unexpected|extra|invalid) (?:request )?(?:parameter|argument|field|key|input)|(?:parameter|argument|field)s? (?:is |are )?not (?:supported|allowed|permitted)|extra inputs/i;

/** Nothing that another prompt would mend. */
const ABOUT_ACCOUNT =
	/\b(?:account|organi[sz]ation|api key)\b[^.]{0,40}\b(?:flagged|suspended|terminated|disabled|deactivated|banned|blocked|restricted)|(?:账号|账户|用户).{0,10}(?:违规|封禁|冻结)/i;

/**
 * Whether there is no money to bill, whatever the status. Names: OpenAI, New API, Moonshot
 * (https://platform.moonshot.ai/docs/api/error), Z.ai (https://docs.z.ai/api-reference/api-code),
 * DashScope, Volcengine, LiteLLM (https://docs.litellm.ai/docs/proxy/users), Novita, LTX.
 */
export function isOutOfCredit({ message, names }: Refusal): boolean {
	if (names.some((name) => CREDIT_NAME.test(name))) return true;
	if (NO_FREE_TIER.test(message)) return true;
	const isPerTime = PER_TIME.test(message) || names.includes('RESOURCE_EXHAUSTED');
	return !isPerTime && CREDIT.test(message);
}

const CREDIT_NAME =
	/^(?:insufficient_quota|credit_balance_exhausted|(?:organization|project)_spend_limit_exceeded|organization_usage_limit_exceeded|billing_not_active|billing_hard_limit_reached|insufficient_user_quota|pre_consume_token_quota_failed|insufficient_?(?:account_)?(?:balance|credits?|funds)(?:_error)?|exceeded_current_quota_error|billing_balance_not_enough|budget_exceeded|payment_required|(?:account\.)?arrearage|accountoverdueerror|accountarrears|1113)$/i;

/** Google's and DashScope's free tiers: a limit of nothing is not one of a minute. */
const NO_FREE_TIER = /\blimit: 0\b|free quota tier|free allocated quota/i;

/** Google says of every limit that it is a matter of billing details. */
const PER_TIME =
	/quota exceeded for (?:quota )?metric|gemini-api\/docs\/rate-limits|\bper[ -]?(?:second|minute|hour|day)|\b(?:rpm|tpm|rpd|qps|ipm)\b|rate limit|(?:again|retry) (?:in|after) \d|每(?:秒|分钟|小时|天)|频率|并发/i;

const CREDIT = new RegExp(
	[
		'(?:insufficient|not enough|no|low|negative|out of|exhausted|overdue)[ _](?:account |remaining |available |user |prepaid )?(?:balance|credits?|funds|quota)\\b',
		'(?:balance|credits?|funds|quota)\\b[^.]{0,30}(?:insufficient|not enough|too low|exhausted|depleted|used up|overdue|negative|run out|expired)',
		'used all(?: of)?(?: your| available| the)* credits',
		'exceeded (?:your|the) (?:current|monthly|included|account)[^.]{0,30}(?:quota|credits|budget)',
		'(?:have|has) (?:any|enough|sufficient) (?:credits?|balance|funds)',
		'(?:spend|spending|billing|budget)[ _](?:hard )?(?:limit|cap)',
		'budget (?:has been )?exceeded|exceeded[^.]{0,20}budget',
		'quota[^.]{0,80}billing|billing[^.]{0,80}quota',
		'payment required|recharge|top[ -]?up|in arrears|arrearage|account is in debt',
		'余额不足|额度不足|额度已(?:用尽|耗尽|用完)|预扣费额度失败|欠费|请充值',
	].join('|'),
	'i',
);

/** Whether a refusal is one for too many requests, though its status says something else. */
export function isRateLimited({ status, message, names }: Refusal): boolean {
	if (status === 429 || names.some((name) => RATE_NAME.test(name))) return true;
	return RATE.test(message);
}

const RATE =
	/rate[ _-]?limit(?:s|ed)? (?:exceeded|reached|hit)|due to rate limit|too many requests/i;

const RATE_NAME =
	/^(?:429|rate_?limit\w*|too_?many_?requests|slow_down|resource_exhausted|throttling[\w.]*|throttled|request_?limit_?exceeded|1302|1303|1305)$/i;

/** A page of what stands before the API and lets nobody through. */
export function isBlockPage({ message }: Pick<Refusal, 'message'>): boolean {
	return BLOCK_PAGE.test(message);
}

/**
 * Cloudflare (https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/),
 * CloudFront, Akamai, Imperva, Sucuri.
 */
const BLOCK_PAGE =
	/attention required! \| cloudflare|just a moment\.\.\.|you have been blocked|cloudflare to restrict access|\berror(?: code)?:? 10(?:05|06|07|08|09|10|12|20)\b|incapsula incident|sucuri website firewall|web application firewall|ddos protection by/i;

/** http was spoken where https is expected: nginx, Go, Apache, Tomcat. */
export function isPlainHttp({ status, message }: Refusal): boolean {
	return status === 497 || PLAIN_HTTP.test(message);
}

const PLAIN_HTTP =
	/plain http(?: request)?\b[^.]{0,40}\b(?:https|ssl|tls)|http request to an https server|host and port requires tls/i;
