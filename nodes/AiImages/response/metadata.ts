import { mapTexts, type JsonRecord } from '../values/json';
import { redactUrls } from './errors/redact';

/** What of an answer reaches the items, by its name in the API. */
const METADATA_KEYS = [
	'background',
	'created',
	'created_at',
	'output_format',
	'quality',
	'revised_prompt',
	'size',
	'svg_usage',
	'usage',
];

/** Longest JSON of one of them, in characters: a revised prompt of the greatest length has less. */
const MAX_VALUE_CHARS = 65_536;

/**
 * What the items tell of a response, free of secrets. Everything else goes, such as links, which
 * carry their own authorization: completed calls are kept in the execution for a retry.
 *
 * @param clean removes the secrets of the credential from a text
 */
export function pickMetadata(metadata: JsonRecord, clean: (text: string) => string): JsonRecord {
	const entries = METADATA_KEYS.flatMap((name) =>
		name in metadata ? [[name, metadata[name]] as const] : [],
	);
	return Object.fromEntries(
		entries
			.filter(([, value]) => (JSON.stringify(value) ?? '').length <= MAX_VALUE_CHARS)
			.map(([name, value]) => [name, mapTexts(value, (text) => redactUrls(clean(text)))]),
	);
}
