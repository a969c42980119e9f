import type { INodeParameters } from 'n8n-workflow';

import { useShortestDelays } from '../helpers/clock';
import { useEngine, type NodeRun } from '../helpers/engine';
import { json, useImagesApi, type Reply } from '../helpers/imagesApi';
import { inTurn, newImage, refusal } from '../helpers/responses';
import { untilRead } from '../helpers/untilRead';

const engine = useEngine();
const api = useImagesApi();

useShortestDelays();

const run = async (options: INodeParameters = {}, more: Partial<NodeRun> = {}) =>
	await engine.runWorkflow({
		parameters: { prompt: 'A cat', options },
		credentials: api.credentials,
		...more,
	});

describe('a request that might have been billed', () => {
	const reset: Reply = (_, response) => void response.socket?.destroy();

	it.each<[string, Reply]>([
		['a lost connection', reset],
		['a deadline', () => {}],
		['500', refusal(500, { code: 'server_error' })],
		['502 with Retry-After', refusal(502, {}, { 'retry-after': '0' })],
		['503 and no more', refusal(503)],
		['504', refusal(504)],
		['200 with an error', json({ error: { code: 'server_error', message: 'No.' } })],
		[
			'200 with an error for lack of credit',
			json({ error: { code: 429, type: 'insufficient_quota', message: 'No.' } }),
		],
		['200 without an image', json({ data: [] })],
		['400', refusal(400, { code: 'moderation_blocked' }, { 'x-should-retry': 'true' })],
		[
			'429 for lack of credit',
			refusal(429, { code: 'insufficient_quota' }, { 'retry-after': '0' }),
		],
		['429 that says no', refusal(429, {}, { 'x-should-retry': 'false' })],
	])('is sent once: %s', async (_, reply) => {
		api.reply(reply);
		const { outputs } = await run({ timeout: 0.5 }, { onError: 'continueRegularOutput' });
		expect(outputs[0]![0]!.json).toMatchObject({
			error: expect.any(String),
			details: { attempts: 1 },
		});
		await untilRead(100);
		expect(api.requests).toHaveLength(1);
	});

	it.each([500, 502, 503, 504, 524])('is repeated with Retry Server Errors: %i', async (status) => {
		api.reply(inTurn(refusal(status), newImage));
		const { error, outputs } = await run({ retryServerErrors: true });
		expect(error).toBeUndefined();
		expect(outputs[0]![0]!.json.attempts).toBe(2);
		expect(api.requests).toHaveLength(2);
	});

	it.each<[string, Reply]>([
		['a lost connection', reset],
		['a deadline', () => {}],
	])('is not repeated with Retry Server Errors: %s', async (_, reply) => {
		api.reply(reply);
		const { status } = await run({ retryServerErrors: true, timeout: 0.5 });
		expect(status).toBe('error');
		expect(api.requests).toHaveLength(1);
	});
});
