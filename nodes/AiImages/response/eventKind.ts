import { valueAt } from '../services/spelling';
import type { EventKeys, ResultKeys } from '../services/types';
import { asRecord, asText, type JsonRecord } from '../values/json';
import { isNoError } from './errors/isNoError';
import type { TopLevel } from './splitter/jsonPosition';

/** Whether an event reports an error. */
export function isErrorEvent(name: string, fields: JsonRecord, { error }: EventKeys): boolean {
	const type = asText(fields.type) ?? name;
	return (
		!isNoError(fields.error) ||
		!isNoError(fields.errors) ||
		!isNoError(asRecord(fields.data).error) ||
		error.test(type) ||
		name === 'error'
	);
}

/**
 * Whether the images of an event are previews or results, by its type, which is in its data or in
 * its `event:` line.
 *
 * @param top what is known about its data so far
 * @param isWhole whether all of the data has arrived
 * @returns null if that is not known yet
 */
export function eventKind(
	name: string,
	{ type, hasPreviewIndex, hasList }: Readonly<TopLevel>,
	{ preview }: EventKeys,
	isWhole: boolean,
): 'preview' | 'result' | null {
	const kind = asText(type) ?? name;
	if (kind) return preview.test(kind) ? 'preview' : 'result';
	// Gateways add this index to results, too, but then with a type.
	if (hasPreviewIndex) return 'preview';
	return hasList || isWhole ? 'result' : null;
}

/** Whether an event is about one image, as those of the Images API are, and repeats no other. */
export function isSingleResult(fields: JsonRecord, { list, base64, url }: ResultKeys): boolean {
	const image = asText(valueAt(fields, base64)) ?? asText(valueAt(fields, url));
	return fields[list] === undefined && image !== undefined;
}
