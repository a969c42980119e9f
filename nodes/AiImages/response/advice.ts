import type { FailureDetails } from '../errors';

type Refusal = FailureDetails & { readonly message: string; readonly address: string };

const REFUSED_CONTENT =
	'The provider’s safety system refused the prompt or the result. Change the prompt or the input images; the same request would be refused again';

/**
 * What to do about an error, by how the provider calls it; the first that fits counts. What is
 * final would be refused again. `{address}` stands for what was called.
 */
const ADVICE: ReadonlyArray<readonly [(refusal: Refusal) => boolean, string, 'final'?]> = [
	// Codes and types: https://developers.openai.com/api/docs/guides/error-codes and the guide
	// https://developers.openai.com/api/docs/guides/image-generation, section on errors.
	[
		named(
			'moderation_blocked',
			'content_policy_violation',
			'contentFilter',
			'sensitive_words_detected',
			'prompt_blocked',
		),
		REFUSED_CONTENT,
		'final',
	],
	[
		({ status, message }) => status === 403 && /moderation|flagged|safety/i.test(message),
		REFUSED_CONTENT,
		'final',
	],
	[
		named(
			'insufficient_quota',
			'credit_balance_exhausted',
			'organization_spend_limit_exceeded',
			'project_spend_limit_exceeded',
			'organization_usage_limit_exceeded',
			'billing_not_active',
			'billing_hard_limit_reached',
			'insufficient_user_quota',
		),
		'The account has no credit left, or has reached its spending limit. Add credit or raise the limit in the provider’s billing settings',
		'final',
	],
	[
		({ message }) => /must be verified/i.test(message),
		'The provider wants the organization verified before it may use this model. Verify it in the provider’s organization settings, then wait up to 15 minutes',
		'final',
	],
	[
		named('unknown_parameter', 'invalid_input_fidelity_model'),
		'This server does not know the parameter for this model. Remove it, or choose another model',
	],
	[
		named('model_not_found'),
		'The server does not have this model, or the key may not use it. Choose another model, or pick one under Other Model from the server’s own list',
	],
	[
		named('invalid_image_file', 'unsupported_image_format', 'image_too_large', 'image_too_small'),
		'Check the input images: PNG, JPEG or WebP in RGB, not damaged, within the model’s limits',
	],
	[
		({ status = 0 }) => status >= 300 && status < 400,
		'The address leads to another one. Enter the final address as Base URL in the credential: redirects are not followed, so that the key reaches nobody else',
	],
	[
		({ status, code, type }) =>
			status === 401 || code === 'invalid_api_key' || type === 'authentication_error',
		'Check the API key and the Base URL in the credential: the key has to belong to this server',
	],
	[({ status }) => status === 402, 'The account has no credit left. Add credit at the provider'],
	[
		({ status }) => status === 403,
		'The key may not do this. Check the rights of the key and the project, or ask the owner of the account',
	],
	[
		({ status }) => status === 404,
		"Endpoint not found: {address}. Check 'Base URL' in the credential, and whether the provider offers the Images API",
	],
	[
		({ status }) => status === 413,
		'The upload is too large for this server. Use fewer or smaller input images',
	],
	[
		({ status }) => status === 429,
		'Too many requests or images per minute. Wait a while, or set Images per Minute or lower Parallel Requests under Options',
	],
	[
		({ status }) => status === 504 || status === 524,
		'The gateway stopped waiting for the model. The image may have been made and billed all the same. Turn Stream on under Options if the model has it, ask for a smaller size or a lower quality, or use the provider without this gateway',
	],
	[
		({ status = 0 }) => status >= 500,
		'The server failed. Try again later; if the image was made before the failure, it may have been billed',
	],
	[({ status = 0 }) => status >= 400, 'Change what the message names, then run the node again'],
];

/** The next step for the user, and whether the same request would be refused again. */
export function adviceFor(refusal: Refusal): { nextStep: string; isFinal: boolean } {
	const [, nextStep = 'Run the node again, or ask the operator of the server', final] =
		ADVICE.find(([fits]) => fits(refusal)) ?? [];
	return {
		nextStep: nextStep.replace('{address}', () => refusal.address),
		isFinal: final === 'final',
	};
}

function named(...words: string[]): (refusal: Refusal) => boolean {
	return ({ code, type }) => words.includes(code ?? '') || words.includes(type ?? '');
}
