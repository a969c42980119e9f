import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { jsonResponse } from '../apiResponse.ts';
import { invalidInput } from './falErrors.ts';
import { Refusal } from './profile.ts';
import type { ProfileRoute } from './profile.ts';

/** How files are uploaded. */
export const STORAGE = 'https://www.npmjs.com/package/@fal-ai/client/v/1.10.1 (src/storage.js)';

interface Upload {
	readonly contentType: string;
	/** Undefined until it is uploaded. */
	bytes: Buffer | undefined;
}

/** Most files kept; the oldest are forgotten first. */
const capacity = 200;
const uploads = new Map<string, Upload>();

/** The bytes of an uploaded file, by its `file_url`; undefined = another address. */
export function uploadAt(address: string): Buffer | undefined {
	const id = /^https?:\/\/[^/]+\/fal\/storage\/files\/([\w-]+)\//.exec(address)?.[1];
	return id === undefined ? undefined : uploads.get(id)?.bytes;
}

const initiation = z.strictObject({ content_type: z.string(), file_name: z.string().min(1) });

export const storageRoutes: readonly ProfileRoute[] = [
	{
		method: 'POST',
		pattern: /^\/storage\/upload\/initiate$/,
		accepts: ['json'],
		respond: ({ body, url }) => {
			const fields = body.kind === 'json' ? body.fields : {};
			const result = initiation.safeParse(fields);
			if (!result.success) throw invalidInput(result.error, fields);
			const { content_type: contentType, file_name: name } = result.data;
			const id = randomUUID();
			uploads.set(id, { contentType, bytes: undefined });
			if (uploads.size > capacity) uploads.delete(uploads.keys().next().value!);
			return jsonResponse(200, {
				upload_url: url(`/storage/uploads/${id}`),
				file_url: url(`/storage/files/${id}/${encodeURIComponent(name)}`),
			});
		},
	},
	{
		method: 'PUT',
		pattern: /^\/storage\/uploads\/([\w-]+)$/,
		accepts: ['bytes'],
		needsNoKey: true,
		respond: ({ captured: [id = ''], bytes }) => {
			const upload = uploads.get(id);
			if (!upload) throw notFound();
			upload.bytes = bytes;
			return jsonResponse(200, {});
		},
	},
	{
		method: 'GET',
		pattern: /^\/storage\/files\/([\w-]+)\/[^/]+$/,
		needsNoKey: true,
		respond: ({ captured: [id = ''] }) => {
			const { bytes, contentType } = uploads.get(id) ?? {};
			if (!bytes || contentType === undefined) throw notFound();
			return { status: 200, headers: { 'content-type': contentType }, body: [bytes], images: 0 };
		},
	},
];

function notFound(): Refusal {
	return new Refusal(404, { detail: 'Not Found' });
}
