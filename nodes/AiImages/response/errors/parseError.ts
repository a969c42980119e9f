import { ApiError, type RetryHint } from '../../errors';
import { readStart } from '../../transport/byteStreams';
import { parseRetryAfter } from '../../transport/retryAfter';
import { withoutUndefined } from '../../values/json';
import type { ServiceResponse } from '../serviceResponse';
import { adviceFor } from './advice';
import { parseBody } from './errorBody';
import { parseErrorBody, type ErrorFields } from './errorFields';
import { isOverloaded, isRateLimited, normalizeCode } from './refusal';
import { bodyExcerpt, isBinary, MAX_ERROR_BYTES, toShownText } from './shownText';

const MAX_MESSAGE_CHARS = 1000;

/** Codes, types, parameters and request IDs. */
const MAX_WORD_CHARS = 200;

/** What an ApiError needs to know about a response besides its body. */
export type ErrorSource = Pick<
	ServiceResponse,
	'status' | 'url' | 'header' | 'requestId' | 'redact' | 'redactError' | 'service'
>;

/** Reads the body of a response that reports an error, in whatever format. */
export async function readErrorResponse(response: ServiceResponse): Promise<ApiError> {
	return parseErrorText(await readStart(response.body, MAX_ERROR_BYTES), response);
}

/** @param text the body, or its beginning */
export function parseErrorText(text: string, response: ErrorSource): ApiError {
	const body = parseBody(text);
	const isHtmlPage = body === undefined && HTML_PAGE.test(text);
	const fields = { ...parseErrorBody(body), isHtmlPage };
	return toApiError(fields, () => messageWithoutFields(text, body, response), response);
}

const HTML_PAGE = /^\s*<(?:!doctype\s+html|html|head|title)\b/i;

/**
 * @param fields as the API sent them, secrets included
 * @param fallbackMessage the message if the fields have none
 * @param fallbackAdvice the advice if the cause of the error is unknown
 */
export function toApiError(
	fields: ErrorFields & { readonly isHtmlPage?: boolean },
	fallbackMessage: () => string,
	response: ErrorSource,
	fallbackAdvice?: string,
): ApiError {
	const { status, url, service } = response;
	const shownText = (text: string | undefined, maxChars: number) =>
		toShownText(text, maxChars, response.redactError);
	const message = shownText(fields.message, MAX_MESSAGE_CHARS) ?? fallbackMessage();
	const details = {
		status,
		code: shownText(fields.code, MAX_WORD_CHARS),
		type: shownText(fields.type, MAX_WORD_CHARS),
		param: shownText(fields.param, MAX_WORD_CHARS),
		requestId:
			shownText(response.requestId, MAX_WORD_CHARS) ?? shownText(fields.requestId, MAX_WORD_CHARS),
	};
	const refusal = {
		status: effectiveStatus(response, message, fields),
		message,
		codes: fields.codes,
		isHtmlPage: fields.isHtmlPage ?? false,
		url,
		service,
	};
	const { advice, isFinal } = adviceFor(refusal, fallbackAdvice);
	const delay = fields.retryDelay ? ` (retry in ${fields.retryDelay})` : '';
	const hint: RetryHint = {
		isFinal,
		isRateLimit: !isFinal && refusal.status === 429,
		isOverloaded: isOverloaded(refusal, service.errorCodes.overloaded),
		shouldRetry: { true: true, false: false }[response.header(service.headers.shouldRetry)],
		retryAfter: parseRetryAfter((name) => response.header(name), message + delay, Date.now()),
	};
	return new ApiError(message, advice, withoutUndefined(details), hint);
}

/** The message for a body without a message field. */
function messageWithoutFields(
	text: string,
	body: unknown,
	{ status, redactError }: ErrorSource,
): string {
	if (body === undefined && isBinary(text)) {
		return `The API returned HTTP ${status} with binary data instead of a message`;
	}
	const excerpt = bodyExcerpt(text, body, redactError);
	return excerpt ? `API response: ${excerpt}` : `The API returned HTTP ${status} without a message`;
}

/**
 * The status that the error stands for. Some gateways (OpenRouter) report failures with HTTP status
 * 200 and the real status as the code, and others return a rate limit of the provider as a failure.
 */
function effectiveStatus(
	{ status, service }: ErrorSource,
	message: string,
	{ codes }: ErrorFields,
): number {
	const isLimited = isRateLimited({ message, codes });
	// Behind a failure of the server, a text can tell of what came after the image, such as its upload.
	if (status >= 500) return isRateLimited({ message: '', codes }) ? 429 : status;
	if (status >= 300) return isLimited && isVague(status) ? 429 : status;
	const reported = codes.flatMap(
		(code) => service.statusByCode[code] ?? (/^[45]\d\d$/.test(code) ? Number(code) : []),
	);
	const invalid = codes.some((code) => INVALID.test(normalizeCode(code))) ? 400 : undefined;
	return reported[0] ?? (isLimited ? 429 : (invalid ?? status));
}

/** Whether gateways return a status for any failure of the provider behind them. */
function isVague(status: number): boolean {
	return status === 400 || status === 403;
}

const INVALID = /^invalid_(?:argument|param|request|value)/;
