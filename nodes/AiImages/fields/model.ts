import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { DEFAULT_MODEL, type ModelRow, type ModelTable, type Operation } from '../models';

/** The entry of *Model* that lets the user enter any ID. */
export const OTHER_MODEL = 'other';

/** The entries of *Compatible With* that are not models of the table. */
export const SAME_AS_ID = 'sameAsId';
export const UNKNOWN_MODEL = 'unknown';

/**
 * The fields that select a model. The dropdowns take no expressions, because their values decide
 * which other fields the editor shows. With an expression, it would show every variant of them.
 *
 * @param today `YYYY-MM-DD`, to mark the models that are shut down
 */
export function modelFields(
	table: ModelTable,
	operation: Operation,
	today: string,
): INodeProperties[] {
	const rows = Object.entries(table).filter(([, row]) => row.operations.includes(operation));
	const models = rows.map(([id, row]) => modelOption(id, row, today));
	const showForOther = { operation: [operation], model: [OTHER_MODEL] };
	return [
		{
			displayName: 'Model',
			name: 'model',
			type: 'options',
			noDataExpression: true,
			options: [
				...models,
				{
					name: 'Other Model',
					value: OTHER_MODEL,
					description: 'Any model of your provider, by its ID',
				},
			],
			default: DEFAULT_MODEL,
			description: 'The model to use. It decides which fields follow.',
			displayOptions: { show: { operation: [operation] } },
		},
		{
			displayName: 'Model ID',
			name: 'modelId',
			type: 'resourceLocator',
			default: { mode: 'id', value: '' },
			required: true,
			description: 'The model as your provider names it',
			modes: [
				{
					displayName: 'ID',
					name: 'id',
					type: 'string',
					placeholder: 'e.g. openai/gpt-image-2.5-flare',
				},
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchModels', searchable: true },
				},
			],
			displayOptions: { show: showForOther },
		},
		{
			displayName: 'Compatible With',
			name: 'compatibleWith',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Same as the ID',
					value: SAME_AS_ID,
					description: 'Recognize the model by its ID and send only what it takes',
				},
				{
					name: 'Unknown',
					value: UNKNOWN_MODEL,
					description: 'Send what is filled in, as it is',
				},
				...models,
			],
			default: SAME_AS_ID,
			description: 'Which fields to show, and which rules to check them by',
			displayOptions: { show: showForOther },
		},
	];
}

function modelOption(id: string, row: ModelRow, today: string): INodePropertyOptions {
	return { name: `${row.displayName}${shutdownNote(row, today)}`, value: id, description: id };
}

function shutdownNote({ shutdown }: ModelRow, today: string): string {
	if (!shutdown) return '';
	return shutdown <= today ? ' (Gateways Only)' : ` (Until ${shutdown})`;
}
