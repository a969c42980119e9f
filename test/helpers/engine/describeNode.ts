import { NodeConnectionTypes, type INodeTypeDescription } from 'n8n-workflow';

/** The description of a node type that exists only in tests; by default it has one input and one output. */
export function describeNode(
	displayName: string,
	name: string,
	more: Partial<INodeTypeDescription> = {},
): INodeTypeDescription {
	return {
		displayName,
		name,
		group: ['transform'],
		version: 1,
		description: displayName,
		defaults: { name: displayName },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
		...more,
	};
}
