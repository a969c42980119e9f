import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { DEFAULT_MODEL, type ModelRow, type Operation } from '../models';

/** The entry of the model dropdown behind which any id can be used. */
export const OTHER_MODEL = 'other';
/** Entries of *Compatible With* that are not a row of the table. */
export const SAME_AS_ID = 'sameAsId';
export const UNKNOWN_MODEL = 'unknown';

type Table = Readonly<Record<string, ModelRow>>;

/**
 * The fields that choose a model. They decide which other fields are shown, and therefore take no
 * expressions: with one, the editor could not decide and would show every variant of every field.
 *
 * @param today day against which a model counts as shut down, `YYYY-MM-DD`
 */
export function modelFields(table: Table, operation: Operation, today: string): INodeProperties[] {
	const rows = Object.entries(table).filter(([, row]) => row.operations.includes(operation));
	const models = rows.map(([id, row]) => modelOption(id, row, today));
	const other = { operation: [operation], model: [OTHER_MODEL] };
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
			displayOptions: { show: other },
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
			displayOptions: { show: other },
		},
	];
}

function modelOption(id: string, row: ModelRow, today: string): INodePropertyOptions {
	return { name: `${row.displayName}${lifecycle(row, today)}`, value: id, description: id };
}

function lifecycle({ shutdown }: ModelRow, today: string): string {
	if (!shutdown) return '';
	return shutdown <= today ? ' (Gateways Only)' : ` (Until ${shutdown})`;
}
