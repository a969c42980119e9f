import type { IExecuteFunctions } from 'n8n-workflow';
import { ValidationError } from '../errors';
import type { Operation } from '../models';
import type { Settings } from '../options/table';
import type { Service } from '../services/types';
import type { FileRow } from './files/fileRow';
import { convertMask } from './files/convertMask';
import type { InputFile } from './files/inputFile';
import { openFiles } from './files/openFiles';

interface FileContext {
	readonly context: IExecuteFunctions;
	readonly itemIndex: number;
	readonly operation: Operation;
	readonly service: Service;
	readonly settings: Settings;
	/** Collects the problems of files that cannot be opened. */
	readonly problems: string[];
}

/**
 * Opens the files of an edit, all that it can.
 *
 * @param readAgain evaluates the rows anew
 * @param place what errors call a row
 */
export async function readFiles(
	{ context, itemIndex, operation, service, settings, problems }: FileContext,
	rows: readonly FileRow[],
	readAgain: () => readonly FileRow[],
	place: (index: number) => string,
): Promise<InputFile[]> {
	if (operation !== 'edit') return [];
	const { imagesAsJson, previewRequest, timeout } = settings;
	const { links = false, fileIds = false } = service.endpoints[operation].files ?? {};
	const files: InputFile[] = [];
	for (const [index, row] of rows.entries()) {
		const opened = await openFiles(context, itemIndex, row, place(index), {
			keepsLinks: imagesAsJson && links,
			keepsFileIds: imagesAsJson && fileIds,
			noFileIds: fileIds
				? "requires 'Send Images as JSON' in Options. Turn it on, or change 'Source'"
				: `isn't supported by ${service.sentenceName}. Change 'Source'`,
			downloads: !previewRequest,
			timeout,
			readRow: rowReader(readAgain, index),
		}).catch((error: unknown) => {
			if (!(error instanceof ValidationError)) throw error;
			problems.push(...error.problems);
			return [];
		});
		files.push(...opened);
	}
	return files;
}

/** Not part of `readFiles`, whose rows it would keep in memory, and with them the texts of files. */
function rowReader(readAgain: () => readonly FileRow[], index: number): () => FileRow {
	return () => readAgain()[index] ?? {};
}

/** Opens a mask or a markup. */
export async function readOverlay(
	files: FileContext,
	rows: readonly FileRow[],
	readAgain: () => readonly FileRow[],
	place: 'Mask' | 'Markup',
): Promise<InputFile | null> {
	const [first = null, ...others] = await readFiles(files, rows, readAgain, () => place);
	if (others.length > 0) {
		files.problems.push(
			`'${place}' accepts only one file, not ${others.length + 1}. Enter the name of one binary field`,
		);
	}
	if (!first || place === 'Markup') return first;
	const { mask = true } = files.service.endpoints.edit.files ?? {};
	return await convertMask(first, mask === true ? 'transparent' : mask);
}
