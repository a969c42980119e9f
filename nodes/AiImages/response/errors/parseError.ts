import { ApiError, type RetryHint } from '../../errors';
import { readStart } from '../../transport/byteStreams';
import { retryAfter } from '../../transport/retryAfter';
import type { ServiceResponse } from '../serviceResponse';
import { adviceFor } from './advice';
import { parseJson } from '../../values/json';
import { excerptOf, inOneLine, isBinary, redactUrls, shortened } from './redact';
import { isRateLimited } from './refusal';
import { parseErrorBody, type ErrorFields } from './errorFields';

/** Longest error body that is read, in bytes; a sentence is wanted, not a page. */
const MAX_ERROR = 65_536;
/** Longest part of a body that is no JSON that is shown, in characters. */
const MAX_EXCERPT = 200;
/** Longest message of the server that is shown, in characters. */
const MAX_MESSAGE = 1000;
/** Longest code, type, parameter or request ID that is shown, in characters. */
const MAX_WORD = 200;

/** What a response tells about an error beside its body. */
export type ErrorSource = Pick<
	ServiceResponse,
	'status' | 'url' | 'header' | 'requestId' | 'redact' | 'redactError' | 'service'
>;

/** Reads why a server refused a request, whatever form the response has. */
export async function readErrorResponse(response: ServiceResponse): Promise<ApiError> {
	return parseErrorText(await readStart(response.body, MAX_ERROR), response);
}

/**
 * The failure that a body tells of.
 *
 * @param text the body, or its beginning
 */
export function parseErrorText(text: string, response: ErrorSource): ApiError {
	const body = parseJson(text);
	const words = { ...parseErrorBody(body), isPage: body === undefined && PAGE.test(text) };
	return toApiError(words, () => messageWithoutFields(text, body, response), response);
}

const PAGE = /^\s*<(?:!doctype\s+html|html|head|title)\b/i;

/**
 * The failure that words tell of.
 *
 * @param words as they came
 * @param instead what is shown if they hold no message
 * @param otherwise the next step where nothing is known of the failure
 */
export function toApiError(
	words: ErrorFields & { readonly isPage?: boolean },
	instead: () => string,
	response: ErrorSource,
	otherwise?: string,
): ApiError {
	const { status, url, service } = response;
	const show = (said: string | undefined, length: number) =>
		toShownText(said, length, response.redactError);
	const message = show(words.message, MAX_MESSAGE) ?? instead();
	const details = {
		status,
		code: show(words.code, MAX_WORD),
		type: show(words.type, MAX_WORD),
		param: show(words.param, MAX_WORD),
		requestId: show(response.requestId, MAX_WORD) ?? show(words.requestId, MAX_WORD),
	};
	const refusal = {
		status: effectiveStatus(status, message, words),
		message,
		codes: words.codes,
		isPage: words.isPage ?? false,
		url,
	};
	const { advice, isFinal } = adviceFor(refusal, service.errorCodes, otherwise);
	const delay = words.retryDelay ? ` (retry in ${words.retryDelay})` : '';
	const hint: RetryHint = {
		isFinal,
		isRateLimit: !isFinal && refusal.status === 429,
		shouldRetry: { true: true, false: false }[response.header(service.headers.shouldRetry)],
		retryAfter: retryAfter((name) => response.header(name), message + delay, Date.now()),
	};
	return new ApiError(message, advice, withoutUndefined(details), hint);
}

/** What is said of a body in which nothing calls itself a message. */
function messageWithoutFields(
	text: string,
	body: unknown,
	{ status, redactError }: ErrorSource,
): string {
	if (body === undefined && isBinary(text)) {
		return `The API answered with status ${status} and binary data instead of an explanation`;
	}
	const excerpt = excerptFrom(text, body, redactError);
	return excerpt
		? `The server answered: ${excerpt}`
		: `The server answered with status ${status} and no explanation`;
}

/**
 * The beginning of a body, or the title of a page.
 *
 * @param body what is parsed of the text
 */
export function excerptFrom(text: string, body: unknown, clean: (text: string) => string): string {
	if (body === undefined && isBinary(text)) return '';
	const safe = redactLong(body === undefined ? text : asJson(body, text), clean);
	return shortened(redactUrls(excerptOf(safe)), MAX_EXCERPT);
}

/** A text of the server as users may see it, or undefined if nothing is left of it. */
export function toShownText(
	said: string | undefined,
	length: number,
	clean: (text: string) => string,
): string | undefined {
	if (said === undefined) return undefined;
	return shortened(redactUrls(inOneLine(redactLong(said, clean))), length) || undefined;
}

/**
 * A text without secrets. What is longer than anything that is shown is cut before it is cleaned,
 * and again behind that, where half of a secret may stand.
 */
function redactLong(text: string, clean: (text: string) => string): string {
	if (Buffer.byteLength(text) < MAX_ERROR - MAX_CHARACTER) return clean(text);
	return clean(text.slice(0, MAX_ERROR)).slice(0, -MAX_SECRET);
}

/** Bytes of a character in UTF-8, half of which may stand at the end. */
const MAX_CHARACTER = 4;

/** Characters of a secret, however it is spelled. */
const MAX_SECRET = 16_384;

function asJson(body: unknown, text: string): string {
	try {
		return JSON.stringify(body);
	} catch {
		// It is nested too deep.
		return text;
	}
}

/**
 * The status that a body means. Some gateways (OpenRouter) report failures with status 200 and the
 * real status as the code; MiniMax has codes of its own (https://platform.minimax.io/docs/api-reference/errorcode).
 */
function effectiveStatus(status: number, message: string, { codes }: ErrorFields): number {
	if (status >= 300) return status;
	const meant = codes.flatMap((name) => OWN_STATUS[name] ?? (/^[45]\d\d$/.test(name) ? name : []));
	return Number(meant[0] ?? (isRateLimited({ message, codes }) ? 429 : status));
}

const OWN_STATUS: Readonly<Record<string, number>> = {
	'base_resp 1002': 429,
	'base_resp 1004': 401,
	'base_resp 1008': 402,
	'base_resp 1039': 429,
	'base_resp 2049': 401,
};

function withoutUndefined<Values extends object>(values: Values): Partial<Values> {
	return Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== undefined),
	) as Partial<Values>;
}
