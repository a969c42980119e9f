import type { INodeParameters } from 'n8n-workflow';

import type { Exemption, Wish } from '../witness';

const SDK = 'https://www.npmjs.com/package/openai/v/7.57.0 (resources/images.d.ts)';

/** Vercel's AI SDK always sends how many images it wants. */
export const SENT_BY_AI_SDK: readonly string[] = ['n'];

type Values = Readonly<Record<string, string | number | boolean>>;

interface Details {
	/** The node's model. */
	readonly model?: string;
	/** What the service calls it, if not the same: the name of a deployment, or a snapshot. */
	readonly id?: string;
	/** The node's fields that differ from their defaults, and its *Options*. */
	readonly fields?: Values;
	readonly options?: Values;
	readonly inputs?: number;
	readonly mask?: true;
}

/** What the node sends if nothing else is chosen. A client is told to send the same. */
const DEFAULTS: Values = {
	n: 1,
	size: 'auto',
	quality: 'auto',
	background: 'auto',
	outputFormat: 'png',
};

/** A wish for a GPT Image model, which has the same names for the node and for the client. */
export function gptImageWish(name: string, details: Details = {}): Wish {
	const { fields, options } = details;
	return { ...bareWish(name, details), parameters: { ...DEFAULTS, ...fields, ...options } };
}

/**
 * A wish without parameters: only the node sends its defaults.
 *
 * @param sent fields that the client sends all the same
 */
export function plainWish(name: string, details: Details = {}, sent: readonly string[] = []): Wish {
	const exempt = ['n', 'size', 'quality', 'background', 'output_format']
		.filter((field) => !sent.includes(field))
		.map((field): Exemption => ({
			field,
			because: 'The node sends the default, and the client leaves it out',
			source: `${SDK}: ImageGenerateParams and ImageEditParams name the same defaults`,
		}));
	return { ...bareWish(name, details), exempt };
}

function bareWish(name: string, details: Details): Wish {
	const { model = 'gpt-image-2', id, fields, options, inputs, mask } = details;
	// The node calls a user by the name of OpenAI's newer field.
	const { user, ...others } = options ?? {};
	const named = user === undefined ? others : { ...others, safetyIdentifier: user };
	const modelId = id === undefined ? {} : { modelId: { __rl: true, mode: 'id', value: id } };
	const node: INodeParameters = {
		family: 'gpt-image',
		model,
		...fields,
		options: { ...named, ...modelId } as INodeParameters,
	};
	return {
		name,
		operation: inputs === undefined ? 'generate' : 'edit',
		model: id ?? model,
		prompt: 'A lighthouse in a storm',
		node,
		...(inputs === undefined ? {} : { inputs }),
		...(mask ? { mask } : {}),
	};
}
