import { asRecord, type JsonRecord } from '../../values/json';

/** The records that can describe an error or a job: the body itself, and those it wraps. */
export function wrappedRecords(body: unknown): JsonRecord[] {
	const tops = (Array.isArray(body) ? body.slice(0, 2) : [body]).map(asRecord);
	const inner = tops.flatMap((top) =>
		WRAPPERS.map((key) => top[key]).map((value) =>
			asRecord(Array.isArray(value) ? value[0] : value),
		),
	);
	return [...tops, ...inner];
}

const WRAPPERS: readonly string[] = ['data', 'output', 'result', 'response', 'task', 'job'];
