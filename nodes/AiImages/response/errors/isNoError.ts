/**
 * Whether an error field reports no error. Gateways that fill in every field send
 * `{"message":"","code":null}`, `{}`, `"null"`, or a success code and message beside images.
 *
 * @param error the value of `error`, `errors`, `code`, `message` …
 */
export function isNoError(error: unknown): boolean {
	return isEmpty(error, 0);
}

function isEmpty(value: unknown, depth: number): boolean {
	if (value === undefined || value === null || value === false) return true;
	if (typeof value === 'number') return isSuccessWord(String(value));
	if (typeof value === 'string') return isSuccessWord(value);
	if (typeof value !== 'object' || depth === MAX_LEVELS) return false;
	return Object.entries(value).every(
		([key, inner]) => METADATA_KEYS.has(key.toLowerCase()) || isEmpty(inner, depth + 1),
	);
}

/** Real errors have three levels. A deeper one is taken for an error. */
const MAX_LEVELS = 8;

/** Fields that every response can have, in lower case. */
const METADATA_KEYS: ReadonlySet<string> = new Set([
	'request_id',
	'requestid',
	'request-id',
	'trace_id',
	'traceid',
	'log_id',
	'timestamp',
	'time',
]);

/** Whether a text reports no error: it has no letters or digits, or only says `success`. */
export function isSuccessWord(text: string): boolean {
	const trimmed = text.trim();
	if (trimmed.length > MAX_SUCCESS_CHARS) return false;
	return (
		!/[\p{L}\p{N}]/u.test(trimmed) || SUCCESS.test(trimmed.replace(/[\s.!。！'"]+/g, ' ').trim())
	);
}

/** Longer texts say more than `success`. */
const MAX_SUCCESS_CHARS = 64;

/** 20000 is SiliconFlow's code. The Chinese texts report a successful operation, request or submission. */
const SUCCESS =
	/^(?:0*|200(?:00)?|null|nil|none|undefined|false|n\/a|ok(?:ay)?|(?:request |operation )?(?:success|successful|successfully|succeeded|succeed)|completed?|finished|done|no[ _]?error|(?:操作|请求|提交)?成功)$/i;
