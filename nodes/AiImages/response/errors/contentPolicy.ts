import { normalizeCode, isRateLimited, type Refusal } from './refusal';

/**
 * Whether a safety system refused the prompt or the result. Codes and messages: OpenAI, Azure
 * (https://learn.microsoft.com/azure/ai-services/openai/concepts/content-filter), New API, Gemini
 * (https://ai.google.dev/api/generate-content#FinishReason), DashScope, Volcengine
 * (https://www.volcengine.com/docs/82379/1299023), MiniMax
 * (https://platform.minimax.io/docs/api-reference/errorcode), Tencent, Stability, Black Forest Labs,
 * Novita, Z.ai.
 */
export function isRefusedContent(refusal: Refusal): boolean {
	const { status, message, codes } = refusal;
	if (codes.some((code) => CODES.some((pattern) => pattern.test(normalizeCode(code))))) return true;
	if (UNRELATED_MESSAGES.test(message) || isRateLimited({ message, codes: [] })) return false;
	return MESSAGES.test(message) || (status === 403 && /moderation|flagged|safety/i.test(message));
}

const SUBJECT = '(?:content|request|prompt|text|image|input|output)s?';
const VERDICT =
	'(?:block|fail|flag|reject|refus|denied|violat|detect|filtered|moderated|trigger|illegal|unsafe|sensitive|prohibited)';

/** Codes and types, as `normalizeCode` spells them. */
const CODES: readonly RegExp[] = [
	`^${SUBJECT}_(?:moder\\w+|safety_?\\w*|illegal\\w*|unsafe|sensitive|flagged|prohibited)$`,
	'^(?:content|prompt|text)_(?:block\\w*|violat\\w*|refus\\w*|filter(?:ed)?|polic(?:y|ies))$',
	`^content_?(?:polic|filter|safety|moderation)\\w*_${VERDICT}\\w*$|^contentfilter$`,
	`^(?:\\w+_)?(?:safety|moderation|nsfw|guardrails?|public_figure|copyright)_(?:\\w+_)?${VERDICT}\\w*$`,
	'^(?:nsfw|unsafe|sensitive|illegal|prohibited|disallowed|harmful)_(?:content|words?|prompts?|images?)(?:_\\w+)?$',
	'^(?:image_)?(?:safety|prohibited_content|recitation)$|^(?:blocklist|spii|invalid_prompts|1301)$',
	'(?:^|_)policy_violation$|^(?:usage|content)_policy(?:_violation)?$|^responsible_?aipolicy_?violation$',
	'sensitive_content_detected|(?:text|image)_illegal_detected$|risk_detection$|^data_?inspection_?failed$',
	'^ip_?infringement_?\\w*$|^base_resp_102[67]$',
].map((pattern) => new RegExp(pattern));

const MESSAGES = new RegExp(
	[
		'safety (?:system|filter|check|polic|guideline|reason|violation|standard)|safety_violation',
		'content[ _]?(?:polic|filter|moderation|guideline|restriction|violation|safety|security)',
		'(?:usage|acceptable use|generation) polic|responsible ai',
		'(?:violat|against|blocked by|contrary to)[^.]{0,40}(?:polic|guideline|guardrail|terms|standards)',
		'(?:by|failed|fails|pass|through|blocked|rejected)[^.]{0,20}\\bmoderation',
		'moderation[ _](?:system|filter|check|polic|block|fail|reject|flag|violation)',
		`${SUBJECT} (?:was |were |is |has been |have been )?(?:moderated|flagged|sensitive)`,
		'\\bflagged (?:as|for|by)|\\bnsfw\\b|prohibited[ _]content|prohibited use',
		`(?:inappropriate|(?<!case[ -])sensitive|unsafe|sexual|harmful|disallowed) (?:content|word|material|information|image|text|prompt)(?! (?:format|size|type|mode))`,
		'\\bexplicit (?:content|material|imagery)|filtered words?\\b|may be sexual\\b',
		'illegal (?:content|word|material|prompt)|\\binfring(?:e|es|ing|ement)\\b|copyright(?:ed)? (?:content|material|restriction)',
		"(?:can[’']t|cannot|unable to|not allowed|blocked)[^.]{0,60}(?:public figure|real pe(?:rson|ople)|celebrit)",
		'new_sensitive|data_?inspection|filter reason|risk control',
		'敏感|违规|不合规|内容安全|安全系统|审核(?:未|不)通过|(?:未|不)(?:能)?通过.{0,8}审核|违反.{0,12}(?:政策|规定|规范|法规|条款|准则)|违法|色情|涉黄',
		'sicherheitssystem|inhaltsrichtlinie|système de sécurité|sistema de (?:seguridad|segurança)|систем\\S{1,3} безопасности|コンテンツ.{0,4}ポリシー|安全システム',
	].join('|'),
	'i',
);

/** Messages about safety or policies that another prompt would not help with. */
const UNRELATED_MESSAGES = new RegExp(
	[
		// A parameter named after moderation is unknown or missing, or its value is invalid.
		'\\b(?:must|should) be (?:one of|either|a |an |between|in (?:the )?(?:range|list|\\[))',
		'(?:supported|allowed|possible|valid|accepted) values|invalid (?:value|type|param)|expected one of',
		'(?:unknown|unsupported|unrecognized|unexpected|extra|invalid|missing) (?:required |request )?(?:parameter|argument|field|key|input)',
		'(?:parameter|argument|field)s? (?:is |are )?(?:not (?:supported|allowed|permitted)|missing|required)|extra inputs',
		// The account or its key is blocked.
		'\\b(?:account|organi[sz]ation|api key|access)\\b[^.]{0,40}\\b(?:flagged|suspended|terminated|revoked|disabled|deactivated|banned|blocked|restricted)',
		'(?:账号|账户|用户).{0,10}(?:违规|封禁|冻结)',
		// Policies of networks and administrators
		"(?:\\b(?:organi[sz]ation|iam|cors|waf|network|firewall|access|retry|fair use|rate)(?:[’']s)? |content[ -]security[ -])polic",
		// The content check itself is unavailable or timed out.
		'\\b(?:safety|moderation)\\b[^.]{0,40}\\b(?:overloaded|unavailable|unreachable|busy|timed out)|time-?out[^.]{0,40}\\b(?:safety|moderation)\\b',
	].join('|'),
	'i',
);
