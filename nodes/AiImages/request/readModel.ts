import { ValidationError } from '../errors';
import {
	DEFAULT_FAMILY,
	FAMILIES,
	OTHER_FAMILY,
	resolveModel,
	UNVALIDATED_MODEL,
	type FamilyId,
	type ModelRow,
} from '../models';
import { formatValue } from '../values/format';
import type { ChosenModel } from './types';

/**
 * Reads which model the user chose.
 *
 * @param get reads a parameter of the node
 * @param idOption *Model ID* under *Options*
 * @throws ValidationError if the model is unclear
 */
export function readModel(
	get: (name: string) => unknown,
	idOption: unknown,
	table: Readonly<Record<string, ModelRow>>,
): ChosenModel {
	const family = readFamily(get('family') ?? DEFAULT_FAMILY);
	if (family === OTHER_FAMILY) {
		const model = readModelId(get('modelId'));
		if (!model) throw new ValidationError(["'Model ID' is empty. Select or enter a model ID"]);
		const { row, knownAs } = resolveModel(model, table);
		return { model, row, knownAs, isTyped: true, shown: UNVALIDATED_MODEL, chosenBy: 'Model ID' };
	}
	const choice = get('model') ?? FAMILIES[family].defaultModel;
	const row = rowOf(table, choice);
	if (row?.family === family) {
		const knownAs = String(choice);
		const typed = readModelId(idOption);
		const model = typed || knownAs;
		return { model, row, knownAs, isTyped: typed !== '', shown: row, chosenBy: 'Model' };
	}
	const ids = Object.entries(table).flatMap(([id, each]) => (each.family === family ? id : []));
	throw new ValidationError([
		`'Model' ${formatValue(choice)} isn't a ${FAMILIES[family].displayName} model. ${
			row
				? `Set 'Model Family' to ${FAMILIES[row.family].displayName}`
				: `Set 'Model Family' to Other to use any model ID`
		}, or use one of: ${ids.join(', ')}`,
	]);
}

function readFamily(value: unknown): FamilyId {
	if (typeof value === 'string' && Object.hasOwn(FAMILIES, value)) return value as FamilyId;
	throw new ValidationError([
		`'Model Family' ${formatValue(value)} doesn't exist. Use one of: ${Object.keys(FAMILIES).join(', ')}`,
	]);
}

function rowOf(table: Readonly<Record<string, ModelRow>>, id: unknown): ModelRow | undefined {
	return typeof id === 'string' && Object.hasOwn(table, id) ? table[id] : undefined;
}

/**
 * The value of a resource locator, or the text that an expression returned instead.
 *
 * @returns empty if there is none
 */
function readModelId(value: unknown): string {
	const id = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
	if (typeof id === 'string') return id.trim();
	if (id === null || id === undefined) return '';
	throw new ValidationError([`'Model ID' ${formatValue(id)} must be a string`]);
}
