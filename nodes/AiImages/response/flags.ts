import type { ResultKeys } from '../services/types';
import { asRecord, isRecord } from '../values/json';

/** A body whose results have their values from the lists beside them, one value for each result. */
export function withFlags(body: unknown, { list, flags = [] }: ResultKeys): unknown {
	const record = asRecord(body);
	const results = record[list];
	if (flags.length === 0 || !Array.isArray(results)) return body;
	const lists = flags.flatMap((key) => {
		const values = record[key];
		return Array.isArray(values) && values.length === results.length ? [{ key, values }] : [];
	});
	const flagged = results.map((result: unknown, index) => {
		const own = lists.map(({ key, values }) => [key, values[index]] as const);
		return isRecord(result) ? { ...result, ...Object.fromEntries(own) } : result;
	});
	return { ...record, [list]: flagged };
}
