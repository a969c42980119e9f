import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { useLocalServer } from '../../helpers/localServer';

/** A request for a chat completion, as far as the tests read it. */
export interface ChatRequest {
	messages: ChatMessage[];
	tools: ChatTool[];
}

export interface ChatMessage {
	role: 'system' | 'user' | 'assistant' | 'tool';
	content: unknown;
}

export interface ChatTool {
	function: {
		name: string;
		description: string;
		parameters: { properties: Record<string, object>; required?: string[] };
	};
}

/** What the model does next: it uses a tool, or ends with a text. */
export type Turn = { use: string; with: Record<string, unknown> } | { say: string };

/** @param read what the last tool has returned; undefined at the start of a run */
export type Script = (request: ChatRequest, read: string | undefined) => Turn;

export interface ChatModel {
	/** `http://127.0.0.1:<port>/v1` */
	readonly url: string;
	/** Sets what the model does in the current test. */
	follow(script: Script): void;
	/** What the model has read in the current test, in order. */
	readonly requests: ChatRequest[];
	/** The results of tools in the last request, in order. */
	results(): string[];
}

/** A language model with a script, as a server that speaks as OpenAI's chat completions do. */
export function useChatModel(): ChatModel {
	const requests: ChatRequest[] = [];
	let script: Script;
	const server = createServer((incoming, response) => {
		void text(incoming).then((body) => {
			const request = JSON.parse(body) as ChatRequest;
			requests.push(request);
			const last = request.messages.at(-1);
			const read = last?.role === 'tool' ? String(last.content) : undefined;
			const completion = completionOf(script(request, read), requests.length);
			response
				.writeHead(200, { 'content-type': 'application/json' })
				.end(JSON.stringify(completion));
		});
	});
	const local = useLocalServer(server);
	beforeEach(() => {
		requests.splice(0);
	});
	return {
		get url() {
			return `${local.url}/v1`;
		},
		requests,
		follow(next) {
			script = next;
		},
		results() {
			const messages = requests.at(-1)?.messages ?? [];
			return messages.flatMap(({ role, content }) => (role === 'tool' ? [String(content)] : []));
		},
	};
}

/** Uses tools in turn, whatever they return, then says that it is done. */
export function uses(...turns: Array<[tool: string, values: Record<string, unknown>]>): Script {
	const left = [...turns];
	return () => {
		const next = left.shift();
		return next ? { use: next[0], with: next[1] } : { say: 'Done.' };
	};
}

function completionOf(turn: Turn, number: number) {
	const use = 'use' in turn ? { name: turn.use, arguments: JSON.stringify(turn.with) } : undefined;
	const message = use
		? { content: null, tool_calls: [{ id: `call_${number}`, type: 'function', function: use }] }
		: { content: 'say' in turn ? turn.say : '' };
	return {
		...{ id: 'chat', object: 'chat.completion', created: 1, model: 'gpt-5-mini' },
		choices: [
			{
				index: 0,
				message: { role: 'assistant', ...message },
				finish_reason: use ? 'tool_calls' : 'stop',
			},
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
