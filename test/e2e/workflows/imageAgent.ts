import type { WorkflowHost } from './host';
import { useNeighbor } from './neighbor';
import { promptsOf } from './requests';
import { untilPage } from './until';

/** Of Chat in the workflow. */
const CHAT = '5c2f4a0e-3007-4d71-9a54-6f1f3f0a0007';

interface Message {
	role: string;
	content: string;
}

export function imageAgent(host: WorkflowHost): void {
	/** The tools that the agent has offered to the model. */
	let offered: string[] = [];
	/** A language model with two rules: the first request makes an image, later ones edit the last. */
	const model = useNeighbor(({ route, body }) => {
		if (route !== 'POST /v1/chat/completions') return undefined;
		const { messages, tools } = JSON.parse(String(body)) as {
			messages: Message[];
			tools: Array<{ function: { name: string } }>;
		};
		offered = tools.map(({ function: { name } }) => name);
		const last = messages.at(-1)!;
		if (last.role === 'tool') {
			const [{ imageUrl }] = JSON.parse(last.content);
			return reply({ content: `Here it is: ![image](${imageUrl})` }, 'stop');
		}
		const earlier = messages.findLast(({ role }) => role === 'assistant')?.content;
		const imageUrl = /\((http[^)]+)\)/.exec(earlier ?? '')?.[1];
		const use = imageUrl
			? { name: 'Edit_Image', given: { prompt: last.content, imageUrl } }
			: { name: 'Generate_Image', given: { prompt: last.content, size: '1344x768' } };
		const call = { name: use.name, arguments: JSON.stringify(use.given) };
		const tool_calls = [{ id: 'call_1', type: 'function', function: call }];
		return reply({ content: null, tool_calls }, 'tool_calls');
	});

	async function say(chatInput: string): Promise<string> {
		const url = `${host.n8n.running.url}/webhook/${CHAT}/chat`;
		await untilPage(url);
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ action: 'sendMessage', sessionId: 'session-1', chatInput }),
		});
		return ((await response.json()) as { output: string }).output;
	}

	it('makes an image, and edits it later in the chat', async () => {
		const data = { apiKey: 'sk-chat', url: `${model.url}/v1` };
		await host.credential('OpenAI account', 'openAiApi', data);
		await host.imageCredential('FLUX.2', 'blackForestLabs');
		await host.n8n.publish(await host.load('image-agent-in-chat'));

		const answers = [await say('A fox in the snow'), await say('Make it night')];
		for (const answer of answers) {
			expect(answer).toMatch(/^Here it is: !\[image\]\(http:\/\/127\.0\.0\.1:\d+\/files\/img-/);
		}
		expect(answers[0]).not.toBe(answers[1]);
		expect(offered.sort()).toEqual(['Edit_Image', 'Generate_Image']);
		const billed = await host.billed();
		expect(billed.map(({ path }) => path)).toEqual(['/bfl/v1/flux-2-pro', '/bfl/v1/flux-2-pro']);
		expect(promptsOf(billed)).toEqual(['A fox in the snow', 'Make it night']);
		expect(billed[0]!.fields).toMatchObject({ width: 1344, height: 768 });
		expect(billed[1]!.fields).toHaveProperty('input_image');
	});
}

function reply(message: object, finish_reason: string) {
	return {
		json: {
			...{ id: 'chat', object: 'chat.completion', created: 1, model: 'gpt-5-mini' },
			choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		},
	};
}
