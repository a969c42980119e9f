import { createServer, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { useLocalServer } from '../../helpers/localServer';

/** A request of n8n to a server that isn't the image service. */
export interface Visit {
	/** Such as `PUT /products/7`, without the query. */
	readonly route: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
}

/** What a neighbor answers: JSON, or a file. */
export type Answer = { json: unknown } | { file: Buffer; type: string };

export interface Neighbor {
	/** `http://127.0.0.1:<port>` */
	readonly url: string;
	/** The requests of the current test, in order of arrival. */
	readonly visits: Visit[];
	/** Those whose route matches, in order of arrival. */
	visitsOf(route: RegExp): Visit[];
}

/**
 * A server on the loopback address that a workflow talks to, such as a shop or a messenger. What it
 * doesn't know, it refuses with 404.
 */
export function useNeighbor(answer: (visit: Visit) => Answer | undefined): Neighbor {
	const visits: Visit[] = [];
	const server = createServer((request, response) => {
		void buffer(request).then((body) => {
			const { method, url, headers } = request;
			const visit = { route: `${method} ${url?.split('?', 1)[0]}`, headers, body };
			visits.push(visit);
			const found = answer(visit);
			const file = found && 'file' in found ? found : undefined;
			const text = found && 'json' in found ? found.json : { message: `No ${visit.route}` };
			response
				.writeHead(found ? 200 : 404, { 'content-type': file?.type ?? 'application/json' })
				.end(file?.file ?? JSON.stringify(text));
		});
	});
	const local = useLocalServer(server);
	beforeEach(() => {
		visits.splice(0);
	});
	return {
		visits,
		get url() {
			return local.url;
		},
		visitsOf: (route) => visits.filter((visit) => route.test(visit.route)),
	};
}
