import type { ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { readBody } from './readBody';
import { resolveCredential, CREDENTIAL } from '../services/access';
import { connectionError, ExecutionCanceledError } from './connectionError';
import { readSchedulerFor, type ReadScheduler } from './readScheduler';
import { requestIdOf } from '../services/requestId';
import { redactorFor, type Redactor } from './secrets';
import { IdleTimeout, idleError } from './idleTimeout';

/** A body in the form that n8n's request helper sends as it is. */
export interface RequestBody {
	readonly body: Buffer | FormData;
	readonly headers: Readonly<Record<string, string>>;
}

/** One request to the API. */
export interface ApiRequest extends RequestBody {
	/** A path of the API, such as `/images/generations`. */
	readonly path: string;
	readonly credentials: ICredentialDataDecryptedObject;
	/** Milliseconds until the last byte of the answer must be there. */
	readonly timeout: number;
}

/** An answer whose status and content are still to be judged. */
export interface HttpResponse {
	readonly status: number;
	/** What was called: scheme, host and path, without the query, which may hold secrets. */
	readonly url: string;
	/** A header's text; empty = absent. */
	header(name: string): string;
	/** How the provider names this response, for support requests; empty = it does not. */
	readonly requestId: string;
	/** Removes the credential's secrets from a text of the body that an item shows. */
	redact(text: string): string;
	/** The same for a text that becomes a part of an error. */
	redactError(text: string): string;
	/** The pieces as they arrive; ends with a ApiError if the connection or the time does. */
	readonly body: AsyncIterable<Buffer>;
	readonly toStream: ToStream;
}

type Readable = import('stream').Readable;

/** Bytes as a stream of Node.js, which n8n's binary store takes. */
export type ToStream = (bytes: AsyncIterable<Buffer>) => Readable;

/**
 * Sends one request through n8n's own authenticated helper: its proxies and its SSRF guard
 * apply, redirects are not followed, and the answer is streamed whatever its status.
 *
 * @throws ApiError if no answer comes, ExecutionCanceledError if the user stops the execution
 */
export async function send(context: IExecuteFunctions, call: ApiRequest): Promise<HttpResponse> {
	const { baseURL } = resolveCredential(call.credentials);
	const cleaner = redactorFor(call.credentials);
	const limit = deadline(context, call.timeout, baseURL, cleaner);
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			withCancelSignal(context, limit.signal),
			CREDENTIAL,
			{
				method: 'POST',
				url: call.path,
				body: call.body,
				headers: { Accept: 'application/json, text/event-stream', ...call.headers },
				// The helper's own timeout is one of silence, and five minutes by default.
				timeout: call.timeout + TIMEOUT_MARGIN_MS,
				...STREAMED,
				disableFollowRedirect: true,
			},
			// Without these, the helper would resolve the credential's expressions for the first item.
			{ credentialsDecrypted: { id: '', name: '', type: CREDENTIAL, data: call.credentials } },
		)) as RawResponse;
		const order = readSchedulerFor(context);
		return toHttpResponse(response, `${baseURL}${call.path}`, limit, order, cleaner);
	} catch (error) {
		limit.clear();
		throw limit.explain(error);
	}
}

/** A file that the API gave a link to, or the user. */
export interface DownloadRequest {
	/** An http(s) address. */
	readonly url: string;
	/** Milliseconds until the last byte must be there. */
	readonly timeout: number;
	/** Milliseconds of silence that end it; without it, only the timeout does. */
	readonly maxIdle?: number;
	/** A redirect is an answer like any other, and not followed. */
	readonly returnsRedirects?: boolean;
	/** Sent with it. Mostly a link carries its own authorization, and nothing of the user is sent. */
	readonly credentials?: ICredentialDataDecryptedObject;
}

/**
 * Fetches a file.
 *
 * @throws ApiError if no answer comes, ExecutionCanceledError if the user stops the execution
 */
