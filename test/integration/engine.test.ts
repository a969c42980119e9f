import { existsSync, readdirSync, readFileSync } from 'node:fs';

import { startEngine, useEngine, type NodeRun } from '../helpers/engine';
import { exampleNode, headerCredential, keyCredential } from '../helpers/exampleNode';
import { useRecordingServer } from '../helpers/recordingServer';
import { leadsTo, workflowNode } from '../helpers/workflowNode';

const server = useRecordingServer(({ body }, response) => {
	const { prompt } = JSON.parse(body.toString());
	if (prompt === 'stall') return;
	response.statusCode = prompt === 'refuse' ? 400 : 200;
	response.end(pixels(prompt));
});

function pixels(prompt: string): Buffer {
	return Buffer.from([0x89, 0x00, 0xff, ...Buffer.from(prompt)]);
}

const engineOptions = {
	nodeTypes: {
		'test.example': exampleNode(keyCredential),
		'test.header': exampleNode(headerCredential),
	},
	credentialTypes: [keyCredential, headerCredential],
};

const exampleRun = (...prompts: string[]): NodeRun => ({
	type: 'test.example',
	credentialType: keyCredential.name,
	credentials: { key: 'secret' },
	parameters: { url: server.url, prompt: '={{ $json.prompt }}' },
	items: prompts.map((prompt) => ({ json: { prompt } })),
});

const sentBodies = () => server.requests.map(({ body }) => JSON.parse(body.toString()));

describe.each(['filesystem', 'default'] as const)('in binary mode %s', (binaryMode) => {
	const engine = useEngine({ ...engineOptions, binaryMode });

	it('resolves parameters per item and emits the received bytes in order', async () => {
		const run = await engine.runWorkflow(exampleRun('one', 'two', 'three'));
		expect(run.status).toBe('success');
		expect(sentBodies().map(({ prompt }) => prompt)).toEqual(['one', 'two', 'three']);
		const files = await Promise.all(run.outputs[0]!.map(async (item) => await run.binary(item)));
		expect(files).toEqual(['one', 'two', 'three'].map(pixels));
		const stored = readdirSync(engine.storagePath, { recursive: true });
		expect(stored.length > 0).toBe(binaryMode === 'filesystem');
	});

	it.each(['separate', 'combined'] as const)('stores %s input files', async (setting) => {
		const data = pixels('input');
		const run = await engine.runWorkflow({
			type: 'n8n-nodes-base.noOp',
			parameters: {},
			items: [{ binary: { photo: { data, mimeType: 'image/png', fileName: 'a.png' } } }],
			settings: { binaryMode: setting },
		});
		const [item] = run.outputs[0]!;
		expect(await run.binary(item, 'photo')).toEqual(data);
		const inJson = setting === 'combined' && binaryMode === 'filesystem';
		expect(item?.json).toEqual(inJson ? { _files: { photo: expect.anything() } } : {});
		await expect(run.binary(item)).rejects.toThrow('no binary field "data"');
	});
});

