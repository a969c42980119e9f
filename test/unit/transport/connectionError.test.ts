import { ApiError } from '../../../nodes/AiImages/errors';
import { connectionError } from '../../../nodes/AiImages/transport/connectionError';
import { ExecutionCanceledError } from '../../../nodes/AiImages/errors';

const HOST = 'images.example.com:8080';

/** An error as n8n's helper throws it: its own, around axios's, around Node's. */
function wrapped(code: string, message = 'raw'): Error {
	const node = Object.assign(new Error(message), { code });
	const axios = Object.assign(new Error(message, { cause: node }), { code });
	return Object.assign(new Error('n8n says', { cause: axios }), { httpCode: code });
}

describe('a connection that was never established', () => {
	it.each([
		['ECONNREFUSED', '{host} refused the connection'],
		['ENOTFOUND', 'Host not found: {host}'],
		['EAI_AGAIN', 'DNS lookup failed for {host}'],
		['EHOSTUNREACH', "{host} can't be reached"],
		['ENETUNREACH', "{host} can't be reached"],
	])('is reported as not billed: %s', (code, words) => {
		const failure = connectionError(wrapped(code), HOST, null);
		expect(failure.message).toBe(words.replace('{host}', HOST));
		expect(failure.advice).toMatch(/Base URL.*Nothing was billed/);
		expect(failure.details).toEqual({ code });
	});
});

describe('a connection that was lost', () => {
	it.each([
		['ECONNRESET', 'closed the connection'],
		['EPIPE', 'closed the connection'],
		['ETIMEDOUT', "didn't respond in time"],
		['ECONNABORTED', 'time'],
	])('is reported as possibly billed: %s', (code, words) => {
		for (const error of [wrapped(code), Object.assign(new Error('aborted'), { code })]) {
			const failure = connectionError(error, HOST, null);
			expect(failure.message).toContain(HOST);
			expect(failure.message).toContain(words);
			expect(failure.advice).toMatch(/billed/);
			expect(failure.advice).not.toMatch(/Nothing was billed/);
		}
	});
});

describe('a deadline', () => {
	it.each([
		[600_000, '600 seconds'],
		[1000, '1 second'],
		[1500, '1.5 seconds'],
	])('of %i ms is reported, regardless of the error', (expired, words) => {
		for (const error of [wrapped('ERR_CANCELED', 'canceled'), new Error('aborted'), 'x']) {
			const { message, advice } = connectionError(error, HOST, expired);
			expect(message).toBe(`No complete response from ${HOST} within ${words}`);
			expect(message).not.toMatch(/cancel/i);
			expect(advice).toMatch(/billed.*Timeout/);
		}
	});
});

describe('anything else', () => {
	it('keeps its message', () => {
		const failure = connectionError(wrapped('EPROTO', 'ssl3: wrong version number'), HOST, null);
		expect(failure.message).toContain(HOST);
		expect(failure.details).toEqual({ code: 'EPROTO' });
		expect(connectionError('odd', HOST, null).message).toContain('odd');
		expect(connectionError(new Error('odd'), HOST, null).details).toEqual({});
	});

	it('that already has an explanation is not changed', () => {
		const failure = new ApiError('explained', 'next');
		expect(connectionError(failure, HOST, null)).toBe(failure);
	});
});

it('reports a stopped execution as canceled, as n8n expects', () => {
	expect(new ExecutionCanceledError().message).toMatch(/canceled/);
});
