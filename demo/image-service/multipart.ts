/** One part of a `multipart/form-data` body, in the order and with the names the client sent. */
export interface Part {
	name: string;
	/** Undefined for a plain field; a part with a file name is a file (RFC 7578, section 4.2). */
	filename: string | undefined;
	/** The part's own `Content-Type`, lower case and without parameters; undefined if not sent. */
	contentType: string | undefined;
	data: Buffer;
}

const lineBreak = Buffer.from('\r\n');
const headerEnd = Buffer.from('\r\n\r\n');

/**
 * Splits a complete body into its parts without copying their bytes (RFC 2046, section 5.1).
 * Throws an Error whose message says what is malformed.
 */
export function parseMultipart(body: Buffer, contentTypeHeader: string): Part[] {
	const delimiter = Buffer.from(`\r\n--${boundaryOf(contentTypeHeader)}`);
	const opening = delimiter.subarray(lineBreak.length);
	let position = startOfFirstPart(body, opening, delimiter);
	const parts: Part[] = [];
	for (;;) {
		if (body.subarray(position, position + 2).equals(Buffer.from('--'))) return parts;
		const start = body.indexOf(lineBreak, position);
		if (start < 0) throw new Error('the closing boundary is missing');
		const end = body.indexOf(delimiter, start);
		if (end < 0) throw new Error('the closing boundary is missing');
		parts.push(parsePart(body.subarray(start, end)));
		position = end + delimiter.length;
	}
}

function boundaryOf(contentTypeHeader: string): string {
	const match = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentTypeHeader);
	const boundary = match?.[1] ?? match?.[2];
	if (!boundary) throw new Error('the boundary parameter is missing');
	return boundary;
}

/** Skips the preamble; returns the position right behind the first boundary. */
function startOfFirstPart(body: Buffer, opening: Buffer, delimiter: Buffer): number {
	if (body.subarray(0, opening.length).equals(opening)) return opening.length;
	const found = body.indexOf(delimiter);
	if (found < 0) throw new Error('the body does not contain the boundary');
	return found + delimiter.length;
}

/** Reads one part; `section` begins with the line break that ends the boundary line. */
function parsePart(section: Buffer): Part {
	const end = section.indexOf(headerEnd);
	if (end < 0) throw new Error('a part has no headers');
	const headers = parseHeaders(section.subarray(lineBreak.length, end).toString('utf8'));
	const disposition = headers.get('content-disposition') ?? '';
	const name = dispositionValue(disposition, 'name');
	if (name === undefined) throw new Error('a part has no name');
	return {
		name,
		filename: dispositionValue(disposition, 'filename'),
		contentType: headers.get('content-type')?.split(';')[0]?.trim().toLowerCase(),
		data: section.subarray(end + headerEnd.length),
	};
}

function parseHeaders(block: string): Map<string, string> {
	const lines = block.split('\r\n').map((line) => /^([^:]+):\s*(.*)$/.exec(line));
	return new Map(lines.flatMap((match) => (match ? [[match[1]!.toLowerCase(), match[2]!]] : [])));
}

/** Browsers escape quotes and line breaks as %22, %0D, %0A (HTML, "multipart/form-data encoding"). */
function dispositionValue(disposition: string, key: string): string | undefined {
	const quoted = new RegExp(`;\\s*${key}="((?:\\\\.|[^"])*)"`, 'i').exec(disposition)?.[1];
	const raw = quoted ?? new RegExp(`;\\s*${key}=([^\\s;"]+)`, 'i').exec(disposition)?.[1];
	return raw
		?.replace(/\\(["\\])/g, '$1')
		.replace(/%(22|0D|0A)/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
