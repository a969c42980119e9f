import type { INodeParameters } from 'n8n-workflow';

/** Selects the family of a listed model first, as a user does. */
export function withFamily(parameters: INodeParameters): INodeParameters {
	const { model, family } = parameters;
	if (typeof model !== 'string' || family !== undefined) return parameters;
	return { family: model.startsWith('dall-e') ? 'dall-e' : 'gpt-image', ...parameters };
}
