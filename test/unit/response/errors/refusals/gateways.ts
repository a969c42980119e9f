import type { Refusal } from './types';

/** Errors of gateways and other servers that differ from OpenAI's shape. */
export const GATEWAY_REFUSALS: readonly Refusal[] = [
	[
		'Azure: its content filter',
		400,
		{
			created: 1,
			error: {
				code: 'contentFilter',
				message: 'Your task failed as a result of our safety system.',
			},
		},
		{
			message: 'Your task failed as a result of our safety system.',
			code: 'contentFilter',
			advice: 'moderation',
		},
	],
	[
		'Azure: a deployment that is not there',
		404,
		{ error: { code: 'DeploymentNotFound', message: 'The API deployment does not exist.' } },
		{
			message: 'The API deployment does not exist.',
			code: 'DeploymentNotFound',
			advice: 'address',
		},
	],
	[
		'Azure: a wrong key, before the API',
		401,
		{ statusCode: 401, message: 'Unauthorized. Access token is missing.' },
		{ message: 'Unauthorized. Access token is missing.', advice: 'key' },
	],
	[
		'OpenRouter: no credit, with a number as code',
		402,
		{ error: { code: 402, message: 'Insufficient credits', metadata: { provider_name: 'x' } } },
		{ message: 'Insufficient credits', code: '402', advice: 'credit' },
	],
	[
		'OpenRouter: no credit, with status 200',
		200,
		{ error: { code: 402, message: 'Insufficient credits' } },
		{ message: 'Insufficient credits', code: '402', advice: 'credit' },
	],
	[
		'OpenRouter: a rate limit, with status 200',
		200,
		{ error: { code: 429, message: 'Rate limit exceeded' } },
		{ message: 'Rate limit exceeded', code: '429', advice: 'wait' },
	],
	[
		'OpenRouter: a failure, with status 200',
		200,
		{ error: { code: 502, message: 'Provider returned error' } },
		{ message: 'Provider returned error', code: '502', advice: 'server' },
	],
	[
		'LiteLLM: a rate limit, with a status as text',
		429,
		{
			error: {
				message: 'litellm.RateLimitError: RateLimitError: OpenAIException - slow',
				type: 'throttling_error',
				param: null,
				code: '429',
			},
		},
		{
			message: /^litellm\.RateLimitError/,
			code: '429',
			type: 'throttling_error',
			advice: 'wait',
		},
	],
	[
		'New API: no quota',
		403,
		{
			error: {
				message: '用户额度不足',
				type: 'new_api_error',
				param: '',
				code: 'insufficient_user_quota',
			},
		},
		{
			message: '用户额度不足',
			code: 'insufficient_user_quota',
			type: 'new_api_error',
			advice: 'credit',
		},
	],
	[
		'New API: no channel for the model',
		503,
		{
			error: {
				message: 'No available channel',
				type: 'new_api_error',
				param: '',
				code: 'model_not_found',
			},
		},
		{
			message: 'No available channel',
			code: 'model_not_found',
			type: 'new_api_error',
			advice: 'model',
		},
	],
	[
		'New API: words that are not allowed',
		400,
		{
			error: {
				message: 'sensitive words',
				type: 'new_api_error',
				code: 'sensitive_words_detected',
			},
		},
		{
			message: 'sensitive words',
			code: 'sensitive_words_detected',
			type: 'new_api_error',
			advice: 'moderation',
		},
	],
	[
		'New API: a prompt that is not allowed',
		400,
		{ error: { message: 'prompt blocked', type: 'new_api_error', code: 'prompt_blocked' } },
		{
			message: 'prompt blocked',
			code: 'prompt_blocked',
			type: 'new_api_error',
			advice: 'moderation',
		},
	],
	[
		'apiyi: moderation with a status of its own',
		451,
		{
			status_code: 451,
			error: { message: 'blocked', type: 'shell_api_error', code: 'moderation_blocked' },
		},
		{
			message: 'blocked',
			code: 'moderation_blocked',
			type: 'shell_api_error',
			advice: 'moderation',
		},
	],
	[
		'xAI: a text as error',
		400,
		{ code: 'Client specified an invalid argument', error: 'Unknown field size' },
		{
			message: 'Unknown field size',
			code: 'Client specified an invalid argument',
			advice: 'change',
		},
	],
	[
		'SiliconFlow: flat, with a number as code',
		400,
		{ code: 20012, message: 'Model does not exist. Please check it carefully.', data: null },
		{
			message: 'Model does not exist. Please check it carefully.',
			code: '20012',
			advice: 'model',
		},
	],
	[
		'FastAPI: a text as detail',
		404,
		{ detail: 'Not Found' },
		{ message: 'Not Found', advice: 'address' },
	],
	[
		'FastAPI: a list as detail',
		422,
		{ detail: [{ loc: ['body', 'size'], msg: 'Input should be a valid string', type: 'x' }] },
		{ message: /Input should be a valid string/, param: 'size', advice: 'change' },
	],
	[
		'Google: a list of errors',
		400,
		[{ error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT' } }],
		{ message: 'API key not valid.', code: '400', advice: 'key' },
	],
	[
		'Google: a wrong key, in the details alone',
		400,
		{
			error: {
				code: 400,
				message: 'Please pass a valid one.',
				status: 'INVALID_ARGUMENT',
				details: [
					{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'invalid_api_key' },
				],
			},
		},
		{ message: 'Please pass a valid one.', code: '400', advice: 'key' },
	],
	[
		'xAI: a wrong key',
		400,
		{
			code: 'invalid-argument',
			error: 'Incorrect API key provided: xa***yz. You can obtain an API key from console.x.ai.',
		},
		{
			message: 'Incorrect API key provided: xa***yz. You can obtain an API key from console.x.ai.',
			code: 'invalid-argument',
			advice: 'key',
		},
	],
	[
		'Black Forest Labs: a wrong key',
		422,
		{ detail: 'Invalid API key format' },
		{ message: 'Invalid API key format', advice: 'key' },
	],
	[
		'a server that cannot read the request',
		400,
		{ error: { message: 'Invalid JSON: unexpected token < at 1' } },
		{ message: 'Invalid JSON: unexpected token < at 1', advice: 'change' },
	],
	[
		'Google: a model that does not exist',
		404,
		{
			error: {
				code: 404,
				message:
					'models/gemini-3.9-image is not found for API version v1beta, or is not supported for generateContent.',
				status: 'NOT_FOUND',
			},
		},
		{ message: /^models.gemini-3\.9-image is not found/, code: '404', advice: 'model' },
	],
	[
		'Google: a model that has been shut down',
		404,
		{
			error: {
				code: 404,
				message: 'This model models/gemini-3.1-flash-image is no longer available.',
				status: 'NOT_FOUND',
			},
		},
		{ message: /no longer available/, code: '404', advice: 'model' },
	],
	[
		'a path that does not exist, beside a word about models',
		404,
		{ error: { message: 'Not found. See our models.' } },
		{ message: 'Not found. See our models.', advice: 'address' },
	],
];
