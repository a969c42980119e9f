import {
	NodeApiError,
	NodeOperationError,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

/** What is known about a failed call. Texts are free of secrets. */
export interface FailureDetails {
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
	/** Milliseconds from the first byte sent to the failure. */
	readonly durationMs?: number;
}

/** A call to the server that failed: what happened, and what to do next. */
export class CallFailure extends Error {
	constructor(
		message: string,
		readonly nextStep: string,
		readonly details: FailureDetails = {},
	) {
		super(message);
		this.name = 'CallFailure';
	}
}

/** An item that cannot be sent as it is: every problem of it, one sentence each. */
export class InvalidItem extends Error {
	constructor(readonly problems: readonly string[]) {
		super(problems.join(' · '));
		this.name = 'InvalidItem';
	}
}

/** The error that n8n shows for an item. */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof InvalidItem) {
		const [first = '', ...others] = error.problems;
		return new NodeOperationError(node, first, {
			itemIndex,
			description: [
				...others,
				'Nothing was sent for this item, and nothing was billed for it.',
			].join('<br>'),
		});
	}
	if (error instanceof CallFailure) {
		const { status } = error.details;
		const nodeError = new NodeApiError(
			node,
			{},
			{
				itemIndex,
				message: error.message,
				description: describe(error),
				httpCode: status === undefined ? undefined : String(status),
			},
		);
		// n8n replaces a message that happens to contain the name of a system error.
		nodeError.message = error.message;
		return nodeError;
	}
	return new NodeOperationError(node, error instanceof Error ? error : String(error), {
		itemIndex,
	});
}

/**
 * The item that stands for a failed one on the "Continue" settings. n8n takes an item for an
 * error only if its json has no other keys than these three.
 */
export function toErrorItem(error: unknown, itemIndex: number): INodeExecutionData {
	return { json: errorJson(error), pairedItem: { item: itemIndex } };
}

function errorJson(error: unknown): INodeExecutionData['json'] {
	if (error instanceof InvalidItem) {
		return { error: error.message, details: { problems: [...error.problems] } };
	}
	if (error instanceof CallFailure) {
		return { error: error.message, message: error.nextStep, details: { ...error.details } };
	}
	return { error: error instanceof Error ? error.message : String(error) };
}

function describe({ nextStep, details }: CallFailure): string {
	const facts = [
		details.status === undefined ? '' : `HTTP status ${details.status}`,
		details.code ? `code ${details.code}` : '',
		details.param ? `parameter ${details.param}` : '',
		details.requestId ? `request ID ${details.requestId}` : '',
	].filter(Boolean);
	return facts.length ? `${nextStep} (${facts.join(', ')})` : nextStep;
}
