import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { ParameterName } from '../models';
import { requestedImages, splitRequest, withoutParameters } from '../request/split';
import type { ValidRequest } from '../request/validate';

/** A checked item with the credential that it is sent with. */
export interface ItemRequest {
	readonly request: ValidRequest;
	readonly credentials: ICredentialDataDecryptedObject;
	readonly itemIndex: number;
	/** Template of the names of its files; empty = the node's own. */
	readonly fileNameTemplate: string;
}

/** One of the calls that make the images of an item; mostly the only one. */
export interface Call {
	readonly job: ItemRequest;
	/** What this call asks for. */
	readonly request: ValidRequest;
	/** Its number among the calls of the item, from 0. */
	readonly number: number;
	/** Its number among those that take the place of one that may not ask for more images, from 0. */
	readonly repetition: number;
	/** How many images the calls before it ask for. */
	readonly imagesBefore: number;
}

/** The calls that make the images of an item, in the order of the images. */
export function callsOf(job: ItemRequest): Call[] {
	let imagesBefore = 0;
	return splitRequest(job.request).map((request, number) => {
		const part = { job, request, number, repetition: 0, imagesBefore };
		imagesBefore += requestedImages(request);
		return part;
	});
}

/**
 * The calls that make the other images of one that could not ask for them, each one image.
 *
 * @param unknown parameters that the server does not know, the number of images among them
 */
export function furtherCalls(part: Call, unknown: readonly ParameterName[]): Call[] {
	const request = withoutParameters(part.request, unknown);
	return Array.from({ length: requestedImages(part.request) - 1 }, (_, index) => ({
		...part,
		request,
		repetition: index + 1,
		imagesBefore: part.imagesBefore + index + 1,
	}));
}
