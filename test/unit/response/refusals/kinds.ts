import { openAiError, type Refusal } from './types';

const page = (title: string) =>
	`<!DOCTYPE html><html><head><title>${title}</title></head><body>…</body></html>`;

/** What stands between n8n and the API, and what is wrong with the address. */
export const PLACES: readonly Refusal[] = [
	[
		'Cloudflare: a block',
		403,
		page('Attention Required! | Cloudflare'),
		{ message: 'The server answered: Attention Required! | Cloudflare', advice: 'firewall' },
	],
	[
		'Cloudflare: a riddle',
		503,
		page('Just a moment...'),
		{ message: /Just a moment/, advice: 'firewall' },
	],
	[
		'Cloudflare: a block in one line',
		403,
		'error code: 1020',
		{ message: /1020/, advice: 'firewall' },
	],
	['Cloudflare: too many requests', 429, 'error code: 1015', { message: /1015/, advice: 'wait' }],
	[
		'Cloudflare: nobody behind it',
		521,
		page('x | 521: Web server is down'),
		{ message: /521/, advice: 'unreachable' },
	],
	[
		'Cloudflare: no connection',
		522,
		page('x | 522: Connection timed out'),
		{ message: /522/, advice: 'unreachable' },
	],
	['Cloudflare: a certificate', 526, '', { message: /526/, advice: 'unreachable' }],
	['Cloudflare: no such host', 530, 'error code: 1016', { message: /1016/, advice: 'unreachable' }],
	[
		'a timeout of the server',
		408,
		page('408 Request Time-out'),
		{ message: /408/, advice: 'gateway' },
	],
	['a timeout of a proxy', 499, '', { message: /499/, advice: 'gateway' }],
	[
		'nginx: http for https',
		400,
		page('400 The plain HTTP request was sent to HTTPS port'),
		{ message: /plain HTTP/, advice: 'https' },
	],
	['nginx: the same with a status of its own', 497, '', { message: /497/, advice: 'https' }],
	[
		'Go: http for https',
		400,
		'Client sent an HTTP request to an HTTPS server.\n',
		{ message: /HTTPS server/, advice: 'https' },
	],
	[
		'Apache: http for https',
		400,
		"Reason: You're speaking plain HTTP to an SSL-enabled server port.",
		{ message: /SSL-enabled/, advice: 'https' },
	],
	['a wrong method', 405, page('405 Not Allowed'), { message: /405/, advice: 'endpoint' }],
	[
		'FastAPI: a wrong method',
		405,
		{ detail: 'Method Not Allowed' },
		{ message: 'Method Not Allowed', advice: 'endpoint' },
	],
	['what is not there yet', 501, '', { message: /501/, advice: 'endpoint' }],
	[
		'a length that is missing',
		411,
		page('411 Length Required'),
		{ message: /411/, advice: 'format' },
	],
	[
		'a type that is refused',
		415,
		{ detail: 'Unsupported Media Type' },
		{ message: 'Unsupported Media Type', advice: 'format' },
	],
	[
		'an address that is too long',
		414,
		page('414 Request-URI Too Large'),
		{ message: /414/, advice: 'query' },
	],
	['headers that are too large', 431, '', { message: /431/, advice: 'headers' }],
	[
		'a model without a code',
		404,
		{ error: "model 'x' not found" },
		{ message: "model 'x' not found", advice: 'model' },
	],
];

