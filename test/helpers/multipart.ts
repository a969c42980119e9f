import type { RecordedRequest } from './recordingServer';

/** One part of a multipart body, as it was sent. */
export interface Part {
	name: string;
	fileName: string | null;
	contentType: string | null;
	/** Header lines as they were sent. */
	headers: string[];
	data: Buffer;
}

/**
 * Takes a multipart body apart byte by byte, in the order of its parts.
 *
 * @throws Error if the body breaks https://www.rfc-editor.org/rfc/rfc7578 or has anything outside
 *   of its parts
 */
export function partsOf({ headers, body }: RecordedRequest): Part[] {
	const type = /^multipart\/form-data; boundary=(\S+)$/.exec(headers['content-type'] ?? '');
	if (!type?.[1]) throw new Error(`No multipart: ${headers['content-type']}`);
	const text = body.toString('latin1');
	const delimiter = `--${type[1]}`;
	const [preamble, ...sections] = `\r\n${text}`.split(`\r\n${delimiter}`);
	const end = sections.pop();
	if (preamble !== '' || !/^--(\r\n)*$/.test(end ?? '')) throw new Error('Bytes outside of parts');
	return sections.map(readPart);
}

/** Names and values of the text parts, in order. */
export function textsOf(parts: Part[]): Array<[string, string]> {
	return parts
		.filter(({ fileName }) => fileName === null)
		.map(({ name, data }) => [name, data.toString('utf8')]);
}

/** Names, file names and types of the files, in order. */
export function filesOf(parts: Part[]): Array<[string, string, string | null]> {
	return parts.flatMap(({ name, fileName, contentType }) =>
		fileName === null ? [] : [[name, fileName, contentType] as [string, string, string | null]],
	);
}

function readPart(section: string): Part {
	const split = section.indexOf('\r\n\r\n');
	if (!section.startsWith('\r\n') || split < 0) throw new Error('A part without headers');
	const headers = section.slice(2, split).split('\r\n');
	const [disposition = '', ...others] = headers;
	const found = /^Content-Disposition: form-data; name="([^"]*)"(?:; filename="([^"]*)")?$/i.exec(
		disposition,
	);
	if (!found) throw new Error(`Unreadable part: ${disposition}`);
	const type = others.map((line) => /^Content-Type: (.*)$/i.exec(line)?.[1]);
	if (type.length > 1) throw new Error(`Unexpected headers: ${others.join(', ')}`);
	return {
		name: utf8(found[1] ?? ''),
		fileName: found[2] === undefined ? null : utf8(found[2]),
		contentType: type[0] ?? null,
		headers,
		data: Buffer.from(section.slice(split + 4), 'latin1'),
	};
}

function utf8(latin1: string): string {
	return Buffer.from(latin1, 'latin1').toString('utf8');
}
