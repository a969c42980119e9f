import { asRecord, asText, type JsonRecord } from '../../values/json';
import { isLabel } from './labels';
import { hasOnlySentences, listedErrors } from './errorList';
import { asValue, quotedJson } from './embeddedJson';
import { isSuccessWord } from './isNoError';

/** What a server says of an error: as it came, with secrets, and of any length. */
export interface ErrorFields {
	readonly message?: string | undefined;
	readonly code?: string | undefined;
	readonly type?: string | undefined;
	readonly param?: string | undefined;
	readonly requestId?: string | undefined;
	/** How long to wait, in Google's words: `34s`. */
	readonly retryDelay?: string | undefined;
	/** Every code, type and status, of whoever is quoted, too. */
	readonly codes: readonly string[];
}

/**
 * Reads an error, whatever its shape. Seen so far: OpenAI and most gateways
 * `{error: {message, code, type, param}}`; a text as `error` (xAI), `message` (SiliconFlow, Kong,
 * AWS), `msg` or `detail` (FastAPI); `error` beside `message` (NestJS, Spring) or
 * `error_description` (https://www.rfc-editor.org/rfc/rfc6749#section-5.2); the answer of the
 * provider behind a gateway in `error.metadata.raw` (https://openrouter.ai/docs/errors), or as JSON
 * inside of a message; problem details (https://www.rfc-editor.org/rfc/rfc9457) with a record of
 * `errors` (ASP.NET, Laravel); `fault` (Apigee); `base_resp` (MiniMax); and lists of any of these.
 */
