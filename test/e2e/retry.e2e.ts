import { picture } from '../helpers/pictures';
import { moment, useApi } from './helpers/api';
import { useN8n, type N8n } from './helpers/n8n';
import { imageServer, json, promptOf } from './helpers/responses';
import { IMAGE_NODE, imageNode, node, prompts, workflow, type Node } from './helpers/workflow';

const api = useApi();

/** Of three items, the last one fails at first. */
const PROMPTS = ['cat 0', 'cat 1', 'bad 2'];
const ITEMS = prompts(...PROMPTS);

async function nodeFor(n8n: N8n, more: Partial<Node> = {}): Promise<Node> {
	return imageNode(await n8n.credential({ baseUrl: api.url, apiKey: 'sk-e2e' }), more);
}

describe('Retry of a failed execution', () => {
	const n8n = useN8n();

	it('requests only the missing images, and its files outlive a restart of n8n', async () => {
		const server = imageServer();
		api.reply(server.failing(1));
		const failed = await n8n.run(await n8n.save(workflow(ITEMS, [await nodeFor(n8n)])));
		expect(failed.status).toBe('error');
		expect(failed.error?.description).toMatch(
			/2 images (?:\(\$[\d.]+\) )?were generated and saved/,
		);
		expect(api.posts().length).toBe(3);

		await n8n.restart();
		const retried = await n8n.retry(failed.id);
		expect(retried.status).toBe('success');
		expect(await Promise.all(api.posts().map(promptOf))).toEqual([...PROMPTS, 'bad 2']);
		expect(await n8n.files(retried)).toEqual(PROMPTS.map(server.imageOf));
	});

	it('downloads what it could not download before, and generates nothing again', async () => {
		let isGone = true;
		const image = await picture({ colour: '#123456' });
		const signature = 'sig-0123456789abcdef';
		api.reply(async (call, response) => {
			if (call.method === 'POST') {
				const url = `${api.url}/1.png?sig=${signature}`;
				return await json({ data: [{ url }] })(call, response);
			}
			return response.writeHead(isGone ? 410 : 200).end(isGone ? '' : image);
		});
		const failed = await n8n.run(await n8n.save(workflow(prompts('cat'), [await nodeFor(n8n)])));
		expect(failed.status).toBe('error');
		expect(failed.error?.description).toMatch(
			/1 image was generated but not downloaded. Its link is saved: a retry/,
		);
		expect(JSON.stringify(failed.error)).not.toContain(signature);

		await n8n.restart();
		isGone = false;
		const retried = await n8n.retry(failed.id);
		expect(retried.status).toBe('success');
		expect(api.posts()).toHaveLength(1);
		expect(await n8n.files(retried)).toEqual([image]);
		expect(JSON.stringify(retried.items(IMAGE_NODE))).not.toContain(signature);
	});

	it.each<[string, Partial<Node>, number]>([
		['the prompt', { parameters: { prompt: '={{ $json.prompt }}!' } }, 3],
		['the quality', { parameters: { quality: 'high' } }, 3],
		['only the pace', { parameters: { options: { parallelRequests: 2, timeout: 100 } } }, 1],
	])(
		'with the saved workflow, where %s was changed, requests what that takes',
		async (_, more, count) => {
			const server = imageServer();
			api.reply(server.failing(1));
			const id = await n8n.save(workflow(ITEMS, [await nodeFor(n8n)]));
			const failed = await n8n.run(id);
			expect(api.posts().length).toBe(3);
			await n8n.change(id, workflow(ITEMS, [await nodeFor(n8n, more)]));
			const retried = await n8n.retry(failed.id, true);
			expect(retried.status).toBe('success');
			expect(api.posts().length).toBe(3 + count);
			const files = await n8n.files(retried);
			// Requests that are sent together arrive in any order.
			const latest = server.made.slice(-count);
			const imageFor = (text: string) =>
				latest.findLast(({ prompt }) => prompt.startsWith(text))?.image;
			expect(files).toEqual(PROMPTS.map(count === 1 ? server.imageOf : imageFor));
		},
	);

	it.each([
		['the same', '#00ff00', 1],
		['another', '#0000ff', 3],
	])('requests edits again if the input file is another: it is %s', async (_, colour, count) => {
		const server = imageServer();
		const serve = server.failing(1);
		let source = await picture({ colour: '#00ff00' });
		api.reply(async (call, response) => {
			if (call.method === 'POST') return await serve(call, response);
			return response.writeHead(200, { 'content-type': 'image/png' }).end(source);
		});
		const edit = await nodeFor(n8n, {
			parameters: {
				operation: 'edit',
				inputImages: { image: [{ source: 'url', url: `${api.url}/a.png` }] },
			},
		});
		const failed = await n8n.run(await n8n.save(workflow(ITEMS, [edit])));
		expect(api.posts().length).toBe(3);
		source = await picture({ colour });
		const retried = await n8n.retry(failed.id);
		expect(retried.status).toBe('success');
		expect(api.posts().length).toBe(3 + count);
	});

	/** Items go round in twos. */
	async function inALoop(texts: string[], more: Partial<Node> = {}) {
		const loop = node('Loop', 'n8n-nodes-base.splitInBatches', {
			typeVersion: 3,
			parameters: { batchSize: 2, options: {} },
		});
		const all = node('All', 'n8n-nodes-base.noOp');
		const wiring = { Loop: [['All'], [IMAGE_NODE]], [IMAGE_NODE]: [['Loop']] };
		const nodes: [Node, ...Node[]] = [loop, await nodeFor(n8n, more), all];
		return await n8n.run(await n8n.save(workflow(prompts(...texts), nodes, { wiring })));
	}

	const asText = (files: Buffer[]) => files.map((file) => file.toString('hex')).sort();

	it('keeps the rounds of a loop apart, whose items look alike', async () => {
		const server = imageServer();
		api.reply(server.failing(1));
		const failed = await inALoop(['cat', 'cat', 'cat', 'cat', 'cat', 'bad']);
		expect(failed.status).toBe('error');
		expect(api.posts().length).toBe(6);
		const retried = await n8n.retry(failed.id);
		expect(retried.status).toBe('success');
		expect(api.posts().length).toBe(7);
		expect(retried.items('All')).toHaveLength(6);
		const made = asText(server.made.map(({ image }) => image));
		expect(asText(await n8n.files(retried, 'All'))).toEqual(made);
	});

	it('passes nothing of a round that left an error item to the next round of a loop', async () => {
		const server = imageServer();
		api.reply(server.failing(1));
		const onError = 'continueRegularOutput';
		const execution = await inALoop(['cat', 'bad', 'cat', 'cat'], { onError });
		expect(execution.status).toBe('success');
		expect(api.posts().length).toBe(4);
		const items = execution.items('All');
		expect(items.filter(({ json }) => json.error)).toHaveLength(1);
		const ids = items.flatMap(({ binary }) => binary?.data?.id ?? []);
		const files = await Promise.all(ids.map((id) => n8n.running.client.download(id)));
		expect(asText(files)).toEqual(asText(server.made.map(({ image }) => image)));
		expect(files).toHaveLength(3);
	});

	it('holds for a workflow that a webhook with an uploaded picture has started', async () => {
		const server = imageServer();
		api.reply(server.failing(1));
		const webhook = node('Hook', 'n8n-nodes-base.webhook', {
			typeVersion: 2,
			parameters: { httpMethod: 'POST', path: 'pictures', responseMode: 'lastNode', options: {} },
		});
		const edit = await nodeFor(n8n, {
			parameters: {
				operation: 'edit',
				inputImages: { image: [{ source: 'binary', binaryField: 'photo' }] },
			},
		});
		const { nodes, connections, ...rest } = workflow(
			ITEMS,
			[edit, { ...webhook, webhookId: 'p' }],
			{
				wiring: { Start: [], Hook: [['List']] },
			},
		);
		const [list, items] = nodes.filter(({ name }) => ['List', 'Items'].includes(name));
		list!.parameters.options = { stripBinary: false };
		list!.parameters.includeOtherFields = true;
		items!.parameters.options = { includeBinary: true };
		const id = await n8n.save({ nodes, connections, ...rest });
		await n8n.publish(id);
		const form = new FormData();
		form.append(
			'photo',
			new Blob([new Uint8Array(await picture())], { type: 'image/png' }),
			'p.png',
		);
		await hook(`${n8n.running.url}/webhook/pictures`, form);
		const [failed] = await n8n.executionsOf(id);
		expect(failed?.mode).toBe('webhook');
		expect(failed?.status).toBe('error');
		expect(api.posts().length).toBe(3);
		const retried = await n8n.retry(failed!.id);
		expect(retried.error).toBeUndefined();
		expect(api.posts().length).toBe(4);
		expect(await n8n.files(retried)).toEqual(PROMPTS.map(server.imageOf));
	});

	it('adds to what Retry On Fail received in the execution itself', async () => {
		const server = imageServer();
		api.reply(server.failing(2));
		const retrying = await nodeFor(n8n, { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 });
		const failed = await n8n.run(await n8n.save(workflow(ITEMS, [retrying])));
		expect(failed.status).toBe('error');
		expect(api.posts().length).toBe(4);
		const retried = await n8n.retry(failed.id);
		expect(retried.status).toBe('success');
		expect(api.posts().length).toBe(5);
		expect(await n8n.files(retried)).toEqual(PROMPTS.map(server.imageOf));
	});
});

describe('Retry of a failed execution, with files in memory', () => {
	const n8n = useN8n({ environment: { N8N_DEFAULT_BINARY_DATA_MODE: 'default' } });

	it('requests all images again, as the error says', async () => {
		const server = imageServer();
		api.reply(server.failing(1));
		const failed = await n8n.run(await n8n.save(workflow(ITEMS, [await nodeFor(n8n)])));
		expect(failed.error?.description).toEqual(expect.not.stringMatching(/kept|only the missing/));
		expect(api.posts().length).toBe(3);
		const retried = await n8n.retry(failed.id);
		expect(retried.status).toBe('success');
		expect(api.posts().length).toBe(6);
		expect(
			retried.items(IMAGE_NODE).map(({ binary }) => Buffer.from(binary!.data!.data, 'base64')),
		).toEqual(server.made.slice(-3).map(({ image }) => image));
	});
});

/** Calls a webhook, which exists a moment after its workflow was published. */
async function hook(url: string, body: FormData): Promise<void> {
	for (;;) {
		const response = await fetch(url, { method: 'POST', body });
		await response.body?.cancel();
		if (response.status !== 404) return;
		await moment(100);
	}
}
