import type { ParameterName } from '../models';
import { keysOf, parameterPath } from '../services/spelling';
import type { FileKeys } from '../services/types';
import type { RequestBody } from '../transport/send';
import type { InputFile } from './files/inputFile';
import { formFields } from './formFields';
import type { ValidRequest } from './types';

/**
 * The body of a request, as its service spells it: JSON, or a form if there are input files. With
 * *Send Images as JSON*, files become a part of the JSON.
 */
export async function encode(request: ValidRequest): Promise<RequestBody> {
	const { files } = request.service.endpoints[request.operation];
	if (!files) return jsonBody(fieldsOf(request));
	return request.settings.imagesAsJson
		? jsonBody({ ...fieldsOf(request), ...(await embeddedFiles(request, files)) })
		: encodeForm(request, files);
}

function encodeForm(request: ValidRequest, { form: names }: FileKeys): RequestBody {
	const form = new FormData();
	for (const [name, value] of Object.entries(fieldsOf(request))) {
		for (const [part, text] of formFields(name, value)) form.append(part, text);
	}
	const { images, mask, markup } = request;
	const part = images.length === 1 ? names.image : names.images;
	for (const image of images) form.append(part, new StreamedFile(image));
	if (mask) form.append(names.mask, new StreamedFile(mask));
	if (markup) form.append(names.markup, new StreamedFile(markup));
	// n8n's request helper adds the content type, which holds the boundary.
	return { body: form, headers: {} };
}

async function embeddedFiles(
	request: ValidRequest,
	{ json: names }: FileKeys,
): Promise<Record<string, unknown>> {
	const images = [];
	for (const image of request.images) images.push(await embedded(image, names));
	const { mask, markup } = request;
	return {
		[names.images]: images,
		...(mask ? { [names.mask]: await embedded(mask, names) } : {}),
		...(markup ? { [names.markup]: await embedded(markup, names) } : {}),
	};
}

async function embedded(file: InputFile, names: FileKeys['json']): Promise<object> {
	const { reference } = file;
	if (reference && 'fileId' in reference) return { [names.fileId]: reference.fileId };
	if (reference) return { [names.url]: reference.url };
	const bytes = await file.load();
	return { [names.url]: `data:${mimeTypeOf(file)};base64,${bytes.toString('base64')}` };
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

function jsonBody(body: object): RequestBody {
	return {
		body: Buffer.from(JSON.stringify(body)),
		headers: { 'Content-Type': 'application/json' },
	};
}

/**
 * A file whose bytes are read when the form reaches it. So a request holds at most one of its files,
 * and none while it waits for the response. What sends the form only uses `size` and `stream()`.
 */
class StreamedFile extends File {
	constructor(private readonly file: InputFile) {
		super([], file.fileName, { type: mimeTypeOf(file) });
		Object.defineProperty(this, 'size', { value: file.bytes });
	}

	override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
		const { load } = this.file;
		return new ReadableStream({
			async start(controller) {
				controller.enqueue((await load()) as Uint8Array<ArrayBuffer>);
				controller.close();
			},
		});
	}
}

function mimeTypeOf({ mediaType }: InputFile): string {
	return mediaType?.mimeType ?? 'application/octet-stream';
}
