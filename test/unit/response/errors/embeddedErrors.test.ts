import { readErrorResponse } from '../../../../nodes/AiImages/response/errors/parseError';
import { eventsOf, responseOf } from '../../responses';
import { openAiError } from './refusals/types';

const PYTHON =
	"Error code: 400 - {'error': {'message': \"The model's answer was rejected.\", 'type': 'image_generation_user_error', 'param': None, 'code': 'moderation_blocked'}}";
const NO_PROVIDER =
	'Error from provider(modelscope,x/y: 400): {"errors":{"message":"Model id : x/y , has no provider supported","request_id":"4c79"}}';

describe('an error inside of a text', () => {
	it.each<[string, unknown, string, object]>([
		[
			// The official client prints it: https://github.com/openai/openai-python/blob/main/src/openai/_base_client.py
			'as Python prints a dictionary',
			openAiError(PYTHON, null),
			"Error code: 400 - The model's answer was rejected.",
			{ code: 'moderation_blocked' },
		],
		[
			// https://github.com/BerriAI/litellm/blob/main/litellm/proxy/route_llm_request.py
			'with one key',
			openAiError("{'error': '/images/generations: Invalid model name passed in model=x'}", '400'),
			'/images/generations: Invalid model name passed in model=x',
			{ code: '400' },
		],
		[
			// https://docs.litellm.ai/docs/exception_mapping
			'as Python prints bytes',
			openAiError(
				`litellm.BadRequestError: VertexAIException - b'{\\n  "error": {\\n    "code": 400,\\n    "message": "The prompt could not be submitted.",\\n    "status": "INVALID_ARGUMENT"\\n  }\\n}\\n'. Received Model Group=imagen`,
				null,
			),
			'litellm.BadRequestError: VertexAIException - The prompt could not be submitted.. Received Model Group=imagen',
			{ code: '400' },
		],
		[
			'with escaped quotes',
			{ message: String.raw`upstream: {\"error\":{\"message\":\"Size \\\"9x9\\\" is bad\"}}` },
			'upstream: Size "9x9" is bad',
			{},
		],
		[
			// https://github.com/musistudio/claude-code-router/issues/906
			'twice, with the stack of a program',
			{
				error: {
					message: `${NO_PROVIDER}Error: ${NO_PROVIDER}\n    at nt (C:\\cli.js:79939:11)`,
					code: 'provider_response_error',
				},
			},
			'Error from provider(modelscope,x/y: 400): Model id : x/y , has no provider supported',
			{ code: 'provider_response_error', requestId: '4c79' },
		],
		[
			'that is none',
			openAiError("This key can only access models=['gpt-5', 'x']. See {docs}", null),
			"This key can only access models=['gpt-5', 'x']. See {docs}",
			{},
		],
	])('is shown without its wrapping: %s', async (_, body, message, details) => {
		const error = await readErrorResponse(responseOf({ status: 400, body }));
		expect(error.message).toBe(message);
		expect(error.details).toMatchObject(details);
	});

	it('has its words in the record of `errors`', async () => {
		const body = {
			errors: { message: 'Model id : x , has no provider supported', request_id: '7' },
		};
		const { message, details } = await readErrorResponse(responseOf({ status: 400, body }));
		expect({ message, ...details }).toMatchObject({
			message: 'Model id : x , has no provider supported',
			requestId: '7',
		});
	});

	it('has its words in a list of `meta`', async () => {
		// https://docs.aimlapi.com/errors-and-messages/general-info
		const meta = [{ code: 'too_big', path: ['num_images'], message: 'Must be 4 or less' }];
		const body = { statusCode: 400, message: 'Invalid payload provided.', meta };
		const { message } = await readErrorResponse(responseOf({ status: 400, body }));
		expect(message).toBe('Invalid payload provided. num_images: Must be 4 or less');
	});

	it.each(["{'a': ", "{'", "{'\\'", '{"', '{ \\n', "data:['"])(
		'takes no time to be read: %j',
		async (start) => {
			const body = { message: start + "\\'".repeat(30_000) + start.repeat(1000) };
			const started = performance.now();
			await readErrorResponse(responseOf({ status: 400, body }));
			expect(performance.now() - started).toBeLessThan(2000);
		},
	);

	it('is shown without its wrapping in plain text', async () => {
		// https://github.com/james-6-23/codex2api/issues/130
		const body =
			'上游返回错误 (status 400): { "error": { "message": "Tool choice not found.", "code": "x1" } }';
		const { message, details } = await readErrorResponse(responseOf({ status: 502, body }));
		expect({ message, code: details.code }).toEqual({
			message: '上游返回错误 (status 400): Tool choice not found.',
			code: 'x1',
		});
	});

	it('is one although it is a text of JSON', async () => {
		const { message } = await readErrorResponse(
			responseOf({ status: 401, body: '"Invalid token"' }),
		);
		expect(message).toBe('API response: Invalid token');
	});
});

describe('an error as an event', () => {
	it.each([
		'data: {"error":{"message":"Size is bad","code":"x1"}}\n\ndata: [DONE]\n\n',
		': waiting\n\nevent: error\ndata: {"error":{"message":"Size is bad","code":"x1"}}\n\n',
	])('is read, whatever the status: %j', async (body) => {
		const { message, details } = await readErrorResponse(eventsOf(body, { status: 400 }));
		expect({ message, code: details.code }).toEqual({ message: 'Size is bad', code: 'x1' });
	});
});

// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
describe('an error in XML', () => {
	const fields = '<Code>NoSuchKey</Code><Message>No such key.</Message><RequestId>4442</RequestId>';

	it.each(['', '<?xml version="1.0" encoding="UTF-8"?>\n', '\uFEFF<?xml version="1.0"?>'])(
		'has code, message and request ID: %j',
		async (start) => {
			const body = `${start}<Error>\n${fields}</Error>`;
			const { message, details } = await readErrorResponse(responseOf({ status: 404, body }));
			expect({ message, ...details }).toEqual({
				message: 'No such key.',
				code: 'NoSuchKey',
				requestId: '4442',
				status: 404,
			});
		},
	);
});
