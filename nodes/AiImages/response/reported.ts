import type { JsonRecord } from './json';

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

/**
 * Lets go of all that the items do not tell, such as links, which carry their own authorization:
 * what is bought is kept in the execution for a retry.
 */
export function reported(said: JsonRecord): JsonRecord {
	return Object.fromEntries(REPORTED.flatMap((name) => (name in said ? [[name, said[name]]] : [])));
}
