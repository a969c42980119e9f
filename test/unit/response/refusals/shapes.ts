import type { Refusal } from './types';

const pretty = (value: unknown) => JSON.stringify(value, null, 2);

/** Where frameworks and gateways put their words. */
export const SHAPES: readonly Refusal[] = [
	// https://openrouter.ai/docs/errors
	[
		'OpenRouter: what its provider said, as JSON',
		400,
		{
			error: {
				message: 'Provider returned error',
				code: 400,
				metadata: {
					raw: pretty({ error: { type: 'x', message: 'Image size 4096x4096 is not available.' } }),
					provider_name: 'Crucible',
				},
			},
		},
		{
			message: 'Crucible: Image size 4096x4096 is not available.',
			code: '400',
			advice: 'change',
		},
	],
	[
		'OpenRouter: what its provider said, as an object, beside words of its own',
		502,
		{
			error: {
				message: 'All providers failed for this model',
				code: 502,
				metadata: { raw: { detail: 'Out of memory' }, provider_name: 'Crucible' },
			},
		},
		{
			message: 'All providers failed for this model (Crucible: Out of memory)',
			code: '502',
			advice: 'server',
		},
	],
	[
		'OpenRouter: what the safety system of its provider said',
		400,
		{
			error: {
				message: 'Provider returned error',
				code: 400,
				metadata: { raw: '{"error":{"code":"moderation_blocked","message":"No."}}' },
			},
		},
		{ message: 'No.', code: '400', advice: 'moderation' },
	],
	// https://docs.nestjs.com/exception-filters
	[
		'NestJS: a label beside the message',
		400,
		{
			statusCode: 400,
			error: 'Bad Request',
			message: 'prompt must be shorter than 1000 characters',
		},
		{
			message: 'prompt must be shorter than 1000 characters',
			type: 'Bad Request',
			advice: 'change',
		},
	],
	[
		'NestJS: a list of messages',
		400,
		{
			statusCode: 400,
			error: 'Bad Request',
			message: ['size must be a string', 'n must be an integer'],
		},
		{
			message: 'size must be a string; n must be an integer',
			type: 'Bad Request',
			advice: 'change',
		},
	],
	// https://docs.spring.io/spring-boot/reference/web/servlet.html#web.servlet.spring-mvc.error-handling
	[
		'Spring: a label, a message, and more',
		500,
		{
			timestamp: '2026-11-20T10:00:00.000+00:00',
			status: 500,
			error: 'Internal Server Error',
			message: 'No worker took the task',
			path: '/v1/images/generations',
		},
		{ message: 'No worker took the task', type: 'Internal Server Error', advice: 'server' },
	],
	[
		'Spring: a label, and an empty message',
		400,
		{ status: 400, error: 'Bad Request', message: '', path: '/v1/images/generations' },
		{ message: 'Bad Request', advice: 'change' },
	],
	// https://www.rfc-editor.org/rfc/rfc6749#section-5.2
	[
		'OAuth: a description beside the error',
		401,
		{ error: 'invalid_client', error_description: 'The client secret has expired' },
		{ message: 'The client secret has expired', code: 'invalid_client', advice: 'key' },
	],
	[
		'an error that says more than the message',
		500,
		{ error: 'CUDA out of memory on worker 3', message: 'Internal server error' },
		{ message: 'CUDA out of memory on worker 3', advice: 'server' },
	],
	// https://laravel.com/docs/validation#validation-error-response-format
	[
		'Laravel: errors of fields',
		422,
		{
			message: 'The given data was invalid.',
			errors: {
				size: ['The selected size is invalid.'],
				n: ['Must be at most 4.', 'Must be even.'],
			},
		},
		{
			message: 'The selected size is invalid.; n: Must be at most 4.; Must be even.',
			advice: 'change',
		},
	],
	// https://learn.microsoft.com/aspnet/core/web-api/handle-errors
	[
		'ASP.NET: errors of fields',
		400,
		{
			type: 'about:blank',
			title: 'One or more validation errors occurred.',
			status: 400,
			errors: { Size: ['The value is not valid.'], Prompt: ['It is required.'] },
			traceId: '00-1-2-00',
		},
		{
			message: 'Size: The value is not valid.; Prompt: It is required.',
			type: 'about:blank',
			advice: 'change',
		},
	],
	// https://fastapi.tiangolo.com/tutorial/handling-errors/
	[
		'FastAPI: several details',
		422,
		{
			detail: [
				{ loc: ['body', 'size'], msg: 'Input should be a valid string', type: 'string_type' },
				{ loc: ['body', 'images', 0, 'image_url'], msg: 'Field required', type: 'missing' },
			],
		},
		{
			message: 'size: Input should be a valid string; images.0.image_url: Field required',
			param: 'size',
			advice: 'change',
		},
	],
	// https://www.django-rest-framework.org/api-guide/exceptions/ and https://jsonapi.org/format/#errors
	[
		'JSON:API: errors with their places',
		422,
		{
			errors: [
				{ title: 'Invalid', detail: 'It is too long.', source: { pointer: '/data/prompt' } },
				{ detail: 'It is too small.', source: { parameter: 'n' } },
			],
		},
		{ message: '/data/prompt: It is too long.; n: It is too small.', advice: 'change' },
	],
	[
		'a list of texts',
		400,
		{ errors: ['no prompt', 'no model'] },
		{ message: 'no prompt; no model', advice: 'change' },
	],
	[
		'details beside an error',
		400,
		{ error: 'Invalid request', details: 'prompt is missing' },
		{ message: 'prompt is missing', type: 'Invalid request', advice: 'change' },
	],
	[
		'details beside a sentence',
		400,
		{
			error: {
				message: 'The request was refused.',
				details: [{ field: 'n', message: 'at most 1' }],
			},
		},
		{ message: 'The request was refused. n: at most 1', advice: 'change' },
	],
	// https://docs.bfl.ai/api_integration/errors
	[
		'Black Forest Labs: a detail of another kind',
		400,
		{ status: 'Request Moderated', details: { 'Moderation Reasons': ['Derivative Works'] } },
		{ message: 'Moderation Reasons: Derivative Works', advice: 'moderation' },
	],
	// https://cloud.google.com/apis/design/errors
	[
		'Google: details that are no sentences',
		400,
		{
			error: {
				code: 400,
				message: 'Invalid JSON payload received.',
				status: 'INVALID_ARGUMENT',
				details: [
					{
						'@type': 'type.googleapis.com/google.rpc.BadRequest',
						fieldViolations: [{ field: 'x' }],
					},
				],
			},
		},
		{ message: 'Invalid JSON payload received.', code: '400', advice: 'change' },
	],
	// https://learn.microsoft.com/azure/ai-services/openai/concepts/content-filter
	[
		'Azure: an inner error',
		400,
		{
			error: {
				code: null,
				message: 'The response was filtered.',
				innererror: { code: 'ResponsibleAIPolicyViolation', content_filter_result: {} },
			},
		},
		{ message: 'The response was filtered.', advice: 'moderation' },
	],
	// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
	[
		'AWS: a type of its own',
		400,
		{ __type: 'com.amazon.coral.validate#ValidationException', message: '1 validation error' },
		{ message: '1 validation error', type: 'ValidationException', advice: 'change' },
	],
	[
		'AWS: a capital',
		403,
		{ Message: 'User is not authorized' },
		{ message: 'User is not authorized', advice: 'rights' },
	],
	// https://docs.apigee.com/api-platform/troubleshoot/runtime/errors
	[
		'Apigee: a fault',
		500,
		{
			fault: {
				faultstring: 'Execution of the policy failed',
				detail: { errorcode: 'steps.javascript.ScriptExecutionFailed' },
			},
		},
		{
			message: 'Execution of the policy failed',
			code: 'steps.javascript.ScriptExecutionFailed',
			advice: 'server',
		},
	],
	[
		'Kong: a message',
		404,
		{ message: 'no Route matched with those values' },
		{ message: 'no Route matched with those values', advice: 'address' },
	],
	[
		'LiteLLM: JSON inside of a message',
		400,
		{
			error: {
				message: `litellm.BadRequestError: OpenAIException - ${pretty({ error: { message: 'The prompt is too long.', code: 'x' } })}`,
				type: 'None',
				param: 'None',
				code: '400',
			},
		},
		{
			message: 'litellm.BadRequestError: OpenAIException - The prompt is too long.',
			code: '400',
			advice: 'change',
		},
	],
	[
		'New API: JSON inside of a message, and an ID behind it',
		500,
		{
			error: {
				message: '{"message":"上游超时"} (request id: 2026112012)',
				type: 'new_api_error',
				code: '',
			},
		},
		{ message: '上游超时 (request id: 2026112012)', type: 'new_api_error', advice: 'server' },
	],
	[
		'an error that is JSON in a text',
		400,
		{ error: '{"detail":"No such size"}' },
		{ message: 'No such size', advice: 'change' },
	],
	[
		'MiniMax: its own shape',
		400,
		{ base_resp: { status_code: 2013, status_msg: 'invalid params' } },
		{ message: 'invalid params', code: '2013', advice: 'change' },
	],
	[
		'a body with an ID of the request',
		400,
		{ code: 'InvalidParameter', message: '图片尺寸错误', request_id: 'ab-12' },
		{ message: '图片尺寸错误', code: 'InvalidParameter', requestId: 'ab-12', advice: 'change' },
	],
	[
		'a message with line breaks and control characters',
		400,
		{ error: { message: 'Line one\n\tline\u0000 two\u202e\u001b[31m' } },
		{ message: 'Line one line two [31m', advice: 'change' },
	],
	[
		'a page in another encoding',
		400,
		Buffer.from('<h1>Ung\xfcltige Gr\xf6\xdfe</h1>', 'latin1'),
		{ message: /Ung.ltige Gr..e/, advice: 'change' },
	],
	[
		'a file with a status of failure',
		500,
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
		{
			message: 'The API answered with status 500 and binary data instead of an explanation',
			advice: 'server',
		},
	],
	[
		'a compressed body that nobody unpacked',
		502,
		Buffer.from([0x1f, 0x8b, 8, 0, 0x5e, 0xc1, 0xd2, 0x91]),
		{ message: /binary data instead/, advice: 'server' },
	],
	[
		'an image in base64, in lines',
		400,
		{
			error: {
				message: `Bad image: ${'iVBORw0KGgoAAAANSUhEUgAA\n'.repeat(3).replaceAll('\n', '')}${`\n${'A'.repeat(76)}`.repeat(5)}\n${'B'.repeat(30)}== is refused`,
			},
		},
		{ message: 'Bad image: … is refused', advice: 'change' },
	],
	[
		'a short data URL',
		400,
		{ error: { message: 'Bad image: data:image/png;base64,iVBORw0KGgo= is refused' } },
		{ message: 'Bad image: data:image/png;base64,… is refused', advice: 'change' },
	],
];
