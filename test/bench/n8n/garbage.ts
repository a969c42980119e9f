import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningN8n } from '../../../demo/host/n8n.ts';

/** Lets the inspector, when it is opened, choose a free port. */
export const INSPECTABLE = '--inspect-port=0';

/**
 * Makes n8n collect its garbage, as it does by itself after some twenty seconds without work: its
 * start leaves hundreds of megabytes, in which any peak would hide. The inspector is opened for this
 * by SIGUSR1 (https://nodejs.org/api/process.html#signal-events) and closed again.
 * @param pid a process that was started with INSPECTABLE
 * @returns bytes that are still in use, on the heap of JavaScript and in its buffers
 */
export async function collectGarbage(n8n: RunningN8n, pid: number): Promise<number> {
	const former = inspectorUrls(n8n).length;
	process.kill(pid, 'SIGUSR1');
	const socket = new WebSocket(await nextUrl(n8n, former));
	await new Promise((opened, failed) => {
		socket.onopen = opened;
		socket.onerror = failed;
	});
	await call(socket, 1, 'HeapProfiler.collectGarbage');
	// What the first pass has only finalized.
	await call(socket, 2, 'HeapProfiler.collectGarbage');
	const usage = await call(socket, 3, 'Runtime.getHeapUsage');
	const closed = new Promise((done) => (socket.onclose = done));
	const expression = 'setImmediate(() => process._debugEnd())';
	socket.send(JSON.stringify({ id: 4, method: 'Runtime.evaluate', params: { expression } }));
	await closed;
	return (usage.usedSize ?? NaN) + (usage.backingStorageSize ?? NaN);
}

function inspectorUrls(n8n: RunningN8n): string[] {
	return n8n.output().match(/ws:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]+/g) ?? [];
}

async function nextUrl(n8n: RunningN8n, former: number): Promise<string> {
	for (let tries = 0; tries < 200; tries++) {
		const url = inspectorUrls(n8n)[former];
		if (url !== undefined) return url;
		await sleep(50);
	}
	throw new Error(`The inspector of n8n did not open:\n${n8n.output()}`);
}

/** The response to the call with this id. */
async function call(
	socket: WebSocket,
	id: number,
	method: string,
): Promise<Record<string, number>> {
	return await new Promise((answered) => {
		socket.onmessage = ({ data }) => {
			const message: { id?: number; result?: Record<string, number> } = JSON.parse(String(data));
			if (message.id === id) answered(message.result ?? {});
		};
		socket.send(JSON.stringify({ id, method }));
	});
}
