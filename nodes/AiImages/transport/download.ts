import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { ApiError, asApiError, type RetryHint } from '../errors';
import { resolveCredential } from '../services/access';
import { SsrfBlockedError } from './connectionError';
import type { AttemptLimits } from './downloadRetries';
import { download, type HttpResponse, type DownloadRequest } from './send';
import { requireComplete } from '../media/cutOff';
import { readErrorResponse } from '../response/errors/parseError';
import { limitBytes, SizeLimitError } from '../response/limits';

/** How an image behind a link is downloaded. */
export interface LinkRequest extends AttemptLimits {
	/** For links to the API's own server that want the key. */
	readonly credentials: ICredentialDataDecryptedObject;
	/** Bytes that the image may have. */
	readonly maxBytes: number;
	/** A file that is not complete is better than none. */
	readonly acceptsTruncated: boolean;
}

/** A file that is being downloaded. */
export type OpenedFile = Pick<HttpResponse, 'body' | 'toStream'>;

/**
 * Opens an image that an answer only links to.
 *
 * @param link as the server gave it; may be relative to the API's address
 * @returns the bytes as they arrive, which may end with a ApiError too
 * @throws ApiError whose hint tells whether to repeat it, ExecutionCanceledError
 */
export async function openImageLink(
	context: IExecuteFunctions,
	link: string,
	access: LinkRequest,
): Promise<OpenedFile> {
	const { baseURL } = resolveCredential(access.credentials);
	const url = URL.canParse(link, baseURL) ? new URL(link, baseURL) : null;
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw new ApiError(
			'The image was made, but the server’s link to it is no address of the web',
			'Ask the operator of the server',
			{},
			{ isDeadLink: true, isFinal: true },
		);
	}
	const { timeout, maxIdle, maxBytes } = access;
	const limits = { timeout, maxIdle };
	try {
		const answer =
			url.origin === new URL(baseURL).origin
				? await downloadFromApi(context, { ...limits, url: url.href }, access.credentials)
				: await download(context, { ...limits, url: url.href });
		const { body } = await requireSuccess(answer, url.host, maxBytes);
		const whole = access.acceptsTruncated
			? body
			: requireComplete(body, () => truncatedError(url.host));
		return { body: withLinkErrors(whole), toStream: answer.toStream };
	} catch (error) {
		throw linkError(error);
	}
}

/**
 * Downloads from the API's own server, which may want its key for that. Redirects are followed
 * without it, wherever they lead.
 */
async function downloadFromApi(
	context: IExecuteFunctions,
	file: DownloadRequest,
	credentials: ICredentialDataDecryptedObject,
): Promise<HttpResponse> {
	let answer = await download(context, { ...file, returnsRedirects: true });
	const hasKey = Object.keys(resolveCredential(credentials).headers).length > 0;
	if (hasKey && [401, 403].includes(answer.status)) {
		await drain(answer);
		answer = await download(context, { ...file, returnsRedirects: true, credentials });
	}
	const location = answer.header('location');
	const isRedirect = answer.status >= 300 && answer.status <= 399 && location !== '';
	if (!isRedirect || !URL.canParse(location, file.url)) return answer;
	await drain(answer);
	return await download(context, { ...file, url: new URL(location, file.url).href });
}

/** Passes over a body, which would hold its connection open. */
async function drain(answer: HttpResponse): Promise<void> {
	await readErrorResponse(answer);
}

async function* withLinkErrors(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	try {
		yield* body;
	} catch (error) {
		throw linkError(error);
	}
}

function linkError(error: unknown): ApiError {
	const failure = asApiError(error);
	const { message, advice, details, hint } = failure;
	const isOurs = failure instanceof SizeLimitError || failure instanceof SsrfBlockedError;
	const { retryAfter, isCutOff } = hint;
	return new ApiError(
		`The image was made, but its link cannot be downloaded: ${message}`,
		isOurs ? advice : LINKS_EXPIRE,
		details,
		isOurs ? {} : { retryAfter, isCutOff, ...retryHintFor(details) },
	);
}

const LINKS_EXPIRE =
	'Links expire, and n8n has to be able to reach them. If the server can, ask for Response Format “Inside the Answer” under Options';

/** What a failure tells of later attempts. */
function retryHintFor({ status, code = '' }: ApiError['details']): RetryHint {
	if (status === undefined) return { isTemporary: !CERTIFICATE_CODE.test(code) };
	const isBusy = [408, 425, 429].includes(status) || status >= 500;
	return {
		// Fresh links answer so until the file has reached the store.
		isTemporary: isBusy || status === 403 || status === 404,
		isDeadLink: !isBusy,
	};
}

/** https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE_CODE =
	/CERT|CRL_|^SELF_SIGNED|^UNABLE_TO_|^INVALID_(CA|PURPOSE)$|^HOSTNAME_MISMATCH$|^PATH_LENGTH_EXCEEDED$/;

function truncatedError(host: string): ApiError {
	return new ApiError(`The file from ${host} is not complete`, '', {}, { isCutOff: true });
}

/** The failure of a link that leads to something else, such as a page that asks to wait. */
export function notAnImage(): ApiError {
	return new ApiError(
		'The image was made, but its link leads to something that is no image',
		LINKS_EXPIRE,
		{},
		{ isTemporary: true, isDeadLink: true },
	);
}

/**
 * Downloads a file, without credentials.
 *
 * @param url an http(s) address
 * @param timeout milliseconds
 * @param largest bytes that it may have
 * @throws ApiError, ExecutionCanceledError
 */
export async function* fetchFile(
	context: IExecuteFunctions,
	url: string,
	timeout: number,
	largest: number,
): AsyncGenerator<Buffer> {
	const answer = await download(context, { url, timeout });
	yield* (await requireSuccess(answer, new URL(url).host, largest)).body;
}

/** @throws ApiError unless the file is there */
async function requireSuccess(
	answer: HttpResponse,
	host: string,
	largest: number,
): Promise<{ body: AsyncIterable<Buffer> }> {
	const { status, body } = answer;
	if (status < 200 || status > 299) {
		// Reading it closes the connection, which a body that nobody reads would hold open.
		const { advice, hint } = await readErrorResponse(answer);
		throw new ApiError(`${host} answers with status ${status}`, advice, { status }, hint);
	}
	return {
		body: limitBytes(body, largest, (limit) => new SizeLimitError(`The file from ${host}`, limit)),
	};
}
