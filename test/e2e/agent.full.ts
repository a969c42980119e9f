/** The node as a tool of n8n's own agent, whose language model is a server with a script. */
import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { picture } from '../helpers/pictures';
import { filesOf } from './agent/forms';
import { KEY, useAgent, type Setup } from './agent/agent';
import { base64In } from './agent/base64';
import { uses, type ChatMessage } from './agent/chatModel';
import type { Call } from './helpers/api';
import type { Execution } from './helpers/n8n';
import { imageServer, json, promptOf, refuse } from './helpers/responses';
import { node } from './helpers/workflow';

const host = useAgent();
const { api, model } = host;

const PROMPT = "={{ $fromAI('prompt', 'What to draw', 'string') }}";

/** What the agent's last request told the model about its use of tools, and where the images are. */
interface Result {
	binaryId?: string;
	error?: string;
	[key: string]: unknown;
}

function results(): Result[] {
	return model.results().flatMap((result) => JSON.parse(result) as Result[]);
}

async function bodies(): Promise<object[]> {
	return await Promise.all(
		api.posts().map(async (call) => JSON.parse(String(await call.read())) as object),
	);
}

function outputOf(execution: Execution, name = 'Agent') {
	expect(execution.error).toBeUndefined();
	return execution.items(name)[0]?.json;
}

let server: ReturnType<typeof imageServer>;
beforeEach(() => {
	server = imageServer();
	api.reply(server.serveImage);
});

const executions: Execution[] = [];
async function run(setup: Setup): Promise<Execution> {
	const execution = await host.run(setup);
	executions.push(execution);
	return execution;
}

async function publish(setup: Setup): ReturnType<typeof host.publish> {
	const send = await host.publish(setup);
	return async (message) => {
		const execution = await send(message);
		executions.push(execution);
		return execution;
	};
}

/** Nothing that the model reads has a file in it, and neither has what n8n stores of the execution. */
afterEach(async () => {
	expect(model.requests.length).toBeGreaterThan(0);
	expect(JSON.stringify(model.requests)).not.toContain(KEY);
	const files = server.made.map(({ image }) => image.toString('base64').slice(0, 60));
	for (const execution of executions.splice(0)) {
		expect(base64In([model.requests, execution.items('Agent')])).toEqual([]);
		const stored = await host.stored(execution);
		for (const secret of [...files, KEY]) expect(stored).not.toContain(secret);
	}
});

