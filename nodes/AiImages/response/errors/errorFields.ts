import { asNumber, asRecord, asText, type JsonRecord } from '../../values/json';
import { errorChain } from './errorChain';
import { errorMessage } from './errorMessage';
import { firstOf } from './firstOf';
import { isGenericLabel } from './genericLabel';
import { isSuccessWord } from './isNoError';

/** The fields of an error as the API sent them: not redacted, and of any length. */
export interface ErrorFields {
	readonly message?: string | undefined;
	readonly code?: string | undefined;
	readonly type?: string | undefined;
	readonly param?: string | undefined;
	readonly requestId?: string | undefined;
	/** How long to wait, in Google's format: `34s`. */
	readonly retryDelay?: string | undefined;
	/** Every code, type and status, including those of the providers behind a gateway. */
	readonly codes: readonly string[];
}

/**
 * Reads an error of any shape. Known shapes: OpenAI and most gateways
 * `{error: {message, code, type, param}}`; a text as `error` (xAI), `message` (SiliconFlow, Kong,
 * AWS), `msg` or `detail` (FastAPI); `error` beside `message` (NestJS, Spring) or
 * `error_description` (https://www.rfc-editor.org/rfc/rfc6749#section-5.2); the response of the
 * provider behind a gateway, in `error.metadata.raw` (https://openrouter.ai/docs/errors) or as JSON
 * inside a message; problem details (https://www.rfc-editor.org/rfc/rfc9457) with a record of
 * `errors` (ASP.NET, Laravel); `fault` (Apigee); `base_resp` (MiniMax); and lists of any of these.
 *
 * @param body a parsed body; undefined if it is not JSON
 */
export function parseErrorBody(body: unknown): ErrorFields {
	const top = asRecord(Array.isArray(body) ? body.find((entry) => asRecord(entry).error) : body);
	const first = Array.isArray(body) ? asRecord(body[0]) : top;
	const chain = errorChain(Object.keys(top).length > 0 ? top : first);
	const [outer = {}, inner = {}] = chain;
	const minimaxCode = asRecord(outer.base_resp).status_code;
	const label = labelBesideMessage(outer);
	return {
		message: typeof body === 'string' ? undefined : errorMessage(body),
		code:
			fieldText(inner, 'code', 'Code') ??
			fieldText(outer, 'code', 'Code', 'error_code', 'errorCode') ??
			asFieldText(minimaxCode) ??
			fieldText(asRecord(inner.detail), 'errorcode') ??
			(label && !/\s/.test(label) ? label : undefined) ??
			firstOf(chain.slice(2), (record) => fieldText(record, 'code', 'Code')),
		type:
			fieldText(inner, 'type') ??
			fieldText(outer, 'type') ??
			fieldText(outer, '__type')?.replace(/^.*#/s, '') ??
			(label && /\s/.test(label) ? label : undefined),
		param:
			fieldText(inner, 'param') ?? fieldAt(Array.isArray(first.detail) ? first.detail[0] : first),
		requestId: firstOf([...chain, asRecord(top.Response)], (record) =>
			fieldText(record, 'request_id', 'requestId', 'RequestId', 'requestID'),
		),
		retryDelay: firstOf(chain, retryDelayIn),
		codes: [...new Set([...codesIn(chain), ...typesIn(first)])],
	};
}

/**
 * FastAPI, fal: `{loc: ['body', 'image_urls', 0]}`. The first is the part of the request, and stands alone
 * for a problem of the whole.
 */
function fieldAt(problem: unknown): string | undefined {
	const { loc } = asRecord(problem);
	return Array.isArray(loc)
		? loc
				.slice(1)
				.flatMap((part) => asText(part) ?? [])
				.at(-1)
		: undefined;
}

/**
 * Google: `{details: [{retryDelay}]}`. In seconds: Replicate, Cloudflare
 * (https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/),
 * and Hugging Face for a model that it has to load.
 */
function retryDelayIn(record: JsonRecord): string | undefined {
	const seconds = asNumber(record.retry_after) ?? asNumber(record.estimated_time);
	return (
		firstOf(detailsOf(record), (detail) => fieldText(detail, 'retryDelay')) ??
		(seconds !== undefined && seconds > 0 ? `${seconds.toFixed(3)}s` : undefined)
	);
}

/** Google's (https://cloud.google.com/apis/design/errors#error_details). */
function detailsOf({ details }: JsonRecord): JsonRecord[] {
	return Array.isArray(details) ? details.slice(0, MAX_DETAILS).map(asRecord) : [];
}

/** Details that are searched. */
const MAX_DETAILS = 20;

function codesIn(chain: readonly JsonRecord[]): string[] {
	const codes = chain.flatMap((record) => [
		...CODE_KEYS.flatMap((key) => fieldText(record, key) ?? []),
		asText(record.error) ?? [],
		asFieldText(asRecord(record.base_resp).status_code)?.replace(/^/, 'base_resp ') ?? [],
		...detailsOf(record).flatMap((detail) => fieldText(detail, 'reason') ?? []),
	]);
	return [...new Set(codes.flat())];
}

/** FastAPI, fal: `{detail: [{type}]}`. */
function typesIn({ detail }: JsonRecord): string[] {
	const entries = Array.isArray(detail) ? detail.slice(0, MAX_DETAILS).map(asRecord) : [];
	return entries.flatMap((entry) => fieldText(entry, 'type') ?? []);
}

/** Keys of codes, types and statuses. */
const CODE_KEYS: readonly string[] = [
	...['code', 'Code', 'type', '__type', 'reason', 'name'],
	...['status', 'statusCode', 'status_code', 'http_code', 'error_code', 'errorCode'],
];

/** `error` if it is a label and the message says more: `Bad Request`, `invalid_request`. */
function labelBesideMessage(record: JsonRecord): string | undefined {
	const label = asText(record.error);
	return label !== undefined && errorMessage(record) !== label && isGenericLabel(label)
		? label
		: undefined;
}

function fieldText(record: JsonRecord, ...keys: readonly string[]): string | undefined {
	return firstOf(keys, (key) => asFieldText(record[key]));
}

/** Some gateways send numbers as codes. */
function asFieldText(value: unknown): string | undefined {
	const text = typeof value === 'number' ? String(value) : asText(value);
	return text === undefined || isSuccessWord(text) ? undefined : text;
}
