import { openAiError } from './types';

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
