import type { ParameterName } from '../models';
import { isForm, keysOf, spell } from '../services/spelling';
import type { EmbeddedFile, FormParts } from '../services/types';
import type { RequestBody } from '../transport/send';
import { isRecord, type JsonRecord } from '../values/json';
import type { InputFile } from './files/inputFile';
import { formFields } from './formFields';
import { EmbeddedBytes, encodeJson } from './jsonBody';
import type { ValidRequest } from './types';

/**
 * The body of a request, as its service spells it: JSON, or a form if the service wants one for
 * files. With *Send Images as JSON*, files become a part of the JSON there, too.
 */
export async function encode(request: ValidRequest): Promise<RequestBody> {
	const endpoint = request.service.endpoints[request.operation];
	const { form } = endpoint;
	const body =
		form && isForm(endpoint, request.settings.imagesAsJson)
			? encodeForm(request, form)
			: await encodeJson(fieldsOf(request, contentOf(request)));
	return { ...body, headers: { ...body.headers, ...endpoint.headers } };
}

function encodeForm(request: ValidRequest, names: FormParts): RequestBody {
	const form = new FormData();
	const reads: FileReads = new Set();
	for (const [name, value] of Object.entries(fieldsOf(request, {}))) {
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

/** The fields of a JSON body with input files, and with the prompt if it stands among them. */
function contentOf({ service, operation, values, ...files }: ValidRequest): JsonRecord {
	const { content } = service.endpoints[operation];
	const { images, mask, markup } = files;
	return (
		content?.({
			prompt: String(values.prompt),
			images: images.map(embedded),
			mask: mask && embedded(mask),
			markup: markup && embedded(markup),
		}) ?? {}
	);
}

function embedded(file: InputFile): EmbeddedFile {
	const { reference } = file;
	const mimeType = mimeTypeOf(file);
	const bytes = new EmbeddedBytes(file, '');
	return {
		url:
			reference && 'url' in reference
				? reference.url
				: new EmbeddedBytes(file, `data:${mimeType};base64,`),
		base64: bytes,
		mimeType,
		fileId: reference && 'fileId' in reference ? reference.fileId : undefined,
	};
}

/** All fields. *Extra Body Fields* come last and win. */
function fieldsOf(request: ValidRequest, content: JsonRecord): JsonRecord {
	const { service, operation, model, values, settings } = request;
	const endpoint = service.endpoints[operation];
	const body: Record<string, unknown> = {};
	if (endpoint.model !== null) setAt(body, keysOf(endpoint.model), model);
	for (const [name, value] of Object.entries(values)) {
		if (value === undefined) continue;
		for (const [path, each] of spell(endpoint, name as ParameterName, value)) {
			setAt(body, keysOf(path), each);
		}
	}
	const { fixed = {}, unset = {} } = endpoint;
	const names = (Object.keys(unset) as ParameterName[]).filter(
		(name) => values[name] === undefined,
	);
	const substitutes = names.map((name) => unset[name] ?? {});
	return [...substitutes, fixed, content, settings.extraFields].reduce<JsonRecord>(merged, body);
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

/** Two records as one, also inside. Elsewhere, the second one wins. */
function merged(one: JsonRecord, other: JsonRecord): JsonRecord {
	const both = Object.entries(other).map(([key, value]) => {
		const own = Object.hasOwn(one, key) ? one[key] : undefined;
		const isBoth = isPlain(own) && isPlain(value);
		return [key, isBoth ? merged(own, value) : value] as const;
	});
	return { ...one, ...Object.fromEntries(both) };
}

function isPlain(value: unknown): value is JsonRecord {
	return isRecord(value) && !(value instanceof EmbeddedBytes);
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
