import { randomUUID } from 'node:crypto';
import type { RequestBody } from '../transport/send';
import type { InputFile } from './files/inputFile';

/** A file in the tree of a JSON body. It becomes base64 when the body is sent. */
export class EmbeddedBytes {
	/** @param prefix what precedes the base64 */
	constructor(
		readonly file: InputFile,
		readonly prefix: string,
	) {}

	/** Characters, all of them ASCII. */
	get length(): number {
		return this.prefix.length + Math.ceil(this.file.bytes / 3) * 4;
	}
}

/**
 * Encodes a tree of JSON values and files. Its files are read, piece by piece, while the body is
 * sent, so that none is held; the length is known beforehand. If all of them are in memory anyway,
 * there is nothing to make a stream from: the body is built as one Buffer.
 *
 * @throws ApiError if a file can no longer be read
 */
export async function encodeJson(tree: object): Promise<RequestBody> {
	const parts = partsOf(tree);
	const files = parts.filter((part) => part instanceof EmbeddedBytes);
	const headers = { 'Content-Type': 'application/json' };
	const factory = files.map(({ file }) => file.streamFactory).find((each) => each !== null);
	if (!factory) return { body: await collect(parts), headers, close: () => {} };
	const toStream = await factory();
	const body = toStream(write(parts));
	return {
		body,
		headers: { ...headers, 'Content-Length': String(lengthOf(parts)) },
		close: () => void body.destroy(),
	};
}

/** Text of the body, and the files between it. */
type Part = Buffer | EmbeddedBytes;

function partsOf(tree: object): Part[] {
	const files: EmbeddedBytes[] = [];
	// Nobody can enter a text that contains it.
	const mark = randomUUID();
	const text = JSON.stringify(tree, (_, value: unknown) =>
		value instanceof EmbeddedBytes ? `${mark}${files.push(value) - 1}` : value,
	);
	return text.split(new RegExp(`${mark}(\\d+)`)).map((part, index) => {
		const isFile = index % 2 === 1;
		return isFile ? (files[Number(part)] as EmbeddedBytes) : Buffer.from(part);
	});
}

function lengthOf(parts: readonly Part[]): number {
	return parts.reduce((sum, { length }) => sum + length, 0);
}

/** Frees each piece as soon as it is part of the body. */
async function collect(parts: readonly Part[]): Promise<Buffer> {
	const body = Buffer.allocUnsafe(lengthOf(parts));
	let at = 0;
	for await (const piece of write(parts)) at += piece.copy(body, at);
	return body.subarray(0, at);
}

async function* write(parts: readonly Part[]): AsyncGenerator<Buffer> {
	for (const part of parts) {
		if (part instanceof EmbeddedBytes) yield* writeFile(part);
		else yield part;
	}
}

async function* writeFile({ file, prefix }: EmbeddedBytes): AsyncGenerator<Buffer> {
	if (prefix) yield Buffer.from(prefix);
	// Base64 encodes groups of three bytes.
	let rest: Buffer = Buffer.alloc(0);
	for await (const piece of file.read()) {
		const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
		const whole = bytes.length - (bytes.length % 3);
		if (whole > 0) yield Buffer.from(bytes.toString('base64', 0, whole), 'latin1');
		rest = bytes.subarray(whole);
	}
	if (rest.length > 0) yield Buffer.from(rest.toString('base64'), 'latin1');
}
