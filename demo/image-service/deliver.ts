import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiResponse } from './apiResponse.ts';
import type { Fault } from './faults.ts';

/** Delay before a reset, in milliseconds: the client has to read the bytes before it. */
const settleMs = 30;

/**
 * Writes a response, disturbed by a fault if one is given. Resolves to true once all of it was
 * written; false if a fault cut it short. Rejects when the client is gone (`signal`).
 */
export async function deliver(
	response: ServerResponse,
	apiResponse: ApiResponse,
	fault: Fault | undefined,
	signal: AbortSignal,
): Promise<boolean> {
	const total = Array.isArray(apiResponse.body)
		? apiResponse.body.reduce((sum, { length }) => sum + length, 0)
		: undefined;
	for (const [name, value] of Object.entries(apiResponse.headers)) response.setHeader(name, value);
	if (total !== undefined) response.setHeader('content-length', total);
	response.writeHead(apiResponse.status);
	response.flushHeaders();
	const limit = fault ? limitOf(fault, total) : Infinity;
	let written = 0;
	for await (const piece of pieces(apiResponse.body, fault?.dripMs, total)) {
		const part = piece.subarray(0, Math.max(0, Math.min(piece.length, limit - written)));
		await write(response, part, signal);
		written += part.length;
		if (fault?.reset === 'mid-body' && total === undefined) break;
		if (written >= limit) break;
		if (fault?.dripMs) await sleep(fault.dripMs, undefined, { signal });
	}
	if (fault && (await cutShort(response, fault, written >= limit, signal))) return false;
	response.end();
	if (!response.writableFinished) await once(response, 'finish', { signal });
	return true;
}

/** Resets the connection (RST) instead of responding. */
export function resetConnection(response: ServerResponse): void {
	response.socket?.resetAndDestroy();
}

/** Waits until the client gives up; rejects then. */
export function waitForHangUp(signal: AbortSignal): Promise<never> {
	return new Promise((_, reject) => {
		const stop = () => reject(signal.reason as Error);
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
	});
}

/** After how many bytes of the body the fault strikes. */
function limitOf(fault: Fault, total: number | undefined): number {
	const half = fault.reset === 'mid-body' && total !== undefined ? Math.floor(total / 2) : Infinity;
	return Math.min(half, fault.truncateAt ?? Infinity, fault.stallAfterBytes ?? Infinity);
}

async function cutShort(
	response: ServerResponse,
	fault: Fault,
	reached: boolean,
	signal: AbortSignal,
): Promise<boolean> {
	if (fault.reset === 'mid-body') {
		await sleep(settleMs, undefined, { signal });
		resetConnection(response);
		return true;
	}
	if (!reached) return false;
	if (fault.stallAfterBytes !== undefined) return waitForHangUp(signal);
	response.socket?.destroySoon();
	return true;
}

/** The body's chunks, for a drip cut into ten or more pieces of 16 KiB at most. */
async function* pieces(
	body: ApiResponse['body'],
	dripMs: number | undefined,
	total: number | undefined,
): AsyncGenerator<Buffer> {
	const size = dripMs ? Math.min(16_384, Math.ceil((total ?? Infinity) / 10)) : Infinity;
	for await (const chunk of body) {
		for (let start = 0; start < chunk.length; start += size) {
			yield chunk.subarray(start, Math.min(chunk.length, start + size));
		}
	}
}

async function write(response: ServerResponse, chunk: Buffer, signal: AbortSignal): Promise<void> {
	signal.throwIfAborted();
	if (chunk.length === 0 || response.write(chunk)) return;
	await once(response, 'drain', { signal });
}
