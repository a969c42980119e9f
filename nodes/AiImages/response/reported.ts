import { mapTexts, type JsonRecord } from './json';
import { presentable } from './presentable';

/** What of an answer reaches the items, by its name in the API. */
const REPORTED = [
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
const LONGEST = 65_536;

/**
 * What the items tell of a response, free of secrets. Everything else goes, such as links, which
 * carry their own authorization: completed calls are kept in the execution for a retry.
 *
 * @param clean removes the secrets of the credential from a text
 */
export function reported(said: JsonRecord, clean: (text: string) => string): JsonRecord {
	const entries = REPORTED.flatMap((name) => (name in said ? [[name, said[name]] as const] : []));
	return Object.fromEntries(
		entries
			.filter(([, value]) => (JSON.stringify(value) ?? '').length <= LONGEST)
			.map(([name, value]) => [name, mapTexts(value, (text) => presentable(clean(text)))]),
	);
}
