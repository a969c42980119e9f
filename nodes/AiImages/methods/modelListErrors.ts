import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { ApiError } from '../errors';
import { isPlainHttp, isWrongKey } from '../response/errors/refusal';
import { accessFor } from '../services/access';
import type { Service } from '../services/types';

/** A response without a list of models. Texts are free of secrets. */
export interface ListResponse {
	readonly status: number;
	readonly url: string;
	readonly text: string;
	/** The API's own message; empty = none. */
	readonly message: string;
	header(name: string): string;
}

const CHECK_BASE_URL = "Check 'Base URL' in the credential";

/** Why an API does not list its models. */
export function explainStatus(
	response: ListResponse,
	credentials: ICredentialDataDecryptedObject,
): ApiError {
	const { status } = response;
	const { service } = accessFor(credentials);
	const { missing } = service.modelList;
	const api = nameOf(service);
	const isKeyless = !hasKey(credentials);
	if (status >= 300 && status < 400) return redirected(response);
	if (missing.includes(status)) {
		return new ApiError(
			`This provider doesn't list models (HTTP ${status} at ${response.url})`,
			'Enter the model ID instead',
			{ status },
		);
	}
	if (isKeyless && (status === 401 || status === 403)) {
		return listError(response, `${api} requires an API key`, missingKey(credentials));
	}
	if (isPlainHttp({ status, message: response.message, codes: [] })) {
		return listError(
			response,
			`${api} refused the request`,
			"Start 'Base URL' in the credential with https:// instead of http://",
		);
	}
	if (status === 401 || isWrongKey(response)) {
		return listError(
			response,
			`${api} rejected the API key`,
			"Check 'API Key' in the credential, and that the key belongs to this 'Base URL'",
		);
	}
	if (status === 403) {
		return listError(
			response,
			`${api} denied access to its list of models`,
			"The API key might lack permission to list models, or a firewall might block n8n. Check 'API Key' and 'Base URL' in the credential",
		);
	}
	if (status === 429) {
		return listError(response, 'Rate limit or quota exceeded', 'Try again later');
	}
	if (status >= 500) {
		return listError(
			response,
			`${api} couldn't process the request`,
			`Try again later. ${CHECK_BASE_URL}`,
		);
	}
	return listError(response, `${api} refused to list its models`, CHECK_BASE_URL);
}

/** Why a successful response is no list of models. */
export function explainSuccess(
	response: ListResponse,
	credentials: ICredentialDataDecryptedObject,
): ApiError {
	const { text } = response;
	const api = nameOf(accessFor(credentials).service);
	if (/^\s*</.test(text)) {
		return listError(
			response,
			`${api} returned a web page instead of JSON`,
			`${CHECK_BASE_URL}: it might lead to a website instead of the API`,
		);
	}
	return listError(
		response,
		text.trim()
			? `${api} returned no list of models`
			: `${api} returned an empty response instead of JSON`,
		CHECK_BASE_URL,
	);
}

/** The service as the subject of a sentence. */
function nameOf({ displayName, baseUrl, apiVersion }: Service): string {
	return baseUrl === null && !apiVersion ? 'The API' : displayName;
}

function listError({ status, message }: ListResponse, what: string, advice: string): ApiError {
	const reason = message && `: ${message.replace(/\.$/, '')}`;
	return new ApiError(`${what} (HTTP ${status})${reason}`, advice, { status });
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
	const { headers, qs, service } = accessFor(credentials);
	const names = [...Object.keys(headers), ...Object.keys(qs)];
	return names.some((name) => !service.modelList.keylessHeaders.test(name));
}

function missingKey({ authentication }: ICredentialDataDecryptedObject): string {
	return authentication === 'none'
		? "Set 'Authentication' in the credential to 'Bearer Token' or 'Header', and enter your key"
		: "Enter your key in 'API Key' in the credential";
}
