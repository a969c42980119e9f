import type { ApiError } from '../errors';
import { PARAMETERS } from '../models/parameters';
import type { ParameterName } from '../models';
import { unknownParameters } from '../response/errors/unknownParameters';
import type { ValidRequest } from '../request/validate';
import { bodyPath } from '../services/spelling';

/** A request without the parameters that the server does not know, and what to tell the user. */
export interface Reduced {
	readonly request: ValidRequest;
	readonly warning: string;
}

/**
 * What to send instead, when a server answers that it does not know parameters. What the editor
 * filled in by itself is dropped; what the user set only if the user allows it.
 *
 * @returns null if the request stands as it is
 */
export function withoutUnsupported(request: ValidRequest, failure: ApiError): Reduced | null {
	const unknown = unknownParameters(failure);
	const sent = Object.keys(request.values) as ParameterName[];
	const names = sent.filter((name) => name !== 'prompt' && isNamed(name, unknown));
	const mayGo = (name: ParameterName) =>
		request.atDefault.includes(name) || request.settings.dropUnsupported;
	if (names.length === 0 || !names.every(mayGo)) return null;
	const values = { ...request.values };
	for (const name of names) delete values[name];
	const titles = names.map((name) => PARAMETERS[name].displayName).join(' and ');
	const them = names.length === 1 ? ['was', 'it'] : ['were', 'them'];
	return {
		request: { ...request, values },
		warning: `${titles} ${them[0]} left out: the server does not know ${them[1]}`,
	};
}

/** Whether a parameter is among these, or in one of them: `svg` holds `svg.model`. */
function isNamed(name: ParameterName, unknown: readonly string[]): boolean {
	const path = `${bodyPath(name).join('.')}.`;
	return unknown.some((each) => path.startsWith(`${each}.`));
}