describe('values that the model chooses', () => {
	const GENERATE = {
		prompt: PROMPT,
		size: "={{ $fromAI('size', 'One of 1024x1024, 1536x1024', 'string', '1024x1024') }}",
		quality: "={{ $fromAI('quality', 'low, medium or high', 'string', 'low') }}",
		n: "={{ $fromAI('count', 'How many images', 'number', 1) }}",
	};
	const tools = { 'Generate Image': GENERATE };

	it('are offered with their types, and with defaults those that have one', async () => {
		model.follow(uses());
		await run({ tools });
		const [tool] = model.requests[0]!.tools;
		expect(tool?.function).toMatchObject({
			name: 'Generate_Image',
			description: 'Generate image in AI Images',
			parameters: {
				properties: {
					prompt: { type: 'string', description: 'What to draw' },
					size: { type: 'string', default: '1024x1024' },
					quality: { type: 'string', default: 'low' },
					count: { type: 'number', default: 1 },
				},
				required: ['prompt'],
			},
		});
	});

	it('are sent, from dropdowns and from numbers', async () => {
		const chosen = { size: '1536x1024', quality: 'high', count: 2 };
		model.follow(uses(['Generate_Image', { prompt: 'A cat', ...chosen }]));
		outputOf(await run({ tools }));
		const sent = { prompt: 'A cat', size: '1536x1024', quality: 'high', n: 2 };
		expect(await bodies()).toMatchObject([sent]);
	});

	it('are the defaults if the model leaves them out', async () => {
		model.follow(uses(['Generate_Image', { prompt: 'A cat' }]));
		outputOf(await run({ tools }));
		expect(await bodies()).toMatchObject([{ size: '1024x1024', quality: 'low', n: 1 }]);
	});

	it('are read as numbers if the model writes them as text', async () => {
		model.follow(uses(['Generate_Image', { prompt: 'A cat', count: '2' }]));
		outputOf(await run({ tools }));
		expect(await bodies()).toMatchObject([{ n: 2 }]);
	});

	it('can be width and height', async () => {
		const custom = {
			prompt: PROMPT,
			sizeType: 'custom',
			width: "={{ $fromAI('width', 'Width in pixels', 'number') }}",
			height: "={{ $fromAI('height', 'Height in pixels', 'number') }}",
		};
		model.follow(uses(['Generate_Image', { prompt: 'A cat', width: 2048, height: 1152 }]));
		outputOf(await run({ tools: { 'Generate Image': custom } }));
		expect(await bodies()).toMatchObject([{ size: '2048x1152' }]);
	});

	it('that are wrong are corrected by the model, which reads all that is allowed', async () => {
		let error = '';
		model.follow((_, read) => {
			if (read === undefined) {
				const wrong = { prompt: 'A cat', size: '999x1000', quality: 'ultra' };
				return { use: 'Generate_Image', with: wrong };
			}
			if (error) return { say: 'Here it is.' };
			error = (JSON.parse(read) as Result[])[0]!.error!;
			// Only from what it says.
			const [, size] = /'Size' .*? Use one of: .*?(\d+x\d+)/.exec(error) ?? [];
			const [, quality] = /'Quality' .*? Use one of: .*?(\w+)(?=\.)/.exec(error) ?? [];
			return { use: 'Generate_Image', with: { prompt: 'A cat', size, quality } };
		});
		outputOf(await run({ tools: { 'Generate Image': { ...GENERATE, model: 'gpt-image-1.5' } } }));
		expect(error).toBe(
			[
				`'Size' "999x1000" isn't supported by gpt-image-1.5. Use one of: auto, 1024x1024, 1536x1024, 1024x1536`,
				`\nDetails: 'Quality' "ultra" isn't supported by gpt-image-1.5. Use one of: auto, low, medium, high.`,
				'No request was sent; you were not billed.',
			].join('\n'),
		);
		expect(await bodies()).toMatchObject([{ size: '1024x1024', quality: 'high' }]);
	});
});

