import type { RequestBody } from '../transport/send';
import { bodyOf, type FormPart } from './body';
import { mimeTypeOf, type InputFile } from './files/inputFile';
import { encodeJson } from './jsonBody';
import type { ValidRequest } from './types';

/** The body of a request in the form that is sent. Its files are read meanwhile. */
export async function encode(request: ValidRequest): Promise<RequestBody> {
	const body = bodyOf(request);
	const written = body.kind === 'form' ? encodeForm(body.parts) : await encodeJson(body.tree);
	const { headers } = request.service.endpoints[request.operation];
	return { ...written, headers: { ...written.headers, ...headers } };
}

function encodeForm(parts: readonly FormPart[]): RequestBody {
	const form = new FormData();
	const reads: FileReads = new Set();
	for (const [name, value] of parts) {
		if (typeof value === 'string') form.append(name, value);
		else form.append(name, new StreamedFile(value, reads));
	}
	// n8n's request helper adds the content type, which holds the boundary.
	return { body: form, headers: {}, close: closing(reads) };
}

/** A form with a single file. */
export function encodeFile(part: string, file: InputFile): RequestBody {
	return encodeForm([[part, file]]);
}

/**
 * A file as it is.
 *
 * @throws ApiError if it can no longer be read
 */
export async function encodeBytes(file: InputFile): Promise<RequestBody> {
	const headers = { 'Content-Type': mimeTypeOf(file), 'Content-Length': String(file.bytes) };
	const toStream = await file.streamFactory?.();
	if (toStream) {
		const body = toStream(file.read());
		return { body, headers, close: () => void body.destroy() };
	}
	const pieces: Buffer[] = [];
	for await (const piece of file.read()) pieces.push(piece);
	return { body: Buffer.concat(pieces), headers, close: () => {} };
}

/** An upload that ends early doesn't cancel its streams. */
function closing(reads: FileReads): () => void {
	return () => reads.forEach((read) => void read.return?.());
}

/** Files that have been opened for a request. */
type FileReads = Set<AsyncIterator<Buffer>>;

/**
 * A file whose bytes are read, piece by piece, when the form reaches it. What sends the form only
 * uses `size` and `stream()`.
 */
class StreamedFile extends File {
	constructor(
		private readonly file: InputFile,
		private readonly reads: FileReads,
	) {
		super([], file.fileName, { type: mimeTypeOf(file) });
		Object.defineProperty(this, 'size', { value: file.bytes });
	}

	override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
		const pieces = this.file.read()[Symbol.asyncIterator]();
		this.reads.add(pieces);
		return new ReadableStream({
			async pull(controller) {
				const { done, value } = await pieces.next();
				if (done) controller.close();
				else controller.enqueue(value as Uint8Array<ArrayBuffer>);
			},
			async cancel() {
				await pieces.return?.();
			},
		});
	}
}
