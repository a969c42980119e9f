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
];
