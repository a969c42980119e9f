import { randomUUID } from 'node:crypto';
import type { Workflow } from '../../../demo/host/client.ts';
import { useApi, type Api } from '../helpers/api';
import { useN8n, type Execution, type N8n } from '../helpers/n8n';
import { connections, imageNode, node, prompts, workflow, type Node } from '../helpers/workflow';
import { untilPage } from '../workflows/until';
import { useChatModel, type ChatModel } from './chatModel';

export const KEY = 'sk-e2e-agent-0123456789';

/** An agent with its tools: the node, by the name of each tool. */
export interface Setup {
	tools: Record<string, Record<string, unknown>>;
	/** What the agent is told; by default what the user writes. */
	text?: string;
	options?: Record<string, unknown>;
	/** The nodes after the agent, in a row. */
	after?: Node[];
	hasMemory?: boolean;
}

/** What the user sends. */
export interface Message {
	text: string;
	files?: Array<{ name: string; bytes: Buffer }>;
}

export interface AgentHost {
	readonly n8n: N8n;
	/** The API that makes the images. */
	readonly api: Api;
	readonly model: ChatModel;
	/** Runs the agent once, without a chat. */
	run(setup: Setup): Promise<Execution>;
	/** Publishes the agent behind a chat. @returns sends a message, and waits for the execution */
	publish(setup: Setup): Promise<(message: Message) => Promise<Execution>>;
	/** All that n8n has stored of an execution, as text. */
	stored(execution: Execution): Promise<string>;
}

/** An n8n whose agent has a scripted model, for a Jest file. */
export function useAgent(): AgentHost {
	const api = useApi();
	const model = useChatModel();
	const n8n = useN8n();

	async function parts({ tools, text, options, after = [], hasMemory = false }: Setup) {
		const { client } = n8n.running;
		const images = await n8n.credential({ baseUrl: api.url, apiKey: KEY });
		const chat = { apiKey: 'sk-chat', url: model.url };
		const openAi = await client.createCredential('Chat', 'openAiApi', chat);
		const agent = node('Agent', '@n8n/n8n-nodes-langchain.agent', {
			typeVersion: 3.1,
			parameters: {
				promptType: 'define',
				text: text ?? '={{ $json.chatInput }}',
				options: {
					returnIntermediateSteps: true,
					passthroughBinaryImages: false,
					enableStreaming: false,
					...options,
				},
			},
		});
		const languageModel = node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', {
			typeVersion: 1.3,
			parameters: {
				model: { __rl: true, mode: 'id', value: 'gpt-5-mini' },
				responsesApiEnabled: false,
				options: {},
			},
			credentials: { openAiApi: { id: openAi, name: 'Chat' } },
		});
		const memory = node('Memory', '@n8n/n8n-nodes-langchain.memoryBufferWindow', {
			typeVersion: 1.4,
		});
		const toolNodes = Object.entries(tools).map(([name, parameters]) => {
			const type = 'n8n-nodes-ai-images.aiImagesTool';
			return { ...imageNode(images, { type, parameters }), name };
		});
		const wires = {
			...connections(inARow(agent, ...after)),
			Model: leadsToAgent('ai_languageModel'),
			...(hasMemory ? { Memory: leadsToAgent('ai_memory') } : {}),
			...Object.fromEntries(toolNodes.map(({ name }) => [name, leadsToAgent('ai_tool')])),
		};
		const others = [languageModel, ...(hasMemory ? [memory] : []), ...toolNodes, ...after];
		return { nodes: [agent, ...others] as [Node, ...Node[]], wires };
	}

	return {
		n8n,
		api,
		model,
		async run(setup) {
			const { nodes, wires } = await parts({ text: 'Draw a cat', ...setup });
			const plain = workflow(prompts('x'), nodes);
			const all = { ...plain.connections, ...wires };
			return await n8n.run(await n8n.save({ ...plain, connections: all }));
		},
		async publish(setup) {
			const { nodes, wires } = await parts(setup);
			const webhookId = randomUUID();
			const trigger = node('Chat', '@n8n/n8n-nodes-langchain.chatTrigger', {
				typeVersion: 1.5,
				parameters: {
					public: true,
					options: { responseMode: 'lastNode', allowFileUploads: true },
				},
				webhookId,
			});
			const published: Workflow = {
				name: 'Chat',
				nodes: [trigger, ...nodes].map((each, index) => ({ ...each, id: `node-${index}` })),
				connections: { ...connections({ Chat: [['Agent']] }), ...wires },
				settings: { executionOrder: 'v1' },
			};
			const id = await n8n.save(published);
			await n8n.publish(id);
			const url = `${n8n.running.url}/webhook/${webhookId}/chat`;
			await untilPage(url);
			return async ({ text, files = [] }) => {
				const form = new FormData();
				const fields = { action: 'sendMessage', sessionId: 'session-1', chatInput: text };
				for (const [name, value] of Object.entries(fields)) form.set(name, value);
				for (const { name, bytes } of files) {
					const file = new File([new Uint8Array(bytes)], name, { type: 'image/png' });
					form.append('files', file);
				}
				await (await fetch(url, { method: 'POST', body: form })).text();
				const [newest] = await n8n.executionsOf(id);
				return await n8n.finished(newest!.id);
			};
		},
		async stored({ id }) {
			return JSON.stringify(await n8n.running.client.request('GET', `/executions/${id}`));
		},
	};
}

function leadsToAgent(type: string): object {
	return { [type]: [[{ node: 'Agent', type, index: 0 }]] };
}

function inARow(...nodes: Node[]): Record<string, string[][]> {
	const pairs = nodes.slice(1).map(({ name }, index) => [nodes[index]!.name, [[name]]]);
	return Object.fromEntries(pairs) as Record<string, string[][]>;
}
