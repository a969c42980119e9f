import { specOf, type ModelRow, type Operation, type ParameterName } from '../models';
import { parameterPath } from '../services/spelling';
import type { ValidRequest } from './types';

/** How many of the requested images one request can have. */
export function imagesPerRequest(
	{ row, operation }: { readonly row: ModelRow; readonly operation: Operation },
	requested: number,
): number {
	const spec = specOf(row, operation, 'n');
	const max = spec?.kind === 'integer' ? spec.perRequest : undefined;
	return Math.min(requested, max ?? requested);
}

/** Splits a request for more images than the model makes at once. */
export function splitRequest(request: ValidRequest): ValidRequest[] {
	const requested = requestedImages(request);
	const max = imagesPerRequest(request, requested);
	if (max === requested) return [request];
	return Array.from({ length: Math.ceil(requested / max) }, (_, index) => ({
		...request,
		values: { ...request.values, n: Math.min(max, requested - index * max) },
		// The node chose this number, so it can be left out where the API does not know it.
		atDefault: [...request.atDefault, 'n' as const],
	}));
}

/** An API that gets no number makes one image. Without *Check Parameters*, `n` can be any number. */
export function requestedImages({ values }: Pick<ValidRequest, 'values'>): number {
	return Math.max(1, Number(values.n ?? 1));
}

/** How many previews of each image are requested. */
export function requestedPreviews({ service, operation, values, settings }: ValidRequest): number {
	const field = parameterPath(service, operation, 'partialImages') ?? '';
	const count = Number(settings.extraFields[field] ?? values.partialImages ?? 0);
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
