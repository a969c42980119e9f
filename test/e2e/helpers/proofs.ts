import { moment, type Api, type Reply } from './api';
import type { N8n } from './n8n';
import { imageServer, json, promptOf } from './responses';
import { IMAGE_NODE, imageNode, prompts, workflow } from './workflow';

/** What must hold in every n8n, however it is run. */
export function itGeneratesStopsAndRetries(n8n: N8n, api: Api): void {
	it('generates images in parallel, and delivers them in order', async () => {
		const server = imageServer();
		const waiting: Array<() => void> = [];
		api.reply(async (call, response) => {
			const together = new Promise<void>((resolve) => waiting.push(resolve));
			if (waiting.length === 4) for (const release of waiting.splice(0)) release();
			await together;
			await server.serveImage(call, response);
		});
		const texts = Array.from({ length: 8 }, (_, index) => `cat ${index}`);
		const execution = await n8n.run(await save(n8n, api, texts));
		expect(execution.error).toBeUndefined();
		expect(api.posts().length).toBe(8);
		expect(await n8n.files(execution)).toEqual(texts.map(server.imageOf));
		expect(execution.items(IMAGE_NODE).map((item) => item.json.error)).toEqual(
			texts.map(() => undefined),
		);
	});

	it.each<[string, Reply]>([
		['while no response has started', () => {}],
		['while calls wait for another attempt', json({}, 429, { 'retry-after': '3' })],
	])('ends every request, and begins no other, when it is stopped %s', async (_, reply) => {
		api.reply(reply);
		const texts = Array.from({ length: 10 }, (_each, index) => `cat ${index}`);
		const id = await n8n.start(await save(n8n, api, texts));
		await api.untilCalls(4);
		const pressed = performance.now();
		await n8n.running.client.stopExecution(id);
		const ends = await Promise.all(api.calls.map(({ closed }) => closed));
		// Far less than the ten minutes that a call may take, and more than a busy machine needs.
		expect(Math.max(...ends) - pressed).toBeLessThan(20_000);
		expect((await n8n.finished(id)).status).toBe('canceled');
		// Longer than the server has asked to wait.
		await moment(4500);
		expect(api.calls.length).toBe(4);
		expect(api.open()).toBe(0);
	});

	it('requests only the missing images when a failed execution is retried', async () => {
		const server = imageServer();
		api.reply(server.failing(1));
		const texts = ['cat 0', 'cat 1', 'bad 2'];
		const failed = await n8n.run(await save(n8n, api, texts));
		expect(failed.status).toBe('error');
		expect(api.posts().length).toBe(3);
		const retried = await n8n.retry(failed.id);
		expect(retried.error).toBeUndefined();
		expect(await Promise.all(api.posts().map(promptOf))).toEqual([...texts, 'bad 2']);
		expect(await n8n.files(retried)).toEqual(texts.map(server.imageOf));
	});
}

async function save(n8n: N8n, api: Api, texts: string[]): Promise<string> {
	const credential = await n8n.credential({ baseUrl: api.url, apiKey: 'sk-e2e' });
	return await n8n.save(workflow(prompts(...texts), [imageNode(credential)]));
}
