import type { Wish, Witness } from '../witness';

const PROMPT = 'A lighthouse in a storm';

type Values = Readonly<Record<string, string | number | boolean>>;

interface Details {
	readonly model?: string;
	readonly id?: string;
	readonly inputs?: number;
	readonly fields?: Values;
	readonly options?: Values;
}

/** @param id what the server calls the model, unless a service has a name for it */
export function chatWish(
	name: string,
	{ model = 'gemini-3-pro-image', id, inputs, fields = {}, options = {} }: Details,
	prefix = '',
): Wish {
	const typed = id === undefined ? {} : { modelId: { __rl: true, mode: 'id', value: id } };
	return {
		name,
		operation: inputs === undefined ? 'generate' : 'edit',
		model: id ?? `${prefix}${model}`,
		prompt: PROMPT,
		...(inputs === undefined ? {} : { inputs }),
		parameters: { ...fields, ...options },
		node: { family: 'gemini', model, ...fields, options: { ...options, ...typed } },
	};
}

/** The same wishes for every server whose chat models make images. */
export const chatWishes = (id: string | undefined, prefix: string): Wish[] => {
	const one = id === undefined ? {} : { id };
	return [
		chatWish('one image', one, prefix),
		chatWish('three images', { ...one, fields: { n: 3 } }, prefix),
		chatWish('a ratio', { ...one, fields: { aspectRatio: '16:9' } }, prefix),
		chatWish('a resolution', { ...one, fields: { resolution: '2K' } }, prefix),
		chatWish('both', { ...one, fields: { aspectRatio: '3:4', resolution: '4K' } }, prefix),
		chatWish('a seed', { ...one, options: { seed: 7 } }, prefix),
		chatWish('two images with a seed', { ...one, fields: { n: 2 }, options: { seed: 7 } }, prefix),
		chatWish('an edit', { ...one, inputs: 1 }, prefix),
		chatWish('an edit of three images', { ...one, inputs: 3 }, prefix),
		chatWish('an edit with a ratio', { ...one, inputs: 2, fields: { aspectRatio: '1:1' } }, prefix),
		chatWish('two results of an edit', { ...one, inputs: 1, fields: { n: 2 } }, prefix),
	];
};

/** OpenAI's client at a server of any kind. */
export const chat: Witness = {
	service: 'chat',
	profile: 'chat',
	client: 'openai-chat',
	package: 'openai',
	exempt: [],
	wishes: [
		...chatWishes('in-images', ''),
		chatWish('a picture in Markdown', { id: 'in-markdown' }),
		chatWish('a link in Markdown', { id: 'in-link' }),
		chatWish('a bare data URL', { id: 'in-text' }),
	],
};
