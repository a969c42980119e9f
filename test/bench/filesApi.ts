import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

const PATH = '/google/upload/v1beta/files';

/**
 * The uploads of Google's Files API (https://ai.google.dev/api/files#method:-media.upload), to which
 * n8n's own node sends the images of an edit. Files are read and forgotten: in byte mode, the service
 * looks at no input.
 * @returns false if the request is none of them
 */
export async function takeUpload(
	request: IncomingMessage,
	response: ServerResponse,
): Promise<boolean> {
	const { headers, url = '' } = request;
	const { pathname, searchParams } = new URL(url, `http://${headers.host}`);
	if (pathname !== PATH) return false;
	await buffer(request);
	if (headers['x-goog-upload-command'] === 'start') {
		const type = String(headers['x-goog-upload-header-content-type']);
		const query = new URLSearchParams({ upload_id: randomUUID(), type });
		response.setHeader('x-goog-upload-url', `http://${headers.host}${PATH}?${query}`);
		response.end();
		return true;
	}
	const name = `files/${searchParams.get('upload_id')}`;
	const uri = `http://${headers.host}/google/v1beta/${name}`;
	const file = { name, uri, mimeType: searchParams.get('type'), state: 'ACTIVE' };
	response.setHeader('content-type', 'application/json');
	response.end(JSON.stringify({ file }));
	return true;
}
