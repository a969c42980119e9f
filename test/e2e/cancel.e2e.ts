import sharp from 'sharp';
import { picture } from '../helpers/pictures';
import { moment, useApi, type Reply } from './helpers/api';
import { useN8n } from './helpers/n8n';
import { json } from './helpers/responses';
import { imageNode, node, prompts, workflow, type Node } from './helpers/workflow';

const api = useApi();
const n8n = useN8n();

/**
 * Milliseconds from the end of an execution to the end of its last connection, at most: far less
 * than the ten minutes that a call may take, and more than a busy machine needs.
 */
const AT_ONCE = 20_000;

/** Of how many items four are worked on at the same time. */
const ITEMS = prompts(...Array.from({ length: 10 }, (_, index) => `cat ${index}`));

const HALF_A_PICTURE = '{"created":1,"data":[{"b64_json":"iVBORw0KGgo';

const drip: Reply = async (call, response) => {
	await call.read();
	response.writeHead(200, { 'content-type': 'application/json' }).write(HALF_A_PICTURE);
	const dripping = setInterval(() => response.write('A'), 50);
	response.once('close', () => clearInterval(dripping));
};

const stalledStream: Reply = async (call, response) => {
	await call.read();
	response.writeHead(200, { 'content-type': 'text/event-stream' });
	response.write(': keep-alive\n\ndata: {"type":"image_generation.partial_image"');
};

const stalledLink: Reply = async (call, response) => {
	if (call.method === 'POST') return await json({ data: [{ url: '/a.png' }] })(call, response);
	return response.writeHead(200, { 'content-type': 'image/png' }).write('\x89PNG');
};

const stalledRefusal: Reply = async (call, response) => {
	await call.read();
	response.writeHead(500, { 'content-type': 'application/json' }).write('{"error":');
};

/** A picture too large for the buffers of the sockets between n8n and the server. */
let large: Buffer;
beforeAll(async () => {
	const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
	const create = { width: 2800, height: 2800, channels: 3 as const, background: '#000', noise };
	large = await sharp({ create }).png({ compressionLevel: 0 }).toBuffer();
});

const stalledUpload: Reply = (call, response) => {
	if (call.method === 'POST') return;
	response.writeHead(200, { 'content-type': 'image/png' }).end(large);
};

const stalledInput: Reply = async (_, response) => {
	const bytes = await picture();
	response.writeHead(200, { 'content-type': 'image/png' }).write(bytes.subarray(0, 20));
};

const EDIT_OF_A_LINK = () => ({
	operation: 'edit',
	inputImages: { image: [{ source: 'url', url: `${api.url}/in.png` }] },
});

interface Stage {
	reply: Reply;
	/** Requests that come before nothing more happens. */
	calls: number;
	parameters?: () => Record<string, unknown>;
	/** Milliseconds after which a further request would have come. */
	watch?: number;
}

const STAGES: Record<string, Stage> = {
	'no response has started': { reply: () => {}, calls: 4 },
	'responses drip': { reply: drip, calls: 4 },
	'streams have stalled': {
		reply: stalledStream,
		calls: 4,
		parameters: () => ({ stream: true }),
	},
	'refusals are read': { reply: stalledRefusal, calls: 4 },
	'calls wait for another attempt': {
		reply: json({}, 429, { 'retry-after': '3' }),
		calls: 4,
		watch: 4500,
	},
	'files are sent': { reply: stalledUpload, calls: 14, parameters: EDIT_OF_A_LINK },
	'images are downloaded': { reply: stalledLink, calls: 8 },
	'input images are downloaded': { reply: stalledInput, calls: 4, parameters: EDIT_OF_A_LINK },
};

async function start({ parameters }: Stage, more: Partial<Node> = {}, settings = {}) {
	const credential = await n8n.credential({ baseUrl: api.url, apiKey: 'sk-e2e' });
	const image = imageNode(credential, { ...more, parameters: parameters?.() ?? {} });
	const after = node('After', 'n8n-nodes-base.noOp');
	const wiring = { [image.name]: [['After'], ['After']] };
	const id = await n8n.save(workflow(ITEMS, [image, after], { wiring, settings }));
	return await n8n.start(id);
}

async function expectStillness(stage: Stage): Promise<void> {
	await moment(stage.watch ?? 1000);
	expect(api.calls.length).toBe(stage.calls);
	expect(api.open()).toBe(0);
}

it.each(
	Object.entries(STAGES).flatMap(([name, stage], index) => {
		const settings = ['continueErrorOutput', 'stopWorkflow', 'continueRegularOutput'] as const;
		return [[name, settings[index % 3] as Node['onError'], stage] as const];
	}),
)('the stop button ends everything at once while %s (On Error: %s)', async (_, onError, stage) => {
	api.reply(stage.reply);
	const id = await start(stage, { onError });
	await api.untilCalls(stage.calls);
	const pressed = performance.now();
	await n8n.running.client.stopExecution(id);
	// A server that reads nothing more would not see the end of a connection.
	const bodies = await Promise.all(api.calls.map(async (call) => await call.read()));
	const ends = await Promise.all(api.calls.map(({ closed }) => closed));
	expect(Math.max(...ends) - pressed).toBeLessThan(AT_ONCE);
	if (stage.reply === stalledUpload) expect(Buffer.concat(bodies)).toHaveLength(0);

	const execution = await n8n.finished(id);
	expect(execution.status).toBe('canceled');
	expect(execution.items('After')).toEqual([]);
	await expectStillness(stage);
});

it.each(['no response has started', 'calls wait for another attempt'])(
	"the workflow's own timeout ends everything at once while %s",
	async (name) => {
		const stage = STAGES[name]!;
		api.reply(stage.reply);
		const id = await start(stage, {}, { executionTimeout: 3 });
		await api.untilCalls(stage.calls);
		const execution = await n8n.finished(id);
		const ended = performance.now();
		expect(execution.status).toBe('canceled');
		const ends = await Promise.all(api.calls.map(({ closed }) => closed));
		expect(Math.max(...ends) - ended).toBeLessThan(AT_ONCE);
		expect(execution.durationMs).toBeLessThan(3000 + AT_ONCE);
		await expectStillness(stage);
	},
);
