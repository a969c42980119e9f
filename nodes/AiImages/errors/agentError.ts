import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import { withMessage } from './nodeError';

/**
 * The error of a node that is a tool. Version 3 of n8n's agent tells its model the message alone,
 * without the other problems and the next step. Version 2 adds the description in the same words,
 * unless the message contains it (`makeHandleToolInvocation` in n8n-core).
 */
export function forAgent(node: INode, error: unknown): unknown {
	if (!(error instanceof NodeApiError || error instanceof NodeOperationError)) return error;
	const { message, description } = error;
	if (!isTool(node) || !description || message.includes('\n\nDetails: ')) return error;
	error.description = description.replace(SYSTEM_CODE, '');
	return withMessage(error, `${message}\n\nDetails: ${error.description}`);
}

/** Such as ECONNRESET: version 2 replaces a message with the name of a system error in it. */
const SYSTEM_CODE = / \(code E[A-Z_]+\)|, code E[A-Z_]+|code E[A-Z_]+, /g;

/** n8n makes a second node type of each node that agents can use, and adds this to its name. */
function isTool({ type }: INode): boolean {
	return type.endsWith('Tool');
}
