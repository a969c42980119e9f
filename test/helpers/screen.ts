import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { withFamily } from './withFamily';

const node = { typeVersion: 1 };

/** What n8n's editor makes of a node's description. */
export interface Screen {
	/** The parameters of a node as n8n has them: what was set, defaults, and nothing that is hidden. */
	parametersOf(set: INodeParameters, properties?: INodeProperties[]): INodeParameters;
	/** The fields that the editor shows, in its order, without notices. */
	shownFields(set: INodeParameters, properties?: INodeProperties[]): INodeProperties[];
	/** The texts of the notices that the editor shows. */
	shownNotices(set: INodeParameters, properties?: INodeProperties[]): string[];
	/** The entries that the editor offers under *Options*. */
	shownOptions(set: INodeParameters, properties?: INodeProperties[]): INodeProperties[];
}

export function screenOf(description: INodeTypeDescription): Screen {
	const parametersOf: Screen['parametersOf'] = (set, properties = description.properties) => {
		const parameters = NodeHelpers.getNodeParameters(
			...([properties, withFamily(set), true, false, node, description] as const),
		);
		if (!parameters) throw new Error('n8n could not resolve the parameters');
		return parameters;
	};
	return {
		parametersOf,
		shownFields(set, properties = description.properties) {
			const values = parametersOf(set, properties);
			return properties.filter(
				(field) => isField(field) && NodeHelpers.displayParameter(values, field, node, description),
			);
		},
		shownNotices(set, properties = description.properties) {
			const values = parametersOf(set, properties);
			return properties
				.filter(({ type }) => type === 'notice')
				.filter((field) => NodeHelpers.displayParameter(values, field, node, description))
				.map(({ displayName }) => displayName);
		},
		shownOptions(set, properties = description.properties) {
			const values = { parameters: parametersOf(set, properties) };
			return optionsOf(properties).filter((option) =>
				NodeHelpers.displayParameterPath(values, option, 'parameters.options', node, description),
			);
		},
	};
}

/** Whether the user can fill it in. */
function isField({ type }: INodeProperties): boolean {
	return type !== 'notice' && type !== 'hidden';
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
