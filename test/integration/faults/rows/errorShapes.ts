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
	title: 'What a server calls an error',
	about: 'Whatever form the refusal has, the node shows the words of the server.',
	rows: [
		shape(
			'an error that is a text, as at xAI',
			400,
			{ code: 'invalid-argument', error: 'Bad prompt' },
			'Bad prompt',
			NEXT.change,
			{ code: 'invalid-argument' },
			BOTH,
		),
		shape(
			'an error inside of an error',
			400,
			{ error: { error: { message: 'Bad size' } } },
			'Bad size',
			NEXT.change,
		),
		shape(
			'an error that is a number',
			400,
			{ error: 40001 },
			'API response: {"error":40001}',
			NEXT.change,
		),
		shape(
			'a list with an error, as at Google',
			400,
			[{ error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT' } }],
			'API key not valid.',
			NEXT.change,
			{ code: '400' },
		),
		shape(
			'a list of errors, as at Cloudflare',
			400,
			{ success: false, errors: [{ code: 7003, message: 'Could not route.' }] },
			'Could not route.',
			NEXT.change,
		),
		shape('the detail of FastAPI', 404, { detail: 'Not Found' }, 'Not Found', NEXT.address),
		shape(
			'the list of details of FastAPI',
			422,
			{ detail: [{ type: 'enum', loc: ['body', 'size'], msg: 'Input should be a size' }] },
			'Input should be a size',
			NEXT.change,
			{ param: 'size' },
		),
		shape(
			'the flat error of SiliconFlow',
			400,
			{ code: 20012, message: 'Model does not exist. Please check it carefully.', data: null },
			'Model does not exist. Please check it carefully.',
			NEXT.change,
			{ code: '20012' },
		),
		shape(
			'the flat error of Azure’s front door',
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
			'the error of New API for a model without a channel',
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
			'the error of LiteLLM, with the status as its code',
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
			'the error of OpenRouter, with what its provider said',
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
			'a message called msg',
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
		shape('a JSON object that is empty', 400, {}, 'API response: {}', NEXT.change),
		text('JSON that is null', 400, 'null', 'API response: null', NEXT.change),
		text('JSON that is a text', 400, '"Bad request"', 'API response: "Bad request"', NEXT.change),
		text(
			'JSON that breaks off',
			400,
			'{"error":{"message":"Invalid si',
			'API response: {"error":{"message":"Invalid si',
			NEXT.change,
		),
		text(
			'JSON with a byte order mark',
			400,
			'\uFEFF{"error":{"message":"Invalid size"}}',
			'Invalid size',
			NEXT.change,
		),
		text(
			'JSON that is compressed',
			400,
			gzipSync('{"error":{"message":"Invalid size"}}'),
			'Invalid size',
			NEXT.change,
			{ ...JSON_TYPE, 'content-encoding': 'gzip' },
		),
		text(
			'an error in JSON under the type of a web page',
			400,
			'{"error":{"message":"Invalid size"}}',
			'Invalid size',
			NEXT.change,
			{ 'content-type': 'text/html' },
		),
		text(
			'an error in XML',
			403,
			'<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
			'API response: AccessDenied Request has expired',
			NEXT.rights,
			{ 'content-type': 'application/xml' },
		),
		{
			name: 'a message of many pages',
			operations: GENERATE,
			server: [refuses(400, { message: LONG }, ID)],
			expected: unbilled(`${LONG.slice(0, 1000)}…`, NEXT.change, {
				status: 400,
				requestId: 'req_42',
			}),
		},
	],
};
