import { useEngine, type NodeRun } from '../helpers/engine';
import { json, leaksOf, useImagesApi, type Reply } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import { untilRead } from '../helpers/untilRead';

const engine = useEngine();
const api = useImagesApi();

const OPERATIONS = ['generate', 'edit'] as const;

async function run(operation: 'generate' | 'edit', stop: AbortSignal, more: Partial<NodeRun> = {}) {
	const data = { data: await picture(), mimeType: 'image/png', fileName: 'a.png' };
	return await engine.runWorkflow({
		parameters: { operation, model: 'gpt-image-2.5-flare', prompt: 'A cat' },
		items: Array.from({ length: 10 }, () => ({ binary: { data } })),
		credentials: api.credentials,
		stop,
		...more,
	});
}

/** Starts a response and never ends it. */
const stall: Reply = (_, response) => {
	response.writeHead(200, { 'content-type': 'application/json' });
	response.write('{"created":1,"data":[{"b64_json":"');
};

const link: Reply = (request, response) => {
	if (request.method === 'GET') return stall(request, response);
	return json({ data: [{ url: '/files/a.png' }] })(request, response);
};

async function untilRequests(count: number): Promise<void> {
	while (api.requests.length < count) await new Promise(setImmediate);
	// What the requests are waiting for has begun as well.
	await untilRead();
}

describe('the stop button', () => {
	it.each<[string, Reply, number]>([
		['while no response has started', () => {}, 4],
		['while responses are read', stall, 4],
		['while images are downloaded', link, 8],
		['while a refusal is read', (_, response) => void response.writeHead(500).write('{'), 4],
	])('ends everything immediately %s', async (_, reply, requests) => {
		api.reply(reply);
		for (const operation of OPERATIONS) {
			api.requests.splice(0);
			const stop = new AbortController();
			const running = run(operation, stop.signal);
			await untilRequests(requests);
			stop.abort();
			// Otherwise they end after ten minutes, when their time is up.
			await Promise.all(api.requests.map(async ({ closed }) => await closed));
			const result = await running;
			expect(result.status).toBe('canceled');
			expect(leaksOf(result)).toEqual([]);
			await untilRead(100);
			expect(api.requests).toHaveLength(requests);
		}
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'is not taken for a failed item by %s',
		async (onError) => {
			api.reply(() => {});
			const stop = new AbortController();
			const running = run('generate', stop.signal, { onError });
			await untilRequests(4);
			stop.abort();
			const result = await running;
			expect(result.status).toBe('canceled');
			expect(result.outputs.flat().filter(({ json: { error } }) => error)).toEqual([]);
			await untilRead(100);
			expect(api.requests).toHaveLength(4);
		},
	);

	it('does not start the next item after the last response', async () => {
		const stop = new AbortController();
		const image = await picture();
		api.reply((request, response) => {
			stop.abort();
			json({ data: [{ b64_json: image.toString('base64') }] })(request, response);
		});
		const result = await run('generate', stop.signal, {
			parameters: { prompt: 'A cat', options: { parallelRequests: 1 } },
		});
		expect(result.status).toBe('canceled');
		expect(api.requests).toHaveLength(1);
	});
});
