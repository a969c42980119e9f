import type { ErrorKind, Service } from '../../services/types';
import { isRefusedContent } from './contentPolicy';
import { isOutOfCredit } from './outOfCredit';
import { isBlockPage, isPlainHttp, type Refusal } from './refusal';

type ErrorCodes = Service['errorCodes'];
type Condition = (refusal: RefusedRequest, codes: ErrorCodes) => boolean;

export interface RefusedRequest extends Refusal {
	/** The request's URL without its query. */
	readonly url: string;
}

/**
 * @param codes the service's error codes
 * @param fallbackAdvice the advice if no condition holds
 * @returns what to do next, and whether the same request would be refused again
 */
export function adviceFor(
	refusal: RefusedRequest,
	codes: ErrorCodes,
	fallbackAdvice = 'Run the node again, or ask the operator of the server',
): { advice: string; isFinal: boolean } {
	const [, advice = fallbackAdvice, final] =
		ADVICE.find(([applies]) => applies(refusal, codes)) ?? [];
	return {
		advice: advice.replace('{address}', () => refusal.url),
		isFinal: final === 'final',
	};
}

const REFUSED_CONTENT =
	'The provider’s safety system refused the prompt or the result. Change the prompt or the input images; the same request would be refused again';
const NO_CREDIT =
	'The account has no credit left, or has reached its spending limit. Add credit or raise the limit in the provider’s billing settings';

/**
 * The first entry whose condition holds applies. `final` = the same request would be refused again.
 * `{address}` stands for the URL of the request.
 */
const ADVICE: ReadonlyArray<readonly [Condition, advice: string, 'final'?]> = [
	[
		(refusal) => FIREWALL_STATUSES.includes(refusal.status ?? 0) && isBlockPage(refusal),
		"A firewall in front of the API blocked the request; that has nothing to do with your API key. Ask your provider to let this n8n's IP address through, or check 'Base URL' in the credential: it might lead to a website instead of an API",
		'final',
	],
	[isRefusedContent, REFUSED_CONTENT, 'final'],
	[(refusal) => refusal.status !== 402 && isOutOfCredit(refusal), NO_CREDIT, 'final'],
	[
		({ message }) => /must be verified/i.test(message),
		'The provider wants the organization verified before it may use this model. Verify it in the provider’s organization settings, then wait up to 15 minutes',
		'final',
	],
	[
		hasCode('unsupportedParameter'),
		'This server does not know the parameter for this model. Remove it, or choose another model',
	],
	[
		hasCode('model'),
		'The server does not have this model, or the key may not use it. Choose another model, or pick one under Other Model from the server’s own list',
	],
	[
		hasCode('inputImage'),
		'Check the input images: PNG, JPEG or WebP in RGB, not damaged, within the model’s limits',
	],
	[
		({ status = 0 }) => status >= 300 && status < 400,
		'The address leads to another one. Enter the final address as Base URL in the credential: redirects are not followed, so that the key reaches nobody else',
	],
	[
		(refusal, codes) => refusal.status === 401 || hasCode('apiKey')(refusal, codes),
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
		({ status = 0 }) => TIMEOUT_STATUSES.includes(status),
		'The gateway stopped waiting for the model. The image may have been made and billed all the same. Turn Stream on under Options if the model has it, ask for a smaller size or a lower quality, or use the provider without this gateway',
	],
	[
		({ status = 0 }) => UNREACHABLE_STATUSES.includes(status),
		"The gateway could not reach the API behind it. Try again later. If it keeps failing, check 'Base URL' in the credential or contact your provider",
	],
	[
		({ status = 0 }) => status >= 500,
		'The server failed. Try again later; if the image was made before the failure, it may have been billed',
	],
	[({ status = 0 }) => status >= 400, 'Change what the message names, then run the node again'],
];

const FIREWALL_STATUSES: readonly number[] = [400, 403, 405, 406, 429, 503];

/** From the API, nginx (499), a gateway (504) and Cloudflare (524). */
const TIMEOUT_STATUSES: readonly number[] = [408, 499, 504, 524];

/**
 * Cloudflare's statuses if it cannot reach the API:
 * https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
 */
const UNREACHABLE_STATUSES: readonly number[] = [521, 522, 523, 525, 526, 530];

const MISSING_MODEL =
	/\bmodel\b[^.]{0,200}\b(?:not (?:found|exist|available)|does ?n[o’']t exist|unknown)|(?:not found|unable to access|not activated) (?:the )?model\b|\bno (?:allowed )?(?:endpoints|providers) (?:found|available)/i;

function hasCode(kind: ErrorKind): Condition {
	return ({ codes }, knownCodes) => codes.some((code) => knownCodes[kind].includes(code));
}
