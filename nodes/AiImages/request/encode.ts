import type { ParameterName } from '../models';
import { keysOf, parameterPath } from '../services/spelling';
import type { FileKeys } from '../services/types';
import type { RequestBody } from '../transport/send';
import type { InputFile } from './files/inputFile';
import { formFields } from './formFields';
import { DataUrl, encodeJson } from './jsonBody';
import type { ValidRequest } from './types';

/**
 * The body of a request, as its service spells it: JSON, or a form if there are input files. With
 * *Send Images as JSON*, files become a part of the JSON.
 */
export async function encode(request: ValidRequest): Promise<RequestBody> {
	const { files } = request.service.endpoints[request.operation];
	if (!files) return await encodeJson(fieldsOf(request));
	return request.settings.imagesAsJson
		? await encodeJson({ ...fieldsOf(request), ...embeddedFiles(request, files) })
		: encodeForm(request, files);
}

function encodeForm(request: ValidRequest, { form: names }: FileKeys): RequestBody {
	const form = new FormData();
	const reads: FileReads = new Set();
	for (const [name, value] of Object.entries(fieldsOf(request))) {
		for (const [part, text] of formFields(name, value)) form.append(part, text);
	}
	const { images, mask, markup } = request;
	const part = images.length === 1 ? names.image : names.images;
	for (const image of images) form.append(part, new StreamedFile(image, reads));
	if (mask) form.append(names.mask, new StreamedFile(mask, reads));
	if (markup) form.append(names.markup, new StreamedFile(markup, reads));
	// n8n's request helper adds the content type, which holds the boundary.
	// An upload that ends early doesn't cancel its streams.
	const close = () => reads.forEach((read) => void read.return?.());
	return { body: form, headers: {}, close };
}

function embeddedFiles(
	{ images, mask, markup }: ValidRequest,
	{ json: names }: FileKeys,
): Record<string, unknown> {
	return {
		[names.images]: images.map((image) => embedded(image, names)),
		...(mask ? { [names.mask]: embedded(mask, names) } : {}),
		...(markup ? { [names.markup]: embedded(markup, names) } : {}),
	};
}

function embedded(file: InputFile, names: FileKeys['json']): Record<string, unknown> {
	const { reference } = file;
	if (reference && 'fileId' in reference) return { [names.fileId]: reference.fileId };
	return { [names.url]: reference ? reference.url : new DataUrl(file, mimeTypeOf(file)) };
}

/** All fields but files. *Extra Body Fields* come last and win. */
function fieldsOf(request: ValidRequest): Record<string, unknown> {
	const { service, operation, model, values, settings } = request;
	const body: Record<string, unknown> = {};
	setAt(body, keysOf(service.endpoints[operation].model), model);
	for (const [name, value] of Object.entries(values)) {
		const path = parameterPath(service, operation, name as ParameterName);
		if (value !== undefined && path) setAt(body, keysOf(path), value);
	}
	return { ...body, ...settings.extraFields };
}

function setAt(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
	const [key = '', ...rest] = path;
	if (rest.length === 0) {
		target[key] = value;
	} else {
		const inner = (target[key] ?? {}) as Record<string, unknown>;
		setAt(inner, rest, value);
		target[key] = inner;
	}
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

function mimeTypeOf({ mediaType }: InputFile): string {
	return mediaType?.mimeType ?? 'application/octet-stream';
}
