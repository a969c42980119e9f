import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import type { NodeResult } from '../../helpers/engine';
import { hashOf } from './hash';

/** What a case shows, each by itself, so that a difference says what has changed. */
export const ASPECTS = ['input', 'requests', 'items', 'files', 'errors'] as const;

export type Aspects = Readonly<Record<(typeof ASPECTS)[number], string>>;

/** Everything that an execution shows to who runs it. */
export async function aspectsOfResult(
	result: NodeResult,
): Promise<Pick<Aspects, 'items' | 'files' | 'errors'>> {
	const files: string[] = [];
	for (const [output, items] of result.outputs.entries()) {
		for (const [index, item] of items.entries()) {
			for (const field of Object.keys(filesOf(item))) {
				const bytes = await result.binary(item, field);
				files.push(`${output}/${index}/${field}: ${bytes.length} bytes, ${hashOf(bytes)}`);
			}
		}
	}
	const { status, error, hints } = result;
	return {
		items: pretty(result.outputs.map((items) => items.map(plainItem))),
		files: files.join('\n'),
		errors: pretty({ status, error, hints }),
	};
}

/** Workflows with `binaryMode: 'combined'` have the files of an item in its json. */
function filesOf({ json, binary }: INodeExecutionData): Record<string, unknown> {
	return { ...(json._files as object | undefined), ...binary };
}

/** Without the storage ID of its files. */
function plainItem(item: INodeExecutionData): object {
	const files = Object.entries(item.binary ?? {}).map(([field, { data, id, ...said }]) => {
		const place: Partial<IBinaryData> = { id, ...(id ? {} : { data }) };
		return [field, { ...said, isStored: place.id !== undefined }];
	});
	return item.binary ? { ...item, binary: Object.fromEntries(files) } : item;
}

/** Of an error: where it happened in the code, when, and in which node. */
const UNSEEN = new Set(['stack', 'timestamp', 'node']);

export function pretty(value: unknown): string {
	const isIn = (key: string, inner: unknown) => (UNSEEN.has(key) ? undefined : inner);
	return JSON.stringify(value, isIn, 1) ?? 'undefined';
}
