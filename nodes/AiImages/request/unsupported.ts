import type { CallFailure } from '../errors';
import { PRESENTATION } from '../fields/presentation';
import type { ParameterName } from '../models';
import type { ValidRequest } from './validate';
import { wirePath } from './wire';

/** A request without the parameter that the server does not know, and what to tell the user. */
export interface Reduced {
	readonly request: ValidRequest;
	readonly warning: string;
}

/**
 * What to send instead, when a server answers that it does not know a parameter. What the editor
 * filled in by itself is dropped; what the user set only if the user allows it.
 *
 * @returns null if the request stands as it is
 */
export function withoutUnsupported(request: ValidRequest, failure: CallFailure): Reduced | null {
	const unknown = unknownParameter(failure);
	const names = Object.keys(request.values) as ParameterName[];
	// A server may name a record that holds the parameter: `svg` for `svg.model`.
	const name = names.find((each) => `${wirePath(each).join('.')}.`.startsWith(`${unknown}.`));
	if (!name || name === 'prompt') return null;
	if (!request.untouched.includes(name) && !request.settings.dropUnsupported) return null;
	const { [name]: _, ...values } = request.values;
	return {
		request: { ...request, values },
		warning: `${PRESENTATION[name].displayName} was left out: the server does not know it`,
	};
}

/** `Unknown parameter: 'moderation'.`, by its code or by its words. */
function unknownParameter({ details, message }: CallFailure): string | undefined {
	const named = /^(?:unknown|unsupported|unrecognized) parameter:? '?([\w.]+)'?/i.exec(
		message,
	)?.[1];
	if (details.code !== 'unknown_parameter' && !named) return undefined;
	return details.param ?? named;
}
