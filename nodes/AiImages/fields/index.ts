import type { INodeProperties } from 'n8n-workflow';
import type { ModelRow } from '../models';
import { inputImagesField } from './images';
import { modelFields } from './model';
import { formatNotices, modelNotices } from './notices';
import type { OperationOption } from './operations';
import { optionsField } from './options';
import { parameterFields, promptField } from './parameters';

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
	const parameters = parameterFields(table, values, 'main');
	const afterFormat = parameters.findLastIndex(({ name }) => name === 'outputFormat') + 1;
	return [
		RESOURCE,
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: [...operations],
			default: 'generate',
			displayOptions: { show: { resource: ['image'] } },
		},
		...modelFields(table, today),
		...modelNotices(table, today),
		promptField(),
		inputImagesField(),
		...parameters.slice(0, afterFormat),
		...formatNotices(table),
		...parameters.slice(afterFormat),
		optionsField(table, values),
	];
}

/**
 * Never visible. n8n describes an agent's tools by their operation only if a resource shows it
 * (`makeDescription` in n8n-workflow), and lists the actions only if the resource has options.
 */
const RESOURCE: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'hidden',
	default: 'image',
	options: [{ name: 'Image', value: 'image' }],
};
