import { isOutOfCredit } from './outOfCredit';
import { isBlockPage, isPlainHttp, type Refusal as Kind } from './refusal';
import { isRefusedContent } from './contentPolicy';

/** What is known of a refusal. */
export interface Refusal extends Kind {
	/** What was called. */
	readonly url: string;
}

const REFUSED_CONTENT =
	'The provider’s safety system refused the prompt or the result. Change the prompt or the input images; the same request would be refused again';
const NO_CREDIT =
	'The account has no credit left, or has reached its spending limit. Add credit or raise the limit in the provider’s billing settings';

/**
 * What to do about an error, by how the provider calls it; the first that fits counts. What is
 * final would be refused again. `{address}` stands for what was called.
 */
const ADVICE: ReadonlyArray<readonly [(refusal: Refusal) => boolean, string, 'final'?]> = [
	[
		(refusal) => BLOCKING.includes(refusal.status ?? 0) && isBlockPage(refusal),
		"A firewall in front of the API blocked the request; that has nothing to do with your API key. Ask your provider to let this n8n's IP address through, or check 'Base URL' in the credential: it might lead to a website instead of an API",
		'final',
	],
	// Codes and types: https://developers.openai.com/api/docs/guides/error-codes and the guide
	// https://developers.openai.com/api/docs/guides/image-generation, section on errors.
	[isRefusedContent, REFUSED_CONTENT, 'final'],
	[(refusal) => refusal.status !== 402 && isOutOfCredit(refusal), NO_CREDIT, 'final'],
	[
		({ message }) => /must be verified/i.test(message),
		'The provider wants the organization verified before it may use this model. Verify it in the provider’s organization settings, then wait up to 15 minutes',
		'final',
	],
	[
		hasCode('unknown_parameter', 'invalid_input_fidelity_model'),
		'This server does not know the parameter for this model. Remove it, or choose another model',
	],
	[
		hasCode('model_not_found', 'model_not_available', 'ModelNotOpen'),
		'The server does not have this model, or the key may not use it. Choose another model, or pick one under Other Model from the server’s own list',
	],
	[
		hasCode('invalid_image_file', 'unsupported_image_format', 'image_too_large', 'image_too_small'),
		'Check the input images: PNG, JPEG or WebP in RGB, not damaged, within the model’s limits',
	],
	[
		({ status = 0 }) => status >= 300 && status < 400,
		'The address leads to another one. Enter the final address as Base URL in the credential: redirects are not followed, so that the key reaches nobody else',
	],
	[
		(refusal) =>
			refusal.status === 401 || hasCode('invalid_api_key', 'authentication_error')(refusal),
		'Check the API key and the Base URL in the credential: the key has to belong to this server',
	],
	[({ status }) => status === 402, 'The account has no credit left. Add credit at the provider'],
	[
		({ status }) => status === 403,
		'The key may not do this. Check the rights of the key and the project, or ask the owner of the account',
	],
	[
		isPlainHttp,
		"Start 'Base URL' in the credential with https:// instead of http://. The request went to {address}",
	],
	[
		({ status, message }) => status === 404 && MISSING_MODEL.test(message),
		'The server does not have this model, or the key may not use it. Choose another model, or pick one under Other Model from the server’s own list',
	],
	[
		({ status }) => status === 405 || status === 501,
		"Not an endpoint of the Images API: {address}. Check 'Base URL' in the credential, and whether the provider offers the Images API",
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
		({ status }) => status === 411 || status === 415,
		"The API does not accept requests in this format. For edits, change 'Send Images as JSON' in Options; otherwise check 'Base URL' in the credential",
	],
	[
		({ status }) => status === 414,
		"The address is too long for the API. Check 'Base URL' in the credential and what it holds after the question mark",
	],
	[
		({ status }) => status === 431,
		"The headers are too large for the API. Check the API key and 'Extra Headers' in the credential",
	],
	[
		({ status }) => status === 429,
		'Too many requests or images per minute. Wait a while, or set Images per Minute or lower Parallel Requests under Options',
	],
	[
		({ status = 0 }) => TIMEOUTS.includes(status),
		'The gateway stopped waiting for the model. The image may have been made and billed all the same. Turn Stream on under Options if the model has it, ask for a smaller size or a lower quality, or use the provider without this gateway',
	],
	[
		({ status = 0 }) => UNREACHABLE.includes(status),
		"The gateway could not reach the API behind it. Try again later. If it keeps failing, check 'Base URL' in the credential or contact your provider",
	],
	[
		({ status = 0 }) => status >= 500,
		'The server failed. Try again later; if the image was made before the failure, it may have been billed',
	],
	[({ status = 0 }) => status >= 400, 'Change what the message names, then run the node again'],
];

/** Statuses that firewalls answer with. */
const BLOCKING: readonly number[] = [400, 403, 405, 406, 429, 503];

/** Somebody stopped waiting: the server, the client of a proxy (nginx), a gateway, Cloudflare. */
const TIMEOUTS: readonly number[] = [408, 499, 504, 524];

/**
 * Cloudflare found nobody behind it:
 * https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
 */
const UNREACHABLE: readonly number[] = [521, 522, 523, 525, 526, 530];

const MISSING_MODEL =
	/\bmodel\b[^.]{0,200}\b(?:not (?:found|exist|available)|does ?n[o’']t exist|unknown)|(?:not found|unable to access|not activated) (?:the )?model\b|\bno (?:allowed )?(?:endpoints|providers) (?:found|available)/i;

/**
 * The next step for the user, and whether the same request would be refused again.
 *
 * @param otherwise the next step where nothing is known of the refusal
 */
export function adviceFor(
	refusal: Refusal,
	otherwise = 'Run the node again, or ask the operator of the server',
): { nextStep: string; isFinal: boolean } {
	const [, nextStep = otherwise, final] = ADVICE.find(([fits]) => fits(refusal)) ?? [];
	return {
		nextStep: nextStep.replace('{address}', () => refusal.url),
		isFinal: final === 'final',
	};
}

function hasCode(...words: string[]): (refusal: Refusal) => boolean {
	return ({ codes }) => codes.some((name) => words.includes(name));
}
