import { readErrorResponse } from '../../../../nodes/AiImages/response/errors/parseError';
import { responseOf } from '../../responses';
import { INNOCENT, REFUSED_CONTENT } from './refusals/content';
import { NO_CREDIT } from './refusals/credit';
import { RIGHT_MODELS, WITHOUT_RIGHTS, WRONG_KEYS, WRONG_MODELS } from './refusals/keysAndModels';
import { TOO_FAST } from './refusals/rateLimits';
import { ADVICE, openAiError } from './refusals/types';

describe('a refusal that stays one', () => {
	it.each(NO_CREDIT)('is lack of credit: %s', async (_, status, body) => {
		const { advice, hint } = await readErrorResponse(responseOf({ status, body }));
		expect(advice).toMatch(ADVICE.credit);
		expect(hint).toMatchObject({ isFinal: true, isRateLimit: false });
	});

	it.each(REFUSED_CONTENT)('is refused content: %s', async (_, status, body) => {
		const { advice, hint } = await readErrorResponse(responseOf({ status, body }));
		expect(advice).toMatch(ADVICE.moderation);
		expect(hint).toMatchObject({ isFinal: true, isRateLimit: false });
	});

	it.each(INNOCENT)('is not refused content: %s', async (_, status, body) => {
		const { advice } = await readErrorResponse(responseOf({ status, body }));
		expect(advice).not.toMatch(ADVICE.moderation);
	});

	it('is a page of a firewall', async () => {
		const body = '<title>Just a moment...</title>';
		expect((await readErrorResponse(responseOf({ status: 503, body }))).hint.isFinal).toBe(true);
	});
});

describe('a refusal', () => {
	it.each([
		['wrong keys', WRONG_KEYS, ADVICE.key],
		['keys without rights', WITHOUT_RIGHTS, ADVICE.rights],
		['wrong models', WRONG_MODELS, ADVICE.model],
	])('of %s is known as such', async (_, refusals, expected) => {
		for (const [who, status, body] of refusals) {
			const { advice } = await readErrorResponse(responseOf({ status, body }));
			expect([who, advice]).toEqual([who, expect.stringMatching(expected)]);
		}
	});

	it.each(RIGHT_MODELS)(
		'that names a model is not always about it: %s',
		async (_, status, body) => {
			const { advice } = await readErrorResponse(responseOf({ status, body }));
			expect(advice).not.toMatch(ADVICE.model);
		},
	);
});

describe('a rate limit', () => {
	it.each(TOO_FAST)('passes: %s', async (_, body) => {
		for (const status of [429, 200]) {
			const served = status === 200 && typeof body !== 'string' ? withNumber(body) : body;
			const { advice, hint } = await readErrorResponse(responseOf({ status, body: served }));
			expect(advice).toMatch(ADVICE.wait);
			expect(hint).toMatchObject({ isFinal: false, isRateLimit: true });
		}
	});

	it.each([
		['its name', { error: { code: 'rate_limit_exceeded', message: 'No.' } }],
		['a number', { error: { code: 429, message: 'No.' } }],
		['a number in a text', { error: { code: '429', message: 'No.' } }],
		['a status beside it', { error: { message: 'No.', status: 429 } }],
		['Google’s name', { error: { message: 'No.', status: 'RESOURCE_EXHAUSTED' } }],
		['words', { message: 'Too many requests' }],
		['MiniMax’s number', { base_resp: { status_code: 1002, status_msg: 'No.' } }],
	])('can come with status 200, recognized by %s', async (_, body) => {
		const { advice, hint, details } = await readErrorResponse(responseOf({ status: 200, body }));
		expect(advice).toMatch(ADVICE.wait);
		expect(hint.isRateLimit).toBe(true);
		expect(details.status).toBe(200);
	});

	it.each([400, 403, 500, 502])('can come with status %i', async (status) => {
		const body = { detail: "Error code: 429 - {'error': {'code': 'rate_limit_exceeded'}}" };
		const { advice, hint } = await readErrorResponse(responseOf({ status, body }));
		expect(advice).toMatch(ADVICE.wait);
		expect(hint.isRateLimit).toBe(true);
	});

	it('is not what another failure is', async () => {
		const { hint } = await readErrorResponse(
			responseOf({ status: 400, body: openAiError('No.', 'x') }),
		);
		expect(hint.isRateLimit).toBe(false);
	});

	it.each([
		// https://replicate.com/docs/topics/predictions/rate-limits
		['Replicate', { detail: 'Request was throttled.', status: 429, retry_after: 7 }, 7000],
		// https://huggingface.co/docs/api-inference/quicktour
		['Hugging Face', { error: 'Model x/y is currently loading', estimated_time: 20.5 }, 20_500],
	])('names its wait in a field: %s', async (_, body, wait) => {
		expect((await readErrorResponse(responseOf({ status: 429, body }))).hint.retryAfter).toBe(wait);
	});

	it('names its wait in Google’s details', async () => {
		const details = [
			{ '@type': 'type.googleapis.com/google.rpc.Help', links: [] },
			{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.5s' },
		];
		const body = { error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'No.', details } };
		expect((await readErrorResponse(responseOf({ status: 429, body }))).hint.retryAfter).toBe(
			34_500,
		);
	});
});

/** The same in a response with status 200 whose body names the real status. */
function withNumber(body: unknown): unknown {
	const { error, ...rest } = body as { error?: object };
	return error ? { ...rest, error: { ...error, status: 429 } } : { ...rest, status: 429 };
}
