import type { INodeParameters } from 'n8n-workflow';

import type { InputItem } from '../../helpers/engine';
import type { Form } from './form';
import type { Pictures } from './pictures';

/** A model and an operation, and what has to be set for them. */
export interface Choice {
	/** `edit/gpt-image-2`, `generate/acme/painter-1 as gpt-image-2` */
	readonly name: string;
	readonly operation: string;
	readonly set: INodeParameters;
}

/** What cases are made of. */
export interface Material {
	readonly form: Form;
	readonly pictures: Pictures;
}

/** Each listed model with each operation that it has. */
export function knownModels({ form }: Material): Choice[] {
	return listedModels(form).filter(({ set }) => !form.isRefused(set));
}

/** Each listed model with each operation that it doesn't have. */
export function refusedModels({ form }: Material): Choice[] {
	return listedModels(form).filter(({ set }) => form.isRefused(set));
}

function listedModels({ operations, models }: Form): Choice[] {
	return operations.flatMap((operation) =>
		models.map((model) => ({
			name: `${operation}/${String(model.model)}`,
			operation,
			set: { operation, ...model, prompt: PROMPT },
		})),
	);
}

/** A model of the user's own, with and without checks. */
export function freeModels({ form }: Material, modelId = OWN_MODEL): Choice[] {
	return form.operations.flatMap((operation) => {
		const set = { operation, family: 'other', modelId: byId(modelId), prompt: PROMPT };
		return [
			{ name: `${operation}/${modelId}`, operation, set },
			{
				name: `${operation}/${modelId} unchecked`,
				operation,
				set: { ...set, options: { checkParameters: false } },
			},
		];
	});
}

/** Each listed model under an ID of the user's own. */
export function renamedModels(material: Material, modelId = OWN_MODEL): Choice[] {
	return knownModels(material).map(({ name, operation, set }) => ({
		name: `${operation}/${modelId} as ${name.slice(operation.length + 1)}`,
		operation,
		set: { ...set, options: { modelId: byId(modelId) } },
	}));
}

function byId(value: string) {
	return { __rl: true, mode: 'id', value };
}

const OWN_MODEL = 'acme/painter-1';
const PROMPT = '={{ $json.prompt }}';

/** Input items, which for an edit have a file each. */
export function itemsFor(
	{ operation }: Pick<Choice, 'operation'>,
	{ pictures }: Material,
	jsons: ReadonlyArray<InputItem['json']> = [{}],
): InputItem[] {
	return jsons.map((json, index) => ({
		json: { prompt: `A cat, number ${index + 1}`, ...json },
		...(operation === 'edit' ? { binary: { data: pictures.png } } : {}),
	}));
}
