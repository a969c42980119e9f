import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { useLocalServer } from '../../helpers/localServer';

/** A request, known to the server from its headers on. */
export interface Call {
	readonly method: string;
	/** Path and query. */
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	/**
	 * Reads the body to its end; until then, what does not fit into the sockets stays unsent.
	 * @returns an empty buffer if the client hangs up before the end
	 */
	read(): Promise<Buffer>;
	/** When its connection was gone, by `performance.now()`. */
	readonly closed: Promise<number>;
}

/** What the server does with a request; doing nothing is a stalled server. */
export type Reply = (call: Call, response: ServerResponse) => unknown;

export interface Api {
	/** `http://127.0.0.1:<port>` */
	readonly url: string;
	/** The requests of the current test, in order of their first byte. */
	readonly calls: Call[];
	/** The calls for images, without downloads and lists. */
	posts(): Call[];
	/** Sets what requests of the current test get. */
	reply(reply: Reply): void;
	/** How many connections are open. */
	open(): number;
	/** Waits until this many requests have arrived, and a moment longer for further ones. */
	untilCalls(count: number): Promise<void>;
}

/** A server for a Jest file that sees requests from their first byte to the end of their sockets. */
export function useApi(): Api {
	const calls: Call[] = [];
	let current: Reply;
	let connections = 0;
	const server = createServer((incoming, response) => {
		const { method = '', url = '', headers, socket } = incoming;
		const closed = new Promise<number>((resolve) =>
			socket.once('close', () => resolve(performance.now())),
		);
		let body: Promise<Buffer> | undefined;
		const call: Call = {
			...{ method, path: url, headers, closed },
			read: () => (body ??= buffer(incoming).catch(() => Buffer.alloc(0))),
		};
		calls.push(call);
		void current(call, response);
	});
	server.on('connection', (socket) => {
		connections++;
		socket.once('close', () => connections--).on('error', () => {});
	});

	const local = useLocalServer(server);
	beforeEach(() => {
		calls.splice(0);
		current = () => {};
	});

	return {
		calls,
		posts: () => calls.filter(({ method }) => method === 'POST'),
		get url() {
			return local.url;
		},
		reply(reply) {
			current = reply;
		},
		open: () => connections,
		async untilCalls(count) {
			while (calls.length < count) await moment(10);
			await moment(200);
		},
	};
}

/** @param milliseconds to wait */
export async function moment(milliseconds: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
