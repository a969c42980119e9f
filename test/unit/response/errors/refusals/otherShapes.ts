import type { Refusal } from './types';

const pretty = (value: unknown) => JSON.stringify(value, null, 2);

/** Where clouds and providers put their words, and what is no text. */
export const OTHER_SHAPES: readonly Refusal[] = [
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
		{
			message: 'The response was filtered.',
			code: 'ResponsibleAIPolicyViolation',
			advice: 'moderation',
		},
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
			message: 'The API returned HTTP 500 with binary data instead of a message',
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
