import type { Workflow, WorkflowNode } from '../../../demo/host/client.ts';

/** The node that starts a workflow. */
export const TRIGGER = 'Start';

export const IMAGE_NODE = 'AI Images';

export interface Node extends WorkflowNode {
	typeVersion: number;
	position: [number, number];
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
	/** Of a webhook node. */
	webhookId?: string;
}

/** Connections by the node they leave: per output, the names of the nodes they lead to. */
export type Wiring = Record<string, string[][]>;

export function node(name: string, type: string, more: Partial<Node> = {}): Node {
	return { name, type, typeVersion: 1, position: [0, 0], parameters: {}, ...more };
}

/** The node under test, which makes an image of each item's prompt. */
export function imageNode(credentialId: string, more: Partial<Node> = {}): Node {
	return node(IMAGE_NODE, 'n8n-nodes-ai-images.aiImages', {
		credentials: { aiImagesApi: { id: credentialId, name: 'AI Images account' } },
		...more,
		parameters: {
			operation: 'generate',
			model: 'gpt-image-2.5-flare',
			prompt: '={{ $json.prompt }}',
			...more.parameters,
		},
	});
}

/** Manual trigger → the items → the nodes given, the first of which gets the items. */
export function workflow(
	items: object[],
	nodes: [Node, ...Node[]],
	{ wiring = {}, settings = {} }: { wiring?: Wiring; settings?: object } = {},
): Workflow {
	const all = [node(TRIGGER, 'n8n-nodes-base.manualTrigger'), ...itemNodes(items), ...nodes];
	const wires: Wiring = {
		[TRIGGER]: [['List']],
		List: [['Items']],
		Items: [[nodes[0].name]],
		...wiring,
	};
	return {
		name: 'Proof',
		nodes: all.map((each, index) => ({ ...each, id: `node-${index}` })),
		connections: connections(wires),
		settings: { executionOrder: 'v1', ...settings },
	};
}

export function connections(wires: Wiring): Workflow['connections'] {
	return Object.fromEntries(
		Object.entries(wires).map(([name, outputs]) => [
			name,
			{
				main: outputs.map((targets) =>
					targets.map((target) => ({ node: target, type: 'main', index: 0 })),
				),
			},
		]),
	);
}

/** One item per prompt. */
export function prompts(...texts: string[]): object[] {
	return texts.map((prompt) => ({ prompt }));
}

function itemNodes(items: object[]): Node[] {
	return [
		node('List', 'n8n-nodes-base.set', {
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ items }), options: {} },
		}),
		node('Items', 'n8n-nodes-base.splitOut', {
			parameters: { fieldToSplitOut: 'items', options: {} },
		}),
	];
}
