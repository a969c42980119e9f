import type { IExecuteFunctions } from 'n8n-workflow';
import { ApiError, SizeLimitError, type RetryHint } from '../errors';
import { limitBytes, readStart } from './byteStreams';
import { startDeadline, withCancelSignal } from './deadline';
import {
	isSuccess,
	STREAMED,
	TIMEOUT_MARGIN_MS,
	toHttpResponse,
	type HttpResponse,
	type RawResponse,
} from './httpResponse';
import { IdleTimeout } from './idleTimeout';
import { readSchedulerFor } from './readScheduler';
import { NO_SECRETS } from './secrets';
import { decrypted, type ApiAccess, type RequestBody } from './send';

/** A request to a link that the user or the API gave. */
export interface FileRequest {
	/** An http(s) URL. */
	readonly url: string;
	/** Milliseconds until the last byte must have arrived. */
	readonly timeout: number;
	/** Milliseconds of silence that end the request; absent = only the timeout ends it. */
	readonly maxIdle?: number;
	/** Returns redirects as they are instead of following them. */
	readonly returnsRedirects?: boolean;
	/** Puts this there, instead of getting the file that is there. */
	readonly content?: Pick<RequestBody, 'body' | 'headers'>;
	/** Authorizes the request. Most links carry their own authorization, and nothing is sent. */
	readonly access?: ApiAccess;
}

/**
 * Sends the request once.
 *
 * @throws ApiError if there is no response, ExecutionCanceledError
 */
export async function requestFile(
	context: IExecuteFunctions,
	{ url, timeout, maxIdle = timeout, returnsRedirects = false, content, access }: FileRequest,
): Promise<HttpResponse> {
	const { origin, host, pathname } = new URL(url);
	const idle = new IdleTimeout(maxIdle);
	const deadline = startDeadline(context, { timeout, host, idle, redact: NO_SECRETS.redactError });
	const request = {
		method: content ? 'PUT' : 'GET',
		url,
		...content,
		timeout: timeout + TIMEOUT_MARGIN_MS,
		abortSignal: deadline.signal,
		...STREAMED,
		disableFollowRedirect: returnsRedirects,
	} as const;
	try {
		const response = (await (access
			? context.helpers.httpRequestWithAuthentication.call(
					withCancelSignal(context, deadline.signal),
					access.credentialType,
					request,
					decrypted(access),
				)
			: context.helpers.httpRequest(request))) as RawResponse;
		idle.monitor(response.body);
		return toHttpResponse(response, {
			url: `${origin}${pathname}`,
			deadline,
			scheduler: readSchedulerFor(context),
			// Nobody sees these texts, and redacting would damage a URL in a `location` header.
			redactor: NO_SECRETS,
			requestIdHeaders: [],
		});
	} catch (error) {
		deadline.clear();
		throw deadline.explain(error);
	}
}

/**
 * Downloads a file without credentials.
 *
 * @param url an http(s) URL
 * @param timeout milliseconds
 * @throws ApiError, ExecutionCanceledError
 */
export async function* fetchFile(
	context: IExecuteFunctions,
	url: string,
	timeout: number,
	maxBytes: number,
): AsyncGenerator<Buffer> {
	const response = await requestFile(context, { url, timeout });
	yield* await fileBytes(response, new URL(url).host, maxBytes, async () => {
		await discard(response);
		return {};
	});
}

/**
 * The bytes of a successful response.
 *
 * @param readError reads the body of any other, for what it says about retries
 * @throws ApiError for any other
 */
export async function fileBytes(
	response: HttpResponse,
	host: string,
	maxBytes: number,
	readError: (response: HttpResponse) => Promise<RetryHint>,
): Promise<AsyncIterable<Buffer>> {
	const { status, body } = response;
	if (isSuccess(status)) {
		return limitBytes(
			body,
			maxBytes,
			(limit) => new SizeLimitError(`The file from ${host}`, limit),
		);
	}
	const hint = await readError(response);
	throw new ApiError(`${host} returned HTTP ${status}`, '', { status }, hint);
}

/** Reads the beginning of a body that nobody wants. An unread one keeps its connection open. */
export async function discard({ body }: HttpResponse): Promise<void> {
	await readStart(body, MAX_DISCARDED_BYTES);
}

const MAX_DISCARDED_BYTES = 65_536;
