import type { IExecuteFunctions } from 'n8n-workflow';
import { isStorageMode } from './base64Text';
import type { BinaryFile } from './storedFile';

/** The files of an item, by the names of their binary fields. */
export type ItemFiles = Readonly<Record<string, BinaryFile>>;

/** A file that is the value of an expression. */
export interface ExpressionFile {
	readonly file: BinaryFile;
	/** The binary field that contains it; null = the file isn't one of the item's. */
	readonly name: string | null;
}

/** Includes files that the workflow setting `binaryMode: 'combined'` moves into the item's JSON. */
export function getItemFiles(context: IExecuteFunctions, itemIndex: number): ItemFiles {
	const { json = {}, binary = {} } = context.getInputData()[itemIndex] ?? {};
	const moved = typeof json._files === 'object' && json._files !== null ? json._files : {};
	const all = Object.entries({ ...moved, ...binary } as Record<string, unknown>);
	return Object.fromEntries(all.filter((entry): entry is [string, BinaryFile] => isFile(entry[1])));
}

/**
 * The file with an ID of n8n's storage, such as `filesystem-v2:workflows/1/executions/2/binary_data/3`:
 * an agent can't hand on a file itself. It need not be in the item.
 */
export function fileById(id: string): BinaryFile | undefined {
	const [mode = '', path] = id.split(':', 2);
	return path && isStorageMode(mode) ? { id } : undefined;
}

/**
 * The file that a value of an expression is or describes. With binary data in memory, n8n removes
 * the bytes from such values, and all other properties have to identify the file.
 *
 * @returns several if the value describes different files; none if it isn't a file
 */
export function filesFromExpression(value: unknown, files: ItemFiles): ExpressionFile[] {
	if (!isFile(value)) return [];
	const names = Object.keys(files);
	if (value.id || (value.data && value.mimeType)) {
		const name = names.find((each) => isSameFile(files[each], value)) ?? null;
		return [{ file: value, name }];
	}
	const properties = Object.entries(value).filter(([key]) => key !== 'data');
	if (properties.length === 0) return [];
	const matches = names
		.map((name) => ({ name, file: files[name] as BinaryFile }))
		.filter(({ file }) =>
			properties.every(([key, expected]) => file[key as keyof BinaryFile] === expected),
		);
	return matches.filter(({ file }, index) =>
		matches.slice(0, index).every((earlier) => !isSameFile(earlier.file, file)),
	);
}

function isFile(value: unknown): value is BinaryFile {
	if (typeof value !== 'object' || value === null) return false;
	const { id, data, mimeType, fileName } = value as Record<keyof BinaryFile, unknown>;
	// Only stored files have an ID; their `data` is the name of the storage mode.
	if (id) return typeof id === 'string';
	return [data, mimeType, fileName].some((property) => typeof property === 'string');
}

/** n8n can move a stored file to the folder of its execution, which keeps the last part of its ID. */
function isSameFile(one: BinaryFile | undefined, other: BinaryFile): boolean {
	if (one?.id && other.id) return one.id.split('/').at(-1) === other.id.split('/').at(-1);
	return !one?.id && !other.id && one?.data === other.data;
}
