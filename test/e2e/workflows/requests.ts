import type { RecordedPart, RecordedRequest } from '../../../demo/image-service/recorder.ts';

/** The prompt of each request in OpenAI's form, JSON or multipart. */
export function promptsOf(requests: readonly RecordedRequest[]): string[] {
	return requests.map(({ fields }) =>
		String(Array.isArray(fields) ? partsOf(fields, 'prompt')[0]?.value : fields?.prompt),
	);
}

/** The parts of a multipart request with a name, of which `image[]` stands for `image`, too. */
export function partsOf(fields: RecordedRequest['fields'], name: string): RecordedPart[] {
	const parts = Array.isArray(fields) ? fields : [];
	return parts.filter((part) => part.name.replace('[]', '') === name);
}
