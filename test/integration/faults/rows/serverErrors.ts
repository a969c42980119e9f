import { json, raw, type Reply } from '../../../helpers/imagesApi';
import { delivers, free, ID, JSON_TYPE, makesBut, page, refuses } from '../responders';
import { BOTH, GENERATE, images, INTACT, lost, NEXT, unbilled } from '../outcomes';
import type { LossReason, Topic } from '../row';

const FAILED: LossReason = 'the API failed after generating the image';
const GATEWAY: LossReason = 'the gateway timed out and discarded the image';
const RETRY = { retryServerErrors: true };

const INTERNAL = {
	message: 'The server had an error while processing your request. Sorry about that!',
	type: 'server_error',
};
const internal = json({ error: { ...INTERNAL, param: null, code: null } }, 500, ID);

/** Goes on with a page for as long as anybody listens. */
const endless: Reply = (_, response) => {
	response.writeHead(500, { 'content-type': 'text/html' });
	response.write('<html><head><title>Internal Server Error</title></head><body>');
	const more = () => void (response.destroyed || response.write('<p>Sorry</p>'.repeat(4096), more));
	more();
};

/** Statuses of 500 and more. */
export const SERVER_ERRORS: Topic = {
	title: 'Server and gateway failures',
	about:
		"The image might have been generated and billed before the failure, so the node doesn't retry unless **Retry Server Errors** is turned on in Options.",
	rows: [
		{
			name: '500 before the image is generated',
			operations: BOTH,
			server: [free(internal), delivers],
			expected: unbilled(INTERNAL.message, NEXT.server, {
				...{ status: 500, type: 'server_error', requestId: 'req_42' },
			}),
		},
		{
			name: '500 after the image is generated',
			operations: BOTH,
			server: [makesBut(internal)],
			expected: lost(FAILED, INTERNAL.message, NEXT.server, {
				...{ status: 500, type: 'server_error', requestId: 'req_42' },
			}),
		},
		{
			name: '500 with a retry delay',
			operations: GENERATE,
			server: [refuses(500, INTERNAL, { 'retry-after': '0' }), delivers],
			expected: unbilled(INTERNAL.message, NEXT.server, { status: 500, type: 'server_error' }),
		},
		{
			name: '500 without a body',
			operations: GENERATE,
			server: [free(raw('', 500))],
			expected: unbilled('The API returned HTTP 500 without a message', NEXT.server, {
				status: 500,
			}),
		},
		{
			name: '500 in plain text',
			operations: GENERATE,
			server: [free(raw('upstream connect error', 500, { 'content-type': 'text/plain' }))],
			expected: unbilled('API response: upstream connect error', NEXT.server, {
				status: 500,
			}),
		},
		{
			name: '500 with an unbounded body',
			operations: BOTH,
			server: [free(endless)],
			expected: unbilled('API response: Internal Server Error', NEXT.server, {
				status: 500,
			}),
		},
		{
			name: '502 as an HTML page from a proxy',
			operations: BOTH,
			server: [makesBut(page(502, '502 Bad Gateway'))],
			expected: lost(FAILED, 'API response: 502 Bad Gateway', NEXT.server, { status: 502 }),
		},
		{
			name: '502 as problem+json',
			operations: GENERATE,
			server: [
				free(
					json(
						{ type: 'about:blank', title: 'Bad Gateway', status: 502, detail: 'No answer.' },
						502,
						{
							'content-type': 'application/problem+json',
						},
					),
				),
			],
			expected: unbilled('No answer.', NEXT.server, { status: 502, type: 'about:blank' }),
		},
		{
			name: '503 as an HTML page from a proxy, without a retry delay',
			operations: GENERATE,
			server: [free(page(503, '503 Service Temporarily Unavailable')), delivers],
			expected: unbilled('API response: 503 Service Temporarily Unavailable', NEXT.server, {
				status: 503,
			}),
		},
		{
			name: '503 without a body',
			operations: GENERATE,
			server: [free(raw('', 503)), delivers],
			expected: unbilled('The API returned HTTP 503 without a message', NEXT.server, {
				status: 503,
			}),
		},
		{
			name: '504 as an HTML page from a proxy',
			operations: BOTH,
			server: [makesBut(page(504, '504 Gateway Time-out'))],
			expected: lost(GATEWAY, 'API response: 504 Gateway Time-out', NEXT.gateway, {
				status: 504,
			}),
		},
		{
			name: '504 in JSON',
			operations: GENERATE,
			server: [makesBut(raw('{"message":"Endpoint request timed out"}', 504, JSON_TYPE))],
			expected: lost(GATEWAY, 'Endpoint request timed out', NEXT.gateway, { status: 504 }),
		},
		{
			name: '520 from Cloudflare',
			operations: GENERATE,
			server: [makesBut(page(520, 'example.com | 520: Web server is returning an unknown error'))],
			expected: lost(
				FAILED,
				'API response: example.com | 520: Web server is returning an unknown error',
				NEXT.server,
				{ status: 520 },
			),
		},
		{
			name: '524 from Cloudflare, which waits 100 seconds',
			operations: BOTH,
			server: [makesBut(page(524, 'example.com | 524: A timeout occurred'))],
			expected: lost(GATEWAY, 'API response: example.com | 524: A timeout occurred', NEXT.gateway, {
				status: 524,
			}),
		},
		{
			name: '529 from an overloaded server',
			operations: GENERATE,
			server: [refuses(529, { message: 'Overloaded', type: 'overloaded_error' }), delivers],
			expected: { ...INTACT, calls: 2, items: [images(1, { attempts: 2 })] },
		},
		{
			name: '500 before the image is generated, with Retry Server Errors',
			operations: BOTH,
			options: RETRY,
			server: [free(internal), delivers],
			expected: { ...INTACT, calls: 2, items: [images(1, { attempts: 2 })] },
		},
		{
			name: '502 after the image is generated, with Retry Server Errors',
			operations: GENERATE,
			options: RETRY,
			server: [makesBut(page(502, '502 Bad Gateway')), delivers],
			expected: {
				...INTACT,
				calls: 2,
				billed: 2,
				lost: { images: 1, why: FAILED },
				items: [images(1, { images: [1], attempts: 2 })],
			},
		},
		{
			name: '524 after the image is generated, with Retry Server Errors',
			operations: GENERATE,
			options: RETRY,
			server: [makesBut(page(524, 'A timeout occurred')), delivers],
			expected: {
				...INTACT,
				calls: 2,
				billed: 2,
				lost: { images: 1, why: GATEWAY },
				items: [images(1, { images: [1], attempts: 2 })],
			},
		},
	],
};
