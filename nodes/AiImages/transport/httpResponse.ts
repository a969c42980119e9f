import type { IDataObject } from 'n8n-workflow';
import type { Deadline } from './deadline';
import { readBody } from './readBody';
import type { ReadScheduler } from './readScheduler';
import type { Redactor } from './secrets';

type Readable = import('stream').Readable;

/** A response whose status and content are still to be judged. */
export interface HttpResponse {
	readonly status: number;
	/** Scheme, host and path of the request, without the query, which might hold secrets. */
	readonly url: string;
	/** The value of a header, given in lower case; empty if absent. */
	header(name: string): string;
	/** The provider's ID of this response, for support requests; empty if it has none. */
	readonly requestId: string;
	/** Removes the credential's secrets from a text that an item shows. */
	redact(text: string): string;
	/** The same for a text that becomes part of an error. */
	redactError(text: string): string;
	/** The bytes as they arrive. Throws an ApiError if the connection breaks or time runs out. */
	readonly body: AsyncIterable<Buffer>;
	readonly toStream: ToStream;
}

/** Whether the status is 2xx. */
export function isSuccess(status: number): boolean {
	return status >= 200 && status <= 299;
}

/** Turns bytes into a Node.js stream, which n8n's binary store takes. */
export type ToStream = (bytes: AsyncIterable<Buffer>) => Readable;

/** A response as n8n's request helpers return it with `STREAMED`. */
export interface RawResponse {
	readonly statusCode: number;
	readonly headers: IDataObject;
	readonly body: Readable;
}

/** Request options: stream the body whatever the status. */
export const STREAMED = {
	encoding: 'stream',
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
} as const;

/** The helper's own timeout fires this much later, so that the deadline reports first. */
export const TIMEOUT_MARGIN_MS = 1000;

interface ResponseOptions {
	readonly url: string;
	readonly deadline: Deadline;
	readonly scheduler: ReadScheduler;
	readonly redactor: Redactor;
	/** Headers that can hold the request ID, the most reliable first. */
	readonly requestIdHeaders: readonly string[];
}

export function toHttpResponse(
	{ statusCode, headers, body }: RawResponse,
	{ url, deadline, scheduler, redactor, requestIdHeaders }: ResponseOptions,
): HttpResponse {
	const { redact, redactError } = redactor;
	const header = (name: string) => redact(String(headers[name] ?? ''));
	return {
		status: statusCode,
		url: redactError(url),
		header,
		requestId: requestIdHeaders.map((name) => header(name).trim()).find(Boolean) ?? '',
		redact,
		redactError,
		body: readBody(body, deadline, scheduler),
		// Community nodes cannot import the class, but its instances know it.
		toStream: (bytes) => (body.constructor as unknown as { from: ToStream }).from(bytes),
	};
}
