import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { imagesAskedFor, splitRequest } from '../request/split';
import type { ValidRequest } from '../request/validate';

/** A checked item with the credential that it is sent with. */
export interface Job {
	readonly request: ValidRequest;
	readonly credentials: ICredentialDataDecryptedObject;
	readonly itemIndex: number;
}

/** One of the calls that make the images of an item; mostly the only one. */
export interface Part {
	readonly job: Job;
	/** What this call asks for. */
	readonly request: ValidRequest;
	/** Its number among the calls of the item, from 0. */
	readonly number: number;
	/** How many images the calls before it ask for. */
	readonly imagesBefore: number;
}

/** The calls that make the images of an item, in the order of the images. */
export function partsOf(job: Job): Part[] {
	let imagesBefore = 0;
	return splitRequest(job.request).map((request, number) => {
		const part = { job, request, number, imagesBefore };
		imagesBefore += imagesAskedFor(request);
		return part;
	});
}
