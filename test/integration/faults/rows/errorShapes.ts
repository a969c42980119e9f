import { gzipSync } from 'node:zlib';

import { json, raw } from '../../../helpers/imagesApi';
import { ID, JSON_TYPE, refuses } from '../responders';
import { BOTH, GENERATE, NEXT, unbilled } from '../outcomes';
import type { Row, Topic } from '../row';
import { errorRow, type ErrorTexts } from '../singleRow';

/** A refusal with this body. */
const shape = (name: string, status: number, body: unknown, ...texts: ErrorTexts): Row =>
	errorRow(name, status, json(body, status), ...texts);

const text = (
	name: string,
	status: number,
	body: string | Buffer,
	error: string,
	advice: string,
	headers: Record<string, string> = JSON_TYPE,
): Row => errorRow(name, status, raw(body, status, headers), error, advice);

const LONG = 'No. '.repeat(2000);

/** Each server says no in its own way. */
export const ERROR_SHAPES: Topic = {
	title: 'Error formats',
	about: "Whatever the format, the node shows the provider's own message.",
	rows: [
		shape(
			'an error as a string (xAI)',
			400,
			{ code: 'invalid-argument', error: 'Bad prompt' },
			'Bad prompt',
			NEXT.change,
			{ code: 'invalid-argument' },
			BOTH,
		),
		shape(
			'an error nested in an error',
			400,
			{ error: { error: { message: 'Bad size' } } },
			'Bad size',
			NEXT.change,
		),
		shape(
			'an error as a number',
			400,
			{ error: 40001 },
			'API response: {"error":40001}',
			NEXT.change,
		),
		shape(
			'a list with an error (Google)',
			400,
			[{ error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT' } }],
			'API key not valid.',
			NEXT.key,
			{ code: '400' },
		),
		shape(
			'a list of errors (Cloudflare)',
			400,
			{ success: false, errors: [{ code: 7003, message: 'Could not route.' }] },
			'Could not route.',
			NEXT.change,
		),
		shape("FastAPI's detail", 404, { detail: 'Not Found' }, 'Not Found', NEXT.address),
		shape(
			"FastAPI's list of details",
			422,
			{ detail: [{ type: 'enum', loc: ['body', 'size'], msg: 'Input should be a size' }] },
			'Input should be a size',
			NEXT.change,
			{ param: 'size' },
		),
		shape(
			"SiliconFlow's flat error",
			400,
			{ code: 20012, message: 'Model does not exist. Please check it carefully.', data: null },
			'Model does not exist. Please check it carefully.',
			NEXT.model,
			{ code: '20012' },
		),
		shape(
			"Azure's flat error",
			401,
			{
				statusCode: 401,
				message:
					'Unauthorized. Access token is missing, invalid, audience is incorrect, or have expired.',
			},
			'Unauthorized. Access token is missing, invalid, audience is incorrect, or have expired.',
			NEXT.key,
		),
		shape(
			"New API's error for a model without a channel",
			503,
			{
				error: {
					message: 'No available channel for model',
					type: 'new_api_error',
					param: '',
					code: 'model_not_found',
				},
			},
			'No available channel for model',
			NEXT.model,
			{ code: 'model_not_found', type: 'new_api_error' },
		),
		shape(
			"LiteLLM's error, with the status as its code",
			400,
			{
				error: {
					message: 'litellm.BadRequestError: OpenAIException - Invalid value',
					type: null,
					param: null,
					code: '400',
				},
			},
			'litellm.BadRequestError: OpenAIException - Invalid value',
			NEXT.change,
			{ code: '400' },
		),
		shape(
			"OpenRouter's error, with the provider's message",
			400,
			{
				error: {
					code: 400,
					message: 'Provider returned error',
					metadata: { provider_name: 'x', raw: 'bad' },
				},
			},
			'x: bad',
			NEXT.change,
			{ code: '400' },
		),
		shape(
			'a message in msg',
			400,
			{ code: -1, msg: 'Parameter error' },
			'Parameter error',
			NEXT.change,
			{ code: '-1' },
		),
		shape(
			'an error without a message',
			400,
			{ error: { code: 'refusal', moderation_details: { moderation_stage: 'output' } } },
			'API response: {"error":{"code":"refusal","moderation_details":{"moderation_stage":"output"}}}',
			NEXT.change,
			{ code: 'refusal' },
		),
		shape(
			'problem+json',
			403,
			{
				type: 'https://example.com/probs/tier',
				title: 'Forbidden',
				status: 403,
				detail: 'Your tier has no images.',
			},
			'Your tier has no images.',
			NEXT.rights,
			{ type: 'https://example.com/probs/tier' },
		),
		shape(
			'problem+json without a detail',
			403,
			{ title: 'Your tier has no images.', status: 403 },
			'Your tier has no images.',
			NEXT.rights,
		),
		shape('an empty JSON object', 400, {}, 'API response: {}', NEXT.change),
		text('null', 400, 'null', 'API response: null', NEXT.change),
		text('a JSON string', 400, '"Bad request"', 'API response: Bad request', NEXT.change),
		text(
			'truncated JSON',
			400,
			'{"error":{"message":"Invalid si',
			'API response: {"error":{"message":"Invalid si',
			NEXT.change,
		),
		text(
			'an error in JSON with a byte order mark',
			400,
			'\uFEFF{"error":{"message":"Invalid size"}}',
			'Invalid size',
			NEXT.change,
		),
		text(
			'compressed JSON',
			400,
			gzipSync('{"error":{"message":"Invalid size"}}'),
			'Invalid size',
			NEXT.change,
			{ ...JSON_TYPE, 'content-encoding': 'gzip' },
		),
		text(
			'a JSON error with an HTML content type',
			400,
			'{"error":{"message":"Invalid size"}}',
			'Invalid size',
			NEXT.change,
			{ 'content-type': 'text/html' },
		),
		errorRow(
			'an error in XML',
			403,
			raw(
				'<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
				403,
				{ 'content-type': 'application/xml' },
			),
			'Request has expired',
			NEXT.rights,
			{ code: 'AccessDenied' },
		),
		{
			name: 'a very long message',
			operations: GENERATE,
			server: [refuses(400, { message: LONG }, ID)],
			expected: unbilled(`${LONG.slice(0, 1000)}…`, NEXT.change, {
				status: 400,
				requestId: 'req_42',
			}),
		},
	],
};
