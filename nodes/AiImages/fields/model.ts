import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	DEFAULT_FAMILY,
	FAMILIES,
	MAKERS,
	OTHER_FAMILY,
	type FamilyId,
	type ModelRow,
	type ModelTable,
	type Operation,
} from '../models';

/**
 * The fields that select a model. The dropdowns take no expressions, because their values decide
 * which other fields the editor shows. With an expression, it would show every variant of them.
 *
 * @param today `YYYY-MM-DD`, to mark the models that are shut down
 */
export function modelFields(table: ModelTable, today: string): INodeProperties[] {
	const families = Object.entries(FAMILIES) as Array<[FamilyId, (typeof FAMILIES)[FamilyId]]>;
	return [
		{
			displayName: 'Model Family',
			name: 'family',
			type: 'options',
			noDataExpression: true,
			options: families.map(([value, { displayName: name, summary: description }]) => ({
				name,
				value,
				description,
			})),
			default: DEFAULT_FAMILY,
			description: 'Group of models to choose from',
		},
		...families.flatMap(([family, { defaultModel }]) =>
			defaultModel === null ? [] : modelDropdowns(table, family, defaultModel, today),
		),
		{
			...MODEL_ID,
			required: true,
			description: 'Model ID as listed by your provider',
			displayOptions: { show: { family: [OTHER_FAMILY] } },
		},
	];
}

/**
 * One for both operations, unless some models have only one of them. If no model has one of them, a
 * notice says so (notices.ts).
 */
function modelDropdowns(
	table: ModelTable,
	family: FamilyId,
	defaultModel: string,
	today: string,
): INodeProperties[] {
	const rows = rowsOf(table, family, today);
	const ableTo = (operation: Operation) =>
		rows.filter(([, row]) => row.operations.includes(operation));
	const counts = OPERATIONS.map((operation) => ableTo(operation).length);
	const isMixed = counts.some((count) => count < rows.length) && !counts.includes(0);
	const lists = isMixed
		? OPERATIONS.map((operation) => ({ show: { operation: [operation] }, able: ableTo(operation) }))
		: [{ show: {}, able: rows }];
	return lists.map(({ show, able }) => {
		const [preferred = defaultModel] = able.find(([id]) => id === defaultModel) ?? able[0] ?? [];
		return {
			displayName: 'Model',
			name: 'model',
			type: 'options',
			noDataExpression: true,
			options: able.map((row) => modelOption(row, today)),
			default: preferred,
			description: 'Model to use. Determines which fields are available.',
			displayOptions: { show: { ...show, family: [family] } },
		};
	});
}

const OPERATIONS: readonly Operation[] = ['generate', 'edit'];

/** *Model ID* under *Options*: for a model that the provider lists under another ID. */
export function modelIdOption(): INodeProperties {
	const listed = Object.keys(FAMILIES).filter((family) => family !== OTHER_FAMILY);
	return {
		...MODEL_ID,
		description:
			"ID to send instead of the model's own, e.g. a deployment, a route or a snapshot. The fields remain those of the selected model.",
		displayOptions: { show: { '/family': listed } },
	};
}

const MODEL_ID = {
	displayName: 'Model ID',
	name: 'modelId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchModels', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. openai/gpt-image-2.5-flare',
		},
	],
} as const satisfies INodeProperties;

/** The models of a family in the order of the table, those that are shut down last. */
function rowsOf(table: ModelTable, family: FamilyId, today: string): Array<[string, ModelRow]> {
	const rows = Object.entries(table).filter(([, row]) => row.family === family);
	const isRetired = ([, { shutdown }]: [string, ModelRow]) =>
		Boolean(shutdown && shutdown <= today);
	return [...rows.filter((row) => !isRetired(row)), ...rows.filter(isRetired)];
}

function modelOption([id, row]: [string, ModelRow], today: string): INodePropertyOptions {
	return {
		name: `${row.displayName}${shutdownNote(row, today)}`,
		value: id,
		description: `${row.summary} · ${id}`,
	};
}

function shutdownNote({ shutdown, maker }: ModelRow, today: string): string {
	if (!shutdown || !maker) return '';
	return shutdown <= today ? ` (Retired by ${MAKERS[maker]})` : ` (Retires ${shutdown})`;
}
