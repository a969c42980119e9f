import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { ApiError } from '../errors';
import { isPlainHttp } from '../response/errors/refusal';
import { resolveCredential } from '../services/access';

/** A response to `GET /models`. Texts are free of secrets. */
export interface ListResponse {
	readonly status: number;
	readonly url: string;
	readonly text: string;
	/** What the API says in it; empty = nothing. */
	readonly words: string;
	header(name: string): string;
}

/** Statuses of an API without a list of models; they say nothing about key or address. */
export const LIST_IS_MISSING: readonly number[] = [404, 405, 501];

const CHECK_BASE_URL = "Check 'Base URL' in the credential";

/** Why an API refuses to list its models. */
export function explainStatus(
	response: ListResponse,
	credentials: ICredentialDataDecryptedObject,
): ApiError {
	const { status } = response;
	const isKeyless = !hasKey(credentials);
	if (status >= 300 && status < 400) return redirected(response);
	if (LIST_IS_MISSING.includes(status)) {
		return new ApiError(
			`This provider doesn't list models (HTTP ${status} at ${response.url})`,
			'Enter the model ID instead',
			{ status },
		);
	}
	if (isKeyless && (status === 401 || status === 403)) {
		return failure(response, 'The API requires an API key', missingKey(credentials));
	}
	if (isPlainHttp({ status, message: response.words, codes: [] })) {
		return failure(
			response,
			'The API refused the request',
			"Start 'Base URL' in the credential with https:// instead of http://",
		);
	}
	// Google refuses keys with status 400.
	if (status === 401 || (status === 400 && KEY.test(response.words))) {
		return failure(
			response,
			'The API rejected the API key',
			"Check 'API Key' in the credential, and that the key belongs to this 'Base URL'",
		);
	}
	if (status === 403) {
		return failure(
			response,
			'The API denied access to its list of models',
			"The API key might lack permission to list models, or a firewall blocks this n8n. Check 'API Key' and 'Base URL' in the credential",
		);
	}
	if (status === 429) {
		return failure(response, 'Rate limit or quota exceeded', 'Try again later');
	}
	if (status >= 500) {
		return failure(response, 'The API failed', `Try again later. ${CHECK_BASE_URL}`);
	}
	return failure(response, 'The API refused to list its models', CHECK_BASE_URL);
}

const KEY =
	/\b(?:invalid|incorrect|wrong|missing|expired)\b[^.]{0,30}\b(?:api key|authorization|token)|\b(?:api key|token)\b[^.]{0,30}\b(?:not valid|invalid|incorrect|missing|expired|required)/i;

/** Why a success is no list of models. */
export function explainSuccess(response: ListResponse): ApiError {
	const { text } = response;
	if (/^\s*</.test(text)) {
		return failure(
			response,
			'The API returned a web page instead of a list of models',
			`${CHECK_BASE_URL}: it might lead to a website instead of the API`,
		);
	}
	return failure(
		response,
		text.trim()
			? 'The API returned no list of models'
			: 'The API returned an empty response instead of a list of models',
		CHECK_BASE_URL,
	);
}

function failure({ status, words }: ListResponse, what: string, nextStep: string): ApiError {
	const said = words && `: ${words.replace(/\.$/, '')}`;
	return new ApiError(`${what} (HTTP ${status})${said}`, nextStep, { status });
}

function redirected({ status, url, header }: ListResponse): ApiError {
	const location = header('location');
	const target = URL.canParse(location, url) ? new URL(location, url) : null;
	const base = target && `${target.origin}${target.pathname}`.replace(/\/models\/*$/, '');
	return new ApiError(
		`The API returned a redirect (HTTP ${status})${base && base.length <= 200 ? ` to ${base}` : ''}`,
		"Set 'Base URL' in the credential to the final URL. Redirects aren't followed, to protect your API key",
		{ status },
	);
}

/** Whether a request carries anything that could be a key. */
function hasKey(credentials: ICredentialDataDecryptedObject): boolean {
	const { headers, qs } = resolveCredential(credentials);
	const names = [...Object.keys(headers), ...Object.keys(qs)];
	return names.some((name) => !/^(openai-(organization|project)|api-version)$/i.test(name));
}

function missingKey({ authentication }: ICredentialDataDecryptedObject): string {
	return authentication === 'none'
		? "Set 'Authentication' in the credential to 'Bearer Token' or 'Header', and enter your key"
		: "Enter your key in 'API Key' in the credential";
}
