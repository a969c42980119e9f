import { asRecord, asText, type JsonRecord } from '../values/json';
import { isNoError } from './errors/isNoError';
import type { ImageSplitter } from './splitter/splitter';

/** Whether an event tells that something went wrong. */
export function tellsOfFailure(name: string, fields: JsonRecord): boolean {
	const type = asText(fields.type) ?? name;
	return (
		!isNoError(fields.error) ||
		!isNoError(fields.errors) ||
		!isNoError(asRecord(fields.data).error) ||
		/(^error|[._]failed)$/.test(type) ||
		name === 'error'
	);
}

/**
 * What the images of an event are, by its type, which stands in its data or in its `event:` line.
 *
 * @param top what its data has told so far
 * @param isWhole whether all of it has arrived
 * @returns null if that is not known yet
 */
export function kindOf(
	name: string,
	{ type, hasPartialIndex, hasData }: ImageSplitter['top'],
	isWhole: boolean,
): 'preview' | 'result' | null {
	const kind = asText(type) ?? name;
	if (kind) return /partial_image/.test(kind) ? 'preview' : 'result';
	// Gateways write the number into finished images, too.
	if (hasPartialIndex) return 'preview';
	return hasData || isWhole ? 'result' : null;
}

/** Whether an event is about one image, as those of the Images API are, and repeats no other. */
export function isSingle({ data, b64_json: base64, url }: JsonRecord): boolean {
	return data === undefined && (asText(base64) ?? asText(url)) !== undefined;
}
