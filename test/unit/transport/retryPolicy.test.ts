import type { ApiError } from '../../../nodes/AiImages/errors';
import { connectionError } from '../../../nodes/AiImages/transport/connectionError';
import { retryDelay } from '../../../nodes/AiImages/transport/retry';
import { ALL, POLICY, refused, unconnected, type Refusal } from './callFailures';
import { CREDIT_CODES } from '../creditCodes';

const isRepeated = (failure: ApiError, policy = POLICY) =>
	retryDelay(failure, 1, policy, 1) !== null;

describe('a refusal', () => {
	it.each<[Refusal, 'repeated' | 'if allowed' | 'final']>([
		[{ status: 429, code: 'rate_limit_exceeded', type: 'tokens' }, 'repeated'],
		[{ status: 429, code: 'slow_down' }, 'repeated'],
		[{ status: 429 }, 'repeated'],
		[{ status: 429, headers: { 'x-should-retry': 'true' } }, 'repeated'],
		[{ status: 429, headers: { 'x-should-retry': 'false' } }, 'final'],
		[{ status: 429, headers: { 'x-should-retry': 'false', 'retry-after': '1' } }, 'final'],
		...[...CREDIT_CODES, 'billing_hard_limit_reached', 'insufficient_user_quota'].flatMap(
			(code): Array<[Refusal, 'final']> => [
				[{ status: 429, code, headers: { 'retry-after': '1' } }, 'final'],
				[{ status: 429, code: 'other', type: code }, 'final'],
				[{ status: 503, code, headers: { 'x-should-retry': 'true' } }, 'final'],
			],
		),
		[{ status: 429, code: 'moderation_blocked' }, 'final'],
		[{ status: 503, code: 'content_policy_violation' }, 'final'],
		[{ status: 400, code: 'moderation_blocked', type: 'image_generation_user_error' }, 'final'],
		[{ status: 400, code: 'content_policy_violation' }, 'final'],
		[{ status: 400, code: 'invalid_value' }, 'final'],
		[{ status: 400, code: 'invalid_input_fidelity_model' }, 'final'],
		[{ status: 400, code: 'unknown_parameter' }, 'final'],
		[{ status: 400, code: 'invalid_image_file' }, 'final'],
		[{ status: 400, code: 'billing_hard_limit_reached' }, 'final'],
		[{ status: 400, message: 'Please try again in 1s' }, 'final'],
		[{ status: 400, headers: { 'x-should-retry': 'true', 'retry-after': '1' } }, 'final'],
		[{ status: 401, code: 'invalid_api_key' }, 'final'],
		[{ status: 402 }, 'final'],
		[{ status: 403, message: 'Your organization must be verified to use the model.' }, 'final'],
		[{ status: 429, message: 'Your organization must be verified to use the model.' }, 'final'],
		[{ status: 404, code: 'model_not_found' }, 'final'],
		[{ status: 408 }, 'final'],
		[{ status: 409 }, 'final'],
		[{ status: 413 }, 'final'],
		[{ status: 302, headers: { 'retry-after': '1' } }, 'final'],
		[{ status: 503, code: 'server_is_overloaded' }, 'repeated'],
		[{ status: 503, code: 'slow_down' }, 'repeated'],
		[{ status: 503, type: 'overloaded_error' }, 'repeated'],
		[{ status: 503, message: 'The engine is currently overloaded.' }, 'repeated'],
		[{ status: 503, headers: { 'retry-after': '2' } }, 'repeated'],
		[{ status: 503, headers: { 'retry-after-ms': '0' } }, 'repeated'],
		[{ status: 503, message: 'Please try again in 2s' }, 'repeated'],
		[{ status: 503, headers: { 'x-should-retry': 'true' } }, 'repeated'],
		[{ status: 503, headers: { 'retry-after': '2', 'x-should-retry': 'false' } }, 'final'],
		[{ status: 503, message: 'This model is currently experiencing high demand.' }, 'repeated'],
		[{ status: 503, message: 'System is too busy now. Please try again later.' }, 'repeated'],
		[{ status: 503, message: 'Model x/y is currently loading' }, 'repeated'],
		[{ status: 503, message: 'No instances available (yet) for chute_id=x' }, 'repeated'],
		[{ status: 503, message: 'no healthy upstream' }, 'repeated'],
		[{ status: 529, type: 'overloaded_error' }, 'repeated'],
		[{ status: 500, code: 'rate_limit_exceeded' }, 'repeated'],
		[{ status: 502, message: 'Provider: 429 Too Many Requests' }, 'if allowed'],
		// The image might have been made.
		[{ status: 500, message: 'Failed to upload the image: 429 Too Many Requests' }, 'if allowed'],
		[{ status: 503 }, 'if allowed'],
		[{ status: 500, code: 'server_error' }, 'if allowed'],
		[{ status: 500, headers: { 'retry-after': '1', 'x-should-retry': 'true' } }, 'if allowed'],
		[{ status: 500, message: 'The model is overloaded' }, 'if allowed'],
		[{ status: 500, headers: { 'x-should-retry': 'false' } }, 'final'],
		[{ status: 502 }, 'if allowed'],
		[{ status: 504 }, 'if allowed'],
		[{ status: 524 }, 'if allowed'],
		// Gateways that report failures with status 200: only a rate limit was never billed.
		[{ status: 200, code: '429', headers: { 'retry-after': '1' } }, 'repeated'],
		[{ status: 200, code: 'rate_limit_exceeded' }, 'repeated'],
		[{ status: 200, code: '429', headers: { 'x-should-retry': 'false' } }, 'final'],
		[{ status: 200, code: '429', type: 'insufficient_quota' }, 'final'],
		[{ status: 200, code: '503', message: 'overloaded' }, 'final'],
		[{ status: 200, headers: { 'x-should-retry': 'true' } }, 'final'],
	])('%j: %s', (refusal, expected) => {
		const failure = refused(refusal);
		expect(isRepeated(failure, POLICY)).toBe(expected === 'repeated');
		expect(isRepeated(failure, ALL)).toBe(expected !== 'final');
	});
});

