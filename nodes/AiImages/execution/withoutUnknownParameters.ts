import type { ApiError } from '../errors';
import type { ParameterName } from '../models';
import { PARAMETERS } from '../models/parameters';
import { withoutParameters } from '../request/split';
import type { ValidRequest } from '../request/types';
import { unknownParameters } from '../response/errors/unknownParameters';
import { parameterPaths } from '../services/spelling';
import { formatName } from '../values/format';

export interface ReducedRequest {
	readonly request: ValidRequest;
	/** Tells the user what was left out. */
	readonly warning: string;
}

/**
 * What to send instead if the API does not know some parameters. Defaults that the editor filled in
 * are left out; values that the user set only with *Drop Unsupported Parameters*.
 *
 * @returns null if the error has another reason, or nothing can be left out
 */
export function withoutUnknownParameters(
	request: ValidRequest,
	error: ApiError,
): ReducedRequest | null {
	const names = rejectedParameters(request, error);
	const isOptional = (name: ParameterName) =>
		request.atDefault.includes(name) || request.settings.dropUnsupported;
	if (names.length === 0 || !names.every(isOptional)) return null;
	const [were, them] = names.length === 1 ? ['was', 'it'] : ['were', 'them'];
	return {
		request: withoutParameters(request, names),
		warning: `${formatNames(names)} ${were} removed because the API doesn't support ${them}`,
	};
}

/** The error, with advice that names the parameters that the API does not know. */
export function withParameterAdvice(request: ValidRequest, error: ApiError): ApiError {
	const names = rejectedParameters(request, error);
	if (names.length === 0 || request.settings.dropUnsupported) return error;
	const them = names.length === 1 ? 'it' : 'them';
	return error.with({
		advice: `The API doesn't support ${formatNames(names)}. Remove ${them}, or turn on 'Drop Unsupported Parameters' in Options`,
	});
}

/** The parameters of a request that the API does not know. */
function rejectedParameters(request: ValidRequest, error: ApiError): ParameterName[] {
	// Without a response, the message is not the API's.
	if (error.details.status === undefined) return [];
	const unknown = unknownParameters(error, request.service.errorCodes);
	const sent = Object.keys(request.values) as ParameterName[];
	return sent.filter((name) => name !== 'prompt' && isUnknown(name, unknown, request));
}

function formatNames(names: readonly ParameterName[]): string {
	return names.map((name) => formatName(PARAMETERS[name].displayName)).join(' and ');
}

/** `svg.model` is unknown if `svg` is. */
function isUnknown(
	name: ParameterName,
	unknown: readonly string[],
	{ service, operation }: ValidRequest,
): boolean {
	return parameterPaths(service, operation, name).some((path) =>
		unknown.some((each) => `${path}.`.startsWith(`${each}.`)),
	);
}
