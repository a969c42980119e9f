import { useEngine, type NodeRun } from '../helpers/engine';
import {
	imageResponse,
	json,
	leaksOf,
	promptOf,
	useImagesApi,
	type Reply,
} from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';

const engine = useEngine();
const api = useImagesApi();

let image: Buffer;

beforeAll(async () => {
	image = await picture();
});

/** Nothing below ends but by this. */
const SECONDS = 1;

const run = async (more: Partial<NodeRun> = {}) =>
	await engine.runWorkflow({
		parameters: {
			operation: 'generate',
			model: 'dall-e-2',
			prompt: '={{ $json.prompt ?? "A cat" }}',
			options: { timeout: SECONDS },
		},
		credentials: api.credentials,
		...more,
	});

const begin: Reply = (_, response) => {
	response.writeHead(200, { 'content-type': 'application/json' });
	response.write('{"created":1,"data":[{"b64_json":"');
};

/** Sends a piece of base64 every 50 ms, for ever, so that no time of silence ever passes. */
const drip: Reply = (request, response) => {
	void begin(request, response);
	const timer = setInterval(() => response.write('AAAA'), 50);
	response.once('close', () => clearInterval(timer));
};

describe('Timeout', () => {
	it.each<[string, Reply]>([
		['a response that never starts', () => {}],
		['a response that stalls', begin],
		['a response that drips', drip],
		['a refusal that stalls', (_, response) => void response.writeHead(500).write('{')],
	])('ends %s', async (_, reply) => {
		api.reply(reply);
		const started = performance.now();
		const result = await run();
		expect(performance.now() - started).toBeGreaterThan(SECONDS * 1000 - 50);
		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({
			name: 'NodeApiError',
			message: expect.stringMatching(
				/^No complete response from 127\.0\.0\.1:\d+ within 1 second$/,
			),
			description: expect.stringMatching(
				/might have been generated and billed.*Increase 'Timeout'/,
			),
		});
		expect(leaksOf(result)).toEqual([]);
		await Promise.all(api.requests.map(async ({ closed }) => await closed));
	});

	it('is counted for each item by itself', async () => {
		api.reply(async (request, response) => {
			if (promptOf(request) !== 'slow') await json(imageResponse(image))(request, response);
		});
		const result = await run({
			parameters: {
				operation: 'generate',
				model: 'dall-e-2',
				prompt: '={{ $json.prompt }}',
				options: { timeout: SECONDS, parallelRequests: 1 },
			},
			items: ['a', 'slow', 'b', 'slow', 'c', 'd'].map((prompt) => ({ json: { prompt } })),
			onError: 'continueRegularOutput',
		});
		expect(result.status).toBe('success');
		// Those behind a slow one are sent when its time is up, and their own begins then.
		const errors = result.outputs[0]!.map(({ json: { error } }) => typeof error);
		const [late, intime] = ['string', 'undefined'];
		expect(errors).toEqual([intime, late, intime, late, intime, intime]);
		expect(result.outputs[0]![1]!.json.error).toMatch(/^No complete response from /);
	});

	it.each([0, -3, 86_401, '={{ "soon" }}'])('of %s is refused', async (timeout) => {
		const result = await run({ parameters: { prompt: 'A cat', options: { timeout } } });
		expect(result.error?.message).toMatch(/^'Timeout' .* isn't valid/);
		expect(api.requests).toEqual([]);
	});

	it('can be a fraction of a second', async () => {
		api.reply(() => {});
		const result = await run({ parameters: { prompt: 'A cat', options: { timeout: 0.2 } } });
		expect(result.error?.message).toMatch(/within 0\.2 seconds$/);
	});
});
