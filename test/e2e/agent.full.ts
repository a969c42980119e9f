import { useApi, type Call, type Reply } from './helpers/api';
import { useN8n } from './helpers/n8n';
import { imageServer, json, refuse } from './helpers/responses';
import { imageNode, node, prompts, workflow } from './helpers/workflow';

const api = useApi();
const chat = useApi();
const n8n = useN8n();

interface ChatRequest {
	messages: Array<{ role: string; content: unknown }>;
	tools: Array<{ function: { name: string } }>;
}

const KEY = 'sk-e2e-agent-0123456789';

const ARGUMENTS = { prompt: 'A cat', size: '1536x1024', width: 2048, height: 1152 };

/** A model that calls its one tool, then repeats the tool's response. */
const model: Reply = async (call, response) => {
	const { messages, tools } = await chatRequestOf(call);
	const said = messages.find(({ role }) => role === 'tool')?.content;
	const name = tools[0]?.function.name;
	const toolCall = {
		id: 'call_1',
		type: 'function',
		function: { name, arguments: JSON.stringify(ARGUMENTS) },
	};
	const message = said
		? { role: 'assistant', content: `The tool says: ${JSON.stringify(said)}` }
		: { role: 'assistant', content: null, tool_calls: [toolCall] };
	const finish_reason = said ? 'stop' : 'tool_calls';
	await json({
		...{ id: 'chat', object: 'chat.completion', created: 1, model: 'gpt-4o-mini' },
		choices: [{ index: 0, message, finish_reason }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	})(call, response);
};

async function chatRequestOf(call: Call): Promise<ChatRequest> {
	return JSON.parse(String(await call.read()));
}

/**
 * Runs an agent with the node as its tool.
 *
 * @param parameters of the node, besides its prompt
 * @returns the execution, and what the model read
 */
async function ask(parameters: Record<string, unknown> = {}) {
	chat.reply(model);
	const apiCredential = await n8n.credential({ baseUrl: api.url, apiKey: KEY });
	const chatCredential = await n8n.running.client.createCredential('Chat', 'openAiApi', {
		apiKey: 'sk-chat',
		url: `${chat.url}/v1`,
	});
	const agent = node('Agent', '@n8n/n8n-nodes-langchain.agent', {
		typeVersion: 3,
		parameters: { promptType: 'define', text: 'Draw a cat', options: { enableStreaming: false } },
	});
	const languageModel = node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', {
		typeVersion: 1.2,
		parameters: { model: { __rl: true, mode: 'id', value: 'gpt-4o-mini' }, options: {} },
		credentials: { openAiApi: { id: chatCredential, name: 'Chat' } },
	});
	const tool = imageNode(apiCredential, {
		type: 'n8n-nodes-ai-images.aiImagesTool',
		parameters: { prompt: "={{ $fromAI('prompt', 'What to draw', 'string') }}", ...parameters },
	});
	const plain = workflow(prompts('x'), [agent, languageModel, tool]);
	const wires = {
		...plain.connections,
		Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
		[tool.name]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
	};
	const execution = await n8n.run(await n8n.save({ ...plain, connections: wires }));
	const stored = await n8n.running.client.request('GET', `/executions/${execution.id}`);
	const requests = await Promise.all(chat.posts().map(chatRequestOf));
	const told = requests.at(-1)?.messages.find(({ role }) => role === 'tool')?.content;
	return { execution, told: String(told), stored: JSON.stringify(stored) };
}

it('passes the metadata of each image to an agent, and keeps the file for the workflow', async () => {
	const server = imageServer();
	api.reply(server.serveImage);
	const { execution, told, stored } = await ask();
	expect(execution.error).toBeUndefined();
	expect(api.posts().length).toBe(1);
	expect(told).toMatch(/"mimeType":"image\/png"/);
	const base64 = server.imageOf('A cat')!.toString('base64').slice(0, 40);
	for (const text of [told, stored]) {
		expect(text).not.toContain(base64);
		expect(text).not.toContain(KEY);
	}
	const id = /filesystem-v2:[^"]*binary_data\/[0-9a-f-]+/.exec(stored)?.[0] ?? '';
	expect(await n8n.running.client.download(id)).toEqual(server.imageOf('A cat'));
});

it('tells an agent why there is no image', async () => {
	api.reply(refuse);
	const { told, stored } = await ask();
	expect(api.posts().length).toBe(1);
	expect(told).toMatch(/Rejected\./);
	expect(stored).not.toContain(KEY);
});

it.each([
	[
		'a dropdown, by a typed expression',
		{ size: "={{ $fromAI('size', 'One of 1024x1024, 1536x1024', 'string', '1024x1024') }}" },
		'1536x1024',
	],
	[
		'width and height',
		{
			sizeType: 'custom',
			width: "={{ $fromAI('width', 'Width in pixels', 'number') }}",
			height: "={{ $fromAI('height', 'Height in pixels', 'number') }}",
		},
		'2048x1152',
	],
])('lets an agent fill in %s', async (_, parameters, size) => {
	api.reply(imageServer().serveImage);
	const { execution } = await ask(parameters);
	expect(execution.error).toBeUndefined();
	const [request] = await Promise.all(api.posts().map((call) => call.read()));
	expect(JSON.parse(String(request))).toMatchObject({ prompt: 'A cat', size });
});
