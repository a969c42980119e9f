import { openAiError, type Refusal } from './types';

/** After https://developers.openai.com/api/docs/guides/error-codes and the guide for images. */
export const OPENAI_REFUSALS: readonly Refusal[] = [
	[
		'OpenAI: an illegal size',
		400,
		openAiError(
			'Width and height must both be divisible by 16.',
			'invalid_value',
			undefined,
			'size',
		),
		{
			message: 'Width and height must both be divisible by 16.',
			code: 'invalid_value',
			type: 'invalid_request_error',
			param: 'size',
			advice: 'change',
		},
	],
	[
		'OpenAI: moderation',
		400,
		{
			error: {
				message: 'Your request was rejected by the safety system. safety_violations=[sexual].',
				type: 'image_generation_user_error',
				param: null,
				code: 'moderation_blocked',
				moderation_details: { moderation_stage: 'input', categories: ['sexual'] },
			},
		},
		{
			message: /^Your request was rejected by the safety system/,
			code: 'moderation_blocked',
			type: 'image_generation_user_error',
			advice: 'moderation',
		},
	],
	[
		'OpenAI: a parameter of another model',
		400,
		openAiError(
			"Unknown parameter: 'response_format'.",
			'unknown_parameter',
			undefined,
			'response_format',
		),
		{
			message: "Unknown parameter: 'response_format'.",
			code: 'unknown_parameter',
			type: 'invalid_request_error',
			param: 'response_format',
			advice: 'parameter',
		},
	],
	[
		'OpenAI: input fidelity',
		400,
		openAiError(
			"The model 'gpt-image-2' does not support the 'input_fidelity' parameter.",
			'invalid_input_fidelity_model',
			'image_generation_user_error',
		),
		{
			message: /input_fidelity/,
			code: 'invalid_input_fidelity_model',
			type: 'image_generation_user_error',
			advice: 'parameter',
		},
	],
	[
		'OpenAI: a damaged file',
		400,
		openAiError('Invalid image file or mode for image 3', 'invalid_image_file'),
		{
			message: 'Invalid image file or mode for image 3',
			code: 'invalid_image_file',
			type: 'invalid_request_error',
			advice: 'files',
		},
	],
	[
		'OpenAI: a wrong key',
		401,
		openAiError('Incorrect API key provided: sk-abc***xyz.', 'invalid_api_key'),
		{
			message: 'Incorrect API key provided: sk-abc***xyz.',
			code: 'invalid_api_key',
			type: 'invalid_request_error',
			advice: 'key',
		},
	],
	[
		'OpenAI: an organization that is not verified',
		403,
		openAiError('Your organization must be verified to use the model `gpt-image-1`.', null),
		{ message: /must be verified/, type: 'invalid_request_error', advice: 'verify' },
	],
	[
		'OpenAI: the same with another status',
		401,
		openAiError('Your organization must be verified to use the model `gpt-image-1`.', null),
		{ message: /must be verified/, type: 'invalid_request_error', advice: 'verify' },
	],
	[
		'OpenAI: a model that is gone',
		404,
		openAiError('The model `x` does not exist or you do not have access to it.', 'model_not_found'),
		{
			message: /does not exist/,
			code: 'model_not_found',
			type: 'invalid_request_error',
			advice: 'model',
		},
	],
	[
		'OpenAI: a rate limit',
		429,
		openAiError(
			'Rate limit reached for gpt-image-2 on input-images per min: Limit 5. Please try again in 12s.',
			'rate_limit_exceeded',
			'input-images',
		),
		{
			message: /try again in 12s/,
			code: 'rate_limit_exceeded',
			type: 'input-images',
			advice: 'wait',
		},
	],
	[
		'OpenAI: a request to slow down',
		429,
		openAiError('Slow down', 'slow_down'),
		{ message: 'Slow down', code: 'slow_down', type: 'invalid_request_error', advice: 'wait' },
	],
	[
		'OpenAI: no credit, told by the type alone',
		429,
		openAiError('You exceeded your current quota', null, 'insufficient_quota'),
		{ message: /exceeded your current quota/, type: 'insufficient_quota', advice: 'credit' },
	],
	[
		'OpenAI: a failure',
		500,
		openAiError('The server had an error while processing your request.', null, 'server_error'),
		{ message: /had an error/, type: 'server_error', advice: 'server' },
	],
	[
		'OpenAI: overload',
		503,
		openAiError('Overloaded', 'server_is_overloaded', 'service_unavailable_error'),
		{
			message: 'Overloaded',
			code: 'server_is_overloaded',
			type: 'service_unavailable_error',
			advice: 'server',
		},
	],
];
