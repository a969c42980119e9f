import { gzipSync } from 'node:zlib';

import { raw, type Reply } from '../../../helpers/imagesApi';
import { broken, closes, free, JSON_TYPE, jsonOf, makes, makesBut, resets } from '../responders';
import type { Responder } from '../servers';
import {
	behind,
	BOTH,
	FACTS,
	GENERATE,
	images,
	INTACT,
	lost,
	missing,
	NEXT,
	unbilled,
} from '../outcomes';
import type { LossReason, Row, Topic } from '../row';
import { singleRow } from '../singleRow';

const CLOSED = '{api} closed the connection before the response was complete';
const BROKE: LossReason = 'the connection was lost before the image was complete';
const RESET = { code: 'ECONNRESET' };

/** The connection is lost, and the image with it. */
const cut = (name: string, responder: Responder, operations = GENERATE, facts = {}): Row =>
	singleRow(name, responder, lost(BROKE, CLOSED, NEXT.billed, { ...facts, ...RESET }), operations);

/** Speaks no HTTP. */
const babbles: Reply = (_, response) => void response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n');
const refuses = (_: unknown, response: Parameters<Reply>[1]) => resets(response);

/** Connections that do not hold. */
export const CONNECTIONS: Topic = {
	title: 'Connections',
	about:
		'If no connection was established, nothing was billed, and the node retries a few times. After that, the image might have been generated, so the request is never repeated.',
	rows: [
		{
			name: 'an unreachable server',
			operations: BOTH,
			credentials: { baseUrl: 'http://{closed}' },
			server: [],
			expected: {
				...unbilled(
					'{closed} refused the connection',
					`${NEXT.connect}. Gave up after 4 attempts`,
					{ code: 'ECONNREFUSED' },
					4,
				),
				calls: 0,
			},
		},
		{
			name: 'an unreachable server, with Max Retry Wait set to 0',
			operations: GENERATE,
			credentials: { baseUrl: 'http://{closed}' },
			options: { maxRetryWait: 0 },
			server: [],
			expected: {
				...unbilled(
					'{closed} refused the connection',
					`${NEXT.connect}. Gave up after 1 attempt: 'Max Retry Wait' in Options is 0`,
					{ code: 'ECONNREFUSED' },
				),
				calls: 0,
			},
		},
		{
			name: 'https:// for a server that only supports http',
			operations: GENERATE,
			credentials: { baseUrl: 'https://{api}' },
			server: [],
			expected: {
				...unbilled("{api} doesn't support https:// (protocol mismatch)", NEXT.http, {
					code: 'EPROTO',
				}),
				calls: 0,
			},
		},
		{
			name: "a server that doesn't use HTTP",
			operations: GENERATE,
			server: [free(babbles)],
			expected: unbilled(
				'{api} returned an invalid HTTP response (protocol mismatch)',
				NEXT.https,
				{
					code: 'HPE_INVALID_CONSTANT',
				},
			),
		},
		{
			name: 'response headers that are too large',
			operations: GENERATE,
			server: [makesBut(raw('{}', 200, { 'x-much': 'x'.repeat(40_000) }))],
			expected: lost(
				BROKE,
				'The connection to {api} failed: Parse Error: Header overflow',
				NEXT.billed,
				{ code: 'HPE_HEADER_OVERFLOW' },
			),
		},
		{
			name: 'a connection reset before the image is generated',
			operations: BOTH,
			server: [free(refuses)],
			expected: unbilled(CLOSED, NEXT.billed, RESET),
		},
		cut('a connection reset after the image is generated', makesBut(refuses), BOTH),
		cut(
			'a connection closed without a response',
			makesBut((_, response) => void response.socket?.end()),
		),
		cut(
			'a connection closed after the response headers',
			makesBut(broken('', closes)),
			BOTH,
			FACTS,
		),
		cut(
			'a connection reset in the middle of the image',
			makes((made) => broken(jsonOf(made).slice(0, 100), resets)),
			BOTH,
			FACTS,
		),
		cut(
			'a response shorter than its Content-Length',
			makes((made) =>
				broken(jsonOf(made).slice(0, 100), closes, { ...JSON_TYPE, 'content-length': '9999' }),
			),
			GENERATE,
			{ status: 200 },
		),
		cut(
			'a truncated compressed response',
			makes((made) =>
				broken(gzipSync(jsonOf(made)).subarray(0, 40), closes, {
					...JSON_TYPE,
					'content-encoding': 'gzip',
				}),
			),
			GENERATE,
			{ status: 200 },
		),
		{
			name: 'a response wrongly marked as compressed',
			operations: GENERATE,
			server: [makesBut(raw('{"data":[]}', 200, { ...JSON_TYPE, 'content-encoding': 'gzip' }))],
			expected: lost(
				'the API returned something else instead',
				'The connection to {api} failed: incorrect header check',
				NEXT.billed,
				{ status: 200, code: 'Z_DATA_ERROR' },
			),
		},
		{
			name: 'a connection reset after the first of two images',
			operations: BOTH,
			parameters: { n: 2 },
			server: [makes((made) => broken(jsonOf(made).slice(0, 190), resets))],
			expected: {
				...INTACT,
				billed: 2,
				lost: { images: 1, why: BROKE },
				items: [images(1, { warnings: [missing(CLOSED, NEXT.billed)] })],
			},
		},
		{
			name: 'a connection closed after the complete image',
			operations: GENERATE,
			server: [makes((made) => broken(jsonOf(made), closes))],
			expected: { ...INTACT, items: [images(1, { warnings: [behind(CLOSED, NEXT.billed)] })] },
		},
	],
};
