import { readErrorResponse } from '../../../../nodes/AiImages/response/errors/parseError';
import { responseOf } from '../../responses';
import { ADVICE } from './refusals/types';

/** One refusal per line: status, code (or -), and message, as providers word them. */
const rowsOf = (text: string) =>
	text
		.trim()
		.split('\n')
		.map((line) => {
			const [status = '', code, ...message] = line.trim().split(' | ');
			return [Number(status), code === '-' ? null : code, message.join(' | ')] as const;
		});

const failureFor = async (status: number, code: string | null | undefined, message: string) =>
	await readErrorResponse(responseOf({ status, body: { error: { message, code, type: null } } }));

describe('refused content', () => {
	it.each(
		rowsOf(`
			400 | 400 | litellm.ContentPolicyViolationError: AzureException ContentPolicyViolationError - The prompt is not ok
			400 | IPInfringementSuspect | Input data is suspected of being involved in IP infringement.
			400 | - | The prompt could not be submitted. This prompt contains words that violate Google's Responsible AI practices. Try rephrasing the prompt.
			400 | - | Unable to show generated images. All images were filtered out because they violated Google's Responsible AI practices.
			400 | invalid_prompts | One or more prompts contains filtered words.
			400 | - | This request has been blocked because it may depict a real person.
			400 | public_figure_blocked | No.
			400 | policy_violation | Request refused.
			400 | content_safety_violation | Bad prompt.
			422 | safety_check_failed | Blocked.
			422 | nsfw_content | Blocked.
			422 | NSFW_DETECTED | Blocked.
			422 | CONTENT_FLAGGED | Blocked.
			400 | ModerationFailed | No.
			400 | UNSAFE_CONTENT | No.
			400 | sensitive_content | No.
			400 | OperationDenied.ImageIllegalDetected | No.
			400 | OutputImageSensitiveContentDetected.PolicyViolation | No.
			400 | - | Your prompt was blocked because it may infringe third-party content. Please revise your prompt.
			400 | - | This content may violate our guardrails concerning similarity to third-party content.
			400 | - | Rejected: this request contains content that may be sexual.
			400 | 1301 | Failure to pass the risk control system
			400 | - | The prompt should be in line with our content policy
			500 | - | Ihre Anfrage wurde vom Sicherheitssystem abgelehnt.
			500 | - | Votre requête a été rejetée par notre système de sécurité.
			500 | - | Su solicitud fue rechazada por nuestro sistema de seguridad.
			500 | - | Запрос отклонён системой безопасности
			500 | - | コンテンツポリシーに違反しています
		`),
	)('is final: %s %s %s', async (...refusal) => {
		const { advice, hint } = await failureFor(...refusal);
		expect(advice).toMatch(ADVICE.moderation);
		expect(hint.isFinal).toBe(true);
	});

	it.each(
		rowsOf(`
			400 | - | Content filter field missing: content_filter is required
			400 | - | Unsupported content type: application/octet-stream
			400 | - | No policy matches the model alias my-image in this gateway
			400 | - | An explicit image size is required for this model
			400 | - | inappropriate image format: the image must be PNG
			400 | - | Model names are case sensitive: use GPT-IMAGE-1
			400 | - | The request content was blocked by the WAF policy
			400 | - | The image URL is unsafe: only https is allowed
			400 | invalid_value | Invalid 'safety_identifier': string too long.
			400 | safety_settings_invalid | No.
			403 | access_denied | You do not have permission: policy ImagesPolicy denies images:create for this key
			403 | - | Request is disallowed by the constraint. It violates the organization policy.
			403 | - | blocked by CORS policy
			401 | access_terminated | Your access was terminated due to violation of our policies, please check your email.
			429 | rate_limit_exceeded | You have exceeded the rate limit, in violation of our usage policy. Please slow down.
			503 | moderation_unavailable | The moderation service is temporarily unavailable, please retry
			503 | overloaded | Safety checker is overloaded, try again later
			504 | - | Timeout while waiting for the content moderation service
		`),
	)('is something else: %s %s %s', async (...refusal) => {
		const { advice, hint } = await failureFor(...refusal);
		expect(advice).not.toMatch(ADVICE.moderation);
		expect(hint.isFinal).toBe(false);
	});

	it.each([1026, 1027])('is recognized by a code of MiniMax: %i', async (status_code) => {
		const body = { base_resp: { status_code, status_msg: 'No.' } };
		const { advice, hint } = await readErrorResponse(responseOf({ body }));
		expect(advice).toMatch(ADVICE.moderation);
		expect(hint.isFinal).toBe(true);
	});

	it('is recognized in the shape of Tencent', async () => {
		const said = { Code: 'OperationDenied.TextIllegalDetected', Message: '文本违规' };
		const body = { Response: { Error: said, RequestId: 'ab-12' } };
		const { message, advice, details } = await readErrorResponse(responseOf({ status: 400, body }));
		expect({ message, ...details }).toMatchObject({
			message: '文本违规',
			code: 'OperationDenied.TextIllegalDetected',
			requestId: 'ab-12',
		});
		expect(advice).toMatch(ADVICE.moderation);
	});
});

