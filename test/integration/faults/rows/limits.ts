import { json, raw } from '../../../helpers/imagesApi';
import { delivers, free, page, refuses } from '../responders';
import { BOTH, GENERATE, images, INTACT, NEXT, unbilled } from '../outcomes';
import type { Expected, Topic } from '../row';

const LIMIT = {
	message:
		'Rate limit reached for gpt-image-2 (for limit gpt-image) on input-images per min: Limit 5, Used 5, Requested 1.',
	code: 'rate_limit_exceeded',
	type: 'input-images',
};
const limited = refuses(429, LIMIT, { 'retry-after-ms': '20' });

/** The image arrives with the last of this many attempts. */
const after = (calls: number): Expected => ({
	...INTACT,
	calls,
	items: [images(1, { attempts: calls })],
});

const gaveUp = (
	attempts: string,
	why = "the next retry would exceed 'Max Retry Wait' in Options",
) => `${NEXT.rate}. Gave up after ${attempts}: ${why}`;

/** Rate limits, and servers that are overloaded. */
export const LIMITS: Topic = {
	title: 'Rate limits and overload',
	about:
		"A rate-limited request isn't billed. The node waits as long as the API asks and retries, up to **Max Retry Wait** in Options.",
	rows: [
		{
			name: '429 with a retry delay in milliseconds',
			operations: BOTH,
			server: [limited, delivers],
			expected: after(2),
		},
		{
			name: '429 with a retry delay in seconds',
			operations: GENERATE,
			server: [refuses(429, LIMIT, { 'retry-after': '0' }), delivers],
			expected: after(2),
		},
		{
			name: '429 with a retry delay as a date',
			operations: GENERATE,
			server: [refuses(429, LIMIT, { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }), delivers],
			expected: after(2),
		},
		{
			name: '429 with a retry delay in its message (OpenAI)',
			operations: BOTH,
			server: [
				refuses(429, { ...LIMIT, message: `${LIMIT.message} Please try again in 20ms.` }),
				delivers,
			],
			expected: after(2),
		},
		{
			name: '429 with a retry delay in its message (Azure)',
			operations: GENERATE,
			server: [refuses(429, { code: '429', message: 'Please retry after 0 seconds.' }), delivers],
			expected: after(2),
		},
		{
			name: '429 without a retry delay',
			operations: GENERATE,
			server: [refuses(429, LIMIT), delivers],
			expected: after(2),
		},
		{
			name: '429 with an unreadable retry delay',
			operations: GENERATE,
			server: [refuses(429, LIMIT, { 'retry-after': 'soon' }), delivers],
			expected: after(2),
		},
		{
			name: '429 that asks to slow down',
			operations: GENERATE,
			server: [refuses(429, { code: 'slow_down', message: 'Slow down' }), delivers],
			expected: after(2),
		},
		{
			name: '429 from LiteLLM with the status as a string',
			operations: GENERATE,
			server: [
				refuses(429, {
					message: 'litellm.RateLimitError: RateLimitError: OpenAIException - slow',
					type: 'throttling_error',
					code: '429',
				}),
				delivers,
			],
			expected: after(2),
		},
		{
			name: '429 as an HTML page from a proxy',
			operations: GENERATE,
			server: [free(page(429, '429 Too Many Requests')), delivers],
			expected: after(2),
		},
		{
			name: '429 without a body',
			operations: GENERATE,
			server: [free(raw('', 429)), delivers],
			expected: after(2),
		},
		{
			name: 'three 429 responses in a row',
			operations: BOTH,
			server: [limited, limited, limited, delivers],
			expected: after(4),
		},
		{
			name: '429, then an overloaded API, then the image',
			operations: GENERATE,
			server: [limited, refuses(503, { type: 'overloaded_error' }), delivers],
			expected: after(3),
		},
		{
			name: '429 for one of five items',
			operations: GENERATE,
			prompts: ['a', 'b', 'limited', 'd', 'e'],
			server: { byPrompt: { limited: [limited, limited, delivers] }, otherwise: [delivers] },
			expected: {
				...INTACT,
				calls: 7,
				billed: 5,
				items: [images(1), images(1), images(1, { attempts: 3 }), images(1), images(1)],
			},
		},
		{
			name: '429 with a retry delay longer than Max Retry Wait',
			operations: BOTH,
			options: { maxRetryWait: 5 },
			server: [refuses(429, { ...LIMIT, message: 'Please try again in 6m0s.' })],
			expected: unbilled('Please try again in 6m0s.', gaveUp('1 attempt'), {
				...{ status: 429, code: LIMIT.code, type: LIMIT.type },
			}),
		},
		{
			name: '429 until Max Retry Wait is used up',
			operations: GENERATE,
			options: { maxRetryWait: 0.05 },
			server: [limited],
			expected: unbilled(
				LIMIT.message,
				gaveUp('3 attempts'),
				{ status: 429, code: LIMIT.code, type: LIMIT.type },
				3,
			),
		},
		{
			name: '429 with Max Retry Wait set to 0',
			operations: GENERATE,
			options: { maxRetryWait: 0 },
			server: [limited, delivers],
			expected: unbilled(LIMIT.message, gaveUp('1 attempt', "'Max Retry Wait' in Options is 0"), {
				...{ status: 429, code: LIMIT.code, type: LIMIT.type },
			}),
		},
		{
			name: '429 with x-should-retry: false',
			operations: GENERATE,
			server: [refuses(429, LIMIT, { 'x-should-retry': 'false' }), delivers],
			expected: unbilled(LIMIT.message, NEXT.rate, {
				...{ status: 429, code: LIMIT.code, type: LIMIT.type },
			}),
		},
		{
			name: '503 with an overload code',
			operations: BOTH,
			server: [refuses(503, { code: 'server_is_overloaded', message: 'Try later.' }), delivers],
			expected: after(2),
		},
		{
			name: '503 with an overload message',
			operations: GENERATE,
			server: [
				refuses(503, { message: 'That model is currently overloaded with other requests.' }),
				delivers,
			],
			expected: after(2),
		},
		{
			name: '503 with Retry-After',
			operations: GENERATE,
			server: [free(raw('', 503, { 'retry-after': '0' })), delivers],
			expected: after(2),
		},
		{
			name: '503 with x-should-retry: true',
			operations: GENERATE,
			server: [refuses(503, {}, { 'x-should-retry': 'true' }), delivers],
			expected: after(2),
		},
		{
			name: '503 with an overload code and x-should-retry: false',
			operations: GENERATE,
			server: [
				refuses(
					503,
					{ code: 'server_is_overloaded', message: 'The engine is overloaded.' },
					{ 'x-should-retry': 'false' },
				),
				delivers,
			],
			expected: unbilled('The engine is overloaded.', NEXT.server, {
				status: 503,
				code: 'server_is_overloaded',
			}),
		},
		{
			name: 'a rate limit that OpenRouter reports with status 200',
			operations: GENERATE,
			server: [free(json({ error: { code: 429, message: 'Rate limit exceeded' } })), delivers],
			expected: { ...INTACT, calls: 2, items: [images(1, { attempts: 2 })] },
		},
	],
};
