import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { ApiError, SsrfBlockedError } from '../errors';
import { isNoError } from '../response/errors/isNoError';
import { parseErrorText } from '../response/errors/parseError';
import { accessFor } from '../services/access';
import { connectionError } from '../transport/connectionError';
import { isSuccess } from '../transport/httpResponse';
import { formatMegabytes } from '../values/format';
import { isRecord, parseJson } from '../values/json';
import { modelIdsOf } from './modelIds';
import { explainStatus, explainSuccess, type ListResponse } from './modelListErrors';

/** Milliseconds until the list must have arrived. */
export const LIST_TIMEOUT_MS = 30_000;

/** Bytes of a list. That of a gateway with thousands of models has some megabytes. */
const MAX_LIST_BYTES = 16_000_000;

/** Bytes of an error that are read. */
const MAX_ERROR_BYTES = 65_536;

/** A response with a list of models, as n8n's request helpers return it. */
export interface RawListResponse {
	readonly statusCode: number;
	readonly headers: IDataObject;
	/** A text in versions of n8n that read the bodies of errors themselves. */
	readonly body: import('stream').Readable | string | undefined;
}

/**
 * The IDs of the models that a service lists.
 *
 * @param request requests the list with the credential, without following redirects
 * @throws ApiError that explains why there is no list, Error if the credential cannot be used
 */
export async function listModels(
	credentials: ICredentialDataDecryptedObject,
	request: () => Promise<RawListResponse>,
): Promise<string[]> {
	const { path } = accessFor(credentials).service.modelList;
	return await ask(credentials, path, modelIdsOf, request);
}

/**
 * Checks a key by a question that costs nothing.
 *
 * @param request sends it with the credential, without following redirects
 * @throws as `listModels`
 */
export async function checkKey(
	credentials: ICredentialDataDecryptedObject,
	request: () => Promise<RawListResponse>,
): Promise<void> {
	const { path, test } = accessFor(credentials).service.modelList;
	const isAnswer = (body: unknown) => (isRecord(body) && isNoError(body.error) ? body : null);
	await ask<unknown>(credentials, test ?? path, test ? isAnswer : modelIdsOf, request);
}

/** @param answerIn finds the answer in a parsed body; null = there is none */
async function ask<Answer>(
	credentials: ICredentialDataDecryptedObject,
	path: string,
	answerIn: (body: unknown) => Answer | null,
	request: () => Promise<RawListResponse>,
): Promise<Answer> {
	const { baseURL, service, redactor } = accessFor(credentials);
	const { redactError } = redactor;
	const { missing } = service.modelList;
	const raw = await request()
		.then(async ({ statusCode, headers, body }) => ({
			status: statusCode,
			header: (name: string) => redactError(String(headers[name] ?? '')),
			text: await read(body, statusCode, missing),
		}))
		.catch((error: unknown) => {
			throw unreachable(error, new URL(baseURL).host, redactError);
		});
	const hasSucceeded = isSuccess(raw.status);
	const answer = hasSucceeded ? answerIn(parseJson(raw.text)) : null;
	if (answer) return answer;
	const url = redactError(`${baseURL}${path}`);
	const text = raw.text.slice(0, MAX_ERROR_BYTES);
	const message = text.trim()
		? parseErrorText(text, { ...raw, ...redactor, url, service, requestId: '' }).message
		: '';
	const response: ListResponse = { ...raw, url, text, message };
	throw hasSucceeded ? explainSuccess(response, credentials) : explainStatus(response, credentials);
}

/** The body, or the beginning of an error. If the API has no list, nothing is read. */
async function read(
	body: RawListResponse['body'],
	status: number,
	missing: readonly number[],
): Promise<string> {
	if (typeof body !== 'object') return body ?? '';
	if (missing.includes(status)) {
		body.destroy();
		return '';
	}
	const hasSucceeded = isSuccess(status);
	const limit = hasSucceeded ? MAX_LIST_BYTES : MAX_ERROR_BYTES;
	const expired = AbortSignal.timeout(LIST_TIMEOUT_MS);
	const end = () => body.destroy(Object.assign(new Error('Timeout'), { code: 'ETIMEDOUT' }));
	expired.addEventListener('abort', end);
	const pieces: Buffer[] = [];
	let length = 0;
	try {
		for await (const piece of body) {
			pieces.push(piece as Buffer);
			length += (piece as Buffer).length;
			if (length > limit && hasSucceeded) throw tooLong();
			if (length > limit) break;
		}
	} finally {
		expired.removeEventListener('abort', end);
	}
	return Buffer.concat(pieces).toString('utf8');
}

function tooLong(): ApiError {
	return new ApiError(
		`The list of models is larger than ${formatMegabytes(MAX_LIST_BYTES)}`,
		"Check 'Base URL' in the credential, or enter the model ID instead",
	);
}

function unreachable(error: unknown, host: string, redact: (text: string) => string): ApiError {
	if (error instanceof ApiError) return error;
	const failure = connectionError(error, host, null, redact);
	const isScheme = /^(?:EPROTO|ERR_SSL|HPE_)/.test(failure.details.code ?? '');
	const advice =
		failure instanceof SsrfBlockedError || isScheme
			? failure.advice.replace(/\. .*$/s, '')
			: /CERT|SIGNATURE/.test(failure.details.code ?? '')
				? "Check 'Base URL' in the credential, or let n8n trust the certificate (NODE_EXTRA_CA_CERTS)"
				: "Check 'Base URL' in the credential, and that n8n can reach it";
	return new ApiError(failure.message, advice, failure.details);
}
