import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { asText, type JsonRecord } from './json';
import type { StoredImage } from './keep';

/** What is known about an image besides its file. */
export interface ImageFacts {
	readonly model: string;
	readonly operation: string;
	/** Position among the images of its item, from 0. */
	readonly index: number;
	readonly image: StoredImage;
	/** What the server says of this image, and of the whole answer. */
	readonly entry: JsonRecord;
	readonly answer: JsonRecord;
	readonly requestId: string;
	readonly durationMs: number;
	readonly warnings: readonly string[];
}

/**
 * The item that goes on into the workflow: the file, and a small json about it.
 *
 * @param binaryField the field of the item that the file is put into
 */
export function toItem(
	facts: ImageFacts,
	binaryField: string,
	itemIndex: number,
): INodeExecutionData {
	return {
		json: jsonOf(facts),
		binary: { [binaryField]: facts.image.binary },
		pairedItem: { item: itemIndex },
	};
}

function jsonOf({ image, entry, answer, warnings, ...facts }: ImageFacts): IDataObject {
	return withoutUndefined({
		model: facts.model,
		operation: facts.operation,
		index: facts.index,
		created: typeof answer.created === 'number' ? answer.created : undefined,
		fileName: image.binary.fileName,
		mimeType: image.mediaType.mimeType,
		fileSize: image.bytes,
		width: image.mediaType.width ?? undefined,
		height: image.mediaType.height ?? undefined,
		revisedPrompt: asText(entry.revised_prompt),
		size: asText(answer.size),
		quality: asText(answer.quality),
		background: asText(answer.background),
		outputFormat: asText(answer.output_format),
		usage: answer.usage as IDataObject | undefined,
		requestId: facts.requestId || undefined,
		durationMs: facts.durationMs,
		warnings: warnings.length ? [...warnings] : undefined,
	});
}

function withoutUndefined(values: Record<string, unknown>): IDataObject {
	return Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== undefined),
	) as IDataObject;
}
