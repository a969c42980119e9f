import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';
import { AiImages } from '../../nodes/AiImages/AiImages.node';

/** The description that n8n loads. */
export const description = new AiImages().description;

const node = { typeVersion: 1 };

/** The parameters of a node as n8n has them: what was set, defaults, and nothing that is hidden. */
export function parametersOf(
	set: INodeParameters,
	properties: INodeProperties[] = description.properties,
): INodeParameters {
	const parameters = NodeHelpers.getNodeParameters(properties, set, true, false, node, description);
	if (!parameters) throw new Error('n8n could not resolve the parameters');
	return parameters;
}

/** The fields that n8n's editor shows, in its order. */
export function shownFields(
	set: INodeParameters,
	properties: INodeProperties[] = description.properties,
): INodeProperties[] {
	const values = parametersOf(set, properties);
	return properties.filter((field) =>
		NodeHelpers.displayParameter(values, field, node, description),
	);
}

/** The entries that n8n's editor offers under *Options*. */
export function shownOptions(
	set: INodeParameters,
	properties: INodeProperties[] = description.properties,
): INodeProperties[] {
	const values = { parameters: parametersOf(set, properties) };
	return optionsOf(properties).filter((option) =>
		NodeHelpers.displayParameterPath(values, option, 'parameters.options', node, description),
	);
}

/** Every entry that *Options* can have. */
export function optionsOf(properties: INodeProperties[]): INodeProperties[] {
	const options = properties.find(({ name }) => name === 'options')?.options ?? [];
	return options.filter((option) => 'type' in option);
}

/** The values of a dropdown. */
export function valuesOf(field: INodeProperties | undefined): unknown[] {
	return (field?.options ?? []).map((option) => ('value' in option ? option.value : undefined));
}

export function namesOf(fields: readonly INodeProperties[]): string[] {
	return fields.map(({ name }) => name);
}
