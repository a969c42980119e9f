import type { IExecuteFunctions } from 'n8n-workflow';
import type { BinaryFile } from './storedFile';

/** The files of an item by their names. */
export type Files = Readonly<Record<string, BinaryFile>>;

/** A file that an expression gives. */
export interface ExpressionFile {
	readonly file: BinaryFile;
	/** Its name in the item; null = it is none of the item's. */
	readonly name: string | null;
}

/** The item's files, which the workflow setting `binaryMode: 'combined'` moves into its json. */
export function filesOf(context: IExecuteFunctions, itemIndex: number): Files {
	const { json = {}, binary = {} } = context.getInputData()[itemIndex] ?? {};
	const moved = typeof json._files === 'object' && json._files !== null ? json._files : {};
	const all = Object.entries({ ...moved, ...binary } as Record<string, unknown>);
	return Object.fromEntries(all.filter((entry): entry is [string, BinaryFile] => isFile(entry[1])));
}

/**
 * The file that a value is or describes. In its in-memory binary mode n8n leaves out the bytes of
 * what expressions give, so that the file is found by everything else that is said of it.
 *
 * @returns several if different files of the item fit; none if the value is no file
 */
export function filesFromExpression(value: unknown, files: Files): ExpressionFile[] {
	if (!isFile(value)) return [];
	const names = Object.keys(files);
	if (value.id || (value.data && value.mimeType)) {
		const name = names.find((each) => isSame(files[each], value)) ?? null;
		return [{ file: value, name }];
	}
	const facts = Object.entries(value).filter(([key]) => key !== 'data');
	if (facts.length === 0) return [];
	const fitting = names
		.map((name) => ({ name, file: files[name] as BinaryFile }))
		.filter(({ file }) => facts.every(([key, fact]) => file[key as keyof BinaryFile] === fact));
	return fitting.filter(({ file }, index) =>
		fitting.slice(0, index).every((earlier) => !isSame(earlier.file, file)),
	);
}

function isFile(value: unknown): value is BinaryFile {
	if (typeof value !== 'object' || value === null) return false;
	const { id, data, mimeType, fileName } = value as Record<keyof BinaryFile, unknown>;
	// n8n's in-memory mode has no IDs, and its other modes put the mode's name where the data was.
	if (id) return typeof id === 'string';
	return [data, mimeType, fileName].some((fact) => typeof fact === 'string');
}

/** n8n may move a stored file into the folder of its execution: the last part of its ID stays. */
function isSame(one: BinaryFile | undefined, other: BinaryFile): boolean {
	if (one?.id && other.id) return one.id.split('/').at(-1) === other.id.split('/').at(-1);
	return !one?.id && !other.id && one?.data === other.data;
}
