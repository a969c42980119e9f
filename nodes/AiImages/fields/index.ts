import type { INodeProperties } from 'n8n-workflow';
import type { ModelRow } from '../models';
import { imageFields } from './images';
import { modelFields } from './model';
import type { OperationOption } from './operations';
import { optionsField } from './options';
import { parameterFields } from './parameters';

export { OTHER_MODEL, SAME_AS_ID, UNKNOWN_MODEL } from './model';

/**
 * Every field of the node, made from a table of models.
 *
 * @param today day against which a model counts as shut down, `YYYY-MM-DD`
 */
export function buildFields(
	table: Readonly<Record<string, ModelRow>>,
	operations: readonly OperationOption[],
	today: string,
): INodeProperties[] {
	const values = operations.map(({ value }) => value);
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: [...operations],
			default: 'generate',
		},
		...values.flatMap((operation) => modelFields(table, operation, today)),
		...values.flatMap((operation) => {
			const [prompt, rest] = splitPrompt(parameterFields(table, operation, 'main'));
			return [...prompt, ...(operation === 'edit' ? imageFields(table) : []), ...rest];
		}),
		optionsField(table, values),
	];
}

/** Input images stand between the prompt and the fields that shape the result. */
function splitPrompt(fields: INodeProperties[]): [INodeProperties[], INodeProperties[]] {
	return [
		fields.filter(({ name }) => name === 'prompt'),
		fields.filter(({ name }) => name !== 'prompt'),
	];
}
