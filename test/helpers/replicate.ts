import type { INodeParameters } from 'n8n-workflow';
import { createServer } from 'node:http';

import type { Job } from '../../demo/image-service/jobs';
import type { Client } from '../image-service/helpers';
import type { NodeRun } from './engine';

export const KEY = 'key-0123456789abcdefghij';
export const FLUX = { family: 'flux', model: 'flux-2-pro', sizeType: 'preset', size: '1024x1024' };

export const credentials = (address: string) => ({
	service: 'replicate',
	apiKey: KEY,
	replicateBaseUrl: address,
});

/** Runs of the node at the image service's Replicate, and what that saw of them. */
export function replicateAt(service: Client) {
	return {
		runOf: (prompt: string, more: Partial<NodeRun> = {}): NodeRun => ({
			parameters: { ...FLUX, prompt, options: { timeout: 20 } },
			items: [{ json: {} }],
			credentials: credentials(`${service.url}/replicate`),
			...more,
		}),
		jobs: async (): Promise<Job[]> => (await service.http.get('/control/jobs')).data,
		/** The inputs of predictions. */
		inputs: async () => {
			const requests = await service.requests();
			return requests.flatMap(({ fields }) => (fields as { input?: unknown }).input ?? []);
		},
		submits: async () => (await service.requests()).length,
	};
}

/** A run with a model ID that the user entered. */
export const typed = (
	value: string,
	more: INodeParameters = {},
	options: INodeParameters = {},
): Partial<NodeRun> => ({
	parameters: {
		family: 'other',
		modelId: { __rl: true, mode: 'id', value },
		prompt: 'A lighthouse',
		options,
		...more,
	},
});

/** A server in front of the image service that records what passes. */
export function usePassage(service: Client) {
	const seen: string[] = [];
	const server = createServer((request, response) => {
		seen.push(`${request.method} ${request.url}`);
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			void service.http
				.request({
					method: request.method ?? 'GET',
					url: request.url ?? '/',
					data: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
					// With the host of the passage, so that addresses lead there again.
					headers: request.headers as Record<string, string>,
					transformResponse: (text: string) => text,
				})
				.then(({ status, data }) =>
					response.writeHead(status, { 'content-type': 'application/json' }).end(data),
				);
		});
	});
	const url = () => `http://127.0.0.1:${(server.address() as { port: number }).port}`;
	beforeAll(async () => await new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((done) => server.close(done));
	});
	beforeEach(() => void seen.splice(0));
	return { seen, url };
}
