import type { IncomingMessage } from 'node:http';
import { ApiError } from './apiError.ts';
import { parseMultipart } from './multipart.ts';
import type { Part } from './multipart.ts';

/** What the client sent: a JSON object, or multipart parts in their order. */
export type RequestBody =
	{ kind: 'json'; fields: Record<string, unknown> } | { kind: 'multipart'; parts: Part[] };

/**
 * Largest body accepted, in bytes. The API publishes no total, only 50 MB per file; clients have met
 * 413 with large edits (https://github.com/Comfy-Org/ComfyUI/issues/13601).
 */
export const largestBody = { generate: 8 * 1024 * 1024, edit: 256 * 1024 * 1024 };

/** Reads a whole body; throws 413 as soon as it is known to exceed `limit` bytes. */
export async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
	if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of request.iterator({ destroyOnReturn: false })) {
		length += (chunk as Buffer).length;
		if (length > limit) throw tooLarge(limit);
		chunks.push(chunk as Buffer);
	}
	return Buffer.concat(chunks, length);
}

/** Parses the bytes by their content type; `multipartAllowed` is false where only JSON is taken. */
export function parseBody(
	bytes: Buffer,
	contentType: string,
	multipartAllowed: boolean,
): RequestBody {
	const type = contentType.split(';')[0]!.trim().toLowerCase();
	if (multipartAllowed && type === 'multipart/form-data') return multipartBody(bytes, contentType);
	if (type === 'application/json') return { kind: 'json', fields: parseJsonObject(bytes) };
	const expected = multipartAllowed
		? "'application/json' or 'multipart/form-data'"
		: "'application/json'";
	throw new ApiError(
		400,
		`Unsupported content type: '${type}'. This API method only accepts ${expected} requests, but you specified the header 'Content-Type: ${type}'. Please try again with a supported content type.`,
		'unsupported_content_type',
	);
}

/** Parses a JSON object; anything else is the API's 400 about an unreadable body. */
export function parseJsonObject(bytes: Buffer): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(bytes.toString('utf8'));
		if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
			return value as Record<string, unknown>;
		}
	} catch {
		// Falls through to the one response for every unreadable body.
	}
	throw new ApiError(
		400,
		'We could not parse the JSON body of your request. (HINT: This likely means you aren’t using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)',
		null,
	);
}

function multipartBody(bytes: Buffer, contentType: string): RequestBody {
	try {
		return { kind: 'multipart', parts: parseMultipart(bytes, contentType) };
	} catch (error) {
		const reason = error instanceof Error ? error.message : 'malformed';
		throw new ApiError(400, `Could not parse multipart form: ${reason}.`, null);
	}
}

function tooLarge(limit: number): ApiError {
	const message = `Maximum content size limit (${limit}) exceeded.`;
	return new ApiError(413, message, 'request_too_large');
}
