import type { ServerResponse } from 'node:http';
import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib';

/** What a server has written of one response while its client was connected. */
export interface Wire {
	readonly pieces: Buffer[];
	/** Of the body. */
	encoding: string;
	ended: boolean;
}

/** Records what is written into a response. */
export function tapped(response: ServerResponse): Wire {
	const wire: Wire = { pieces: [], encoding: '', ended: false };
	const write = response.write.bind(response) as ServerResponse['write'];
	const end = response.end.bind(response) as ServerResponse['end'];
	const take = (piece: unknown) => {
		wire.encoding = String(response.getHeader('content-encoding') ?? wire.encoding);
		const isHeard = !response.destroyed && response.socket !== null;
		if (isHeard && (typeof piece === 'string' || piece instanceof Uint8Array)) {
			wire.pieces.push(Buffer.from(piece as string));
		}
	};
	const writeHead = response.writeHead.bind(response);
	response.writeHead = ((status: number, headers: Record<string, string> = {}) => {
		wire.encoding = headers['content-encoding'] ?? '';
		return writeHead(status, headers);
	}) as ServerResponse['writeHead'];
	response.write = ((piece: unknown, ...more: []) => {
		take(piece);
		return write(piece, ...more);
	}) as ServerResponse['write'];
	response.end = ((piece: unknown, ...more: []) => {
		take(piece);
		wire.ended = !response.destroyed;
		return end(piece, ...more);
	}) as ServerResponse['end'];
	return wire;
}

/**
 * Whether an image went over a wire as a whole: as itself, or as base64 up to what ends it, a quote,
 * a bracket, or the end of the body.
 */
export function carries({ pieces, encoding, ended }: Wire, image: Buffer): boolean {
	const body = decompressed(Buffer.concat(pieces), encoding);
	if (ended && body.equals(image)) return true;
	const text = plain(body);
	const base64 = image.toString('base64').replace(/=+$/, '');
	// An SVG can stand in a data URL as it is.
	return (
		['"', '="', '=="', '=)', '==)', ')'].some((end) => text.includes(base64 + end)) ||
		(ended && text.replace(/=+$/, '').endsWith(base64)) ||
		text.includes(plain(image))
	);
}

/** Without escapes, white space and the other alphabet of base64. */
function plain(bytes: Buffer): string {
	return bytes
		.toString('latin1')
		.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
		.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
		.replace(/\\[nrt]|\\|\s/g, '')
		.replaceAll('-', '+')
		.replaceAll('_', '/');
}

/** As much of it as there is. */
function decompressed(body: Buffer, encoding: string): Buffer {
	try {
		switch (encoding) {
			case 'gzip':
				return gunzipSync(body, { finishFlush: constants.Z_SYNC_FLUSH });
			case 'deflate':
				return inflateSync(body, { finishFlush: constants.Z_SYNC_FLUSH });
			case 'br':
				return brotliDecompressSync(body, { finishFlush: constants.BROTLI_OPERATION_FLUSH });
			default:
				return body;
		}
	} catch {
		return Buffer.alloc(0);
	}
}