/** No money, in the words of many: [who, status, body]. */
export const NO_CREDIT: ReadonlyArray<[string, number, unknown]> = [
	[
		'Z.ai',
		429,
		{
			error: {
				code: '1113',
				message: 'Insufficient balance or no resource package. Please recharge.',
			},
		},
	],
	[
		'Z.ai, in Chinese',
		429,
		{ error: { code: '1113', message: '余额不足或无可用资源包,请充值。' } },
	],
	[
		'Moonshot',
		429,
		openAiError(
			'Your account org-1 is suspended due to insufficient balance, please recharge your account',
			null,
			'exceeded_current_quota_error',
		),
	],
	[
		'OpenAI, without a code',
		429,
		openAiError(
			'You exceeded your current quota, please check your plan and billing details.',
			null,
			'x',
		),
	],
	[
		'Gemini: a tier without images',
		429,
		{
			error: {
				code: 429,
				status: 'RESOURCE_EXHAUSTED',
				message:
					'You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits. * Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_free_tier_requests, limit: 0, model: gemini-2.5-flash-preview-image Please retry in 34.07s.',
			},
		},
	],
	[
		'Gemini: a model without a tier',
		429,
		{
			error: {
				code: 429,
				status: 'RESOURCE_EXHAUSTED',
				message: "Gemini 3 Pro Image doesn't have a free quota tier.",
			},
		},
	],
	[
		'DashScope',
		400,
		{
			code: 'Arrearage',
			message: 'Access denied, please make sure your account is in good standing.',
			request_id: 'x',
		},
	],
	[
		'DashScope: a free quota',
		429,
		{ code: 'Throttling.AllocationQuota', message: 'Free allocated quota exceeded.' },
	],
	[
		'Volcengine',
		403,
		{
			error: {
				code: 'AccountOverdueError',
				message: 'The request failed because your account has an overdue balance.',
			},
		},
	],
	[
		'SiliconFlow',
		403,
		{ code: 30001, message: 'Sorry, your account balance is insufficient', data: null },
	],
	[
		'fal',
		403,
		{
			detail:
				'User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.',
		},
	],
	[
		'xAI',
		403,
		{
			code: 'The caller does not have permission',
			error:
				'Your team has either used all available credits or reached its monthly spending limit.',
		},
	],
	['Novita', 400, { code: 'BILLING_BALANCE_NOT_ENOUGH', message: 'x' }],
	[
		'LiteLLM: a budget',
		400,
		openAiError(
			'Budget has been exceeded! Current cost: 1.2, Max budget: 1.0',
			'400',
			'budget_exceeded',
		),
	],
	[
		'New API: a token',
		403,
		openAiError(
			'该令牌额度已用尽 (request id: 1)',
			'pre_consume_token_quota_failed',
			'new_api_error',
		),
	],
	[
		'Hugging Face',
		403,
		{ error: 'You have exceeded your monthly included credits for Inference Providers.' },
	],
	[
		'Anthropic',
		400,
		{
			type: 'error',
			error: {
				type: 'invalid_request_error',
				message: 'Your credit balance is too low to access the API.',
			},
		},
	],
	[
		'New API: the account of the gateway',
		500,
		openAiError(
			'upstream error: Insufficient account balance',
			'bad_response_status_code',
			'upstream_error',
		),
	],
	[
		'OpenRouter: its provider’s',
		429,
		{
			error: {
				code: 429,
				message: 'Provider returned error',
				metadata: {
					raw: '{"error":{"code":"insufficient_balance","message":"x"}}',
					provider_name: 'y',
				},
			},
		},
	],
];

/** Limits that pass, though their words sound like money. */
export const TOO_FAST: ReadonlyArray<[string, unknown]> = [
	[
		'Gemini: a minute',
		{
			error: {
				code: 429,
				status: 'RESOURCE_EXHAUSTED',
				message:
					'You exceeded your current quota, please check your plan and billing details. Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_requests, limit: 10, model: x. Please retry in 22s.',
			},
		},
	],
	[
		'Gemini: without a metric',
		{
			error: {
				code: 429,
				status: 'RESOURCE_EXHAUSTED',
				message:
					'You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.',
			},
		},
	],
	[
		'Gemini behind LiteLLM',
		openAiError(
			'litellm.RateLimitError: geminiException - You exceeded your current quota, please check your plan and billing details. head to: https://ai.google.dev/gemini-api/docs/rate-limits',
			'429',
			'throttling_error',
		),
	],
	[
		'Vertex',
		{
			error: {
				code: 429,
				message: 'Resource exhausted. Please try again later.',
				status: 'RESOURCE_EXHAUSTED',
			},
		},
	],
	[
		'Vertex: a metric',
		{
			error: {
				code: 429,
				message: 'Quota exceeded for quota metric x and limit "Requests per minute" of service y.',
				status: 'RESOURCE_EXHAUSTED',
			},
		},
	],
	[
		'Azure',
		openAiError(
			'Your requests have exceeded call rate limit of your current OpenAI S0 pricing tier. Please retry after 7 seconds. To increase your quota, see billing.',
			'429',
		),
	],
	[
		'OpenRouter',
		{
			error: {
				code: 429,
				message:
					'Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day',
			},
		},
	],
	[
		'DashScope',
		{
			code: 'Throttling.AllocationQuota',
			message: 'Allocated quota exceeded, please increase your quota limit.',
		},
	],
	[
		'Z.ai',
		{
			error: {
				code: '1302',
				message: '您当前使用该API的并发数过高，请降低并发，或联系客服增加限额。',
			},
		},
	],
	['SiliconFlow', 'Request was rejected due to rate limiting. Details: IPM limit reached'],
];

