import { specOf, type ModelRow, type Operation, type ParameterName } from '../models';
import { canSpell, parameterPaths, valueAt } from '../services/spelling';
import type { Service } from '../services/types';
import type { ValidRequest } from './types';

/** How many of the requested images one request can have, by the model and by the service. */
export function imagesPerRequest(
	{
		row,
		operation,
		service,
	}: { readonly row: ModelRow; readonly operation: Operation; readonly service: Service },
	requested: number,
): number {
	const spec = specOf(row, operation, 'n');
	const ofModel = spec?.kind === 'integer' ? spec.perRequest : undefined;
	const ofService = canSpell(service, operation, 'n') ? service.limits?.imagesPerRequest : 1;
	return Math.min(requested, ofModel ?? Infinity, ofService ?? Infinity);
}

/** Splits a request for more images than the model makes at once. */
export function splitRequest(request: ValidRequest): ValidRequest[] {
	const requested = requestedImages(request);
	const max = imagesPerRequest(request, requested);
	if (max === requested) return [request];
	return Array.from({ length: Math.ceil(requested / max) }, (_, index) => ({
		...request,
		values: {
			...request.values,
			n: Math.min(max, requested - index * max),
			...seedOf(request, index),
		},
		// The node chose this number, so it can be left out where the API does not know it.
		atDefault: [...request.atDefault, 'n' as const],
	}));
}

/** The same seed would give the same image again. */
function seedOf({ row, operation, values: { seed } }: ValidRequest, index: number) {
	if (typeof seed !== 'number') return {};
	const spec = specOf(row, operation, 'seed');
	const { min = 0, max = Number.MAX_SAFE_INTEGER } = spec?.kind === 'integer' ? spec : {};
	return { seed: seed + index > max ? min + index : seed + index };
}

/** An API that gets no number makes one image. Without *Check Parameters*, `n` can be any number. */
export function requestedImages({ values }: Pick<ValidRequest, 'values'>): number {
	return Math.max(1, Number(values.n ?? 1));
}

/** How many previews of each image are requested. */
export function requestedPreviews({ service, operation, values, settings }: ValidRequest): number {
	const [path] = parameterPaths(service, operation, 'partialImages');
	if (path === undefined) return 0;
	const count = Number(valueAt(settings.extraFields, path) ?? values.partialImages ?? 0);
	return count > 0 ? count : 0;
}

/** The same request without some of its parameters. */
export function withoutParameters(
	request: ValidRequest,
	names: readonly ParameterName[],
): ValidRequest {
	const kept = Object.entries(request.values).filter(
		([name]) => !names.includes(name as ParameterName),
	);
	return { ...request, values: Object.fromEntries(kept) };
}