describe('an image that the user uploads', () => {
	const EDIT = {
		operation: 'edit',
		prompt: PROMPT,
		inputImages: {
			image: [
				{
					source: 'binary',
					binaryField:
						"={{ $fromAI('images', 'Names of uploaded images such as data0, or binaryIds, separated by commas', 'string').split(',').map(image => ($('Chat').item.binary ?? {})[image.trim()] ?? image.trim()) }}",
				},
			],
		},
		options: { includeBinaryId: true },
	};
	const text =
		"={{ $json.chatInput }}\n\nUploaded images: {{ ($json.files ?? []).map(file => `${file.binaryKey} (${file.fileName})`).join(', ') || 'none' }}";
	const setup: Setup = { tools: { 'Edit Image': EDIT }, text };

	let cat: Buffer;
	let hat: Buffer;
	beforeAll(async () => {
		cat = await picture({ width: 64, height: 64, colour: '#804020' });
		hat = await picture({ width: 64, height: 64, colour: '#208040' });
	});

	it('is edited by its name', async () => {
		const send = await publish(setup);
		model.follow(uses(['Edit_Image', { prompt: 'Make it night', images: 'data0' }]));
		const files = [{ name: 'cat.png', bytes: cat }];
		outputOf(await send({ text: 'Make it night', files }));
		expect(model.requests[0]!.messages.at(-1)?.content).toBe(
			'Make it night\n\nUploaded images: data0 (cat.png)',
		);
		expect(await filesOf(api.posts()[0]!)).toEqual([cat]);
		expect(results()).toMatchObject([{ fileName: 'make-it-night-1.png', width: 8 }]);
	});

	it('is combined with another, which the model tells apart by their file names', async () => {
		const send = await publish(setup);
		model.follow(({ messages: [user] }, read) => {
			if (read !== undefined) return { say: 'Done.' };
			// n8n numbers several files in no particular order.
			const names = ['hat', 'cat'].map((name) => {
				return new RegExp(`(data\\d) \\(${name}\\.png\\)`).exec(String(user?.content))?.[1];
			});
			return { use: 'Edit_Image', with: { prompt: 'Add the hat', images: names.join(', ') } };
		});
		const files = [
			{ name: 'cat.png', bytes: cat },
			{ name: 'hat.png', bytes: hat },
		];
		outputOf(await send({ text: 'The cat with the hat', files }));
		expect(await filesOf(api.posts()[0]!)).toEqual([hat, cat]);
	});

	it('is missed in words if there is none', async () => {
		const send = await publish(setup);
		model.follow(uses(['Edit_Image', { prompt: 'Make it night', images: 'data0' }]));
		outputOf(await send({ text: 'Make it night' }));
		expect(model.requests[0]!.messages.at(-1)?.content).toMatch(/Uploaded images: none$/);
		expect(results()[0]?.error).toMatch(
			/^Input image 1: the input item has no binary field "data0"/,
		);
		expect(api.posts()).toEqual([]);
	});

	it('is not in the item of the tool, so its name alone is not enough', async () => {
		const image = [{ source: 'binary', binaryField: 'data0' }];
		const plain = { ...EDIT, inputImages: { image } };
		const send = await publish({ tools: { 'Edit Image': plain } });
		model.follow(uses(['Edit_Image', { prompt: 'Make it night' }]));
		outputOf(await send({ text: 'Make it night', files: [{ name: 'cat.png', bytes: cat }] }));
		expect(results()[0]?.error).toMatch(/The item has no binary data\./);
	});

	it('leads to edits of its edits, in later messages too', async () => {
		const send = await publish({ ...setup, hasMemory: true });
		model.follow(uses(['Edit_Image', { prompt: 'Make it night', images: 'data0' }]));
		outputOf(await send({ text: 'Make it night', files: [{ name: 'cat.png', bytes: cat }] }));
		model.follow(({ messages }, read) => {
			if (read !== undefined && messages.at(-3)?.role === 'user') return { say: 'Done.' };
			const made = messages.findLast(({ role }) => role === 'tool') as ChatMessage;
			const [{ binaryId } = {}] = JSON.parse(String(made.content)) as Result[];
			return { use: 'Edit_Image', with: { prompt: 'Add a moon', images: binaryId } };
		});
		outputOf(await send({ text: 'Add a moon' }));
		expect(api.posts()).toHaveLength(2);
		expect(await filesOf(api.posts()[1]!)).toEqual([server.imageOf('Make it night')]);
	});

	describe('with the setting that shows it to the model', () => {
		it('is read as an image, and still not as text', async () => {
			const send = await host.publish({ ...setup, options: { passthroughBinaryImages: true } });
			model.follow(uses(['Edit_Image', { prompt: 'Make it night', images: 'data0' }]));
			outputOf(await send({ text: 'Make it night', files: [{ name: 'cat.png', bytes: cat }] }));
			const { messages } = model.requests.at(-1)!;
			const shown = messages.filter(({ content }) => base64In(content).length > 0);
			expect(shown).toMatchObject([
				{ role: 'user', content: [{ type: 'image_url', image_url: expect.anything() }] },
			]);
		});
	});
});

