import type { INode, INodeConnections } from 'n8n-workflow';

/** A node of a workflow, with its name as its id. */
export function workflowNode(name: string, type: string, more: Partial<INode> = {}): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters: {}, ...more };
}

/** The connections of a node whose first output leads to this one. */
export function leadsTo(name: string): INodeConnections {
	return { main: [[{ node: name, type: 'main', index: 0 }]] };
}
