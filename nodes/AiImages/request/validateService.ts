import type { ParameterName } from '../models';
import { PARAMETERS } from '../models/parameters';
import { canSpell, isImplied, spell } from '../services/spelling';
import { serves, servicesServing, servicesTaking } from '../services/support';
import { formatName } from '../values/format';
import type { RawRequest } from './types';
import { valueIsNot } from './valueIsNot';

/** What the service cannot do for this request, one sentence each. */
export function validateService(raw: RawRequest): string[] {
	const { service, isTyped, chosenBy, ownRow } = raw;
	// A typed ID is the user's own knowledge of the service.
	if (!isTyped && !serves(service, raw)) {
		return [
			`${formatName(chosenBy)}: ${ownRow.displayName} isn't available from ${service.sentenceName}. ` +
				`Choose another model, or use a credential for ${servicesServing(raw)}`,
		];
	}
	return [
		...raw.unsupported
			.filter((name) => PARAMETERS[name].unsupported === 'refuse')
			.map((name) =>
				unsupportedBy(
					raw,
					formatName(PARAMETERS[name].displayName),
					servicesTaking(raw, raw.operation, name),
				),
			),
		...unspelledValues(raw),
	];
}

/** Values that the user chose and for which the service has no words. */
function unspelledValues(raw: RawRequest): string[] {
	const { service, operation, values, atDefault } = raw;
	const endpoint = service.endpoints[operation];
	return (Object.entries(values) as Array<[ParameterName, unknown]>)
		.filter(([name, value]) => !atDefault.includes(name) && !isImplied(endpoint, name, value))
		.filter(([name]) => canSpell(service, operation, name))
		.filter(([name, value]) => name !== 'prompt' && spell(endpoint, name, value).length === 0)
		.map(([name]) => {
			const isNot = valueIsNot(raw, name);
			return `${isNot} supported by ${service.sentenceName}. Choose another value`;
		});
}

/** @param others the services that can, as a phrase; empty = none */
export function unsupportedBy({ service }: RawRequest, what: string, others: string): string {
	const instead = others && `, or use a credential for ${others}`;
	return `${what} isn't supported by ${service.sentenceName}. Remove it${instead}`;
}
