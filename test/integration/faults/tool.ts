import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

import { inFull } from '../../helpers/engine/workflow';
import { withFamily } from '../../helpers/withFamily';
import type { Engine, NodeResult, NodeRun } from '../../helpers/engine';
import { describeNode } from '../../helpers/engine/describeNode';
import { leadsTo, workflowNode } from '../../helpers/workflowNode';

const TOOL_TYPE = 'n8n-nodes-ai-images.aiImagesTool';
const AGENT_TYPE = 'test.agent';
const TOOL = 'AI Images';
const AGENT = 'Agent';
const TRIGGER = 'Manual Trigger';

/** What n8n's engine gives an agent for each tool. */
interface Tool {
	invoke(input: Readonly<Record<string, string>>): Promise<string>;
}

/** Uses its tool once for each item and hands on what it reads, an error included. */
const agent: INodeType = {
	description: describeNode(AGENT, 'agent', {
		inputs: [NodeConnectionTypes.Main, { type: NodeConnectionTypes.AiTool }],
	}),
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const connected = await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
		const [tool] = connected as Tool[];
		const items = this.getInputData().map(async ({ json: { prompt } }) => {
			const reading = tool!.invoke({ Prompt: String(prompt) });
			const json = await reading.then(
				(read) => ({ read: JSON.parse(read) }),
				(error: Error) => ({ failed: error.message }),
			);
			return { json };
		});
		return [await Promise.all(items)];
	},
};

/** The node types of `runAsTool`: an agent, and the node in the form that n8n makes of it for agents. */
export function toolNodes(node: INodeType): Record<string, INodeType> {
	const { description } = node;
	const tool: INodeType = Object.assign(Object.create(node) as INodeType, {
		description: { ...description, inputs: [], outputs: [NodeConnectionTypes.AiTool] },
	});
	return { [TOOL_TYPE]: tool, [AGENT_TYPE]: agent };
}

/** Manual trigger → an agent whose model writes the prompt of its tool, the node. */
export async function runAsTool(
	engine: Engine,
	{ parameters, credentials, stop, ...settings }: NodeRun,
	prompt: string,
): Promise<NodeResult> {
	const written = "={{ $fromAI('Prompt', 'What to draw', 'string') }}";
	const result = await engine.runWorkflowJson(
		{
			nodes: [
				workflowNode(TRIGGER, 'n8n-nodes-base.manualTrigger'),
				workflowNode(AGENT, AGENT_TYPE),
				workflowNode(TOOL, TOOL_TYPE, {
					...settings,
					parameters: withFamily(inFull({ ...parameters, prompt: written })),
					credentials: { aiImagesApi: { id: 'credential', name: 'Test' } },
				}),
			],
			connections: {
				[TRIGGER]: leadsTo(AGENT),
				[TOOL]: { ai_tool: [[{ node: AGENT, type: NodeConnectionTypes.AiTool, index: 0 }]] },
			},
			settings: { executionOrder: 'v1' },
		},
		{
			items: [{ json: { prompt } }],
			credentials: credentials && { aiImagesApi: credentials },
			stop,
		},
	);
	return { ...result, outputs: result.outputsOf(AGENT), hints: result.hintsOf(TOOL) };
}
