import type { INodeParameters } from 'n8n-workflow';
import { resolveModel } from '../../nodes/AiImages/models';

/** Selects the family of a listed model first, as a user does. */
export function withFamily(parameters: INodeParameters): INodeParameters {
	const { model, family } = parameters;
	if (typeof model !== 'string' || family !== undefined) return parameters;
	const { knownAs, row } = resolveModel(model);
	return { family: knownAs === model ? row.family : 'gpt-image', ...parameters };
}
