import type { INodeParameters } from 'n8n-workflow';
import { useEngine, type NodeRun } from '../helpers/engine';
import { API_KEY, json, leaksOf, raw, useImagesApi, type Reply } from '../helpers/imagesApi';
import { untilRead } from '../helpers/untilRead';

const engine = useEngine();
const api = useImagesApi();

const run = async ({ options = {}, ...more }: Partial<NodeRun> & Pick<Failure, 'options'> = {}) =>
	await engine.runWorkflow({
		parameters: { operation: 'generate', model: 'gpt-image-2.5-flare', prompt: 'A cat', options },
		credentials: api.credentials,
		...more,
	});

interface Failure {
	name: string;
	reply: Reply;
	options?: INodeParameters;
	message: RegExp;
	/** What to do next, as part of the description. */
	advice: RegExp;
	/** Details at the end of the description, including status and request ID of the response. */
	facts?: string;
	details?: Record<string, unknown>;
}

const ID = { 'x-request-id': 'req_42' };

const refused = (status: number, message: string, code: string | null, type: string): Reply =>
	json({ error: { message, type, param: null, code } }, status, ID);

const html = (title: string, status: number) =>
	raw(`<html><head><title>${title}</title></head><body><h1>Oops</h1></body></html>`, status, {
		'content-type': 'text/html',
	});

const FAILURES: Failure[] = [
	{
		name: '400 moderation',
		reply: refused(400, 'Your request was rejected.', 'moderation_blocked', 'user_error'),
		message: /^Your request was rejected\.$/,
		advice: /safety system refused .* Edit the prompt/,
		facts: '(HTTP status 400, code moderation_blocked, request ID req_42)',
		details: { status: 400, code: 'moderation_blocked', type: 'user_error', requestId: 'req_42' },
	},
	{
		name: '400 that names a parameter',
		reply: json(
			{
				error: { message: 'Invalid value.', type: 'user', param: 'size', code: 'invalid_value' },
			},
			400,
		),
		message: /^Invalid value\.$/,
		advice: /Fix the value named in the message/,
		facts: '(HTTP status 400, code invalid_value, parameter size)',
		details: { status: 400, code: 'invalid_value', param: 'size' },
	},
	{
		name: '401',
		reply: refused(401, 'Incorrect API key.', 'invalid_api_key', 'invalid_request_error'),
		message: /^Incorrect API key\.$/,
		advice: /Check that the API key .*'Base URL'/,
		facts: '(HTTP status 401, code invalid_api_key, request ID req_42)',
	},
	{
		name: '403 verification',
		reply: refused(403, 'Your organization must be verified to use it.', null, 'forbidden'),
		message: /must be verified/,
		advice: /Verify it in the provider's organization settings/,
		facts: '(HTTP status 403, request ID req_42)',
	},
	{
		name: '404 HTML',
		reply: html('404 Not Found', 404),
		message: /^API response: 404 Not Found$/,
		advice:
			/Endpoint not found: http:\/\/127\.0\.0\.1:\d+\/v1\/images\/generations\. Check 'Base URL'/,
		facts: '(HTTP status 404)',
	},
	{
		name: '404 of a model',
		reply: refused(404, 'The model does not exist.', 'model_not_found', 'invalid_request_error'),
		message: /^The model does not exist\.$/,
		advice: /Choose another .Model., or set .Model ID./,
		facts: '(HTTP status 404, code model_not_found, request ID req_42)',
	},
	{
		name: '429 rate limit',
		reply: refused(429, 'Rate limit reached.', 'rate_limit_exceeded', 'requests'),
		options: { maxRetryWait: 0 },
		message: /^Rate limit reached\.$/,
		advice: /Try again later, lower 'Parallel Requests', or set 'Images per Minute'/,
		facts: '(HTTP status 429, code rate_limit_exceeded, request ID req_42)',
	},
	{
		name: '429 quota',
		reply: refused(429, 'You exceeded your quota.', 'insufficient_quota', 'insufficient_quota'),
		message: /^You exceeded your quota\.$/,
		advice: /Add credit/,
	},
	{
		name: '500 JSON',
		reply: refused(500, 'The server had an error.', null, 'server_error'),
		message: /^The server had an error\.$/,
		advice: /couldn't process the request\. Try again later/,
		facts: '(HTTP status 500, request ID req_42)',
	},
	{
		name: '502 HTML',
		reply: html('502 Bad Gateway', 502),
		message: /^API response: 502 Bad Gateway$/,
		advice: /might have been generated and billed/,
		facts: '(HTTP status 502)',
	},
	{
		name: '503 without a body',
		reply: raw('', 503),
		message: /^The API returned HTTP 503 without a message$/,
		advice: /Try again later/,
	},
	{
		name: 'a redirect',
		reply: raw('', 307, { location: 'http://127.0.0.1:1/elsewhere' }),
		message: /HTTP 307/,
		advice: /Base URL/,
		facts: '(HTTP status 307)',
	},
	{
		name: '200 with an error object',
		reply: refused(200, 'The model is overloaded.', 'overloaded', 'server_error'),
		message: /^The model is overloaded\.$/,
		advice: /./,
		facts: '(HTTP status 200, code overloaded, request ID req_42)',
	},
	{
		name: '200 with empty data',
		reply: json({ created: 1, data: [] }, 200, ID),
		message: /success status without an image/,
		advice: /that the model generates images/,
		facts: '(HTTP status 200, request ID req_42)',
	},
	{
		name: '200 with an entry that is empty',
		reply: json({ created: 1, data: [{ b64_json: '', url: '' }] }, 200, ID),
		message: /without an image\. It contains created, data: .*"b64_json":""/,
		advice: /might have been billed/,
		facts: '(HTTP status 200, request ID req_42)',
	},
	{
		name: '200 text/html',
		reply: html('Sign in', 200),
		message: /text\/html instead of JSON.*Sign in/,
		advice: /Check 'Base URL'/,
		facts: '(HTTP status 200)',
	},
	{
		name: '200 without a body',
		reply: raw('', 200, { 'content-type': 'application/json' }),
		message: /no JSON|no image|empty/,
		advice: /./,
		facts: '(HTTP status 200)',
	},
	{
		name: 'truncated JSON',
		reply: raw('{"created":1,"data":[{"b64_json":"iVBORw0KGgo', 200, {
			'content-type': 'application/json',
		}),
		message: /truncated or is invalid JSON/,
		advice: /might have been generated and billed/,
		facts: '(HTTP status 200)',
	},
	{
		name: 'a reset before the headers',
		reply: (_, response) => void response.socket!.resetAndDestroy(),
		message: /^127\.0\.0\.1:\d+ closed the connection before the response was complete$/,
		advice: /might have been generated and billed/,
		facts: '(code ECONNRESET)',
		details: { code: 'ECONNRESET' },
	},
	{
		name: 'a reset in the middle of the body',
		reply: async (_, response) => {
			response.writeHead(200, { 'content-type': 'application/json', 'content-length': '9999' });
			response.write('{"created":1,"data":[{"b64_json":"');
			await untilRead();
			response.socket!.resetAndDestroy();
		},
		message: /closed the connection before the response was complete$/,
		advice: /might have been generated and billed/,
		facts: '(HTTP status 200, code ECONNRESET)',
	},
];

