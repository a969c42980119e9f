import { formatMegabytes } from '../values/format';
import type { JsonRecord } from '../values/json';

/** What is known about a failed call. Texts are free of secrets. */
export interface ErrorDetails {
	/** The model and the operation that were requested. */
	readonly model?: string;
	readonly operation?: string;
	/** HTTP status; absent if there was no response. */
	readonly status?: number;
	/** The provider's own `error.code`, `error.type` and `error.param`. */
	readonly code?: string;
	readonly type?: string;
	readonly param?: string;
	readonly requestId?: string;
	/** The job whose result is still to come, or could not be fetched. */
	readonly job?: JobRecord;
	/** The jobs of all calls of the item, if several have one. */
	readonly pendingJobs?: readonly JobRecord[];
	/** How many requests were sent. */
	readonly attempts?: number;
	/** Milliseconds of the call until it failed, retry delays included. */
	readonly durationMs?: number;
}

/** What *Resume Job* needs to fetch a job. */
export interface JobRecord {
	/** The display name of the service. */
	readonly service: string;
	readonly id: string;
	/** Of its status. */
	readonly url: string;
	/** Of its result, where the status does not have it. */
	readonly resultUrl?: string;
	/** What it costs, as the service says it. */
	readonly usage?: JsonRecord;
}

/** Whether and when another attempt makes sense. Not shown to the user. */
export interface RetryHint {
	/** Milliseconds to wait, as requested by the API. */
	readonly retryAfter?: number;
	/** The API's `x-should-retry`. */
	readonly shouldRetry?: boolean;
	/** Rejected by a rate limit, whatever the HTTP status. Nothing was billed. */
	readonly isRateLimit?: boolean;
	/** Rejected for want of capacity. Nothing was billed. */
	readonly isOverloaded?: boolean;
	/** The connection was never established, so nothing can have been billed. */
	readonly beforeConnection?: boolean;
	/** Of a request that costs nothing: it can be repeated, whatever became of it. */
	readonly isFree?: boolean;
	/** The connection was lost, or the time was up, after the request had been sent. */
	readonly mayBeBilled?: boolean;
	/**
	 * Another attempt makes no sense. The request would be refused again (no credit, refused content,
	 * missing permission), or this one may already have been billed.
	 */
	readonly isFinal?: boolean;
	/** A success that has no image and doesn't say why. */
	readonly isUnexplained?: boolean;
	/** A download that might succeed a moment later. */
	readonly isTemporary?: boolean;
	/** A link that responds, but not with an image. */
	readonly isDeadLink?: boolean;
	/** A file that ends before its format says so. */
	readonly isCutOff?: boolean;
}

/** A failed call: what happened, and what to do next. */
export class ApiError extends Error {
	constructor(
		message: string,
		readonly advice: string,
		readonly details: ErrorDetails = {},
		readonly hint: RetryHint = {},
	) {
		super(message);
		this.name = 'ApiError';
	}

	/** The same message with other advice, details or hint. */
	with({ advice = this.advice, details = this.details, hint = this.hint }: Changes): ApiError {
		return new ApiError(this.message, advice, details, hint);
	}
}

type Changes = Partial<Pick<ApiError, 'advice' | 'details' | 'hint'>>;

/** For `.catch()`: turns a failed call into a value and rethrows everything else. */
export function asApiError(error: unknown): ApiError {
	if (error instanceof ApiError) return error;
	throw error;
}

/** n8n's SSRF protection blocked a request: https://docs.n8n.io/hosting/securing/ */
export class SsrfBlockedError extends ApiError {
	constructor(host: string) {
		super(
			`n8n blocked the request to ${host}`,
			'Ask your n8n administrator to allow this host via N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES',
		);
	}
}

/** An image exceeds the size limit. Other images of the same response might not. */
export class SizeLimitError extends ApiError {
	/**
	 * @param subject the start of the message: `An image`, or the file of a host
	 * @param maxBytes the limit
	 */
	constructor(subject: string, maxBytes: number) {
		super(
			`${subject} is larger than ${formatMegabytes(maxBytes)}`,
			"Increase 'Max Image Size' in Options if this is expected",
		);
	}
}

/** For `.catch()`: turns an exceeded size limit into a value and rethrows everything else. */
export function asSizeLimitError(error: unknown): SizeLimitError {
	if (error instanceof SizeLimitError) return error;
	throw error;
}

/** The error and what to do about it, in one line. */
export function messageAndAdvice(error: unknown): string {
	if (error instanceof ApiError) return `${withFullStop(error.message)} ${error.advice}`;
	return error instanceof Error ? error.message : String(error);
}

/** The error as sentences that explain why an image is missing. */
export function errorSentences(error: unknown): string {
	if (error instanceof ApiError) return `${withFullStop(error.message)} ${error.advice}`;
	return withFullStop(error instanceof Error ? error.message : String(error));
}

/** Ends a sentence that might already have its full stop. */
export function withFullStop(text: string): string {
	return `${text.replace(/\.$/, '')}.`;
}