describe('an execution', () => {
	const engine = useEngine(engineOptions);

	it('authenticates through a function and fills in the credential defaults', async () => {
		await engine.runWorkflow(exampleRun('one'));
		expect(server.requests[0]?.headers.authorization).toBe('Bearer secret');
	});

	it('authenticates through a generic description with expressions', async () => {
		const run = {
			...exampleRun('one'),
			type: 'test.header',
			credentialType: headerCredential.name,
		};
		await engine.runWorkflow(run);
		expect(server.requests[0]?.headers['api-key']).toBe('secret');
	});

	it('fails without the credential that the node requires', async () => {
		const run = await engine.runWorkflow({ ...exampleRun('one'), credentials: undefined });
		expect(run.error?.message).toBe('Node does not have any credentials set');
		expect(server.requests).toEqual([]);
	});

	it.each([
		['generate', null],
		['edit', 'a mask'],
	])('strips parameters that %s does not show', async (operation, mask) => {
		const parameters = { url: server.url, operation, prompt: 'one', mask: 'a mask' };
		await engine.runWorkflow({ ...exampleRun('one'), parameters });
		expect(sentBodies()).toEqual([{ prompt: 'one', mask }]);
	});

	it('ends at a failed item by default', async () => {
		const run = await engine.runWorkflow(exampleRun('one', 'refuse', 'three'));
		expect(run).toMatchObject({ status: 'error', outputs: [], error: { name: 'NodeApiError' } });
		expect(server.requests).toHaveLength(2);
	});

	it('keeps a failed item in place with continueRegularOutput', async () => {
		const run = await engine.runWorkflow({
			...exampleRun('one', 'refuse', 'three'),
			onError: 'continueRegularOutput',
		});
		expect(run.status).toBe('success');
		expect(run.outputs).toHaveLength(1);
		expect(run.outputs[0]!.map(({ json }) => json)).toEqual([{}, { error: 'refused' }, {}]);
	});

	it('sends a failed item to the error output with continueErrorOutput', async () => {
		const run = await engine.runWorkflow({
			...exampleRun('one', 'refuse', 'three'),
			onError: 'continueErrorOutput',
		});
		expect(run.outputs.map((items) => items.map(({ json }) => json))).toEqual([
			[{}, {}],
			[{ prompt: 'refuse', error: 'refused' }],
		]);
	});

	it('runs the whole node again with Retry On Fail', async () => {
		const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		await engine.runWorkflow({ ...exampleRun('one', 'refuse'), ...retry });
		expect(sentBodies().map(({ prompt }) => prompt)).toEqual(['one', 'refuse', 'one', 'refuse']);
	});

	it('ends its requests when the stop button is pressed', async () => {
		const stop = new AbortController();
		const running = engine.runWorkflow({ ...exampleRun('stall'), stop: stop.signal });
		while (!server.requests.length) await new Promise(setImmediate);
		stop.abort();
		await server.requests[0]?.closed;
		expect((await running).status).toBe('canceled');
	});

	it('executes a workflow of several nodes and leaves its JSON as it was', async () => {
		const nodeFor = (name: string, prompt: string) =>
			workflowNode(name, 'test.example', {
				parameters: { url: server.url, prompt },
				credentials: { keyApi: { id: '7', name: 'Elsewhere' } },
			});
		const trigger = { ...nodeFor('Start', ''), type: 'n8n-nodes-base.manualTrigger' };
		const workflow = {
			nodes: [trigger, nodeFor('First', 'a'), nodeFor('Second', '={{ $binary.data.fileName }}')],
			connections: { Start: leadsTo('First'), First: leadsTo('Second') },
			settings: { executionOrder: 'v1' as const },
		};
		const before = JSON.stringify(workflow);
		const run = await engine.runWorkflowJson(workflow, { credentials: { keyApi: { key: 'k' } } });
		expect(await run.binary(run.outputsOf('Second')[0]?.[0])).toEqual(pixels('0.png'));
		expect(JSON.stringify(workflow)).toBe(before);
	});
});

describe('the environment', () => {
	it('applies the request guards that its variables configure', async () => {
		const env = { N8N_SSRF_PROTECTION_ENABLED: 'true' };
		const engine = await startEngine({ ...engineOptions, env });
		const run = await engine.runWorkflow(exampleRun('one')).finally(engine.close);
		expect(run.error?.message).toMatch(/blocked/i);
		expect(server.requests).toEqual([]);
	});

	it('is restored when the engine closes', async () => {
		const before = { ...process.env };
		const engine = await startEngine(engineOptions);
		await engine.runWorkflow(exampleRun('one'));
		expect(existsSync(engine.storagePath)).toBe(true);
		await engine.close();
		expect(existsSync(engine.storagePath)).toBe(false);
		expect({ ...process.env }).toEqual(before);
	});

	it('recognizes the errors of Node.js as errors', () => {
		const read = () => readFileSync('/no/such/file');
		expect(read).toThrow(Error);
		expect(AbortSignal.abort().reason).toBeInstanceOf(Error);
		expect(AbortSignal.abort().reason).not.toBeInstanceOf(TypeError);
		expect({}).not.toBeInstanceOf(Error);
	});
});
