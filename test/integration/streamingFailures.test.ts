import type { INodeParameters } from 'n8n-workflow';

import { useEngine, type NodeRun } from '../helpers/engine';
import { event, eventsOf, sse, SSE_HEADERS } from '../helpers/events';
import { API_KEY, json, leaksOf, raw, useImagesApi, type Reply } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import { untilRead } from '../helpers/untilRead';

const engine = useEngine();
const api = useImagesApi();
const { preview, completed } = eventsOf('generate');

let image: Buffer;
let sketch: Buffer;

beforeAll(async () => {
	image = await picture({ width: 30, height: 20 });
	sketch = await picture({ width: 15, height: 10 });
});

const run = async (options: INodeParameters = {}, more: Partial<NodeRun> = {}) =>
	await engine.runWorkflow({
		parameters: { prompt: 'A cat', n: 2, options: { stream: true, ...options } },
		credentials: api.credentials,
		...more,
	});

const ID = { 'x-request-id': 'req_42' };
const BLOCKED = { message: 'Your request was rejected.', code: 'moderation_blocked' };
const ERRORS: Array<[string, () => string]> = [
	['an event named error', () => event({ type: 'error', error: BLOCKED }, 'error')],
	['a flat error', () => event({ type: 'error', ...BLOCKED })],
	['data that holds an error', () => event({ error: BLOCKED })],
	['a failed event', () => event({ type: 'image_generation.failed', error: BLOCKED })],
	['an error without a type', () => event(BLOCKED, 'error')],
];

/** Sends the beginning of a stream, waits until it can be read, and goes on in another way. */
const broken =
	(begin: () => string, end: Reply): Reply =>
	async (request, response) => {
		response.writeHead(200, { ...SSE_HEADERS, ...ID });
		response.write(begin());
		await untilRead();
		await end(request, response);
	};
const lost: Reply = (_, response) => void response.socket!.resetAndDestroy();
const closed: Reply = (_, response) => void response.socket!.destroy();

describe.each(ERRORS)('%s', (_, error) => {
	it.each([
		['alone', () => error()],
		['behind previews', () => preview(sketch, 0) + error()],
		['before [DONE]', () => `${error()}data: [DONE]\n\n`],
	])('fails the item, %s', async (_place, text) => {
		api.reply(raw(text(), 200, { ...SSE_HEADERS, ...ID }));
		const result = await run({ partialImages: 2 });
		expect(result.error).toMatchObject({
			name: 'NodeApiError',
			message: 'Your request was rejected.',
			description: expect.stringMatching(
				/safety system refused .*code moderation_blocked.*request ID req_42/,
			),
			context: { itemIndex: 0 },
		});
		expect(result.outputs[0] ?? []).toEqual([]);
	});

	it.each([
		['before', () => error() + completed(image)],
		['behind', () => completed(image) + error()],
	])('does not lose an image, %s it', async (_place, text) => {
		api.reply(sse(text()));
		const result = await run();
		expect(result.status).toBe('success');
		expect(result.outputs[0]).toHaveLength(1);
		const [item] = result.outputs[0]!;
		expect(await result.binary(item)).toEqual(image);
		expect(item!.json).not.toHaveProperty('error');
		expect(item!.json.warnings).toEqual([
			expect.stringMatching(
				/^One image is missing: Your request was rejected\. [A-Z].*safety system/,
			),
		]);
	});
});

