import type { ModelRow, Operation, ParameterName } from '../models';
import { orList } from '../values/format';
import { dialectFor } from './dialect';
import { idAt } from './ids';
import { canSpell } from './spelling';
import { SERVICES } from './table';
import type { FileKinds, Service } from './types';

/** A model of the table, or one that it does not know. */
export interface Model {
	/** Its key in the table; null = unknown. */
	readonly knownAs: string | null;
	readonly ownRow: Pick<ModelRow, 'maker'>;
}

/** Whether a service is known to serve a model. What nobody knows can be served. */
export function serves({ maker, models }: Service, { knownAs, ownRow }: Model): boolean {
	if (models === null || knownAs === null) return true;
	return (maker !== undefined && maker === ownRow.maker) || Object.hasOwn(models, knownAs);
}

/**
 * The services that serve a model and take a parameter, as a phrase: `OpenAI, Azure OpenAI or an
 * OpenAI-compatible server`. Empty if there is none.
 */
export function servicesTaking(model: Model, operation: Operation, name: ParameterName): string {
	return servicesThat(model, (dialect) => canSpell(dialect, operation, name));
}

/** The services that serve a model and take a kind of file, in the same words. */
export function servicesTakingFile(model: Model, kind: keyof FileKinds): string {
	return servicesThat(model, ({ endpoints }) => Boolean(endpoints.edit.files?.[kind]));
}

/** The services that take a kind of file for any of their models, in the same words. */
export function servicesWithFile(kind: keyof FileKinds): string {
	const services: Service[] = Object.values(SERVICES);
	return namesOf(services.filter((service) => takesFile(service, kind)));
}

/** Whether a service takes a kind of file for any of its models. */
export function takesFile(
	{ endpoints, variants = [] }: Pick<Service, 'endpoints' | 'variants'>,
	kind: keyof FileKinds,
): boolean {
	return [{ endpoints }, ...variants].some((each) => each.endpoints?.edit.files?.[kind]);
}

/** The services that serve a model and report what it costs, in the same words. */
export function servicesReportingCost(model: Model): string {
	return servicesThat(model, ({ usage }) => usage.alwaysHasCost === true);
}

/** The services that serve a model, in the same words. */
export function servicesServing(model: Model): string {
	return servicesThat(model, () => true);
}

function servicesThat(model: Model, can: (dialect: Service) => boolean): string {
	const services: Service[] = Object.values(SERVICES);
	const able = services.filter((service) => {
		const id = idAt(service, model.knownAs ?? '');
		return serves(service, model) && can(dialectFor(service, id));
	});
	return namesOf(able);
}

function namesOf(services: readonly Service[]): string {
	return orList([...new Set(services.map(({ sentenceName }) => sentenceName))]);
}
