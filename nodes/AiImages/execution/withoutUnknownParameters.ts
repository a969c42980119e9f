import type { ApiError } from '../errors';
import type { ParameterName } from '../models';
import { PARAMETERS } from '../models/parameters';
import { withoutParameters } from '../request/split';
import type { ValidRequest } from '../request/types';
import { unknownParameters } from '../response/errors/unknownParameters';
import { parameterPath } from '../services/spelling';

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
	// Without a response, the message is not the API's.
	if (error.details.status === undefined) return null;
	const unknown = unknownParameters(error, request.service.errorCodes);
	const sent = Object.keys(request.values) as ParameterName[];
	const names = sent.filter((name) => name !== 'prompt' && isUnknown(name, unknown, request));
	const isOptional = (name: ParameterName) =>
		request.atDefault.includes(name) || request.settings.dropUnsupported;
	if (names.length === 0 || !names.every(isOptional)) return null;
	const titles = names.map((name) => PARAMETERS[name].displayName).join(' and ');
	const [were, them] = names.length === 1 ? ['was', 'it'] : ['were', 'them'];
	return {
		request: withoutParameters(request, names),
		warning: `${titles} ${were} left out: the server does not know ${them}`,
	};
}

/** `svg.model` is unknown if `svg` is. */
function isUnknown(
	name: ParameterName,
	unknown: readonly string[],
	{ service, operation }: ValidRequest,
): boolean {
	const path = `${parameterPath(service, operation, name)}.`;
	return unknown.some((each) => path.startsWith(`${each}.`));
}