describe('without a response', () => {
	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])(
		'%s is repeated three times, for no connection stood',
		(code) => {
			const waits = [1, 2, 3, 4, 5].map((attempt) =>
				retryDelay(unconnected(code), attempt, POLICY, 1),
			);
			expect(waits).toEqual([2000, 4000, 8000, null, null]);
		},
	);

	it.each([
		'ECONNRESET',
		'EPIPE',
		'ECONNABORTED',
		'ETIMEDOUT',
		'EPROTO',
		'CERT_HAS_EXPIRED',
		'SOMETHING_NEW',
	])('%s is never repeated', (code) => {
		expect(isRepeated(unconnected(code), ALL)).toBe(false);
	});

	it('never retries after a deadline, regardless of the error', () => {
		for (const code of ['ECONNREFUSED', 'ERR_CANCELED']) {
			const error = Object.assign(new Error('raw'), { code });
			expect(isRepeated(connectionError(error, 'api.example.com', 1000), ALL)).toBe(false);
		}
	});
});

describe('the delay', () => {
	const limited = (headers: Record<string, string> = {}, message?: string) =>
		refused({ status: 429, headers, message });

	it.each([
		[1, 2000],
		[2, 4000],
		[3, 8000],
		[4, 16_000],
		[5, 32_000],
		[6, 60_000],
		[7, 60_000],
		[2000, 60_000],
	])('after attempt %i is anything up to %i ms', (attempt, most) => {
		const wait = (random: number) => retryDelay(limited(), attempt, POLICY, random);
		expect([wait(0), wait(0.5), wait(1)]).toEqual([0, most / 2, most]);
	});

	it.each<[string, ApiError, number]>([
		['retry-after-ms', limited({ 'retry-after-ms': '250' }), 250],
		['Retry-After in seconds', limited({ 'retry-after': '7' }), 7000],
		['the message', limited({}, 'Please try again in 51.84s'), 51_840],
	])('is never shorter than %s', (_, failure, least) => {
		for (const attempt of [1, 2, 3, 4]) {
			for (const random of [0, 0.5, 1]) {
				expect(retryDelay(failure, attempt, POLICY, random)).toBeGreaterThanOrEqual(least);
			}
		}
		expect(retryDelay(failure, 1, POLICY, 0)).toBe(least);
	});

	it('is a whole number of milliseconds, as timers require', () => {
		for (const random of [0, 1 / 3, 0.777, 1]) {
			for (const failure of [limited(), limited({ 'retry-after-ms': '12.5' })]) {
				expect(retryDelay(failure, 3, POLICY, random)! % 1).toBe(0);
			}
		}
	});
});
