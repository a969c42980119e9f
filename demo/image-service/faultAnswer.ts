import { jsonAnswer } from './answer.ts';
import type { Answer } from './answer.ts';
import { errorForStatus } from './apiError.ts';
import type { Fault } from './faults.ts';

/** The answer a fault puts in place of the real one; undefined if the real one is to be given. */
export function faultAnswer({ status, body }: Fault): Answer | undefined {
	if (status === undefined && body === undefined) return undefined;
	const code = status ?? 200;
	if (body === undefined) return jsonAnswer(code, errorForStatus(code).body);
	if (typeof body !== 'string') return jsonAnswer(code, body);
	const headers = { 'content-type': 'text/plain; charset=utf-8' };
	return { status: code, headers, body: [Buffer.from(body)], images: 0 };
}

/** The headers a fault adds to an answer or replaces in it. */
export function faultHeaders({ contentType, retryAfter, headers }: Fault): Record<string, string> {
	return {
		...(contentType === undefined ? {} : { 'content-type': contentType }),
		...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
		...headers,
	};
}
