import { openAiError } from './types';

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