describe('lack of credit', () => {
	it.each(
		rowsOf(`
			429 | - | Your account is not active, please check your billing details on our website.
			403 | - | inference prohibited, please enter billing details or check your payment method
			429 | credit_limit | Credit limit exceeded, please navigate to https://api.example/settings/billing
			403 | 30011 | 该模型仅支持充值余额使用，请先充值
			403 | AllocationQuota.FreeTierOnly | The free tier of the model has been exhausted.
			429 | QuotaExceeded | Your account [21] has exhausted its free trial quota for the [x] model.
			429 | SetLimitExceeded | Your account [21] has reached the set inference limit for the [x] model.
			403 | - | This API method requires billing to be enabled. Please enable billing on project #1.
			400 | - | Imagen API is only accessible to billed users at this time.
			429 | - | you have used up your daily free allocation of 10,000 neurons
			429 | - | ExceededBudget: User=x over budget. Spend=10.0, Budget=5.0
			403 | - | Saldo insuficiente
			403 | - | Créditos insuficientes
			403 | - | Crédit insuffisant
			403 | - | Недостаточно средств на балансе
			403 | no_credits | No.
			403 | out_of_credits | No.
			403 | NOT_ENOUGH_BALANCE | No.
			403 | InsufficientBalance | No.
			400 | insufficientCredits | No.
			403 | BILLING_DISABLED | No.
			403 | - | Your free trial has expired. Please add a payment method.
		`),
	)('is final: %s %s %s', async (...refusal) => {
		const { advice, hint } = await failureFor(...refusal);
		expect(advice).toMatch(ADVICE.credit);
		expect(hint.isFinal).toBe(true);
	});

	it.each([
		'Your prepayment credits are depleted. Please go to AI Studio to manage your billing.',
		'Your project has exceeded its monthly spending cap.',
	])('is final at Google, whose name for it is that of every limit: %s', async (message) => {
		const body = { error: { code: 429, message, status: 'RESOURCE_EXHAUSTED' } };
		const { advice, hint } = await readErrorResponse(responseOf({ status: 429, body }));
		expect(advice).toMatch(ADVICE.credit);
		expect(hint.isFinal).toBe(true);
	});

	it.each(
		rowsOf(`
			429 | rate_limit_exceeded | Rate limit reached for x on input-images per min: Limit 5. You can increase it by adding a payment method at https://x/account/billing.
			429 | 429 | Quota exceeded for this minute; low balance of tokens.
			429 | - | Too many active tasks, limit 24. Add credits to raise the limit
			429 | - | Your rate limit is reduced to 6 requests per minute while you have less than $5.0 in credit.
			429 | - | You have hit the limit of your Free plan: 5 images per minute. Upgrade your plan for more.
			400 | - | Size 4K costs more credits than this tier allows; choose a smaller one
			400 | - | Invalid white balance: too low
			400 | - | The image does not have enough contrast
		`),
	)('is something else: %s %s %s', async (status, ...refusal) => {
		const { advice, hint } = await failureFor(status, ...refusal);
		expect(advice).not.toMatch(ADVICE.credit);
		expect(hint).toMatchObject({ isFinal: false, isRateLimit: status === 429 });
	});
});
