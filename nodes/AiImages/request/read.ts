import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { ValidationError } from '../errors';
import { PARAMETERS } from '../models/parameters';
import { MODELS, specOf, type ModelRow, type Operation, type ParameterName } from '../models';
import type { InputFile } from './files/inputFile';
import { openFiles } from './files/openFiles';
import type { FileRow } from './files/fileRow';
import { formatValue, toText } from '../values/format';
import { readModel } from './readModel';
import { readSettings } from '../options/read';
import type { Settings } from '../options/table';
import { narrow } from '../services/narrow';
import type { Service } from '../services/types';
import { sizeByRatio } from './readSize';
import type { RawRequest } from './types';

type Get = (name: string, fallback?: unknown) => unknown;

/**
 * Reads the parameters of one item. Nothing else calls `getNodeParameter`, which throws for a field
 * that the editor hides: every read has a fallback.
 *
 * @param service what it cannot take of the model is not read
 * @throws ValidationError if the model is unclear, ExecutionCanceledError
 */
export async function readItem(
	context: IExecuteFunctions,
	item: number,
	service: Service,
	table: Readonly<Record<string, ModelRow>> = MODELS,
): Promise<RawRequest> {
	const get: Get = (name, fallback = null) => context.getNodeParameter(name, item, fallback);
	const problems: string[] = [];
	const operation = readOperation(get('operation', 'generate'));
	const { shown, ...chosen } = readModel(get, table);
	const row = narrow(chosen.row, service);
	const options = get('options', {}) as IDataObject;
	const settings = readSettings(options, problems);

	const read = (name: ParameterName) =>
		PARAMETERS[name].place === 'main' ? get(name) : options[name];
	const entries = (Object.keys(PARAMETERS) as ParameterName[])
		.filter((name) => specOf(shown, operation, name))
		.map((name) => [name, read(name)] as const)
		.filter(([, value]) => value !== undefined && value !== null && value !== '');
	const isTaken = (name: ParameterName) => specOf(row, operation, name) !== undefined;
	// The user added what is under Options, even if it is the default.
	const atDefault = entries
		.filter(
			([name, value]) =>
				PARAMETERS[name].place === 'main' &&
				toText(value) === defaultOf(shown, operation, name)?.toString(),
		)
		.map(([name]) => name);
	const chosenSize = sizeByRatio(get, specOf(row, operation, 'size'), problems);

	const files = async (rows: FileRow[], place: (index: number) => string) =>
		operation === 'edit' ? await readFiles(context, item, rows, place, settings, problems) : [];
	const overlay = async (name: 'mask' | 'markup', place: string) => {
		const given = get(`${name}.image`) as FileRow | null;
		const [first = null, ...others] = await files(given ? [given] : [], () => place);
		if (others.length)
			problems.push(`${place}: it is one file, not ${others.length + 1}. Name one field`);
		return first;
	};
	const overlays = [get('mask.image'), get('markup.image')] as Array<FileRow | null>;
	return {
		...chosen,
		row,
		service,
		operation,
		values: {
			...Object.fromEntries(entries.filter(([name]) => isTaken(name))),
			...(chosenSize ? { size: chosenSize } : {}),
		},
		atDefault,
		ignored: entries
			.map(([name]) => name)
			.filter((name) => !isTaken(name) && !atDefault.includes(name)),
		chosenSize,
		images: await files(
			(get('inputImages.image', []) as FileRow[]).map((row) => ({ ...row, not: overlays })),
			(index) => `Input Images, image ${index + 1}`,
		),
		mask: await overlay('mask', 'Mask'),
		markup: await overlay('markup', 'Markup'),
		settings,
		problems,
	};
}

function readOperation(value: unknown): Operation {
	if (value === 'generate' || value === 'edit') return value;
	throw new ValidationError([
		`Operation: ${formatValue(value)} is not possible. Allowed: generate, edit`,
	]);
}

/** Opens every file that it can, and reports the others. */
async function readFiles(
	context: IExecuteFunctions,
	item: number,
	rows: FileRow[],
	place: (index: number) => string,
	{ imagesAsJson, timeout }: Settings,
	problems: string[],
): Promise<InputFile[]> {
	const files: InputFile[] = [];
	for (const [index, row] of rows.entries()) {
		const opened = await openFiles(context, item, row, place(index), {
			asJson: imagesAsJson,
			timeout,
		}).catch((error: unknown) => {
			if (!(error instanceof ValidationError)) throw error;
			problems.push(...error.problems);
			return [];
		});
		files.push(...opened);
	}
	return files;
}

/** The default that the editor fills in. */
function defaultOf(
	row: ModelRow,
	operation: Operation,
	name: ParameterName,
): string | number | boolean | undefined {
	const spec = specOf(row, operation, name);
	return spec && 'default' in spec ? spec.default : undefined;
}
