import fc from 'fast-check';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { ApiError } from '../../nodes/AiImages/errors';
import { OPENAI } from '../../nodes/AiImages/services/openai';
import { parseErrorText } from '../../nodes/AiImages/response/errors/parseError';
import { everyCase } from './cases';
import { jsonSpelling, names } from './texts';
import { accessFor } from '../../nodes/AiImages/services/access';

interface Refusal {
	readonly text: string;
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
}

const statuses = fc.oneof(
	fc.constantFrom(200, 302, 400, 401, 403, 404, 413, 429, 500, 502, 503, 504, 524),
	fc.integer({ min: 100, max: 599 }),
);
const headers = fc.dictionary(
	fc.constantFrom('x-request-id', 'x-should-retry', 'retry-after', 'retry-after-ms'),
	fc.oneof(names, fc.constantFrom('true', 'false', '1', 'Fri, 20 Nov 2026 10:00:00 GMT')),
);
const keys = fc.oneof(
	fc.constantFrom('error', 'errors', 'message', 'msg', 'detail', 'loc', 'code', 'type', 'param'),
	fc.constantFrom('__proto__', 'toString', 'length', 'data'),
	names,
);
const leaves = fc.oneof(
	names,
	fc.constantFrom('', ' ', '\n\t', null, 0, 429, true, 'slow_down', 'insufficient_quota'),
	fc.double(),
);
const { body } = fc.letrec<{ body: unknown }>((tie) => ({
	body: fc.oneof(
		{ maxDepth: 4, withCrossShrink: true },
		leaves,
		fc.dictionary(keys, tie('body'), { maxKeys: 5 }),
		fc.array(tie('body'), { maxLength: 3 }),
	),
}));
const PAGES = [
	'<title>',
	'</title>',
	'<html>',
	'<',
	'>',
	'<p ',
	'{',
	'[',
	'"',
	'\\',
	'data: ',
	'\0',
];
const pages = fc
	.array(
		fc.oneof(
			names,
			fc.constantFrom(...PAGES),
			fc
				.tuple(fc.constantFrom(...PAGES), fc.constantFrom(10, 100, 5000))
				.map(([piece, count]) => piece.repeat(count)),
		),
		{ maxLength: 12 },
	)
	.map((pieces) => pieces.join('').slice(0, 65_536));
const cutOff = fc
	.tuple(body, fc.nat({ max: 200 }))
	.map(([value, length]) => (JSON.stringify(value) ?? '').slice(0, length));
const refusals: fc.Arbitrary<Refusal> = fc.record({
	text: fc.oneof(
		{ weight: 4, arbitrary: body.map((value) => JSON.stringify(value) ?? '') },
		pages,
		cutOff,
	),
	status: statuses,
	headers,
});

const ADDRESS = 'https://api.example.com/v1/images/edits';

/** The error that the node makes of a response to a call with these credentials. */
function failureOf(
	{ text, status, headers: said }: Refusal,
	credentials: ICredentialDataDecryptedObject = {},
): ApiError {
	const { redact, redactError } = accessFor(credentials).redactor;
	const header = (name: string) => redact(said[name] ?? '');
	const requestId = header('x-request-id');
	const url = ADDRESS;
	return parseErrorText(text, {
		service: OPENAI,
		status,
		url,
		redact,
		redactError,
		header,
		requestId,
	});
}

const refusal = (text: string): [Refusal] => [{ text, status: 400, headers: {} }];

