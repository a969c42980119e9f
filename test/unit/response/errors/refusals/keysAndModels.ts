import { openAiError } from './types';

/** Keys that are not valid: [who, status, body]. */
export const WRONG_KEYS: ReadonlyArray<[string, number, unknown]> = [
	[
		// https://docs.bfl.ai/api_integration/errors.md
		'Black Forest Labs',
		403,
		{ detail: 'Not authenticated - Invalid Authentication' },
	],
	['Black Forest Labs, without a key', 403, { detail: 'Not authenticated' }],
	[
		// https://developers.cloudflare.com/fundamentals/api/troubleshooting/
		'Cloudflare',
		403,
		{ success: false, errors: [{ code: 10000, message: 'Authentication error' }], result: null },
	],
	[
		// https://novita.ai/docs/api-reference/basic-error-code
		'Novita',
		403,
		{ code: 403, reason: 'INVALID_API_KEY', message: 'invalid api key', metadata: {} },
	],
	['a gateway, with status 200', 200, { status: 'error', message: 'Invalid API key' }],
	[
		// https://github.com/QuantumNous/new-api/blob/main/middleware/auth.go
		'New API, with status 200',
		200,
		{ success: false, message: '无权进行此操作，未登录且未提供 access token' },
	],
	[
		// https://github.com/BerriAI/litellm/blob/main/litellm/proxy/_types.py
		'LiteLLM',
		400,
		openAiError('Authentication Error, LiteLLM Virtual Key expected.', '400', 'auth_error'),
	],
];

/** Keys that are valid, but not for this: https://developers.openai.com/api/docs/guides/error-codes */
export const WITHOUT_RIGHTS: ReadonlyArray<[string, number, unknown]> = [
	[
		'a scope is missing',
		401,
		openAiError(
			'You have insufficient permissions for this operation. Missing scopes: api.model.images.request.',
			null,
		),
	],
	[
		'another address',
		401,
		openAiError('Your IP address is not authorized to use this API key', 'ip_not_authorized'),
	],
	['Google', 403, { error: { code: 403, status: 'PERMISSION_DENIED', message: 'No access.' } }],
];

/** Models that the provider does not have, or not for this key. */
export const WRONG_MODELS: ReadonlyArray<[string, number, unknown]> = [
	[
		// https://github.com/winfunc/opcode/issues/358
		'LiteLLM: one that the key may not use',
		401,
		openAiError(
			"key not allowed to access model. This key can only access models=['gpt-5']. Tried to access gpt-image-1",
			'401',
			'key_model_access_denied',
			'model',
		),
	],
	[
		// https://docs.siliconflow.cn/cn/faqs/error-code
		'SiliconFlow',
		400,
		{ code: 20012, message: 'Model does not exist. Please check it carefully.', data: null },
	],
	[
		// https://github.com/vllm-project/vllm/blob/main/vllm/entrypoints/openai/serving_models.py
		'vLLM',
		400,
		{ object: 'error', message: 'The model `x/y` does not exist.', type: 'NotFoundError' },
	],
	[
		// https://docs.z.ai/api-reference/api-code
		'Z.ai',
		400,
		{ error: { code: '1211', message: 'Unknown Model, please check the model code.' } },
	],
	[
		// https://developers.cloudflare.com/workers-ai/platform/errors/
		'Cloudflare',
		400,
		{ success: false, errors: [{ code: 5007, message: 'No such model @cf/x/y or task' }] },
	],
	[
		// https://github.com/musistudio/claude-code-router/issues/901
		'ModelScope',
		400,
		{ errors: { message: 'Model id : x/y , has no provider supported', request_id: '7' } },
	],
	[
		// https://github.com/cline/cline/issues/5098
		'Hugging Face',
		400,
		openAiError(
			"The requested model 'x/y' is not supported by any provider you have enabled.",
			null,
		),
	],
	[
		// https://github.com/tinyhumansai/opencompany/pull/1824
		'a gateway',
		400,
		{ error: "Model 'x/y' is not available. Use GET /v1/models to list available models." },
	],
	// https://help.aliyun.com/zh/model-studio/error-code
	['DashScope', 400, { code: 'InvalidParameter', message: 'Model not exist.' }],
	[
		// https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html
		'Bedrock',
		400,
		{ message: 'The provided model identifier is invalid.' },
	],
	// https://github.com/QuantumNous/new-api/blob/main/middleware/distributor.go
	['New API: a key', 403, openAiError('该令牌无权访问模型 gpt-image-1', '', 'new_api_error')],
	[
		'New API: a price',
		500,
		openAiError('模型 x 倍率或价格未配置', 'model_price_error', 'new_api_error'),
	],
];

/** Errors that name a model, but are not about its ID. */
export const RIGHT_MODELS: ReadonlyArray<[string, number, unknown]> = [
	['its parameter', 400, openAiError("The model 'x' does not support the quality 'hd'.", null)],
	['its place', 503, openAiError("Model 'x' is not available right now", null)],
	['its file', 400, openAiError('The model could not read the image: file not found', null)],
	['a value', 400, openAiError("Invalid value: 'gpt-4o'. Value must be 'dall-e-2'.", null)],
];
