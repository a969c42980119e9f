import {
	createServer,
	type IncomingHttpHeaders,
	type IncomingMessage,
	type ServerResponse,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import { useLocalServer } from './localServer';

export interface RecordedRequest {
	method: string;
	/** Path and query. */
	path: string;
	headers: IncomingHttpHeaders;
	/** Names and values alternating, in the spelling and order of the wire. */
	rawHeaders: string[];
	body: Buffer;
	/** Settles when the request's connection is gone. */
	closed: Promise<void>;
}

export interface RecordingServer {
	/** `http://127.0.0.1:<port>` */
	readonly url: string;
	/** The requests of the current test, in order of their last byte. */
	readonly requests: RecordedRequest[];
}

/**
 * An HTTP server on a free port for a Jest file. It reads each request to its end, records it and
 * lets `respond` do the rest; a response that never comes is a stalled server. A request that breaks
 * off is not recorded.
 */
export function useRecordingServer(
	respond: (request: RecordedRequest, response: ServerResponse) => void | Promise<void>,
): RecordingServer {
	const requests: RecordedRequest[] = [];
	const server = createServer((incoming, response) => {
		const cutOff = (error: unknown) => {
			if (incoming.complete) throw error;
			return null;
		};
		void recordRequest(incoming)
			.catch(cutOff)
			.then(async (request) => {
				if (!request) return;
				requests.push(request);
				await respond(request, response);
			});
	});
	const local = useLocalServer(server);
	beforeEach(() => void requests.splice(0));

	return {
		requests,
		get url() {
			return local.url;
		},
	};
}

/** Reads a request to its end. */
export async function recordRequest(incoming: IncomingMessage): Promise<RecordedRequest> {
	// Not `once` of node:events, which rejects where a client resets the connection.
	const closed = new Promise<void>((resolve) => incoming.socket.once('close', () => resolve()));
	const { method = '', url: path = '', headers, rawHeaders } = incoming;
	return { method, path, headers, rawHeaders, body: await buffer(incoming), closed };
}
