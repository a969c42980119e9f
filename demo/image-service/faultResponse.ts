import { jsonResponse } from './apiResponse.ts';
import type { ApiResponse } from './apiResponse.ts';
import { errorForStatus } from './apiError.ts';
import type { Fault } from './faults.ts';

/** The response that a fault puts in place of the real one, or undefined to keep the real one. */
export function faultResponse({ status, body }: Fault): ApiResponse | undefined {
	if (status === undefined && body === undefined) return undefined;
	const code = status ?? 200;
	if (body === undefined) return jsonResponse(code, errorForStatus(code).body);
	if (typeof body !== 'string') return jsonResponse(code, body);
	const headers = { 'content-type': 'text/plain; charset=utf-8' };
	return { status: code, headers, body: [Buffer.from(body)], images: 0 };
}

/** The headers that a fault adds to a response or replaces in it. */
export function faultHeaders({ contentType, retryAfter, headers }: Fault): Record<string, string> {
	return {
		...(contentType === undefined ? {} : { 'content-type': contentType }),
		...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
		...headers,
	};
}
