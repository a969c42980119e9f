import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { ApiError } from '../errors';
import { parseErrorText } from '../response/errors/parseError';
import { parseJson } from '../values/json';
import { modelIdsOf } from './modelIds';
import { resolveCredential } from '../services/access';
import { SsrfBlockedError, connectionError } from '../transport/connectionError';
import { redactorFor } from '../transport/secrets';
import {
	explainStatus,
	explainSuccess,
	LIST_IS_MISSING,
	type ListResponse,
} from './modelListErrors';

/** The path of the list, below the base URL. */
export const MODELS_PATH = '/models';

/** Milliseconds until the list must be there. */
export const LIST_TIMEOUT = 30_000;

/** Bytes that a list may have; that of a gateway with thousands of models has some. */
const MAX_LIST_BYTES = 16_000_000;

/** Bytes of a refusal that are read. */
const MAX_ERROR_BYTES = 65_536;

/** A response to `GET /models` as n8n's request helpers give it. */
export interface RawListResponse {
	readonly statusCode: number;
	readonly headers: IDataObject;
	/** Some versions of n8n have read the body of an error. */
	readonly body: import('stream').Readable | string | undefined;
}

/**
 * The ids of the models that an API lists.
 *
 * @param request sends `GET /models` with the credential, without following redirects
 * @throws ApiError that says why there is no list, Error if the credential cannot be used
 */
export async function listModels(
	credentials: ICredentialDataDecryptedObject,
	request: () => Promise<RawListResponse>,
): Promise<string[]> {
	const { baseURL } = resolveCredential(credentials);
	const { redact, redactError } = redactorFor(credentials);
	const raw = await request()
		.then(async ({ statusCode, headers, body }) => ({
			status: statusCode,
			header: (name: string) => redactError(String(headers[name] ?? '')),
			text: await read(body, statusCode),
		}))
		.catch((error: unknown) => {
			throw unreachable(error, new URL(baseURL).host, redactError);
		});
	const isSuccess = raw.status >= 200 && raw.status <= 299;
	const ids = isSuccess ? modelIdsOf(parseJson(raw.text)) : null;
	if (ids) return ids;
	const url = redactError(`${baseURL}${MODELS_PATH}`);
	const text = raw.text.slice(0, MAX_ERROR_BYTES);
	const words = text.trim()
		? parseErrorText(text, { ...raw, url, requestId: '', redact, redactError }).message
		: '';
	const response: ListResponse = { ...raw, url, text, words };
	throw isSuccess ? explainSuccess(response) : explainStatus(response, credentials);
}

/** The body, of a refusal its beginning; of a list that is not there nothing is wanted. */
async function read(body: RawListResponse['body'], status: number): Promise<string> {
	if (typeof body !== 'object') return body ?? '';
	if (LIST_IS_MISSING.includes(status)) {
		body.destroy();
		return '';
	}
	const isSuccess = status >= 200 && status <= 299;
	const limit = isSuccess ? MAX_LIST_BYTES : MAX_ERROR_BYTES;
	const expired = AbortSignal.timeout(LIST_TIMEOUT);
	const end = () => body.destroy(Object.assign(new Error('Timeout'), { code: 'ETIMEDOUT' }));
	expired.addEventListener('abort', end);
	const pieces: Buffer[] = [];
	let length = 0;
	try {
		for await (const piece of body) {
			pieces.push(piece as Buffer);
			length += (piece as Buffer).length;
			if (length > limit && isSuccess) throw tooLong();
			if (length > limit) break;
		}
	} finally {
		expired.removeEventListener('abort', end);
	}
	return Buffer.concat(pieces).toString('utf8');
}

function tooLong(): ApiError {
	return new ApiError(
		`The list of models is larger than ${MAX_LIST_BYTES / 1_000_000} MB`,
		"Check 'Base URL' in the credential, or enter the model ID instead",
	);
}

function unreachable(error: unknown, host: string, cleanError: (text: string) => string): ApiError {
	if (error instanceof ApiError) return error;
	const failure = connectionError(error, host, null, cleanError);
	const isScheme = /^(?:EPROTO|ERR_SSL|HPE_)/.test(failure.details.code ?? '');
	const nextStep =
		failure instanceof SsrfBlockedError || isScheme
			? failure.advice.replace(/\. .*$/s, '')
			: /CERT|SIGNATURE/.test(failure.details.code ?? '')
				? "Check 'Base URL' in the credential, or let this n8n trust the certificate (NODE_EXTRA_CA_CERTS)"
				: "Check 'Base URL' in the credential, and that this n8n can reach it";
	return new ApiError(failure.message, nextStep, failure.details);
}
