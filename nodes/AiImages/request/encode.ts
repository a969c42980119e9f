import type { RequestBody } from '../transport/send';
import type { ValidRequest } from './validate';

/** `outputFormat` → `output_format`: the API's name of a parameter. */
export function wireName(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export async function encodeJson(request: ValidRequest): Promise<RequestBody> {
	const body = Buffer.from(JSON.stringify(Object.fromEntries(fieldsOf(request))));
	return { body, headers: { 'Content-Type': 'application/json' } };
}

/**
 * One file goes as `image`, several as `image[]`: every server takes a single `image`, and
 * OpenAI takes several only in this form.
 */
export async function encodeMultipart(request: ValidRequest): Promise<RequestBody> {
	const form = new FormData();
	for (const [name, value] of fieldsOf(request)) form.append(name, String(value));
	const part = request.images.length === 1 ? 'image' : 'image[]';
	for (const image of request.images) {
		form.append(part, await asBlob(image), image.fileName);
	}
	if (request.mask) form.append('mask', await asBlob(request.mask), request.mask.fileName);
	// The helper adds the type, which holds the boundary.
	return { body: form, headers: {} };
}

function fieldsOf({ model, values }: ValidRequest): Array<[string, string | number]> {
	const set = Object.entries(values).map(([name, value]): [string, string | number] => [
		wireName(name),
		value,
	]);
	return [['model', model], ...set];
}

async function asBlob({ load, mediaType }: ValidRequest['images'][number]): Promise<Blob> {
	const bytes = await load();
	return new Blob([bytes as Uint8Array<ArrayBuffer>], {
		type: mediaType?.mimeType ?? 'application/octet-stream',
	});
}
