import { openAiError } from './types';

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
