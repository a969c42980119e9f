import { randomUUID } from 'node:crypto';
import { ApiError } from './apiError.ts';
import { Base64Text } from './imageRequest.ts';

/** A response that is ready to be delivered. A list of chunks has a known length, a stream has not. */
export interface ApiResponse {
	status: number;
	headers: Record<string, string>;
	body: Buffer[] | AsyncIterable<Buffer>;
	/** How many images reach the client with a complete delivery. */
	images: number;
}

export function jsonResponse(status: number, value: unknown, images = 0): ApiResponse {
	return {
		status,
		headers: { 'content-type': 'application/json' },
		body: jsonChunks(value),
		images,
	};
}

/** The API's own refusal, or 500 for anything that is this service's fault. */
export function errorResponse(error: unknown): ApiResponse {
	const failure =
		error instanceof ApiError
			? error
			: new ApiError(500, String(error), 'server_error', null, 'server_error');
	const apiResponse = jsonResponse(failure.status, failure.body);
	// The rest of a body that is too large is not read.
	if (failure.status === 413) apiResponse.headers['connection'] = 'close';
	return apiResponse;
}

/** Serializes a value; every Base64Text in it becomes a string written from its own buffers. */
export function jsonChunks(value: unknown): Buffer[] {
	const texts: Base64Text[] = [];
	const marker = randomUUID();
	const json = JSON.stringify(value, (_, item: unknown) =>
		item instanceof Base64Text ? `${marker}${texts.push(item) - 1}` : item,
	);
	const pieces = json.split(new RegExp(`${marker}\\d+`));
	return pieces.flatMap((piece, index) => {
		const text = texts[index];
		return [Buffer.from(piece), ...(text?.pieces ?? [])];
	});
}
