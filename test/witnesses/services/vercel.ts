import type { Wish, Witness } from '../witness';
import { chatWish, chatWishes } from './chat';

const PROMPT = 'A lighthouse in a storm';

type Values = Readonly<Record<string, string | number | boolean>>;

interface Details {
	readonly family?: string;
	readonly model?: string;
	readonly id?: string;
	readonly inputs?: number;
	readonly fields?: Values;
}

function wish(
	name: string,
	{ family = 'flux', model = 'flux-2-pro', id = `bfl/${model}`, inputs, fields = {} }: Details = {},
): Wish {
	return {
		name,
		operation: inputs === undefined ? 'generate' : 'edit',
		model: id,
		prompt: PROMPT,
		...(inputs === undefined ? {} : { inputs }),
		parameters: fields,
		node: { family, model, ...fields },
	};
}

/**
 * OpenAI's client at the Images API of the gateway. The gateway's own client, @ai-sdk/gateway, only
 * speaks a route that is private to it: `/v4/ai/image-model` (src/gateway-image-model.ts).
 */
export const vercelImages: Witness = {
	service: 'vercel',
	profile: 'vercel',
	client: 'openai-images-json',
	package: 'openai',
	exempt: [],
	wishes: [
		wish('one image'),
		wish('three images', { fields: { n: 3 } }),
		wish('a size', { fields: { size: '1536x1152' } }),
		wish('a fast model', { model: 'flux-2-klein-4b' }),
		wish('a model for edits', { model: 'flux-kontext-pro' }),
		wish('FLUX 1.1', { model: 'flux-pro-1.1', fields: { size: '1024x1024' } }),
		wish('Seedream', { family: 'seedream', model: 'seedream-4.5', id: 'bytedance/seedream-4.5' }),
		wish('Seedream at a size', {
			family: 'seedream',
			model: 'seedream-4.5',
			id: 'bytedance/seedream-4.5',
			fields: { size: '2048x2048' },
		}),
		wish('Grok Imagine', {
			family: 'grok-imagine',
			model: 'grok-imagine-image-2.0',
			id: 'spacexai/grok-imagine-image-2.0',
		}),
		wish('GPT Image', {
			family: 'gpt-image',
			model: 'gpt-image-2',
			id: 'openai/gpt-image-2',
			fields: { n: 2, size: '1536x1024' },
		}),
		wish('an edit', { inputs: 1 }),
		wish('an edit of three images', { inputs: 3 }),
		wish('two results of an edit', { inputs: 1, fields: { n: 2, size: '1024x1024' } }),
	],
};

/** OpenAI's client at the chat of the gateway, for models that also write. */
export const vercelChat: Witness = {
	service: 'vercel',
	profile: 'vercel',
	client: 'openai-chat',
	package: 'openai',
	exempt: [],
	wishes: [
		...chatWishes(undefined, 'google/'),
		chatWish('the newest model', { model: 'gemini-nano-banana-2.1' }, 'google/'),
		chatWish('the lite model', { model: 'gemini-3.1-flash-lite-image' }, 'google/'),
	],
};
