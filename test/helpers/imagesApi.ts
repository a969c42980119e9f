import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';

import type { NodeResult } from './engine';
import { picture } from './pictures';
import { useRecordingServer, type RecordedRequest, type RecordingServer } from './recordingServer';

/** What the server of a test does with a request; doing nothing is a stalled server. */
export type Reply = (request: RecordedRequest, response: ServerResponse) => void | Promise<void>;

export interface ImagesApi extends RecordingServer {
	/** A credential for this server with `API_KEY`. */
	readonly credentials: ICredentialDataDecryptedObject;
	/** Sets what requests of the current test get; by default one small PNG. */
	reply(reply: Reply): void;
}

export const API_KEY = 'sk-integration-0123456789abcdefghij';

/** A server for a Jest file that records what the node sends and responds as each test wants. */
export function useImagesApi(): ImagesApi {
	let image: Buffer;
	let current: Reply;
	const server = useRecordingServer((request, response) => current(request, response));
	beforeAll(async () => {
		image = await picture();
	});
	beforeEach(() => {
		current = json(imageResponse(image));
	});
	return {
		requests: server.requests,
		get url() {
			return server.url;
		},
		get credentials() {
			return { apiKey: API_KEY, baseUrl: server.url };
		},
		reply(reply) {
			current = reply;
		},
	};
}

/** Responds with a JSON body. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Reply {
	return raw(JSON.stringify(body), status, { 'content-type': 'application/json', ...headers });
}

/** Responds with a body as it is. */
export function raw(
	body: string | Buffer,
	status = 200,
	headers: Record<string, string> = {},
): Reply {
	return (_, response) => void response.writeHead(status, headers).end(body);
}

/** The body of a successful response that holds the images themselves. */
export function imageResponse(...images: Buffer[]) {
	return {
		created: 1_760_000_000,
		data: images.map((image) => ({ b64_json: image.toString('base64') })),
	};
}

/** The prompt of a JSON request. */
export function promptOf({ body }: RecordedRequest): string {
	return JSON.parse(body.toString('utf8')).prompt;
}

/**
 * Where an execution leaves one of these secrets behind: excerpts of run data, items, hints and
 * errors. The beginning of a secret is checked, too, because it reveals nearly as much as the whole.
 */
export function leaksOf(
	{ runData, error, outputs, hints }: NodeResult,
	secrets: readonly string[] = [API_KEY],
): string[] {
	const all = { runData, error, outputs, hints };
	const depth = { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity };
	const trace = `${JSON.stringify(all)}\n${inspect(all, { ...depth, showHidden: true })}`;
	return secrets.flatMap((secret) => {
		const [first = '', ...others] = trace.split(secret.slice(0, 16));
		const before = [first, ...others].slice(0, others.length);
		return before.map((text, at) => `${text.slice(-40)}…${others[at]?.slice(0, 10)}`);
	});
}
