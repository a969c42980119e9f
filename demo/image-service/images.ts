import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorResponse } from './apiResponse.ts';
import type { ApiResponse } from './apiResponse.ts';
import { authorize } from './authorize.ts';
import { largestBody, parseBody, readBytes } from './body.ts';
import type { RequestBody } from './body.ts';
import { byteModeResponse, drawResponse } from './carryOut.ts';
import { deliver, resetConnection, waitForHangUp } from './deliver.ts';
import { faultHeaders, faultResponse } from './faultResponse.ts';
import type { Fault } from './faults.ts';
import { apiHeaders, newRequestId } from './headers.ts';
import type { Operation } from './models.ts';
import type { RecordedRequest } from './recorder.ts';
import type { Publish } from './respond.ts';
import type { Service } from './service.ts';
import { validate } from './validate.ts';

/** Serves one call of an image route, from its arrival to its record. */
export async function handleImages(
	service: Service,
	operation: Operation,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const id = newRequestId();
	const entry = service.recorder.begin(id, request);
	const client = new AbortController();
	response.once('close', () => client.abort(new Error('The client is gone.')));
	const call: Call = { service, operation, request, entry, signal: client.signal };
	try {
		const { apiResponse, fault } = await respondToCall(call);
		if (apiResponse === undefined) return resetConnection(response);
		const started = { ...apiHeaders(id, entry.startedAt), ...service.rateLimit.headers() };
		const headers = { ...started, ...apiResponse.headers, ...(fault ? faultHeaders(fault) : {}) };
		entry.status = apiResponse.status;
		const whole = await deliver(response, { ...apiResponse, headers }, fault, client.signal);
		if (whole) entry.images = apiResponse.images;
	} catch {
		entry.aborted = client.signal.aborted;
		response.destroy();
	} finally {
		request.resume();
		service.recorder.end(entry);
	}
}

interface Call {
	service: Service;
	operation: Operation;
	request: IncomingMessage;
	entry: RecordedRequest;
	/** Aborted when the client hangs up. */
	signal: AbortSignal;
}

/** The response to give, or none where a fault resets the connection. */
async function respondToCall(
	call: Call,
): Promise<{ apiResponse?: ApiResponse; fault: Fault | undefined }> {
	const { service, operation, entry, signal } = call;
	let fault: Fault | undefined;
	try {
		authorize(call.request.headers, service.apiKey);
		const body = await receive(call);
		fault = service.faults.take(operation, String(fieldOf(body, 'prompt') ?? ''));
		if (fault?.billed) entry.billedImages = Number(fieldOf(body, 'n') ?? 1) || 1;
		if (fault?.delayMs) await sleep(fault.delayMs, undefined, { signal });
		if (fault?.hang) return await waitForHangUp(signal);
		if (fault?.reset === 'before-headers') return { fault };
		const replaced = fault && faultResponse(fault);
		return { apiResponse: replaced ?? (await carryOut(call, body, fault)), fault };
	} catch (error) {
		signal.throwIfAborted();
		return { apiResponse: errorResponse(error), fault };
	}
}

async function receive({ service, request, operation, entry }: Call): Promise<RequestBody> {
	const bytes = await readBytes(request, largestBody[operation]);
	const body = parseBody(bytes, request.headers['content-type'] ?? '', operation === 'edit');
	service.recorder.addBody(entry, body, bytes.length);
	return body;
}

async function carryOut(call: Call, body: RequestBody, fault?: Fault): Promise<ApiResponse> {
	const { service, entry, signal } = call;
	const mode = service.byteMode;
	const checked = await validate(call.operation, body, {
		served: service.served,
		lookup: service.files.lookup,
		decodeInputs: mode === undefined,
	});
	// A client that leaves is billed all the same.
	if (fault?.billed !== false) entry.billedImages = checked.count;
	const publish = publisher(call);
	if (mode) return byteModeResponse(checked, mode, publish, signal);
	return drawResponse(checked, publish, signal);
}

/** The address of a file is that under which the client reached this service. */
function publisher({ service, request }: Call): Publish {
	const host = request.headers.host ?? `127.0.0.1:${request.socket.localPort}`;
	return (bytes, format) => {
		const id = service.files.add(bytes, format, `image/${format}`);
		return `http://${host}/files/${id}`;
	};
}

function fieldOf(body: RequestBody, name: string): unknown {
	if (body.kind === 'json') return body.fields[name];
	return body.parts.find((part) => part.name === name)?.data.toString('utf8');
}
