import type { ErrorKind, Service } from '../../services/types';
import { isRefusedContent } from './contentPolicy';
import { isOutOfCredit } from './outOfCredit';
import {
	isBlockPage,
	isPlainHttp,
	isWithoutPayment,
	isWithoutRights,
	isWrongKey,
	isWrongPlace,
	type Refusal,
} from './refusal';

type Condition = (refusal: RefusedRequest) => boolean;

export interface RefusedRequest extends Refusal {
	/** The request's URL without its query. */
	readonly url: string;
	readonly service: Service;
}

/**
 * @param fallbackAdvice the advice if no condition holds
 * @returns what to do next, and whether the same request would be refused again
 */
export function adviceFor(
	refusal: RefusedRequest,
	fallbackAdvice = 'Run the node again, or contact your provider',
): { advice: string; isFinal: boolean } {
	const [, advice = fallbackAdvice, final] = ADVICE.find(([applies]) => applies(refusal)) ?? [];
	const { sentenceName, keyPage } = refusal.service;
	return {
		advice: advice
			.replace('{address}', () => refusal.url)
			.replace('{service}', () => sentenceName)
			.replace('{keyPage}', () => (keyPage ? `: ${keyPage}` : '')),
		isFinal: final === 'final',
	};
}

const REFUSED_CONTENT =
	"The provider's safety system refused the prompt or the result. Edit the prompt or input images; retrying won't help";
const MISSING_MODEL_ADVICE =
	"The provider doesn't offer this model, or the API key has no access to it. Choose another 'Model', or set 'Model ID' to a model that the API lists (From List)";
const WITHOUT_RIGHTS =
	'The API key lacks permission. Check its project and scopes, or ask the account owner';
const NO_CREDIT =
	"The account has no credit left or has reached its spending limit. Add credit or increase the limit in the provider's billing settings";

/**
 * The first entry whose condition holds applies. `final` = the same request would be refused again.
 * `{address}` stands for the URL of the request, `{service}` for the service, and `{keyPage}` for where
 * its users make their keys.
 */
const ADVICE: ReadonlyArray<readonly [Condition, advice: string, 'final'?]> = [
	[
		(refusal) => FIREWALL_STATUSES.includes(refusal.status ?? 0) && isBlockPage(refusal),
		"A firewall in front of the API blocked the request; your API key isn't the cause. Ask your provider to allow the IP address of your n8n server, or check 'Base URL' in the credential: it might lead to a website instead of the API",
		'final',
	],
	[isRefusedContent, REFUSED_CONTENT, 'final'],
	[
		isWithoutPayment,
		"The account has no means of payment. Add one in the provider's billing settings",
		'final',
	],
	[(refusal) => refusal.status !== 402 && isOutOfCredit(refusal), NO_CREDIT, 'final'],
	[
		isWrongPlace,
		'The provider refuses requests from the country or region of your n8n server. Use a credential for another service that serves the model',
		'final',
	],
	[
		({ message }) => /must be verified/i.test(message),
		"Your organization must be verified to use this model. Verify it in the provider's organization settings, then wait up to 15 minutes",
		'final',
	],
	[
		hasCode('unsupportedParameter'),
		"The API doesn't support this parameter for this model. Remove it, or choose another model",
	],
	[
		hasCode('deployment'),
		"The resource has no such deployment, or it has another kind of model. Set 'Deployments' in the credential, or 'Model ID', to the name of a deployment of this model",
		'final',
	],
	[
		(refusal) => hasCode('model')(refusal) || WRONG_MODEL.test(refusal.message),
		MISSING_MODEL_ADVICE,
	],
	[
		hasCode('inputImage'),
		"Check the input images. They must be intact PNG, JPEG or WebP files in RGB, within the model's limits",
	],
	[
		({ status = 0 }) => status >= 300 && status < 400,
		"The API returned a redirect. Set 'Base URL' in the credential to the final URL; redirects aren't followed to protect your API key",
	],
	[isWithoutRights, WITHOUT_RIGHTS],
	[
		(refusal) => isKeyRefused(refusal) && isOwnAddress(refusal) && !refusal.service.hasRegionalKeys,
		'Check that the API key in the credential is a valid key of {service}{keyPage}',
	],
	[isKeyRefused, "Check that the API key in the credential is valid for this 'Base URL'"],
	[
		({ status }) => status === 402,
		"The account has no credit left. Add credit in the provider's billing settings",
	],
	[({ status }) => status === 403, WITHOUT_RIGHTS],
	[
		isPlainHttp,
		"Start 'Base URL' in the credential with https:// instead of http://. The request went to {address}",
	],
	[
		({ status, message }) => status === 404 && NO_PROVIDER.test(message),
		"No provider of the model may take this request as it is. Change what the message names, a setting of the account or a parameter, or choose another 'Model'",
		'final',
	],
	[({ status, message }) => status === 404 && MISSING_MODEL.test(message), MISSING_MODEL_ADVICE],
	[
		({ status }) => status === 405 || status === 501,
		"Not an endpoint of the Images API: {address}. Check 'Base URL' in the credential, and whether the provider offers the Images API",
	],
	[
		(refusal) => refusal.status === 404 && hasModelInPath(refusal) && isOwnAddress(refusal),
		"{service} has no such model. Choose another 'Model', or correct 'Model ID'",
	],
	[
		(refusal) => refusal.status === 404 && hasModelInPath(refusal),
		"{service} has no such model, or 'Base URL' in the credential is wrong: {address}. Choose another 'Model', or correct 'Model ID' or 'Base URL'",
	],
	[
		({ status }) => status === 404,
		"Endpoint not found: {address}. Check 'Base URL' in the credential, and whether the provider offers the Images API",
	],
	[
		({ codes }) => codes.some((code) => NO_MEDIA.includes(code)),
		'The model made no image of this prompt. Edit the prompt or input images, or run the node again',
	],
	[
		({ status }) => status === 413,
		'The upload is too large for the API. Use fewer or smaller input images',
	],
	[
		({ status }) => status === 411 || status === 415,
		"The API doesn't accept requests in this format. For edits, change 'Send Images as JSON' in Options; otherwise check 'Base URL' in the credential",
	],
	[
		({ status }) => status === 414,
		"The URL is too long for the API. Check 'Base URL' in the credential, including everything after the question mark",
	],
	[
		({ status }) => status === 431,
		"The headers are too large for the API. Check the API key and 'Extra Headers' in the credential",
	],
	[
		({ status }) => status === 429,
		"Rate limit exceeded. Try again later, lower 'Parallel Requests', or set 'Images per Minute' in Options",
	],
	[
		({ status = 0 }) => TIMEOUT_STATUSES.includes(status),
		"Gateway timeout. The image might have been generated and billed. Turn on 'Stream' in Options if the model supports it, use a smaller size or lower quality, or connect to the provider without this gateway",
	],
	[
		({ status = 0 }) => UNREACHABLE_STATUSES.includes(status),
		"The gateway couldn't reach the API behind it. Try again later. If it keeps failing, check 'Base URL' in the credential or contact your provider",
	],
	[
		({ status = 0 }) => status >= 500,
		"The provider couldn't process the request. Try again later. The image might have been generated and billed",
	],
	[({ status = 0 }) => status >= 400, 'Fix the value named in the message and run the node again'],
];

