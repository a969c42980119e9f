import type { ParameterName } from '../models';
import type { RequestBody } from '../transport/send';
import { formFields } from './formFields';
import type { InputFile } from './files/inputFile';
import type { ValidRequest } from './validate';
import { bodyPath } from '../services/spelling';

/** A generation: every field in one JSON object. */
export async function encodeGeneration(request: ValidRequest): Promise<RequestBody> {
	return asJson(fieldsOf(request));
}

/** An edit: its files as files, which every server takes, or inside JSON, if the user wants it. */
export async function encodeEdit(request: ValidRequest): Promise<RequestBody> {
	return request.settings.imagesAsJson ? await encodeReferences(request) : encodeMultipart(request);
}

/**
 * One file goes as `image`, several as `image[]`: every server takes a single `image`, and
 * OpenAI takes several only in this form.
 */
function encodeMultipart(request: ValidRequest): RequestBody {
	const form = new FormData();
	for (const [name, value] of Object.entries(fieldsOf(request))) {
		for (const [part, text] of formFields(name, value)) form.append(part, text);
	}
	const part = request.images.length === 1 ? 'image' : 'image[]';
	for (const image of request.images) form.append(part, new StoredFile(image));
	if (request.mask) form.append('mask', new StoredFile(request.mask));
	if (request.markup) form.append('markup', new StoredFile(request.markup));
	// The helper adds the type, which holds the boundary.
	return { body: form, headers: {} };
}

/** `{images: [{image_url | file_id}]}`, the API's second form of an edit. */
async function encodeReferences(request: ValidRequest): Promise<RequestBody> {
	const images = [];
	for (const image of request.images) images.push(await asReference(image));
	return asJson({
		...fieldsOf(request),
		images,
		...(request.mask ? { mask: await asReference(request.mask) } : {}),
		...(request.markup ? { markup: await asReference(request.markup) } : {}),
	});
}

function fieldsOf({ model, values, settings }: ValidRequest): Record<string, unknown> {
	const body: Record<string, unknown> = { model };
	for (const [name, value] of Object.entries(values)) {
		if (value !== undefined) setAt(body, bodyPath(name as ParameterName), value);
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

function asJson(body: object): RequestBody {
	return {
		body: Buffer.from(JSON.stringify(body)),
		headers: { 'Content-Type': 'application/json' },
	};
}

/**
 * A file whose bytes are read when its turn in the body comes, so that a request holds one of its
 * files at most, and none while it waits for the answer. Who sends a form asks its files for
 * `size` and `stream()`.
 */
class StoredFile extends File {
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

async function asReference(file: InputFile): Promise<object> {
	if (file.reference) return file.reference;
	const bytes = await file.load();
	return { image_url: `data:${mimeTypeOf(file)};base64,${bytes.toString('base64')}` };
}

function mimeTypeOf({ mediaType }: InputFile): string {
	return mediaType?.mimeType ?? 'application/octet-stream';
}
