import { ValidationError } from '../errors';
import { OTHER_MODEL, SAME_AS_ID, UNKNOWN_MODEL } from '../fields';
import { UNVALIDATED_MODEL, resolveModel, type ModelRow } from '../models';
import { formatValue } from '../values/format';
import type { ChosenModel } from './types';

/**
 * Reads which model the user chose.
 *
 * @param get reads a parameter of the node
 * @throws ValidationError if the model is unclear
 */
export function readModel(
	get: (name: string, fallback?: unknown) => unknown,
	table: Readonly<Record<string, ModelRow>>,
): ChosenModel {
	const choice = get('model');
	const listed = rowOf(table, choice);
	if (listed) return { model: String(choice), row: listed, shown: listed, chosenBy: 'Model' };
	if (choice !== OTHER_MODEL) {
		throw new ValidationError([
			`Model: ${formatValue(choice)} is not in the list. Choose "Other Model" to use any ID. Allowed: ${Object.keys(table).join(', ')}`,
		]);
	}
	const model = readModelId(get('modelId'));
	const compatibleWith = get('compatibleWith', SAME_AS_ID);
	const chosenBy = 'Compatible With';
	const family = rowOf(table, compatibleWith);
	if (family) return { model, row: family, shown: family, chosenBy };
	if (compatibleWith === UNKNOWN_MODEL) {
		return { model, row: UNVALIDATED_MODEL, shown: UNVALIDATED_MODEL, chosenBy };
	}
	if (compatibleWith !== SAME_AS_ID) {
		throw new ValidationError([
			`Compatible With: ${formatValue(compatibleWith)} is not in the list. Choose it again. Allowed: ${[SAME_AS_ID, UNKNOWN_MODEL, ...Object.keys(table)].join(', ')}`,
		]);
	}
	return {
		model,
		row: resolveModel(model, table).row,
		shown: UNVALIDATED_MODEL,
		chosenBy: 'Model ID',
	};
}

function rowOf(table: Readonly<Record<string, ModelRow>>, id: unknown): ModelRow | undefined {
	return typeof id === 'string' && Object.hasOwn(table, id) ? table[id] : undefined;
}

/** The value of a resource locator, or the text that an expression returned instead. */
function readModelId(value: unknown): string {
	const id = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
	if (typeof id === 'string' && id.trim()) return id.trim();
	throw new ValidationError([
		id === '' || id === null || id === undefined
			? 'Model ID: it is empty. Enter the ID of a model'
			: `Model ID: ${formatValue(id)} is no text. Enter the ID of a model`,
	]);
}
