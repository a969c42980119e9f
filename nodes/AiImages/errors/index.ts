import {
	NodeApiError,
	NodeOperationError,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

/** What is known about a failed call. Texts are free of secrets. */
export interface ErrorDetails {
	/** The model and the operation that were asked for. */
	readonly model?: string;
	readonly operation?: string;
	/** HTTP status; absent if no answer came. */
	readonly status?: number;
	/** The provider's own words for the error (`error.code`, `error.type`, `error.param`). */
	readonly code?: string;
	readonly type?: string;
	readonly param?: string;
	readonly requestId?: string;
	/** How often the call was made. */
	readonly attempts?: number;
	/** Milliseconds from the first byte sent to the failure, pauses included. */
	readonly durationMs?: number;
}

/** What is known about the sense of another attempt; not shown to the user. */
export interface RetryHint {
	/** Milliseconds that the server asks to wait. */
	readonly retryAfter?: number;
	/** What the server says in `x-should-retry`. */
	readonly shouldRetry?: boolean;
	/** Refused for too many requests, whatever the HTTP status: nothing was billed. */
	readonly isRateLimit?: boolean;
	/** No connection stood yet, so nothing can have been billed. */
	readonly beforeConnection?: boolean;
	/** The same request would be refused again: no credit, content, rights. */
	readonly isFinal?: boolean;
	/** A download that may succeed a moment later. */
	readonly isTemporary?: boolean;
	/** A link that was answered, and not with an image. */
	readonly isDeadLink?: boolean;
	/** A file that ended before its format says. */
	readonly isCutOff?: boolean;
}

/** A call to the server that failed: what happened, and what to do next. */
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
}

/** For `.catch()`: a failed call becomes a result, everything else goes on being thrown. */
export function asApiError(error: unknown): ApiError {
	if (error instanceof ApiError) return error;
	throw error;
}

/** An item that cannot be sent as it is: every problem of it, one sentence each. */
export class ValidationError extends Error {
	constructor(readonly problems: readonly string[]) {
		super(problems.join(' · '));
		this.name = 'ValidationError';
	}
}

const NOTHING_SENT = 'Nothing was sent for this item, and nothing was billed for it';

/** The error that n8n shows for an item. */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof ValidationError) {
		const [first = '', ...others] = error.problems;
		const description = [...others, `${NOTHING_SENT}.`].join('<br>');
		return withMessage(new NodeOperationError(node, first, { itemIndex, description }), first);
	}
	if (error instanceof ApiError) {
		const { status } = error.details;
		const options = {
			itemIndex,
			message: error.message,
			description: descriptionOf(error),
			httpCode: status === undefined ? undefined : String(status),
		};
		return withMessage(new NodeApiError(node, {}, options), error.message);
	}
	const other = error instanceof Error ? error : new Error(String(error));
	return withMessage(new NodeOperationError(node, other, { itemIndex }), other.message);
}

/** n8n replaces a message that happens to contain the name of a system error, such as EPERM. */
function withMessage<NodeError extends Error>(error: NodeError, message: string): NodeError {
	error.message = message;
	return error;
}

/**
 * The item that stands for a failed one on the "Continue" settings. n8n takes an item for an
 * error only if its json has no other keys than these three.
 */
export function toErrorItem(error: unknown, itemIndex: number): INodeExecutionData {
	return { json: errorJson(error), pairedItem: { item: itemIndex } };
}

function errorJson(error: unknown): INodeExecutionData['json'] {
	if (error instanceof ValidationError) {
		const details = { problems: [...error.problems] };
		return { error: error.message, message: NOTHING_SENT, details };
	}
	if (error instanceof ApiError) {
		return { error: error.message, message: error.advice, details: { ...error.details } };
	}
	return { error: error instanceof Error ? error.message : String(error) };
}

function descriptionOf({ advice, details }: ApiError): string {
	const facts = [
		details.status === undefined ? '' : `HTTP status ${details.status}`,
		details.code ? `code ${details.code}` : '',
		details.param ? `parameter ${details.param}` : '',
		details.requestId ? `request ID ${details.requestId}` : '',
	].filter(Boolean);
	return facts.length ? `${advice} (${facts.join(', ')})` : advice;
}
