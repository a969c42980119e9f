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
 * Lets go of all that the items do not tell, such as links, which carry their own authorization:
 * what is bought is kept in the execution for a retry.
 */
export function reported(said: JsonRecord): JsonRecord {
	const entries = REPORTED.flatMap((name) => (name in said ? [[name, said[name]] as const] : []));
	return Object.fromEntries(
		entries
			.filter(([, value]) => (JSON.stringify(value) ?? '').length <= LONGEST)
			.map(([name, value]) => [name, mapTexts(value, presentable)]),
	);
}
