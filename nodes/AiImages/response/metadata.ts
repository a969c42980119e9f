import type { Metadata, ResultKeys } from '../services/types';
import { mapTexts, type JsonRecord } from '../values/json';
import { redactUrls } from './errors/redact';

/** Characters of the JSON of one value. The longest revised prompt has fewer. */
const MAX_VALUE_CHARS = 65_536;

/**
 * Picks what items report from a response or a result, without secrets. Everything else is left
 * out, such as links that carry their own authorization: n8n keeps completed calls for a retry.
 *
 * @param keys where the service reports each fact
 * @param redact removes the credential's secrets from a text
 */
export function pickMetadata(
	reported: JsonRecord,
	keys: ResultKeys['metadata'],
	redact: (text: string) => string,
): Metadata {
	const entries = Object.entries(keys).flatMap(([name, key]) =>
		key in reported ? [[name, reported[key]] as const] : [],
	);
	return Object.fromEntries(
		entries
			.filter(([, value]) => (JSON.stringify(value) ?? '').length <= MAX_VALUE_CHARS)
			.map(([name, value]) => [name, mapTexts(value, (text) => redactUrls(redact(text)))]),
	);
}