/** Refused content, in the words of many: [who, status, body]. */
export const REFUSED_CONTENT: ReadonlyArray<[string, number, unknown]> = [
	[
		'OpenAI, without a code',
		400,
		openAiError(
			'Your request was rejected by the safety system. safety_violations=[sexual].',
			null,
		),
	],
	[
		'a relay that fails with it',
		500,
		openAiError(
			'Your request was rejected by the safety system',
			'bad_response_status_code',
			'upstream_error',
		),
	],
	[
		'a relay that is busy with it',
		429,
		openAiError('Your prompt violates our content policy', null),
	],
	['503 of a relay', 503, openAiError('content_policy_violation: overloaded', null)],
	['Azure', 400, { error: { code: 'content_filter', message: 'The response was filtered.' } }],
	[
		'Gemini',
		400,
		{ error: { code: 400, status: 'x', message: 'y', details: [], reason: 'PROHIBITED_CONTENT' } },
	],
	[
		'Vertex',
		400,
		{
			error: {
				code: 400,
				message:
					'The image could not be generated: it may violate our policies. Please rephrase the prompt.',
			},
		},
	],
	[
		'DashScope',
		400,
		{ code: 'DataInspectionFailed', message: 'Input data may contain inappropriate content.' },
	],
	[
		'Volcengine',
		400,
		{
			error: {
				code: 'InputTextSensitiveContentDetected',
				message: 'The request failed because the input text may contain sensitive information.',
			},
		},
	],
	['Volcengine: a risk', 400, { error: { code: 'OutputImageRiskDetection', message: 'x' } }],
	['Z.ai', 400, { error: { code: '1301', message: 'x' } }],
	['in Chinese', 400, openAiError('您的输入可能包含敏感内容', null)],
	['in Chinese, with another status', 500, openAiError('内容审核未通过，请修改提示词', null)],
	[
		'Stability',
		403,
		{
			id: 'x',
			name: 'content_moderation',
			errors: ['Your request was flagged by our content moderation system.'],
		},
	],
	[
		'fal',
		422,
		{
			detail: [
				{
					loc: ['body', 'prompt'],
					msg: 'The content could not be processed because it contained material flagged by a content checker.',
					type: 'content_policy_violation',
				},
			],
		},
	],
	[
		'Replicate',
		500,
		{ detail: 'NSFW content detected. Try running it again, or try a different prompt.' },
	],
	[
		'OpenRouter',
		403,
		{
			error: {
				code: 403,
				message: 'openai/x requires moderation on OpenAI. Your input was flagged for "violence".',
			},
		},
	],
	['Novita', 400, { code: 'ILLEGAL_PROMPT', message: 'x' }],
	['xAI', 400, { code: 'x', error: 'Generated image rejected by content moderation.' }],
];

/** What is no matter of content, though its words sound like it. */
export const INNOCENT: ReadonlyArray<[string, number, unknown]> = [
	['a parameter’s value', 400, openAiError('moderation must be one of auto, low', null)],
	[
		'a value, by its code',
		400,
		openAiError(
			"Invalid value: 'strict'. Supported values are: 'auto' and 'low'.",
			'invalid_value',
			'x',
			'moderation',
		),
	],
	[
		'an unknown parameter',
		400,
		openAiError("Unknown parameter: 'moderation'.", 'unknown_parameter'),
	],
	['another parameter', 400, openAiError('Argument not supported: disable_safety_checker', null)],
	[
		'a range',
		422,
		{
			detail: [
				{ loc: ['body', 'safety_tolerance'], msg: 'Input should be less than or equal to 6' },
			],
		},
	],
	['a filter that is a parameter', 400, openAiError('content_filter must be one of on, off', null)],
	['a format', 400, openAiError('Illegal image format. Use PNG.', null)],
	[
		'an account',
		403,
		openAiError('Your account has been flagged for violating our usage policies', null),
	],
	['a failure', 500, openAiError('The moderation service is not available', null)],
];
