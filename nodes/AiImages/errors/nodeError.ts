import {
	NodeApiError,
	NodeOperationError,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import { ApiError, withFullStop } from './apiError';
import { ValidationError } from './runErrors';

const NOTHING_SENT = 'No request was sent; you were not billed';

/** The error that n8n shows for an item. */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof ValidationError) {
		const [first = '', ...others] = error.problems;
		// Agents, logs and error items show a description as text, the editor shows it as HTML.
		const description = [...others, NOTHING_SENT].map(withFullStop).join('\n');
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
export function withMessage<NodeError extends Error>(error: NodeError, message: string): NodeError {
	error.message = message;
	return error;
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

/**
 * The item that replaces a failed one when *On Error* is one of the "Continue" settings. n8n treats
 * an item as an error only if its json has no keys other than these three.
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
