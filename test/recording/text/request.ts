import { partsOf } from '../../helpers/multipart';
import type { RecordedRequest } from '../../helpers/recordingServer';
import { hashOf } from './hash';

/** A request as it was sent. Files are represented by their length and hash. */
export function requestText(request: RecordedRequest): string {
	const { method, path, rawHeaders } = request;
	const headers: string[] = [];
	for (let index = 0; index < rawHeaders.length; index += 2) {
		const line = `${rawHeaders[index]}: ${rawHeaders[index + 1]}`;
		headers.push(line.replace(/boundary=\S+/, 'boundary={boundary}'));
	}
	return [`${method} ${path}`, ...headers, '', bodyOf(request)].join('\n');
}

function bodyOf(request: RecordedRequest): string {
	const { headers, body } = request;
	if (!headers['content-type']?.startsWith('multipart/')) return body.toString('utf8');
	return partsOf(request)
		.map(({ headers: lines, fileName, data }) => {
			const content =
				fileName === null ? data.toString('utf8') : `‹${data.length} bytes, ${hashOf(data)}›`;
			return `--{boundary}\n${lines.map(utf8).join('\n')}\n\n${content}`;
		})
		.join('\n');
}

function utf8(latin1: string): string {
	return Buffer.from(latin1, 'latin1').toString('utf8');
}
