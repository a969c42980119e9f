import type { INodeParameters } from 'n8n-workflow';

import type { InputItem } from '../../helpers/engine';
import type { Form } from './form';
import type { Pictures } from './pictures';

/** A model and an operation, and what has to be set for them. */
export interface Choice {
	/** `edit/gpt-image-2`, `generate/other as gpt-image-2` */
	readonly name: string;
	readonly operation: string;
	readonly set: INodeParameters;
}

/** What cases are made of. */
export interface Material {
	readonly form: Form;
	readonly pictures: Pictures;
}

/** Each model with each operation that it has. */
export function knownModels(form: Form): Choice[] {
	return form.operations.flatMap((operation) =>
		form
			.models(operation)
			.filter((model) => model !== OTHER)
			.map((model) => ({
				name: `${operation}/${model}`,
				operation,
				set: { operation, model, prompt: PROMPT },
			})),
	);
}

/** A model of the user's own, with each entry of *Compatible With*. */
export function otherModels(form: Form, modelId = 'acme/painter-1'): Choice[] {
	return form.operations.flatMap((operation) =>
		form.compatibles(operation).map((compatibleWith) => ({
			name: `${operation}/${modelId} as ${compatibleWith}`,
			operation,
			set: {
				...{ operation, model: OTHER, compatibleWith, prompt: PROMPT },
				modelId: { __rl: true, mode: 'id', value: modelId },
			},
		})),
	);
}

const OTHER = 'other';
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
