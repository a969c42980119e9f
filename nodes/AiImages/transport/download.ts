import type { IExecuteFunctions } from 'n8n-workflow';
import {
	ApiError,
	asApiError,
	SizeLimitError,
	SsrfBlockedError,
	type ErrorDetails,
	type RetryHint,
} from '../errors';
import { requireComplete } from '../media/cutOff';
import type { AttemptLimits } from './downloadRetries';
import { discard, fileBytes, requestFile, type FileRequest } from './fetchFile';
import type { HttpResponse } from './httpResponse';
import type { ApiAccess } from './send';

/** How to download an image that a response links to. */
export interface LinkRequest extends AttemptLimits {
	/** Authorizes links to the API's own origin that require it. */
	readonly access: ApiAccess;
	readonly maxBytes: number;
	/** Reads the body of an error response for what it says about retries. */
	readError(response: HttpResponse): Promise<RetryHint>;
	/** Returns a file that is cut off instead of throwing. */
	readonly acceptsCutOff: boolean;
}

/** A file that is still arriving. */
export type OpenedFile = Pick<HttpResponse, 'body' | 'toStream'>;

/**
 * Starts to download an image that a response links to.
 *
 * @param link as the API returned it; can be relative to the base URL
 * @returns the bytes as they arrive, which can throw an ApiError, too
 * @throws ApiError whose hint says whether to try again, ExecutionCanceledError
 */
export async function openImageLink(
	context: IExecuteFunctions,
	link: string,
	{ access, timeout, maxIdle, maxBytes, readError, acceptsCutOff }: LinkRequest,
): Promise<OpenedFile> {
	const { baseURL } = access;
	const url = URL.canParse(link, baseURL) ? new URL(link, baseURL) : null;
	if (!url || !/^https?:$/.test(url.protocol)) throw invalidLink();
	const file = { url: url.href, timeout, maxIdle };
	try {
		const response =
			url.origin === new URL(baseURL).origin
				? await requestFromApi(context, file, access)
				: await requestFile(context, file);
		const bytes = await fileBytes(response, url.host, maxBytes, readError);
		const body = acceptsCutOff ? bytes : requireComplete(bytes, () => cutOffFile(url.host));
		return { body: withLinkErrors(body), toStream: response.toStream };
	} catch (error) {
		throw linkError(error);
	}
}

/**
 * Requests a file from the API's own origin, with the key only if it is refused without. Redirects
 * are followed without the key, wherever they lead.
 */
async function requestFromApi(
	context: IExecuteFunctions,
	file: FileRequest,
	access: ApiAccess,
): Promise<HttpResponse> {
	let response = await requestFile(context, { ...file, returnsRedirects: true });
	if (access.hasHeaders && [401, 403].includes(response.status)) {
		await discard(response);
		response = await requestFile(context, { ...file, returnsRedirects: true, access });
	}
	const location = response.header('location');
	const isRedirect = response.status >= 300 && response.status <= 399 && location !== '';
	if (!isRedirect || !URL.canParse(location, file.url)) return response;
	await discard(response);
	return await requestFile(context, { ...file, url: new URL(location, file.url).href });
}

/** The error for a link that leads to something else, such as a page that asks to wait. */
export function notAnImage(): ApiError {
	return new ApiError(
		"Image generated, but its link doesn't lead to an image",
		LINKS_EXPIRE,
		{},
		{ isTemporary: true, isDeadLink: true },
	);
}

function invalidLink(): ApiError {
	return new ApiError(
		'Image generated, but the API returned an invalid image URL',
		'Contact your provider',
		{},
		{ isDeadLink: true, isFinal: true },
	);
}

function cutOffFile(host: string): ApiError {
	return new ApiError(`The file from ${host} is incomplete`, '', {}, { isCutOff: true });
}

async function* withLinkErrors(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	try {
		yield* body;
	} catch (error) {
		throw linkError(error);
	}
}

function linkError(error: unknown): ApiError {
	const cause = asApiError(error);
	const { message, advice, details, hint } = cause;
	const isLocal = cause instanceof SizeLimitError || cause instanceof SsrfBlockedError;
	const { retryAfter, isCutOff } = hint;
	return new ApiError(
		`Image generated, but the download failed: ${message}`,
		isLocal ? advice : LINKS_EXPIRE,
		details,
		isLocal ? {} : { retryAfter, isCutOff, ...retryHintFor(details) },
	);
}

const LINKS_EXPIRE =
	"Image links expire, and n8n must be able to reach them. If the API supports it, set 'Response Format' to Base64 in Options";

function retryHintFor({ status, code = '' }: ErrorDetails): RetryHint {
	if (status === undefined) {
		const isLost = REDIRECT_CODE.test(code);
		return { isTemporary: !isLost && !CERTIFICATE_CODE.test(code), isDeadLink: isLost };
	}
	const isBusy = [408, 425, 429].includes(status) || status >= 500;
	return {
		// New links can return 403 or 404 until the file has reached the store.
		isTemporary: isBusy || status === 403 || status === 404,
		isDeadLink: !isBusy,
	};
}

/** Of follow-redirects, which n8n's helper uses. */
const REDIRECT_CODE = /^ERR_FR_/;

/** https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE_CODE =
	/CERT|CRL_|^SELF_SIGNED|^UNABLE_TO_|^INVALID_(CA|PURPOSE)$|^HOSTNAME_MISMATCH$|^PATH_LENGTH_EXCEEDED$/;
