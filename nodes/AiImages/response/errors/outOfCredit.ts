import { normalizeCode, type Refusal } from './refusal';

/**
 * Whether the account has run out of credit, whatever the status. Codes and messages: OpenAI, New
 * API, Moonshot (https://platform.moonshot.ai/docs/api/error), Z.ai
 * (https://docs.z.ai/api-reference/api-code), DashScope, Volcengine, Google, LiteLLM
 * (https://docs.litellm.ai/docs/proxy/users), Together, Novita, LTX, OpenRouter.
 */
export function isOutOfCredit({ message, codes }: Refusal): boolean {
	if (codes.some((code) => CODES.some((pattern) => pattern.test(normalizeCode(code))))) return true;
	if (NO_FREE_TIER.test(message)) return true;
	const isGoogleLimit = codes.includes('RESOURCE_EXHAUSTED') && GOOGLE_LIMIT.test(message);
	return !isGoogleLimit && !RATE_LIMIT.test(message) && MESSAGES.test(message);
}

const MONEY = '(?:quota|balance|credits?|funds|budget)';

/** Codes and types, as `normalizeCode` spells them. */
const CODES: readonly RegExp[] = [
	`^(?:insufficient|not_?enough|no|out_of)_(?:\\w+_)?${MONEY}(?:_error)?$`,
	`^(?:credit|balance|budget|spend(?:ing)?)s?_(?:\\w+_)?(?:exceeded|exhausted|insufficient|not_enough|limit|limit_reached)$`,
	'^(?:organization|project)_(?:spend|usage)_limit_exceeded$|^pre_consume_token_quota_failed$',
	'^billing_(?:not_active|disabled|hard_limit_reached|balance_not_enough)$|^payment_required$',
	'^exceeded_current_quota_error$|^(?:account\\.)?arrearage$|^account_?(?:overdue_?error|arrears)$|^1113$',
	'^set_limit_exceeded$|free_?tier_?only$',
].map((pattern) => new RegExp(pattern));

/** The model has no free tier, or its free tier is used up for good. Waiting doesn't help. */
const NO_FREE_TIER = new RegExp(
	[
		'\\blimit: 0\\b|free (?:quota tier|allocated quota)',
		'free (?:trial|tier)[^.]{0,60}\\b(?:exhausted|used up|expired|ended)',
		'\\b(?:exhausted|used up)[^.]{0,20}\\bfree (?:trial|tier|allocation|quota)',
	].join('|'),
	'i',
);

/** Google mentions billing in the message of every rate limit. */
const GOOGLE_LIMIT = /exceeded your current quota/i;

/** Limits per minute, hour or day, which waiting does help with. */
const RATE_LIMIT =
	/quota exceeded for (?:quota )?metric|gemini-api\/docs\/rate-limits|\bper[ -]?(?:second|min(?:ute)?|hour|day)\b|this minute|\b(?:rpm|tpm|rpd|qps|ipm)\b|rate limit|(?:again|retry) (?:in|after) \d|每(?:秒|分钟|小时|天)|频率|并发/i;

const MESSAGES = new RegExp(
	[
		'(?:insufficient|not enough|no|low|negative|out of|exhausted|overdue)[ _](?:account |remaining |available |user |prepaid )?(?:balance|credits?|funds|quota)\\b',
		'(?:(?<!(?:white|colou?r) )balance|credits?|funds|quota)\\b[^.]{0,30}(?:insufficient|not enough|too low|exhausted|depleted|used up|overdue|negative|run out|expired)',
		'used all(?: of)?(?: your| available| the)* credits|depleted[^.]{0,30}credits',
		'exceeded (?:your|the) (?:current|monthly|included|account)[^.]{0,30}(?:quota|credits|budget)',
		'(?:have|has) (?:any|enough|sufficient) (?:credits?|balance|funds)',
		'(?:spend|spending|billing|budget|credit|set inference)[ _](?:hard )?(?:limit|cap)\\b',
		// OpenRouter: https://openrouter.ai/docs/api/reference/limits
		'\\bkey limit exceeded\\b',
		'budget (?:has been )?exceeded|(?:exceeded|over)[^.]{0,20}budget',
		'quota[^.]{0,80}billing|billing[^.]{0,80}quota|(?:check|enter)[^.]{0,20} billing details',
		'billing (?:to be|must be|is not|has not been) enabled|to billed users|add a payment method',
		'(?:free trial|subscription) (?:has |is )?(?:expired|ended)',
		'payment required|recharge|top[ -]?up|in arrears|arrearage|account is in debt',
		'余额不足|额度不足|额度已(?:用尽|耗尽|用完)|预扣费额度失败|欠费|请先?充值',
		'(?:saldo|créditos?) insuficientes?|(?:solde|crédits?) insuffisants?|недостаточно (?:средств|кредитов)|guthaben (?:ist )?(?:aufgebraucht|reicht nicht)',
	].join('|'),
	'i',
);