export function parseErrorBody(body: unknown): ErrorFields {
	const top = asRecord(Array.isArray(body) ? body.find((each) => asRecord(each).error) : body);
	const first = Array.isArray(body) ? asRecord(body[0]) : top;
	const nodes = errorChain(Object.keys(top).length > 0 ? top : first);
	const [, error = {}] = nodes;
	const inner = nodes.length > 1 ? error : {};
	const status = asRecord(nodes[0]?.base_resp).status_code;
	const detail = asRecord(Array.isArray(first.detail) ? first.detail[0] : undefined);
	const { loc } = detail;
	const label = labelBeside(nodes[0] ?? {});
	return {
		message: typeof body === 'string' ? undefined : errorMessage(body),
		code:
			shortTextIn(inner, 'code', 'Code') ??
			shortTextIn(nodes[0] ?? {}, 'code', 'Code', 'error_code', 'errorCode') ??
			asShortText(status) ??
			shortTextIn(asRecord(inner.detail), 'errorcode') ??
			(label && !/\s/.test(label) ? label : undefined),
		type:
			shortTextIn(inner, 'type') ??
			shortTextIn(nodes[0] ?? {}, 'type') ??
			shortTextIn(nodes[0] ?? {}, '__type')?.replace(/^.*#/s, '') ??
			(label && /\s/.test(label) ? label : undefined),
		param: shortTextIn(inner, 'param') ?? asShortText(Array.isArray(loc) ? loc.at(-1) : undefined),
		requestId: firstOf([...nodes, asRecord(top.Response)], (node) =>
			shortTextIn(node, 'request_id', 'requestId', 'RequestId', 'requestID'),
		),
		retryDelay: firstOf(nodes, ({ details }) =>
			Array.isArray(details)
				? firstOf(details.slice(0, MAX_ENTRIES), (each) =>
						shortTextIn(asRecord(each), 'retryDelay'),
					)
				: undefined,
		),
		codes: codesIn(nodes),
	};
}

/** What a value says in sentences; lists are said in full, as far as they can be read. */
export function errorMessage(value: unknown, depth = 0): string | undefined {
	if (depth > MAX_DEPTH) return undefined;
	if (typeof value === 'string') return unwrapped(value, depth);
	if (typeof value !== 'object' || value === null) return undefined;
	const say = (inner: unknown) => errorMessage(inner, depth + 1);
	if (Array.isArray(value)) return listedErrors(value, say)?.join('; ');
	const record = asRecord(value);
	const inner = errorIn(record);
	const text = asText(inner);
	const said = moreTelling(
		text === undefined ? say(inner) : unwrapped(text, depth + 1),
		firstOf(MESSAGE_KEYS, (name) => say(asText(record[name]))),
		text === undefined,
	);
	const quoted = quotedIn(record, say);
	const details = DETAIL_KEYS.flatMap((name) =>
		record[name] === inner ? [] : (detailsIn(name, record[name], say) ?? []),
	);
	const title = record.detail === undefined ? say(asText(record.title)) : undefined;
	const status = asText(record.status);
	return (
		withDetails(withQuoted(said, quoted) ?? title, details) ??
		(status?.includes(' ') ? say(status) : undefined) ??
		(hasOnlySentences(record) ? listedErrors(record, say)?.join('; ') : undefined)
	);
}

/** Levels of an error; a gateway's gateway makes six. */
const MAX_DEPTH = 8;

/** Entries of a list that are read. */
const MAX_ENTRIES = 20;

/** Where one sentence stands, the most telling first. */
const MESSAGE_KEYS: readonly string[] = [
	...['message', 'Message', 'msg', 'error_description', 'error_message', 'errorMessage'],
	...['error_msg', 'err_msg', 'status_msg', 'faultstring', 'failure_reason', 'fail_reason'],
	...['failReason', 'reason', 'description', 'errmsg', 'statusMessage', 'defaultMessage'],
];

/** Where more is said of it, in a sentence or in a list. */
const DETAIL_KEYS: readonly string[] = [
	'detail',
	'details',
	'errors',
	'Errors',
	'issues',
	'message',
];

/** What stands in the place of an error, if anything does. */
function errorIn(record: JsonRecord): unknown {
	const detail = asRecord(record.detail);
	const places = [
		record.error,
		record.Error,
		record.fault,
		record.base_resp,
		asRecord(record.data).error,
		asRecord(record.response).error,
		// Tencent: https://cloud.tencent.com/document/api/1729/101843
		asRecord(record.Response).Error,
		record.innererror,
		...(['message', 'msg', 'error', 'code'].some((name) => name in detail) ? [detail] : []),
	];
	return places.find((each) => (typeof each === 'object' && each !== null) || asText(each));
}

/** The errors from the outermost to the innermost. */
function errorChain(top: JsonRecord): JsonRecord[] {
	const nodes = [top];
	for (let node: JsonRecord = top; nodes.length <= MAX_DEPTH; nodes.push(node)) {
		const { raw } = asRecord(node.metadata);
		const text = asText(node.message) ?? asText(node.error) ?? '';
		const quoted = raw === undefined ? quotedJson(text)?.value : asValue(raw);
		const next = [errorIn(node), quoted, asRecord(quoted).error]
			.map((each) => asRecord(Array.isArray(each) ? each[0] : each))
			.find((each) => Object.keys(each).length > 0);
		if (!next) break;
		node = next;
	}
	return nodes;
}

function codesIn(nodes: readonly JsonRecord[]): string[] {
	const names = nodes.flatMap((node) => [
		...CODE_KEYS.flatMap((name) => shortTextIn(node, name) ?? []),
		asText(node.error) ?? [],
		asShortText(asRecord(node.base_resp).status_code)?.replace(/^/, 'base_resp ') ?? [],
	]);
	return [...new Set(names.flat())];
}

/** Where kinds of errors stand, and statuses. */
const CODE_KEYS: readonly string[] = [
	...['code', 'Code', 'type', '__type', 'reason', 'name'],
	...['status', 'statusCode', 'status_code', 'http_code', 'error_code', 'errorCode'],
];

/** `error` beside a sentence that says more: `Bad Request`, `invalid_request`. */
function labelBeside(record: JsonRecord): string | undefined {
	const label = asText(record.error);
	return label !== undefined && errorMessage(record) !== label && isLabel(label)
		? label
		: undefined;
}

/** The answer of the provider behind a gateway, with its name. */
function quotedIn(
	record: JsonRecord,
	say: (inner: unknown) => string | undefined,
): string | undefined {
	const { raw, provider_name: provider } = asRecord(record.metadata);
	const words = say(asValue(raw));
	if (words === undefined) return undefined;
	const name = asText(provider);
	return name ? `${name}: ${words}` : words;
}

function withQuoted(said: string | undefined, quoted: string | undefined): string | undefined {
	if (said === undefined || quoted === undefined) return said ?? quoted;
	return isLabel(said) ? quoted : `${said} (${quoted})`;
}

function detailsIn(
	name: string,
	value: unknown,
	say: (inner: unknown) => string | undefined,
): readonly string[] | undefined {
	if (typeof value === 'object' && value !== null) {
		const list = listedErrors(value, say);
		const isList = Array.isArray(value) || !name.startsWith('detail');
		// Records of details hold identifiers, too.
		return isList ? list : list?.filter((each) => !/^\S*: \S*$/.test(each));
	}
	const text = name === 'message' ? undefined : say(asText(value));
	return text === undefined ? undefined : [text];
}

function withDetails(said: string | undefined, details: readonly string[]): string | undefined {
	const fresh = [...new Set(details)].filter((each) => !said?.includes(each));
	if (fresh.length === 0) return said;
	const list = fresh.join('; ');
	if (said === undefined || isLabel(said)) return list;
	return /[.:!?。：！？]$/.test(said.trimEnd()) ? `${said} ${list}` : `${said}: ${list}`;
}

/** Of two sentences the one that says more. */
function moreTelling(
	error: string | undefined,
	message: string | undefined,
	prefersError: boolean,
): string | undefined {
	if (error === undefined || message === undefined) return error ?? message;
	if (isLabel(error) !== isLabel(message)) return isLabel(error) ? message : error;
	return prefersError || error.length >= message.length ? error : message;
}

/** A message without the JSON around its words. */
function unwrapped(text: string, depth: number): string | undefined {
	if (isSuccessWord(text)) return undefined;
	const quoted = quotedJson(text);
	const words = quoted && errorMessage(quoted.value, depth + 1);
	return quoted && words !== undefined ? `${quoted.before}${words}${quoted.after}` : text;
}

function shortTextIn(record: JsonRecord, ...names: readonly string[]): string | undefined {
	return firstOf(names, (name) => asShortText(record[name]));
}

/** Codes are texts, but for gateways that send a number. */
function asShortText(value: unknown): string | undefined {
	const word = typeof value === 'number' ? String(value) : asText(value);
	return word === undefined || isSuccessWord(word) ? undefined : word;
}

function firstOf<Each, Found>(
	list: readonly Each[],
	find: (each: Each) => Found | undefined,
): Found | undefined {
	for (const each of list) {
		const found = find(each);
		if (found !== undefined) return found;
	}
	return undefined;
}
