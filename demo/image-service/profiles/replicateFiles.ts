import { createHash, randomUUID } from 'node:crypto';
import { jsonResponse } from '../apiResponse.ts';
import type { ApiResponse } from '../apiResponse.ts';
import type { Part } from '../multipart.ts';
import type { ProfileCall } from './profile.ts';

/** A file that was uploaded, to be an input of predictions. */
interface Upload {
	readonly bytes: Buffer;
	readonly shown: Readonly<Record<string, unknown>>;
}

/** What can be wrong with a part. */
type Problem = 'missing' | 'unknown' | 'no JSON';

/** Most files kept; the oldest are forgotten first. */
const capacity = 200;
const uploads = new Map<string, Upload>();

/** The bytes of an uploaded file, by the address that its `urls.get` has; undefined = another address. */
export function fileOf(address: string): Buffer | undefined {
	const id = /^https?:\/\/[^/]+\/replicate\/v1\/files\/([\w-]+)$/.exec(address)?.[1];
	return id === undefined ? undefined : uploads.get(id)?.bytes;
}

/**
 * Keeps the file of the part `content`; `filename`, `type` and `metadata` are optional
 * (REFERENCE in replicate.ts).
 *
 * @returns also what is wrong with which part
 */
export function upload(call: ProfileCall): ApiResponse | { wrong: string; problem: Problem } {
	const parts = call.body.kind === 'multipart' ? call.body.parts : [];
	const unknown = parts.find(
		({ name }) => !['content', 'filename', 'type', 'metadata'].includes(name),
	);
	if (unknown) return { wrong: unknown.name, problem: 'unknown' };
	const content = parts.find(({ name }) => name === 'content');
	if (content?.filename === undefined) return { wrong: 'content', problem: 'missing' };
	const metadata = parsed(textOf(parts, 'metadata') ?? '{}');
	if (metadata === undefined) return { wrong: 'metadata', problem: 'no JSON' };
	const id = randomUUID().replaceAll('-', '');
	const shown = {
		id,
		name: textOf(parts, 'filename') ?? content.filename,
		content_type: textOf(parts, 'type') ?? content.contentType ?? 'application/octet-stream',
		size: content.data.length,
		checksums: { sha256: createHash('sha256').update(content.data).digest('hex') },
		metadata,
		created_at: new Date().toISOString(),
		expires_at: new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString(),
		urls: { get: call.url(`/v1/files/${id}`) },
	};
	uploads.set(id, { bytes: content.data, shown });
	if (uploads.size > capacity) uploads.delete(uploads.keys().next().value!);
	return jsonResponse(201, shown);
}

export function showFile(id: string): ApiResponse | undefined {
	const found = uploads.get(id);
	return found && jsonResponse(200, found.shown);
}

export function listFiles(): ApiResponse {
	const results = [...uploads.values()].map(({ shown }) => shown).reverse();
	return jsonResponse(200, { previous: null, next: null, results });
}

function textOf(parts: readonly Part[], wanted: string): string | undefined {
	return parts.find(({ name }) => name === wanted)?.data.toString('utf8');
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json) as unknown;
	} catch {
		return undefined;
	}
}