export async function download(
	context: IExecuteFunctions,
	file: DownloadRequest,
): Promise<HttpResponse> {
	const { url, timeout, maxIdle = timeout, credentials } = file;
	const silence = new IdleTimeout(maxIdle);
	const limit = deadline(context, timeout, url, NO_SECRETS, silence);
	const request = {
		method: 'GET',
		url,
		timeout: timeout + TIMEOUT_MARGIN_MS,
		abortSignal: limit.signal,
		...STREAMED,
		disableFollowRedirect: file.returnsRedirects ?? false,
	} as const;
	try {
		const response = (await (credentials
			? context.helpers.httpRequestWithAuthentication.call(
					withCancelSignal(context, limit.signal),
					CREDENTIAL,
					request,
					{ credentialsDecrypted: { id: '', name: '', type: CREDENTIAL, data: credentials } },
				)
			: context.helpers.httpRequest(request))) as RawResponse;
		silence.monitor(response.body);
		const { origin, pathname } = new URL(url);
		const order = readSchedulerFor(context);
		// Its texts are shown to nobody, and cleaning would spoil an address that it leads to.
		return toHttpResponse(response, `${origin}${pathname}`, limit, order, NO_SECRETS);
	} catch (error) {
		limit.clear();
		throw limit.explain(error);
	}
}

/** A download sends none. */
const NO_SECRETS: Redactor = { redact: (text) => text, redactError: (text) => text };

/** Milliseconds by which the helper's own timeout comes later, so that the deadline speaks first. */
const TIMEOUT_MARGIN_MS = 1000;

const STREAMED = {
	encoding: 'stream',
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
} as const;

interface RawResponse {
	statusCode: number;
	headers: IDataObject;
	body: Readable;
}

/** What ends one attempt before its time. */
interface Deadline {
	readonly signal: AbortSignal;
	/** What an error means when it comes from that attempt. */
	explain(error: unknown): Error;
	/** The attempt is over. Nothing of it stays behind until its time would have come. */
	clear(): void;
}

function deadline(
	context: IExecuteFunctions,
	timeout: number,
	url: string,
	{ redactError }: Redactor,
	silence?: IdleTimeout,
): Deadline {
	const canceled = context.getExecutionCancelSignal();
	const expired = AbortSignal.timeout(Math.ceil(timeout));
	// Whoever listens to the signal of a timeout keeps its timer alive, and the request helper never
	// stops listening. So it gets a signal of its own.
	const both = new AbortController();
	const abort = () => both.abort();
	const sources = [canceled, silence?.signal, expired].filter((signal) => signal !== undefined);
	for (const source of sources) source.addEventListener('abort', abort, { once: true });
	if (canceled?.aborted) abort();
	return {
		signal: both.signal,
		explain: (error) => {
			if (canceled?.aborted) return new ExecutionCanceledError();
			if (silence?.signal.aborted) return idleError(silence.maxIdle, new URL(url).host);
			const late = expired.aborted ? timeout : null;
			return connectionError(error, new URL(url).host, late, redactError);
		},
		clear: () => {
			silence?.stop();
			for (const source of sources) source.removeEventListener('abort', abort);
		},
	};
}

/**
 * The authenticated helper takes its signal from the context and ignores the one in the request's
 * options, so the deadline has to come with the context.
 */
function withCancelSignal(context: IExecuteFunctions, signal: AbortSignal): IExecuteFunctions {
	return Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as IExecuteFunctions;
}

function toHttpResponse(
	{ statusCode, headers, body }: RawResponse,
	address: string,
	limit: Deadline,
	order: ReadScheduler,
	{ redact, redactError }: Redactor,
): HttpResponse {
	const header = (name: string) => redact(String(headers[name] ?? ''));
	return {
		status: statusCode,
		url: redactError(address),
		header,
		requestId: requestIdOf(header),
		redact,
		redactError,
		body: readBody(body, limit, order),
		// Community nodes may not import the class, but its objects know it.
		toStream: (bytes) => (body.constructor as unknown as { from: ToStream }).from(bytes),
	};
}
