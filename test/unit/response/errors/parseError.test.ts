import { ApiError } from '../../../../nodes/AiImages/errors';
import { readErrorResponse } from '../../../../nodes/AiImages/response/errors/parseError';
import { CREDIT_CODES } from '../../creditCodes';
import { responseOf } from '../../responses';
import { GATEWAY_REFUSALS } from './refusals/gateways';
import { OPENAI_REFUSALS } from './refusals/openAi';
import { OTHER_SHAPES } from './refusals/otherShapes';
import { PLACES } from './refusals/places';
import { SHAPES } from './refusals/shapes';
import { ADVICE, openAiError, type Refusal } from './refusals/types';

/** What is no error of an API at all. */
const OTHER_REFUSALS: readonly Refusal[] = [
	[
		'a text as error',
		500,
		{ error: 'CUDA out of memory' },
		{ message: 'CUDA out of memory', advice: 'server' },
	],
	[
		'a byte order mark',
		400,
		'\uFEFF{"error":{"message":"no"}}',
		{ message: 'no', advice: 'change' },
	],
	[
		'a page with a title',
		502,
		'<!DOCTYPE html><html><head><title>502 Bad\n Gateway</title></head><body>…</body></html>',
		{ message: 'API response: 502 Bad Gateway', advice: 'server' },
	],
	[
		'a page without a title',
		413,
		'<html><body><h1>Request Entity\n Too Large</h1><p>nginx</p></body></html>',
		{ message: 'API response: Request Entity Too Large nginx', advice: 'upload' },
	],
	[
		'a page of a gateway that did not wait',
		524,
		'<title>A timeout occurred</title>',
		{ message: 'API response: A timeout occurred', advice: 'gateway' },
	],
	[
		'a text',
		504,
		'upstream timed out',
		{ message: 'API response: upstream timed out', advice: 'gateway' },
	],
	[
		'nothing',
		500,
		'',
		{ message: 'The API returned HTTP 500 without a message', advice: 'server' },
	],
	['white space', 403, ' \n', { message: /HTTP 403 without a message/, advice: 'rights' }],
	['a redirect', 302, '', { message: /HTTP 302/, advice: 'redirect' }],
	['an empty object', 400, {}, { message: 'API response: {}', advice: 'change' }],
	['null', 400, 'null', { message: 'API response: null', advice: 'change' }],
	['an empty list', 400, [], { message: 'API response: []', advice: 'change' }],
	[
		'an error that is null',
		400,
		{ error: null },
		{ message: 'API response: {"error":null}', advice: 'change' },
	],
	[
		'an error without words',
		402,
		{ error: { code: null } },
		{ message: 'API response: {"error":{"code":null}}', advice: 'credit' },
	],
	[
		'JSON that breaks off',
		500,
		'{"error":{"message":"The serv',
		{ message: /The serv/, advice: 'server' },
	],
];

describe.each([
	...OPENAI_REFUSALS,
	...GATEWAY_REFUSALS,
	...SHAPES,
	...OTHER_SHAPES,
	...PLACES,
	...OTHER_REFUSALS,
])('%s', (_, status, body, { message, advice, ...words }) => {
	it('becomes an error with its message and advice', async () => {
		const failure = await readErrorResponse(responseOf({ status, body }));
		expect(failure).toBeInstanceOf(ApiError);
		if (typeof message === 'string') expect(failure.message).toBe(message);
		else expect(failure.message).toMatch(message);
		expect(failure.details).toStrictEqual({ status, ...words });
		expect(failure.advice).toMatch(ADVICE[advice]);
	});
});

describe('quota, rate limit and moderation', () => {
	it.each(CREDIT_CODES)('are distinguished: %s is no rate limit', async (code) => {
		const body = openAiError('You exceeded your current quota', code, 'requests');
		expect((await readErrorResponse(responseOf({ status: 429, body }))).advice).toMatch(
			ADVICE.credit,
		);
	});

	it('are distinguished: a spent budget is no invalid value', async () => {
		const body = openAiError('Billing hard limit has been reached', 'billing_hard_limit_reached');
		expect((await readErrorResponse(responseOf({ status: 400, body }))).advice).toMatch(
			ADVICE.credit,
		);
	});

	it.each(['moderation_blocked', 'content_policy_violation', 'contentFilter'])(
		'are distinguished: %s is moderation whatever the status',
		async (code) => {
			for (const status of [400, 403, 429, 451, 500]) {
				const { advice } = await readErrorResponse(
					responseOf({ status, body: openAiError('no', code) }),
				);
				expect(advice).toMatch(ADVICE.moderation);
			}
		},
	);

	it('are not taken for a wrong key', async () => {
		const body = openAiError('Forbidden', null);
		expect((await readErrorResponse(responseOf({ status: 403, body }))).advice).toMatch(
			ADVICE.rights,
		);
	});
});

describe('the details of an error', () => {
	it('holds the request id', async () => {
		const headers = { 'x-request-id': 'req_1' };
		const { details } = await readErrorResponse(
			responseOf({ status: 400, headers, body: openAiError('no', 'x') }),
		);
		expect(details.requestId).toBe('req_1');
	});

	it('holds no secret that the server repeats', async () => {
		const body = openAiError('The key sk-secret is wrong', 'sk-secret');
		const failure = await readErrorResponse(responseOf({ status: 401, body }));
		expect(JSON.stringify([failure.message, failure])).not.toContain('sk-secret');
	});

	it.each([
		['a page', (before: string) => `${before}sk-secret${'<p>'.repeat(30_000)}`],
		[
			'a page with other characters',
			(before: string) => `水${before}sk-secret${'<p>'.repeat(30_000)}`,
		],
		[
			'a message',
			(before: string) => openAiError(`${before}sk-secret${'<p>'.repeat(30_000)}`, 'x'),
		],
	])('holds no part of a secret that is cut in two: %s', async (_, bodyOf) => {
		for (const piece of ['<p>', 'A', '\u202e']) {
			for (let kept = 0; kept <= 9; kept++) {
				const bytes = Buffer.byteLength(piece);
				const before = piece.repeat((65_536 - kept) / bytes) + 'A'.repeat((65_536 - kept) % bytes);
				const { message } = await readErrorResponse(
					responseOf({ status: 500, body: bodyOf(before) }),
				);
				expect(message).not.toMatch(/sk-|secret/);
			}
		}
	});

	it('contains the API’s message even if it is in an unusual place', async () => {
		const body = { errors: [{ title: 'The picture is too big' }] };
		const failure = await readErrorResponse(responseOf({ status: 400, body }));
		expect(failure.message).toContain('The picture is too big');
	});

	it.each([
		['a text', 'x'.repeat(10_000_000)],
		['a page', `<html>${'<p>word</p>'.repeat(500_000)}`],
		['a title', `<title>${'x'.repeat(50_000)}</title>`],
		['JSON', openAiError('x'.repeat(10_000_000), 'x')],
		['JSON that repeats an image', openAiError(`Invalid image: ${'A'.repeat(60_000)}`, 'x')],
	])('is short, even if the response is long: %s', async (_, body) => {
		const failure = await readErrorResponse(responseOf({ status: 500, body }));
		expect(failure.message.length).toBeGreaterThan(10);
		expect(failure.message.length).toBeLessThan(2000);
	});

	it('is known before a long response is read', async () => {
		let pieces = 0;
		const body = 'x'.repeat(10_000_000);
		await readErrorResponse(responseOf({ status: 500, body, onPiece: () => pieces++ }));
		expect(pieces).toBeLessThanOrEqual(2);
	});
});
