import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorResponse, jsonResponse } from './apiResponse.ts';
import type { ApiResponse } from './apiResponse.ts';
import { ApiError } from './apiError.ts';
import { authorize } from './authorize.ts';
import { handleControl } from './control.ts';
import { deliver } from './deliver.ts';
import { serveFile } from './download.ts';
import { apiHeaders, newRequestId } from './headers.ts';
import { handleImages } from './images.ts';
import { listModels, showModel } from './modelList.ts';
import { profiles } from './profiles/index.ts';
import { serveProfile } from './profiles/serve.ts';
import type { Service } from './service.ts';

interface Exchange {
	service: Service;
	request: IncomingMessage;
	response: ServerResponse;
	path: string;
	/** Aborted when the client hangs up. */
	signal: AbortSignal;
}

interface Route {
	method: string;
	pattern: RegExp;
	/** Returns a response to send, or sends it itself. */
	handle(exchange: Exchange, name: string): Promise<ApiResponse | void> | ApiResponse;
}

const routes: readonly Route[] = [
	{
		method: 'POST',
		pattern: /^\/v1\/images\/generations$/,
		handle: ({ service, request, response }) =>
			handleImages(service, 'generate', request, response),
	},
	{
		method: 'POST',
		pattern: /^\/v1\/images\/edits$/,
		handle: ({ service, request, response }) => handleImages(service, 'edit', request, response),
	},
	{
		method: 'POST',
		pattern: /^\/v1\/images\/variations$/,
		handle: ({ service, request }) => {
			authorize(request.headers, service.apiKey);
			throw variationsRetired();
		},
	},
	{
		method: 'GET',
		pattern: /^\/v1\/models$/,
		handle: ({ service, request }) => {
			authorize(request.headers, service.apiKey);
			return jsonResponse(200, listModels(service.served));
		},
	},
	{
		method: 'GET',
		pattern: /^\/v1\/models\/([^/]+)$/,
		handle: ({ service, request }, id) => {
			authorize(request.headers, service.apiKey);
			return jsonResponse(200, showModel(service.served, decodeURIComponent(id)));
		},
	},
	{
		method: 'GET',
		pattern: /^\/files\/([^/]+)$/,
		handle: async ({ service, request, response, signal }, id) =>
			await serveFile(service, request, response, { id, signal }),
	},
	...['GET', 'POST', 'DELETE'].map((method) => ({
		method,
		pattern: /^\/control\/([^/]+)$/,
		handle: ({ service, request }: Exchange, topic: string) =>
			handleControl(service, request, topic),
	})),
];

/** Serves one request; every failure becomes a response of the API's shape. */
export async function route(
	service: Service,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const startedAt = Date.now();
	const path = (request.url ?? '/').split('?')[0]!;
	const profile = profiles.find(({ name }) => path.startsWith(`/${name}/`));
	if (profile) return await serveProfile(profile, service, request, response);
	const client = new AbortController();
	response.once('close', () => client.abort(new Error('The client is gone.')));
	try {
		const apiResponse = await respondTo({
			service,
			request,
			response,
			path,
			signal: client.signal,
		});
		if (!apiResponse) return;
		const common = path.startsWith('/v1/') ? apiHeaders(newRequestId(), startedAt) : {};
		const headers = { ...common, ...apiResponse.headers };
		await deliver(response, { ...apiResponse, headers }, undefined, client.signal);
	} catch {
		response.destroy();
	} finally {
		request.resume();
	}
}

async function respondTo(exchange: Exchange): Promise<ApiResponse | void> {
	const { request, path } = exchange;
	try {
		const matching = routes.filter(({ pattern }) => pattern.test(path));
		const chosen = matching.find(({ method }) => method === request.method);
		if (chosen) return await chosen.handle(exchange, chosen.pattern.exec(path)?.[1] ?? '');
		if (matching.length === 0) {
			throw new ApiError(404, `Invalid URL (${request.method} ${path})`, null);
		}
		throw new ApiError(
			405,
			`Not allowed to ${request.method} on ${path}. (HINT: Perhaps you meant to use a different HTTP method?)`,
			'method_not_supported',
		);
	} catch (error) {
		return errorResponse(error);
	}
}

/** `POST /v1/images/variations` is retired: openai 7.57.0, `Images.createVariation`. */
function variationsRetired(): ApiError {
	return new ApiError(
		404,
		'This endpoint is retired and no longer available. Use the image edits endpoint with a GPT Image model and a prompt to create a variation of an image.',
		null,
	);
}
