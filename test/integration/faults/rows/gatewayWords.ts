import { imageResponse, json } from '../../../helpers/imagesApi';
import { delivers, free, makes, refuses } from '../responders';
import { GENERATE, images, INTACT, NEXT, unbilled } from '../outcomes';
import type { Row, Topic } from '../row';
import { errorRow, type ErrorTexts } from '../singleRow';

/** Refused once, and for good, whatever the options allow. */
const final = (name: string, status: number, body: unknown, ...texts: ErrorTexts): Row => ({
	...errorRow(name, status, json(body, status), ...texts),
	options: { retryServerErrors: true },
	server: [free(json(body, status)), delivers],
});

const GEMINI_QUOTA =
	'You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits. * Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_free_tier_requests, limit:';

/** What gateways and other providers say instead of OpenAI's words. */
export const GATEWAY_WORDS: Topic = {
	title: 'Credit, content and limits in other words',
	about:
		'Insufficient credit, refused content and rate limits are recognized by their wording, whatever the status.',
	rows: [
		final(
			'429 for insufficient credit (Z.ai)',
			429,
			{
				error: {
					code: '1113',
					message: 'Insufficient balance or no resource package. Please recharge.',
				},
			},
			'Insufficient balance or no resource package. Please recharge.',
			NEXT.credit,
			{ code: '1113' },
		),
		final(
			'429 for insufficient credit (Moonshot)',
			429,
			{
				error: {
					message: 'Your account is suspended due to insufficient balance',
					type: 'exceeded_current_quota_error',
				},
			},
			'Your account is suspended due to insufficient balance',
			NEXT.credit,
			{ type: 'exceeded_current_quota_error' },
		),
		final(
			'429 for a free tier without images (Gemini), with a retry delay',
			429,
			{
				error: {
					code: 429,
					message: `${GEMINI_QUOTA} 0, model: gemini-2.5-flash-preview-image Please retry in 0.01s.`,
					status: 'RESOURCE_EXHAUSTED',
				},
			},
			`${GEMINI_QUOTA} 0, model: gemini-2.5-flash-preview-image Please retry in 0.01s.`,
			NEXT.credit,
			{ code: '429' },
		),
		{
			name: '429 for a rate limit per minute (Gemini), with a retry delay in its details',
			operations: GENERATE,
			server: [
				free(
					json(
						{
							error: {
								code: 429,
								message: `${GEMINI_QUOTA} 10, model: gemini-2.5-flash-image`,
								status: 'RESOURCE_EXHAUSTED',
								details: [
									{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '0.02s' },
								],
							},
						},
						429,
					),
				),
				delivers,
			],
			expected: { ...INTACT, calls: 2, items: [images(1, { attempts: 2 })] },
		},
		final(
			'403 for insufficient credit',
			403,
			{ detail: 'User is locked. Reason: Exhausted balance. Top up your balance.' },
			'User is locked. Reason: Exhausted balance. Top up your balance.',
			NEXT.credit,
		),
		final(
			'400 for insufficient credit (DashScope)',
			400,
			{ code: 'Arrearage', message: 'Access denied.', request_id: 'ab-12' },
			'Access denied.',
			NEXT.credit,
			{ code: 'Arrearage', requestId: 'ab-12' },
		),
		final(
			'500 for refused content (gateway)',
			500,
			{
				error: {
					message: 'Your request was rejected by the safety system',
					type: 'upstream_error',
					code: 'bad_response_status_code',
				},
			},
			'Your request was rejected by the safety system',
			NEXT.content,
			{ code: 'bad_response_status_code', type: 'upstream_error' },
		),
		final(
			'429 for refused content (gateway)',
			429,
			{ error: { message: 'Your prompt violates our content policy' } },
			'Your prompt violates our content policy',
			NEXT.content,
		),
		final(
			'400 for refused content (DashScope)',
			400,
			{ code: 'DataInspectionFailed', message: 'Input data may contain inappropriate content.' },
			'Input data may contain inappropriate content.',
			NEXT.content,
			{ code: 'DataInspectionFailed' },
		),
		final(
			'400 for refused content (Chinese)',
			400,
			{ code: 40001, message: '提示词包含敏感内容' },
			'提示词包含敏感内容',
			NEXT.content,
			{ code: '40001' },
		),
		final(
			'400 for content refused by a provider behind OpenRouter',
			400,
			{
				error: {
					code: 400,
					message: 'Provider returned error',
					metadata: {
						raw: '{"error":{"code":"moderation_blocked","message":"Not this."}}',
						provider_name: 'Crucible',
					},
				},
			},
			'Crucible: Not this.',
			NEXT.content,
			{ code: '400' },
		),
		{
			name: "an error with a gateway's own request ID header",
			operations: GENERATE,
			server: [refuses(400, { message: 'No.' }, { 'x-oneapi-request-id': '2026112012' })],
			expected: unbilled('No.', NEXT.change, { status: 400, requestId: '2026112012' }),
		},
		{
			name: "an image with a gateway's own request ID header",
			operations: GENERATE,
			server: [
				makes((made) =>
					json(imageResponse(...made), 200, {
						'cf-ray': '9a-FRA',
						'x-oneapi-request-id': '2026112012',
					}),
				),
			],
			expected: { ...INTACT, items: [images(1, { json: { requestId: '2026112012' } })] },
		},
	],
};
