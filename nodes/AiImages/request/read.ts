import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { InvalidItem } from '../errors';
import { OTHER_MODEL, OUTPUT_BINARY_FIELD, SAME_AS_ID, TIMEOUT } from '../fields';
import { PRESENTATION } from '../fields/presentation';
import {
	MODELS,
	PERMISSIVE_ROW,
	resolveModel,
	specOf,
	type ModelRow,
	type Operation,
	type ParameterName,
} from '../models';
import { openInputFile, type InputFile } from './inputFile';

/** An item as the user filled it in; nothing is checked yet. */
export interface RawRequest {
	readonly operation: Operation;
	/** The id that is sent. */
	readonly model: string;
	/** What the model takes. */
	readonly row: ModelRow;
	readonly values: Readonly<Partial<Record<ParameterName, unknown>>>;
	/** Filled in by the user, but not taken by the model, whose fields the editor could not know. */
	readonly dropped: readonly ParameterName[];
	readonly images: readonly InputFile[];
	readonly mask: InputFile | null;
	readonly outputBinaryField: string;
	/** Milliseconds. */
	readonly timeout: number;
}

/**
 * Reads the parameters of one item, the only place that does. What is hidden in the editor is
 * not there at run time, so every read has a fallback.
 *
 * @throws InvalidItem if a file is missing or a parameter has the wrong type
 */
export async function readItem(context: IExecuteFunctions, item: number): Promise<RawRequest> {
	const get = (name: string, fallback: unknown = null) =>
		context.getNodeParameter(name, item, fallback) as unknown;
	const operation = get('operation', 'generate') as Operation;
	const { model, row, shown } = readModel(get);
	const options = get('options', {}) as IDataObject;

	const read = (name: ParameterName) =>
		PRESENTATION[name].place === 'main' ? get(name) : options[name];
	const filled = (Object.keys(PRESENTATION) as ParameterName[])
		.filter((name) => specOf(shown, operation, name))
		.map((name) => [name, read(name)] as const)
		.filter(([, value]) => value !== undefined && value !== null && value !== '');
	const isTaken = (name: ParameterName) => specOf(row, operation, name) !== undefined;

	return {
		operation,
		model,
		row,
		values: Object.fromEntries(filled.filter(([name]) => isTaken(name))),
		dropped: filled
			.filter(([name, value]) => !isTaken(name) && value !== defaultOf(shown, operation, name))
			.map(([name]) => name),
		images: operation === 'edit' ? await readImages(context, item, get) : [],
		mask: operation === 'edit' ? await readMask(context, item, get) : null,
		outputBinaryField: String(options.outputBinaryField || OUTPUT_BINARY_FIELD),
		timeout: readTimeout(options.timeout),
	};
}

/** What the editor fills in by itself. */
function defaultOf(row: ModelRow, operation: Operation, name: ParameterName): unknown {
	const spec = specOf(row, operation, name);
	return spec && 'default' in spec ? spec.default : undefined;
}

type Get = (name: string, fallback?: unknown) => unknown;

/** The model's id, its row, and the row whose fields the editor shows. */
function readModel(get: Get): { model: string; row: ModelRow; shown: ModelRow } {
	const choice = String(get('model', ''));
	const rows: Readonly<Record<string, ModelRow>> = MODELS;
	const listed = Object.hasOwn(rows, choice) ? rows[choice] : undefined;
	if (listed) return { model: choice, row: listed, shown: listed };
	if (choice !== OTHER_MODEL) {
		throw new InvalidItem([
			`Model: "${choice}" is not in the list. Choose "Other Model" to use any ID. Allowed: ${Object.keys(rows).join(', ')}`,
		]);
	}
	const model = readModelId(get('modelId'));
	if (!model) throw new InvalidItem(['Model ID: it is empty. Enter the ID of a model']);
	const compatibleWith = String(get('compatibleWith', SAME_AS_ID));
	const family = Object.hasOwn(rows, compatibleWith) ? rows[compatibleWith] : undefined;
	if (family) return { model, row: family, shown: family };
	const row = compatibleWith === SAME_AS_ID ? resolveModel(model).row : PERMISSIVE_ROW;
	return { model, row, shown: PERMISSIVE_ROW };
}

/** The value of a resource locator, or the text that an expression gave instead of one. */
function readModelId(value: unknown): string {
	const id = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
	return typeof id === 'string' ? id.trim() : '';
}

async function readImages(
	context: IExecuteFunctions,
	item: number,
	get: Get,
): Promise<InputFile[]> {
	const rows = get('inputImages.image', []) as Array<{ binaryField?: unknown }>;
	const files: InputFile[] = [];
	for (const [index, row] of rows.entries()) {
		const place = `Input Images, image ${index + 1}`;
		files.push(await openInputFile(context, item, row.binaryField, place));
	}
	return files;
}

async function readMask(
	context: IExecuteFunctions,
	item: number,
	get: Get,
): Promise<InputFile | null> {
	const row = get('mask.image', null) as { binaryField?: unknown } | null;
	if (!row) return null;
	return await openInputFile(context, item, row.binaryField, 'Mask');
}

function readTimeout(value: unknown): number {
	const seconds = Number(value ?? TIMEOUT);
	if (seconds > 0 && seconds <= 86_400) return seconds * 1000;
	throw new InvalidItem([
		`Timeout: ${JSON.stringify(value)} is not possible. Allowed: more than 0 and up to 86400 seconds`,
	]);
}
