import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { ValidationError } from '../errors';
import {
	MODELS,
	specOf,
	uncheckedRow,
	type ModelRow,
	type Operation,
	type ParameterName,
	type ParameterSpec,
} from '../models';
import { PARAMETERS, placeOf, type Place } from '../models/parameters';
import { readSettings } from '../options/read';
import type { Settings } from '../options/table';
import { dialectFor } from '../services/dialect';
import { idAt } from '../services/ids';
import { narrow } from '../services/narrow';
import type { Service } from '../services/types';
import { formatValue, toText } from '../values/format';
import type { FileRow } from './files/fileRow';
import { readFiles, readOverlay } from './readFiles';
import { readModel } from './readModel';
import { readSize } from './readSize';
import { isResumed } from './resume';
import type { RawRequest } from './types';

/**
 * Reads the parameters of one item. Nothing else calls `getNodeParameter`, which throws for a field
 * that the editor hides: every read has a fallback.
 *
 * @param service narrows the row of the model to what it can take
 * @param dialectOf how the service is spoken to about a model
 * @throws ValidationError if operation or model are unclear, ExecutionCanceledError
 */
export async function readItem(
	context: IExecuteFunctions,
	itemIndex: number,
	service: Service,
	table: Readonly<Record<string, ModelRow>> = MODELS,
	dialectOf: DialectOf = dialectFor,
): Promise<RawRequest> {
	const get = parameterReader(context, itemIndex);
	const problems: string[] = [];
	const operation = readOperation(get('operation', 'generate'));
	const options = get('options', {}) as IDataObject;
	const { shown, row: modelRow, ...chosen } = readModel(get, options.modelId, table);
	const settings = readSettings(options, problems);
	const model = idAt(service, chosen.model);
	const dialect = await dialectOf(service, model, settings);
	const ownRow = settings.checkParameters ? modelRow : uncheckedRow(modelRow);
	const row = narrow(ownRow, dialect);
	const filledIn = readParameters(shown, operation, (name, place) =>
		place === 'main' ? get(name) : options[name],
	);
	const { size, sizeBy } = readSize(get, specOf(shown, operation, 'size'), problems);
	const names = [...filledIn.keys()];
	const isSupported = (name: ParameterName) => specOf(row, operation, name) !== undefined;
	const atDefault = names.filter((name) => isDefault(name, filledIn.get(name), shown, operation));
	// A size that is no preset is not among the fields.
	const set = size ? [...new Set<ParameterName>([...names, 'size'])] : names;
	const left = set.filter((name) => !isSupported(name) && !atDefault.includes(name));
	const isOfModel = (name: ParameterName) => specOf(ownRow, operation, name) !== undefined;
	const [images, mask, markup] = (['inputImages', 'mask', 'markup'] as const).map((field) =>
		isResumed(settings) ? [] : readRows(get, options, field),
	) as [FileRow[], FileRow[], FileRow[]];
	const files = { context, itemIndex, operation, service: dialect, settings, problems };
	return {
		...chosen,
		model,
		row,
		ownRow,
		service: dialect,
		operation,
		values: {
			...Object.fromEntries([...filledIn].filter(([name]) => isSupported(name))),
			...(size && isSupported('size') ? { size } : {}),
		},
		atDefault,
		ignored: left.filter((name) => !isOfModel(name)),
		unsupported: left.filter(isOfModel),
		sizeBy,
		chosenSize: sizeBy === 'aspectRatio' ? size : undefined,
		images: await readFiles(
			files,
			images.map((row) => ({ ...row, not: [...mask, ...markup] })),
			readAgain(get, 'inputImages'),
			(index) => `Input image ${index + 1}`,
		),
		mask: await readOverlay(files, mask, readAgain(get, 'mask'), 'Mask'),
		markup: await readOverlay(files, markup, readAgain(get, 'markup'), 'Markup'),
		settings,
		problems,
	};
}

export type DialectOf = (
	service: Service,
	model: string,
	settings: Settings,
) => Service | Promise<Service>;

type Get = (name: string, fallback?: unknown) => unknown;

/**
 * This and `readAgain` are not part of `readItem`: they live as long as the request, and would keep
 * the values of `readItem` in memory, among them the texts of files.
 */
function parameterReader(context: IExecuteFunctions, itemIndex: number): Get {
	return (name, fallback = null) => context.getNodeParameter(name, itemIndex, fallback);
}

function readAgain(get: Get, field: FileField): () => FileRow[] {
	return () => readRows(get, get('options', {}) as IDataObject, field);
}

type FileField = 'inputImages' | 'mask' | 'markup';

/** The rows of a field for files; *Mask* and *Markup* have one at most. */
function readRows(get: Get, options: IDataObject, field: FileField): FileRow[] {
	if (field === 'inputImages') return get('inputImages.image', []) as FileRow[];
	const { image } = (options[field] ?? {}) as { image?: FileRow };
	return image ? [image] : [];
}

function readOperation(value: unknown): Operation {
	if (value === 'generate' || value === 'edit') return value;
	throw new ValidationError([
		`'Operation' ${formatValue(value)} doesn't exist. Use one of: generate, edit`,
	]);
}

/** The parameters that are not empty, of those that the editor shows. Each model shows the prompt. */
function readParameters(
	shown: ModelRow,
	operation: Operation,
	read: (name: ParameterName, place: Place) => unknown,
): Map<ParameterName, unknown> {
	const entries = (Object.keys(PARAMETERS) as ParameterName[])
		.filter((name) => name === 'prompt' || specOf(shown, operation, name))
		.map((name) => [name, read(name, placeOf(name, specOf(shown, operation, name)))] as const)
		.filter(([name, value]) => !isUnset(value, specOf(shown, operation, name)));
	return new Map(entries);
}

function isUnset(value: unknown, spec: ParameterSpec | undefined): boolean {
	if (value === undefined || value === null || value === '') return true;
	return spec !== undefined && 'unset' in spec && value === spec.unset;
}

/** What is under Options was added by the user, even if its value is the default. */
function isDefault(
	name: ParameterName,
	value: unknown,
	shown: ModelRow,
	operation: Operation,
): boolean {
	const spec = specOf(shown, operation, name);
	if (placeOf(name, spec) !== 'main') return false;
	const fallback = spec && 'default' in spec ? spec.default : undefined;
	return toText(value) === fallback?.toString();
}
