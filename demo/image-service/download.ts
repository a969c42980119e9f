import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiResponse } from './apiResponse.ts';
import { ApiError } from './apiError.ts';
import { deliver, resetConnection, waitForHangUp } from './deliver.ts';
import { faultHeaders, faultResponse } from './faultResponse.ts';
import type { Service } from './service.ts';

/** Headers that carry the key of one of the services. */
const keyHeaders = ['authorization', 'api-key', 'x-goog-api-key', 'x-key'];

/** Serves a result by its URL, disturbed by the fault that waits for a download. */
export async function serveFile(
	service: Service,
	request: IncomingMessage,
	response: ServerResponse,
	{ id, signal }: { id: string; signal: AbortSignal },
): Promise<void> {
	const found = fileResponse(service, id);
	const fault = service.faults.take('download', '');
	const apiResponse = (fault && faultResponse(fault)) ?? found;
	const credentials = keyHeaders.some((name) => request.headers[name] !== undefined);
	service.downloads.push({ path: `/files/${id}`, status: apiResponse.status, credentials });
	if (fault?.delayMs) await sleep(fault.delayMs, undefined, { signal });
	if (fault?.hang) await waitForHangUp(signal);
	if (fault?.reset === 'before-headers') return resetConnection(response);
	const headers = { ...apiResponse.headers, ...(fault ? faultHeaders(fault) : {}) };
	await deliver(response, { ...apiResponse, headers }, fault, signal);
}

/** A result that is gone gets an XML response, as from the storage behind the API's URLs. */
function fileResponse(service: Service, id: string): ApiResponse {
	const file = service.files.get(id);
	if (!file) throw new ApiError(404, `Invalid URL (GET /files/${id})`, null);
	if (file.expiresAt > Date.now()) {
		const headers = { 'content-type': file.contentType };
		return { status: 200, headers, body: [file.bytes], images: 0 };
	}
	const xml =
		'<?xml version="1.0" encoding="utf-8"?><Error><Code>AuthenticationFailed</Code><Message>Signature not valid in the specified time frame</Message></Error>';
	const headers = { 'content-type': 'application/xml' };
	return { status: 403, headers, body: [Buffer.from(xml)], images: 0 };
}
