import { json, raw } from '../../../helpers/imagesApi';
import { delivers, free, ID, page, refuses } from '../responders';
import { BOTH, EDIT, GENERATE, NEXT, unbilled } from '../outcomes';
import type { FailedDetails, Row, Topic } from '../row';

/** OpenAI's errors: message, next step, and the details, which are sent as they are shown. */
function refusedRow(
	name: string,
	message: string,
	advice: string,
	details: FailedDetails & { status: number },
	operations = GENERATE,
): Row {
	const { status, requestId, ...error } = details;
	const headers = requestId ? { 'x-request-id': requestId } : undefined;
	return {
		name,
		operations,
		server: [refuses(status, { message, ...error }, headers), delivers],
		expected: unbilled(message, advice, details),
	};
}

/** What is refused, and would be refused again. */
export const REFUSALS: Topic = {
	title: 'Refusals',
	about: "The same request would be refused again, so it isn't retried.",
	rows: [
		refusedRow(
			'400 from the safety system',
			'Your request was rejected by the safety system. If you believe this is an error, contact us. safety_violations=[sexual].',
			NEXT.content,
			{
				...{ status: 400, code: 'moderation_blocked', type: 'image_generation_user_error' },
				requestId: 'req_42',
			},
			BOTH,
		),
		refusedRow(
			'400 for a content policy violation',
			'Your request was rejected as a result of our safety system.',
			NEXT.content,
			{ status: 400, code: 'content_policy_violation', type: 'invalid_request_error' },
		),
		{
			name: "400 from Azure's content filter",
			operations: BOTH,
			server: [
				free(
					json(
						{
							created: 1_760_000_000,
							error: {
								code: 'contentFilter',
								message: 'Your task failed as a result of our safety system.',
							},
						},
						400,
					),
				),
			],
			expected: unbilled('Your task failed as a result of our safety system.', NEXT.content, {
				status: 400,
				code: 'contentFilter',
			}),
		},
		refusedRow('451 from a gateway', 'The prompt was blocked.', NEXT.content, {
			status: 451,
			code: 'moderation_blocked',
			type: 'shell_api_error',
		}),
		refusedRow(
			'403 from moderation in front of the model',
			'Your input was flagged by moderation.',
			NEXT.content,
			{ status: 403, code: '403' },
		),
		refusedRow('400 for sensitive words', 'sensitive words detected', NEXT.content, {
			status: 400,
			code: 'sensitive_words_detected',
			type: 'new_api_error',
		}),
		{
			name: '429 for insufficient credit, with a retry delay',
			operations: BOTH,
			server: [
				refuses(
					429,
					{
						message: 'You exceeded your current quota, please check your plan and billing details.',
						code: 'insufficient_quota',
						type: 'insufficient_quota',
					},
					{ 'retry-after': '0' },
				),
				delivers,
			],
			expected: unbilled(
				'You exceeded your current quota, please check your plan and billing details.',
				NEXT.credit,
				{ status: 429, code: 'insufficient_quota', type: 'insufficient_quota' },
			),
		},
		refusedRow(
			'429 for insufficient credit, identified by its type',
			'Your project has reached its spending limit.',
			NEXT.credit,
			{ status: 429, type: 'project_spend_limit_exceeded' },
		),
		refusedRow('400 for a billing limit', 'Billing hard limit has been reached', NEXT.credit, {
			status: 400,
			code: 'billing_hard_limit_reached',
			type: 'invalid_request_error',
		}),
		refusedRow('402 from OpenRouter', 'Insufficient credits', NEXT.noCredit, {
			...{ status: 402, code: '402' },
		}),
		refusedRow('403 for insufficient quota (New API)', '用户额度不足', NEXT.credit, {
			...{ status: 403, code: 'insufficient_user_quota', type: 'new_api_error' },
		}),
		refusedRow(
			'403 for an unverified organization',
			'Your organization must be verified to use the model `gpt-image-1`. Please go to: https://platform.openai.com/settings/organization/general and click on Verify Organization. If you just verified, it can take up to 15 minutes for access to propagate.',
			NEXT.verify,
			{ status: 403, type: 'invalid_request_error' },
			BOTH,
		),
		refusedRow(
			'401 for an invalid API key',
			'Incorrect API key provided: sk-inte***ghij. You can find your API key at https://platform.openai.com/account/api-keys.',
			NEXT.key,
			{ status: 401, code: 'invalid_api_key', type: 'invalid_request_error' },
			BOTH,
		),
		refusedRow(
			'403 for an API key without permission',
			'You have insufficient permissions.',
			NEXT.rights,
			{
				...{ status: 403, type: 'permission_error' },
			},
		),
		refusedRow(
			'404 for an unknown model',
			'The model `gpt-image-2.5-flare` does not exist or you do not have access to it.',
			NEXT.model,
			{ status: 404, code: 'model_not_found', type: 'invalid_request_error' },
		),
		{
			name: '404 without a body',
			operations: BOTH,
			server: [free(raw('', 404))],
			expected: unbilled('The API returned HTTP 404 without a message', NEXT.address, {
				status: 404,
			}),
		},
		{
			name: '404 as an HTML page',
			operations: GENERATE,
			server: [free(page(404, '404 Not Found'))],
			expected: unbilled('API response: 404 Not Found', NEXT.address, { status: 404 }),
		},
		refusedRow(
			'404 for an unknown Azure deployment',
			'The API deployment for this resource does not exist.',
			NEXT.address,
			{ status: 404, code: 'DeploymentNotFound' },
		),
		{
			name: '413 as an HTML page from a proxy',
			operations: EDIT,
			server: [free(page(413, '413 Request Entity Too Large'))],
			expected: unbilled('API response: 413 Request Entity Too Large', NEXT.upload, {
				status: 413,
			}),
		},
		refusedRow(
			'400 for an invalid input image',
			'Invalid image file or mode for image 1, please check your image file.',
			NEXT.inputImages,
			{ status: 400, code: 'invalid_image_file', type: 'image_generation_user_error' },
			EDIT,
		),
		refusedRow(
			'400 for an invalid value',
			"Invalid size '4096x4096'. The longest edge must be less than or equal to 3840.",
			NEXT.change,
			{
				...{ status: 400, code: 'invalid_value', type: 'invalid_request_error', param: 'size' },
				...{ requestId: 'req_42' },
			},
			BOTH,
		),
		{
			name: '400 with x-should-retry: true',
			operations: GENERATE,
			server: [
				refuses(
					400,
					{ message: 'Requested resolution is below the minimum.', code: 'invalid_value' },
					{ 'x-should-retry': 'true' },
				),
				delivers,
			],
			expected: unbilled('Requested resolution is below the minimum.', NEXT.change, {
				...{ status: 400, code: 'invalid_value' },
			}),
		},
		{
			name: "400 for a parameter that the model doesn't support",
			operations: EDIT,
			server: [
				refuses(
					400,
					{
						message: "The model 'gpt-image-2' does not support the 'input_fidelity' parameter.",
						code: 'invalid_input_fidelity_model',
						type: 'image_generation_user_error',
					},
					ID,
				),
			],
			expected: unbilled(
				"The model 'gpt-image-2' does not support the 'input_fidelity' parameter.",
				NEXT.parameter,
				{
					...{ status: 400, code: 'invalid_input_fidelity_model' },
					...{ type: 'image_generation_user_error', requestId: 'req_42' },
				},
			),
		},
	],
};