describe('the file', () => {
	const ATTACH = node('Attach', 'n8n-nodes-base.code', {
		typeVersion: 2,
		parameters: {
			jsCode: `return $json.intermediateSteps
				.flatMap(({ observation }) => JSON.parse(observation))
				.filter(({ binaryId }) => binaryId)
				.map(({ binaryId: id, fileName, mimeType }) => ({
					json: { fileName },
					binary: { data: { id, fileName, mimeType, data: id.split(':')[0] } },
					pairedItem: 0,
				}));`,
		},
	});
	const SAVE = node('Save', 'n8n-nodes-base.readWriteFile', {
		typeVersion: 1.1,
		parameters: { operation: 'write', fileName: '=./{{ $binary.data.fileName }}', options: {} },
	});
	const generate = (options: object) => ({ 'Generate Image': { prompt: PROMPT, options } });

	it('is handed on to the next node by its ID', async () => {
		model.follow(
			uses(['Generate_Image', { prompt: 'A cat' }], ['Generate_Image', { prompt: 'A dog' }]),
		);
		const tools = generate({ includeBinaryId: true });
		const execution = await run({ tools, after: [ATTACH, SAVE] });
		outputOf(execution);
		expect(results().map(({ binaryId }) => binaryId)).toEqual([
			expect.stringMatching(/^filesystem-v2:/),
			expect.stringMatching(/^filesystem-v2:/),
		]);
		for (const [prompt, name] of [
			['A cat', 'a-cat-1.png'],
			['A dog', 'a-dog-1.png'],
		] as const) {
			const saved = await readFile(path.join(host.n8n.filesFolder, name));
			expect(saved).toEqual(server.imageOf(prompt));
		}
	});

	it('stays with the execution, where no expression of a later node finds it', async () => {
		model.follow(uses(['Generate_Image', { prompt: 'A cat' }]));
		const read = node('Read', 'n8n-nodes-base.code', {
			typeVersion: 2,
			parameters: { jsCode: "return $('Generate Image').all();" },
		});
		const execution = await run({ tools: generate({}), after: [read] });
		expect(execution.error?.message).toMatch(/No data found from `main` input/);
		const stored = await host.stored(execution);
		const id = /filesystem-v2:[^"]*binary_data\/[0-9a-f-]+/.exec(stored)?.[0] ?? '';
		expect(await host.n8n.running.client.download(id)).toEqual(server.imageOf('A cat'));
	});
});

describe('a failure', () => {
	const tools = { 'Generate Image': { prompt: PROMPT } };

	it('that is a refusal is read with its next step, and the model rephrases', async () => {
		api.reply(async (call, response) => {
			const isBad = (await promptOf(call)).includes('bloody');
			await (isBad ? refuse : server.serveImage)(call, response);
		});
		let error = '';
		model.follow((_, read) => {
			if (read === undefined) return { use: 'Generate_Image', with: { prompt: 'A bloody sword' } };
			if (error) return { say: 'Here it is.' };
			error = (JSON.parse(read) as Result[])[0]!.error!;
			return { use: 'Generate_Image', with: { prompt: 'A polished sword' } };
		});
		outputOf(await run({ tools }));
		expect(error).toMatch(
			/^Rejected\.\n\nDetails: .*\(HTTP status 400, code moderation_blocked\)$/,
		);
		expect(results().at(-1)).toMatchObject({ prompt: 'A polished sword' });
		expect(api.posts()).toHaveLength(2);
	});

	it('that might have been billed says so', async () => {
		api.reply(async (call: Call, response) => {
			await call.read();
			response.destroy();
		});
		model.follow(uses(['Generate_Image', { prompt: 'A cat' }]));
		outputOf(await run({ tools }));
		expect(results()[0]?.error).toMatch(/^127\.0\.0\.1:\d+ closed .*\n\nDetails: .* billed/);
	});

	it('of the key does not show it', async () => {
		const error = { message: `Incorrect API key provided: ${KEY}.`, code: 'invalid_api_key' };
		api.reply(json({ error }, 401));
		model.follow(uses(['Generate_Image', { prompt: 'A cat' }]));
		outputOf(await run({ tools }));
		expect(results()[0]?.error).toMatch(/401/);
	});

	it('is the limit of the cost, which each use of the tool has for itself', async () => {
		const image = (await picture()).toString('base64');
		const usage = { input_tokens: 10, output_tokens: 1000, total_tokens: 1010 };
		api.reply(json({ created: 1_760_000_000, data: [{ b64_json: image }], usage }));
		const limited = {
			prompt: PROMPT,
			n: "={{ $fromAI('count', 'How many images', 'number', 1) }}",
			size: '1024x1024',
			quality: 'medium',
			options: { maxCost: 0.06 },
		};
		model.follow(
			uses(
				['Generate_Image', { prompt: 'A cat', count: 10 }],
				['Generate_Image', { prompt: 'A cat' }],
				['Generate_Image', { prompt: 'A cat' }],
			),
		);
		outputOf(await run({ tools: { 'Generate Image': limited } }));
		const [over, ...within] = results();
		expect(over?.error).toMatch(/Max Cost per Run/);
		expect(within.map(({ costUsd }) => costUsd)).toEqual([expect.any(Number), expect.any(Number)]);
		expect(api.posts()).toHaveLength(2);
	});
});
