/**
 * Whether what stands where an error would stand tells of none. Gateways that fill in every field
 * send `{"message":"","code":null}`, `{}`, `"null"`, or a code and a word for success beside images.
 *
 * @param error the value under `error`, `errors`, `code`, `message` …
 */
export function isNoError(error: unknown): boolean {
	return isEmpty(error, 0);
}

function isEmpty(value: unknown, depth: number): boolean {
	if (value === undefined || value === null || value === false) return true;
	if (typeof value === 'number') return isSuccessWord(String(value));
	if (typeof value === 'string') return isSuccessWord(value);
	if (typeof value !== 'object' || depth === MAX_DEPTH) return false;
	return Object.entries(value).every(
		([key, each]) => LABELS.has(key.toLowerCase()) || isEmpty(each, depth + 1),
	);
}

/** Levels of an error that are looked through; real ones have three. */
const MAX_DEPTH = 8;

/** What names a response, whether it is an error or not. */
const LABELS: ReadonlySet<string> = new Set([
	...[
		'request_id',
		'requestid',
		'request-id',
		'trace_id',
		'traceid',
		'log_id',
		'timestamp',
		'time',
	],
]);

/** Whether a text says that there is nothing to complain of: no word at all, or success. */
export function isSuccessWord(text: string): boolean {
	const trimmed = text.trim();
	if (trimmed.length > MAX_WORD) return false;
	return (
		!/[\p{L}\p{N}]/u.test(trimmed) || SUCCESS.test(trimmed.replace(/[\s.!。！'"]+/g, ' ').trim())
	);
}

/** Characters; sentences that say more than success are longer. */
const MAX_WORD = 64;

/** 20000 is SiliconFlow's. The last ones are Chinese: success, of an operation, of a request, of handing in. */
const SUCCESS =
	/^(?:0*|200(?:00)?|null|nil|none|undefined|false|n\/a|ok(?:ay)?|(?:request |operation )?(?:success|successful|successfully|succeeded|succeed)|completed?|finished|done|no[ _]?error|(?:操作|请求|提交)?成功)$/i;