describe.each(FAILURES)(
	'$name',
	({ reply, options, message, advice, facts = '', details = {} }) => {
		beforeEach(() => api.reply(reply));

		it('ends the execution with a message, the next step and the facts', async () => {
			const result = await run({ options });
			expect(result.status).toBe('error');
			expect(result.error).toMatchObject({ name: 'NodeApiError', context: { itemIndex: 0 } });
			expect(result.error!.message).toMatch(message);
			expect(result.error!.description).toMatch(advice);
			expect(result.error!.description).toContain(facts);
			expect(api.requests).toHaveLength(1);
			expect(leaksOf(result)).toEqual([]);
		});

		it('becomes an item of these keys if the node continues', async () => {
			const result = await run({ options, onError: 'continueRegularOutput' });
			expect(result.status).toBe('success');
			const [item] = result.outputs[0]!;
			expect(item!.json).toEqual({
				error: expect.stringMatching(message),
				message: expect.stringMatching(advice),
				details: expect.objectContaining({
					...details,
					model: 'gpt-image-2.5-flare',
					operation: 'generate',
					attempts: 1,
					durationMs: expect.any(Number),
				}),
			});
			expect(Object.keys(item!).sort()).toEqual(['json', 'pairedItem']);
			expect(item!.pairedItem).toEqual({ item: 0 });
			expect(api.requests).toHaveLength(1);
		});
	},
);

describe("a server that can't be reached", () => {
	it.each([
		['http://127.0.0.1:1', /^127\.0\.0\.1:1 refused the connection$/, 'ECONNREFUSED'],
		[
			'http://no-such-host.invalid',
			/^(Host not found: |DNS lookup failed for )no-such-host\.invalid$/,
			'',
		],
	])('is named: %s', async (baseUrl, message, code) => {
		const result = await run({
			options: { maxRetryWait: 0 },
			credentials: { apiKey: API_KEY, baseUrl },
		});
		expect(result.status).toBe('error');
		expect(result.error!.message).toMatch(message);
		expect(result.error!.description).toMatch(/Check 'Base URL' .* Nothing was billed/);
		expect(result.error!.description).toContain(code);
		expect(leaksOf(result)).toEqual([]);
	});
});
