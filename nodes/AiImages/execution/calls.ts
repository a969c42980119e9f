import type { ParameterName } from '../models';
import type { NamedItem } from '../output/fileNames';
import { requestedImages, splitRequest, withoutParameters } from '../request/split';
import type { ValidRequest } from '../request/types';
import type { ServiceAccess } from '../services/access';
import { endpointPath } from '../services/dialect';

/** A validated item with its credential. */
export interface ItemRequest extends NamedItem {
	readonly access: ServiceAccess;
}

/**
 * Everything that it takes to get one response with images: all attempts, and the downloads. Most
 * items have one call.
 */
export interface Call {
	readonly item: ItemRequest;
	/** The part of the item's request that this call makes. */
	readonly request: ValidRequest;
	/** Number among the calls of the item, from 0. */
	readonly number: number;
	/** Number among the calls that replace one whose API does not know `n`, from 0. */
	readonly repetition: number;
	/** How many images the earlier calls of the item request. */
	readonly imagesBefore: number;
}

/** The calls of an item, in the order of its images. */
export function callsOf(item: ItemRequest): Call[] {
	let imagesBefore = 0;
	return splitRequest(item.request).map((request, number) => {
		const call = { item, request, number, repetition: 0, imagesBefore };
		imagesBefore += requestedImages(request);
		return call;
	});
}

/** The path of the requests of a call, behind the base URL. */
export function pathOf({ item, request }: Pick<Call, 'item' | 'request'>): string {
	const { service, operation, model, mask } = request;
	const { pathPrefix: prefix } = item.access;
	return endpointPath(service, operation, model, { prefix, hasMask: mask !== null });
}

/**
 * The calls for the remaining images of a call that got a single one, because its API does not know
 * the number of images. Each requests one image.
 *
 * @param unknown parameters that the API does not know, the number of images among them
 */
export function furtherCalls(call: Call, unknown: readonly ParameterName[]): Call[] {
	const request = withoutParameters(call.request, unknown);
	return Array.from({ length: requestedImages(call.request) - 1 }, (_, index) => ({
		...call,
		request,
		repetition: index + 1,
		imagesBefore: call.imagesBefore + index + 1,
	}));
}