describe('a stream without an image', () => {
	it.each<[string, () => string, RegExp]>([
		[
			'of previews alone',
			() => preview(sketch, 0) + preview(sketch, 1),
			/ended without the final image/,
		],
		[
			'of previews and [DONE]',
			() => `${preview(sketch, 0)}data: [DONE]\n\n`,
			/ended without the final image/,
		],
		['of nothing', () => '', /success status without an image/],
		['of comments', () => ': keepalive\n\n'.repeat(3), /success status without an image/],
		['of [DONE]', () => 'data: [DONE]\n\n', /success status without an image/],
		[
			'of an image event without one',
			() => event({ type: 'image_generation.completed', b64_json: '' }),
			/success status without an image/,
		],
		[
			'of text',
			() => event({ type: 'image_generation.completed', b64_json: 'aGVsbG8gd29ybGQ=' }),
			/isn't an image/,
		],
	])('is an error: %s', async (_, text, message) => {
		api.reply(raw(text(), 200, { ...SSE_HEADERS, ...ID }));
		for (const partialImages of [2, 0]) {
			const result = await run({ partialImages });
			expect(result.error?.message).toMatch(message);
			expect(result.error?.description).toMatch(/HTTP status 200, request ID req_42/);
		}
	});

	it('fails like any request if it is refused before it starts', async () => {
		const error = { message: 'Streaming is only supported when n=1', param: 'n', code: null };
		api.reply(json({ error }, 400, ID));
		const result = await run();
		expect(result.error).toMatchObject({
			message: 'Streaming is only supported when n=1',
			description: expect.stringContaining('(HTTP status 400, parameter n, request ID req_42)'),
		});
	});

	it('can be JSON with an error', async () => {
		api.reply(json({ error: BLOCKED }, 200, ID));
		expect((await run()).error?.message).toBe('Your request was rejected.');
	});

	it('is an item of its own on Continue', async () => {
		api.reply(sse(preview(sketch, 0)));
		const result = await run({}, { onError: 'continueErrorOutput' });
		expect(result.outputs[0]).toEqual([]);
		expect(result.outputs[1]).toMatchObject([
			{
				json: { error: expect.stringMatching(/ended without the final image/) },
				pairedItem: { item: 0 },
			},
		]);
		expect(result.outputs[1]![0]).not.toHaveProperty('binary');
	});
});

describe('a connection that is lost', () => {
	it.each([
		['reset behind the first image', () => completed(image), lost],
		['closed behind the first image', () => completed(image), closed],
		[
			'closed in the middle of the second',
			() => completed(image) + completed(image).slice(0, 150),
			closed,
		],
		[
			'closed in the middle of a preview',
			() => completed(image) + preview(sketch, 0).slice(0, 150),
			closed,
		],
		['closed behind previews and an image', () => preview(sketch, 0) + completed(image), closed],
	])('leaves the image that was complete, %s', async (_, begin, end) => {
		api.reply(broken(begin, end));
		const result = await run();
		expect(result.status).toBe('success');
		expect(result.outputs[0]).toHaveLength(1);
		const [item] = result.outputs[0]!;
		expect(await result.binary(item)).toEqual(image);
		expect(item!.json).toMatchObject({ imageNumber: 1, requestId: 'req_42' });
		expect(item!.json.warnings).toEqual([
			expect.stringMatching(
				/^One image is missing: 127\.0\.0\.1:\d+ closed the connection.*billed/,
			),
		]);
	});

	it.each([
		['before the first event', () => ': hello\n\n'],
		['behind previews', () => preview(sketch, 0)],
		['in the middle of the image', () => completed(image).slice(0, 150)],
	])('is an error %s', async (_, begin) => {
		api.reply(broken(begin, closed));
		const result = await run({ partialImages: 2 });
		expect(result.error).toMatchObject({
			message: expect.stringMatching(/closed the connection before the response was complete$/),
			description: expect.stringMatching(/might have been generated and billed/),
		});
	});

	it('leaves what was complete when the time is up', async () => {
		api.reply(
			broken(
				() => completed(image),
				() => {},
			),
		);
		const result = await run({ timeout: 1 });
		expect(await result.binary(result.outputs[0]![0])).toEqual(image);
		expect(result.outputs[0]![0]!.json.warnings).toEqual([
			expect.stringMatching(/No complete response from .* within 1 second/),
		]);
		await Promise.all(api.requests.map(async (request) => await request.closed));
	});

	it('ends at once when the execution is stopped', async () => {
		const stop = new AbortController();
		api.reply(
			broken(
				() => completed(image),
				() => stop.abort(),
			),
		);
		const result = await run({}, { stop: stop.signal });
		expect(result.status).toBe('canceled');
		await Promise.all(api.requests.map(async (request) => await request.closed));
	});
});

it('a key that a stream repeats goes nowhere', async () => {
	const message = `Bad key ${API_KEY}`;
	api.reply(sse(completed(image, { revised_prompt: message }), event({ error: { message } })));
	const result = await run();
	expect(result.outputs[0]![0]!.json.revisedPrompt).toBe('Bad key ***');
	expect(leaksOf(result)).toEqual([]);
});
