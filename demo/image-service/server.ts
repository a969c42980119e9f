import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { route } from './router.ts';
import { Service } from './service.ts';

export interface ImageServiceOptions {
	/** 0, the default, takes any free port. */
	port?: number;
	/** The address to listen on; by default only this machine can reach it. */
	host?: string;
	/** If set, only this key is accepted, as Bearer or `api-key`; otherwise any key or none. */
	apiKey?: string;
	/** `YYYY-MM-DD`: models shut down by then are not served; by default all are, as at a gateway. */
	today?: string;
}

export interface ImageService {
	/** For example `http://127.0.0.1:8788`; the API's base URL is this plus `/v1`. */
	url: string;
	port: number;
	/** Ends every connection and stops listening. */
	close(): Promise<void>;
}

/** Connections outlive the pauses between a client's requests, in milliseconds. */
const keepAliveMs = 75_000;

/**
 * Starts an HTTP server that speaks the OpenAI Images API and draws demo images.
 * Rejects with one sentence if it cannot listen.
 */
export async function startImageService(options: ImageServiceOptions = {}): Promise<ImageService> {
	const { port = 0, host = '127.0.0.1', apiKey, today } = options;
	const service = new Service(apiKey, today);
	const serve = (request: IncomingMessage, response: ServerResponse) =>
		void route(service, request, response);
	const server = createServer({ keepAliveTimeout: keepAliveMs }, serve);
	const files = createServer({ keepAliveTimeout: keepAliveMs }, serve);
	const taken = await listen(server, host, port);
	service.filesPort = await listen(files, host, 0);
	return {
		url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
		port: taken,
		async close() {
			service.jobs.clear();
			await Promise.all([server, files].map(close));
		},
	};
}

/** @returns the port */
async function listen(server: Server, host: string, port: number): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) =>
			reject(new Error(listenProblem(error, host, port))),
		);
		server.listen(port, host, resolve);
	});
	return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
	await new Promise<void>((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}

function listenProblem(error: NodeJS.ErrnoException, host: string, port: number): string {
	if (error.code === 'EADDRINUSE') {
		return `The image service cannot start: port ${port} on ${host} is already in use.`;
	}
	return `The image service cannot listen on ${host}, port ${port}: ${error.message}.`;
}
