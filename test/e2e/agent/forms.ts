import type { Call } from '../helpers/api';

/** The files of a multipart request, in order. */
export async function filesOf(call: Call): Promise<Buffer[]> {
	const type = call.headers['content-type'] ?? '';
	const form = await new Response(new Uint8Array(await call.read()), {
		headers: { 'content-type': type },
	}).formData();
	const files = [...form.values()].filter((value) => typeof value !== 'string');
	return await Promise.all(files.map(async (file) => Buffer.from(await file.arrayBuffer())));
}
