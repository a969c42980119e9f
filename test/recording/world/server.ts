import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { API_KEY, raw, type ImagesApi, type Reply } from '../../helpers/imagesApi';
import { recordRequest, type RecordedRequest } from '../../helpers/recordingServer';
import { requestText } from '../text/request';
import type { Clock } from './clock';

/** Milliseconds that a server takes to respond: requests of the same moment have all arrived by then. */
const LATENCY = 1;

/** One request that waits for its response. */
interface Arrival {
	/** Of the server. */
	readonly name: string;
	readonly text: string;
	/** Hands the request to the server. */
	begin(): void;
	respond(): void;
}

/**
 * Servers that serve one request after the other. Those that arrive at the same time are served
 * in the order of what they say, because the order of their arrival is the network's.
 */
export class Servers {
	private arrived: Arrival[] = [];
	private log: string[] = [];
	private readonly open: Array<ReturnType<typeof createServer>> = [];

	constructor(private readonly clock: Clock) {}

	/** @param fixed what is found under some paths whatever the case */
	async start(name: string, fixed: (path: string) => Reply | undefined): Promise<ImagesApi> {
		const requests: RecordedRequest[] = [];
		let reply: Reply = raw('Nobody answers here', 404);
		const respond = async (request: RecordedRequest, response: ServerResponse) => {
			try {
				await (fixed(request.path) ?? reply)(request, response);
			} catch (error) {
				response.writeHead(599).end(`The server of the recording failed: ${String(error)}`);
			}
		};
		const server = createServer((incoming, response) => {
			void recordRequest(incoming).then((request) => {
				this.arrive({
					name,
					text: requestText(request),
					begin: () => void requests.push(request),
					respond: () => void this.clock.while(async () => await respond(request, response)),
				});
			});
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		this.open.push(server);
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		return {
			requests,
			url,
			credentials: { apiKey: API_KEY, baseUrl: url },
			reply: (next) => void (reply = next),
		};
	}

	/** The requests since the last call, in the order of the responses. */
	takeLog(): string[] {
		this.begin();
		return this.log.splice(0);
	}

	/** Ends what is left of a case. */
	disconnect(): void {
		this.arrived = [];
		for (const server of this.open) server.closeAllConnections();
	}

	stop(): void {
		this.disconnect();
		for (const server of this.open) server.close();
	}

	private arrive(arrival: Arrival): void {
		this.arrived.push(arrival);
		if (this.arrived.length > 1) return;
		this.clock.at(LATENCY, () => {
			for (const [index, { respond }] of this.begin().entries()) this.clock.at(index, respond);
		});
	}

	private begin(): Arrival[] {
		const keyOf = ({ name, text }: Arrival) => `${name} ${text}`;
		const arrived = this.arrived.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
		this.arrived = [];
		for (const { name, text, begin } of arrived) {
			begin();
			this.log.push(`To ${name}, at ${this.clock.now} ms:\n${text}`);
		}
		return arrived;
	}
}
