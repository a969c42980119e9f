import { specOf, type ModelRow, type Operation, type ParameterName } from '../models';
import type { ValidRequest } from './validate';

/** How many of the images that are asked for go into one request, at most. */
export function imagesPerRequest(
	{ row, operation }: { readonly row: ModelRow; readonly operation: Operation },
	asked: number,
): number {
	const spec = specOf(row, operation, 'n');
	const most = spec?.kind === 'integer' ? spec.perRequest : undefined;
	return Math.min(asked, most ?? asked);
}

/**
 * The requests that it takes to make all images of an item: more than one only where the model
 * makes fewer images per request than are asked for.
 */
export function splitRequest(request: ValidRequest): ValidRequest[] {
	const asked = requestedImages(request);
	const most = imagesPerRequest(request, asked);
	if (most === asked) return [request];
	return Array.from({ length: Math.ceil(asked / most) }, (_, index) => ({
		...request,
		values: { ...request.values, n: Math.min(most, asked - index * most) },
		// The number is the node's own: it may be left out where a server does not know it.
		atDefault: [...request.atDefault, 'n'],
	}));
}

/** Of one request; a server that is not told makes one. */
export function requestedImages({ values }: Pick<ValidRequest, 'values'>): number {
	return Number(values.n ?? 1);
}

/** How many previews of each image are asked for. */
export function requestedPreviews({ values, settings }: ValidRequest): number {
	const count = Number(settings.extraFields.partial_images ?? values.partialImages ?? 0);
	return count > 0 ? count : 0;
}

/** The request again, without parameters that its server does not know. */
export function withoutParameters(
	request: ValidRequest,
	unknown: readonly ParameterName[],
): ValidRequest {
	const known = Object.entries(request.values).filter(
		([name]) => !unknown.includes(name as ParameterName),
	);
	return { ...request, values: Object.fromEntries(known) };
}