const FIREWALL_STATUSES: readonly number[] = [400, 403, 405, 406, 429, 503];

/** From the API, nginx (499), a gateway (504) and Cloudflare (524). */
const TIMEOUT_STATUSES: readonly number[] = [408, 499, 504, 524];

/**
 * Cloudflare's statuses if it cannot reach the API:
 * https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
 */
const UNREACHABLE_STATUSES: readonly number[] = [521, 522, 523, 525, 526, 530];

/** OpenRouter: https://openrouter.ai/docs/guides/routing/provider-selection */
const NO_PROVIDER =
	/\bno (?:allowed )?(?:endpoints|providers) (?:found|available) (?:that|matching)/i;

/**
 * With any status. OpenRouter: `x/y is not a valid model ID`; SiliconFlow, vLLM, DashScope (`Model not
 * exist.`); Z.ai, Cloudflare, Bedrock, ModelScope (`Model id : x , has no provider supported`), Hugging Face; New
 * API, whose key or group has no access to the model, or which has no price for it.
 */
const WRONG_MODEL = new RegExp(
	[
		'\\bnot a valid model(?: id| name)?\\b|\\binvalid model (?:id|name)\\b|\\bunknown model\\b',
		'\\bno such model\\b|\\bmodel identifier is invalid\\b',
		`\\bmodel(?: id)?\\s?:?(?: ["'\`]?[\\w./:@-]{1,100}["'\`]?)?(?: ,)? (?:does ?n[o’']t exist|not exist|(?:was |is )?not found|has no provider supported|is not supported by any provider)\\b|\\bmodel ["'\`][\\w./:@-]{1,100}["'\`] is not available(?=\\.|$)`,
		'模型.{0,60}(?:不存在|价格未配置)|无权(?:访问|使用).{0,4}模型',
	].join('|'),
	'i',
);

/** fal, EvolinkAI (https://docs.evolink.ai/en/api-manual/task-management/error-codes). */
const NO_MEDIA: readonly string[] = ['no_media_generated', 'generation_failed_no_content'];

/** IDs of models have dots; one before a space ends a sentence. */
const MISSING_MODEL =
	/\bmodels?\b(?:[^.]|\.(?=\S)){0,200}\b(?:not (?:found|exist|available)|no longer (?:available|supported|offered)|(?:deprecated|retired|decommissioned|shut down)\b|does ?n[o’']t exist|unknown)|(?:not found|unable to access|not activated) (?:the )?model\b|\bno (?:allowed )?(?:endpoints|providers) (?:found|available)/i;

function hasCode(kind: ErrorKind): Condition {
	return ({ codes, service }) => codes.some((code) => service.errorCodes[kind].includes(code));
}

function isKeyRefused(refusal: RefusedRequest): boolean {
	return refusal.status === 401 || isWrongKey(refusal) || hasCode('apiKey')(refusal);
}

/** Whether the request went to the service's own address, and not to one that the user entered. */
function isOwnAddress({ url, service: { baseUrl } }: RefusedRequest): boolean {
	return baseUrl !== null && URL.canParse(url) && new URL(url).origin === new URL(baseUrl).origin;
}

/** Whether the path has the model, so that an unknown model is an unknown path. */
function hasModelInPath({ service: { endpoints, baseUrl } }: RefusedRequest): boolean {
	return baseUrl !== null && /\{\+?model\}/.test(endpoints.generate.path);
}