describe('an error response', () => {
	it('becomes a failure with a message of limited length, for any content', () => {
		everyCase(
			fc.property(refusals, (response) => {
				const failure = failureOf(response);
				expect(failure).toBeInstanceOf(ApiError);
				const { message, advice, details, hint } = failure;
				expect(message.trim()).not.toBe('');
				expect(message.length).toBeLessThanOrEqual(1100);
				expect(advice).toMatch(/^[A-Z]/);
				expect(details.status).toBe(response.status);
				for (const word of [details.code, details.type, details.param, details.requestId]) {
					if (word !== undefined) expect(word.length).toBeLessThanOrEqual(1100);
				}
				const { retryAfter = 0 } = hint;
				expect(retryAfter).toBe(Math.min(Math.max(retryAfter, 0), 3_600_000));
			}),
			[
				refusal('{"error":{"message":" "}}'),
				refusal(`${'['.repeat(32_000)}${']'.repeat(32_000)}`),
				refusal(`${'{"error":'.repeat(7000)}0${'}'.repeat(7000)}`),
				refusal(JSON.stringify({ error: { message: 'no', code: 'x'.repeat(50_000) } })),
			],
		);
	});
});

const ALPHABET = [...'abcXYZ0189-_/+=.$&*"\\é'];
const secrets = fc.oneof(
	fc
		.array(fc.constantFrom(...ALPHABET), { minLength: 8, maxLength: 24, size: 'max' })
		.map((letters) => `sk-${letters.join('')}`),
	fc.stringMatching(/^[1-9][0-9]{11,14}$/),
);
const withSecret: ReadonlyArray<(secret: string) => ICredentialDataDecryptedObject> = [
	(secret) => ({ apiKey: secret }),
	(secret) => ({ apiKey: 'another-key', extraHeaders: { 'X-Key': secret } }),
	(secret) => ({ extraHeaders: JSON.stringify({ Authorization: `Basic ${secret}` }) }),
	(secret) => ({ baseUrl: `https://example.com/v1?key=${encodeURIComponent(secret)}` }),
];
/** JSON with a secret in it; `%` stands for a spelling of it. */
const QUOTING = [
	'{"error":{"message":"Incorrect API key provided: %."}}',
	'{"error":{"message":"no","code":"%","type":"%","param":"%"}}',
	'{"error":"%"}',
	'{"detail":[{"loc":["header","%"],"msg":"wrong"}]}',
	'{"errors":[{"title":"the key % is wrong"}]}',
	'{"reason":{"key %":true}}',
	'["%"]',
	'{"message":"the key % is',
	'{"error":{"message":"%","request":{"authorization":"Bearer %',
	'the key is "%"',
	'<title>Bearer %</title>',
	// A gateway that repeats the response of the server behind it.
	`{"error":{"message":${JSON.stringify('upstream said {"error":"%"}')}}}`,
];

/** What a reader who undoes every JSON escape sees. */
const unescaped = (text: string) =>
	text
		.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
		.replace(/\\(["\\/])/g, '$1');

describe('a secret of the credential', () => {
	const quoted = secrets.chain((secret) =>
		fc.record({
			secret: fc.constant(secret),
			spelling: jsonSpelling(secret),
			text: fc.constantFrom(...QUOTING),
			credentials: fc.constantFrom(...withSecret),
			status: statuses,
		}),
	);

	it('is not repeated in any spelling', () => {
		everyCase(
			fc.property(quoted, ({ secret, spelling, text, credentials, status }) => {
				const isNested = text.includes('\\');
				const written = isNested ? JSON.stringify(spelling).slice(1, -1) : spelling;
				const response = {
					text: text.replaceAll('%', () => written),
					status,
					headers: { 'x-request-id': secret },
				};
				const { message, advice, details } = failureOf(response, credentials(secret));
				const shown = [message, advice, ...Object.values(details)].join('\n');
				expect(shown).not.toContain(secret);
				expect(unescaped(shown)).not.toContain(secret);
			}),
			[
				[
					{
						secret: 'sk-1234567890',
						spelling: '\\u0073k-1234567890',
						text: '{"errors":[{"title":"the key % is wrong"}]}',
						credentials: (apiKey) => ({ apiKey }),
						status: 400,
					},
				],
				[
					{
						secret: '123456789012',
						spelling: '123456789012',
						text: '{"error":{"message":"no","code":%}}',
						credentials: (apiKey) => ({ apiKey }),
						status: 400,
					},
				],
			],
		);
	});
});
