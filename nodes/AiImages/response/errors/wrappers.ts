import { asRecord, type JsonRecord } from '../../values/json';

/** The records that a response may put its words into: itself, and what it wraps. */
export function wrappedRecords(body: unknown): JsonRecord[] {
	const tops = (Array.isArray(body) ? body.slice(0, 2) : [body]).map(asRecord);
	const inner = tops.flatMap((top) =>
		WRAPPERS.map((name) => top[name]).map((each) => asRecord(Array.isArray(each) ? each[0] : each)),
	);
	return [...tops, ...inner];
}

const WRAPPERS: readonly string[] = ['data', 'output', 'result', 'response', 'task', 'job'];
