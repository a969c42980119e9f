import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { startDeadline, withCancelSignal } from './deadline';
import {
	STREAMED,
	TIMEOUT_MARGIN_MS,
	toHttpResponse,
	type HttpResponse,
	type RawResponse,
} from './httpResponse';
import { readSchedulerFor } from './readScheduler';
import type { Redactor } from './secrets';

/** How to reach an API with one credential. */
export interface ApiAccess {
	/** Without a slash at its end; paths are appended to it. */
	readonly baseURL: string;
	/** Name of the credential type. */
	readonly credentialType: string;
	/** The decrypted credential. Its type adds address and headers to a request. */
	readonly credentials: ICredentialDataDecryptedObject;
	/** Whether the credential adds headers, which can authorize a request. */
	readonly hasHeaders: boolean;
	/** Response headers that can hold a request ID, the most reliable first. */
	readonly requestIdHeaders: readonly string[];
	readonly redactor: Redactor;
}

/** A body in the form that n8n's request helper sends unchanged. */
export interface RequestBody {
	/** A stream needs a Content-Length. */
	readonly body: Buffer | FormData | import('stream').Readable;
	readonly headers: Readonly<Record<string, string>>;
	/** Releases the files that are still open. To be called when the attempt has ended. */
	close(): void;
}

/** One request to the API. */
export interface ApiRequest extends Partial<Omit<RequestBody, 'close'>> {
	readonly method?: 'GET' | 'POST' | 'PUT';
	/** A path of the API, such as `/images/generations`, or an address that it named. */
	readonly path: string;
	readonly access: ApiAccess;
	/** Milliseconds until the last byte of the response must have arrived. */
	readonly timeout: number;
}

/**
 * Sends one request through n8n's authenticated helper, so that n8n's proxies and SSRF protection
 * apply. Redirects are not followed. The response is streamed whatever its status.
 *
 * @throws ApiError if there is no response, ExecutionCanceledError
 */
export async function send(context: IExecuteFunctions, request: ApiRequest): Promise<HttpResponse> {
	const { path, access, timeout } = request;
	const { baseURL, redactor, requestIdHeaders } = access;
	const url = /^https?:\/\//i.test(path) ? path : `${baseURL}${path}`;
	const { host } = new URL(url);
	const deadline = startDeadline(context, { timeout, host, redact: redactor.redactError });
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			withCancelSignal(context, deadline.signal),
			access.credentialType,
			httpOptions(request),
			decrypted(access),
		)) as RawResponse;
		const scheduler = readSchedulerFor(context);
		return toHttpResponse(response, { url, deadline, scheduler, redactor, requestIdHeaders });
	} catch (error) {
		deadline.clear();
		throw deadline.explain(error);
	}
}

/** A request for n8n's helper. The credential adds the address and further headers to it. */
export function httpOptions({
	method = 'POST',
	path,
	body,
	headers,
	timeout,
}: Omit<ApiRequest, 'access'>): IHttpRequestOptions {
	return {
		method,
		url: path,
		...(body === undefined ? {} : { body }),
		headers: { Accept: 'application/json, text/event-stream', ...headers },
		// The helper's own timeout is one of silence, and five minutes by default.
		timeout: timeout + TIMEOUT_MARGIN_MS,
		...STREAMED,
		disableFollowRedirect: true,
	};
}

/** Without this, the helper would resolve the credential's expressions for the first item. */
export function decrypted({ credentialType, credentials }: ApiAccess) {
	return { credentialsDecrypted: { id: '', name: '', type: credentialType, data: credentials } };
}
