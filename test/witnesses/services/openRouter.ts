import { sentDefault, type Exemption, type Wish, type Witness } from '../witness';

const PROMPT = 'A lighthouse in a storm';
const REFERENCE = 'https://openrouter.ai/docs/api/api-reference/images/generate-an-image';

type Values = Readonly<Record<string, string | number | boolean>>;

interface Details {
	readonly family: string;
	readonly model: string;
	/** What OpenRouter calls it. */
	readonly id: string;
	readonly inputs?: number;
	/** For the client, by its own names. */
	readonly asked?: Values;
	readonly fields?: Values;
	readonly options?: Values;
	readonly exempt?: readonly Exemption[];
}

function wish(name: string, details: Details): Wish {
	const { family, model, id, inputs, asked = {}, fields = {}, options = {}, exempt } = details;
	return {
		name,
		operation: inputs === undefined ? 'generate' : 'edit',
		model: id,
		prompt: PROMPT,
		...(inputs === undefined ? {} : { inputs }),
		parameters: asked,
		node: { family, model, ...fields, options: { ...options } },
		...(exempt ? { exempt } : {}),
	};
}

const pro = { family: 'gemini', model: 'gemini-3-pro-image', id: 'google/gemini-3-pro-image' };
const gpt = { family: 'gpt-image', model: 'gpt-image-2', id: 'openai/gpt-image-2' };
const flux = { family: 'flux', model: 'flux-2-pro', id: 'black-forest-labs/flux.2-pro' };
const grok = {
	family: 'grok-imagine',
	model: 'grok-imagine-image-2.0',
	id: 'x-ai/grok-imagine-image-2.0',
};
const seedream = { family: 'seedream', model: 'seedream-4.5', id: 'bytedance-seed/seedream-4.5' };

/** OpenRouter's own client. */
export const openRouter: Witness = {
	service: 'openRouter',
	profile: 'openrouter',
	address: 'openrouter/api/v1',
	client: 'openrouter-sdk',
	package: '@openrouter/sdk',
	exempt: [
		sentDefault('n', 1, REFERENCE),
		sentDefault('resolution', '1K', REFERENCE),
		sentDefault('quality', 'auto', REFERENCE),
		sentDefault('background', 'auto', REFERENCE),
		sentDefault('output_format', 'png', REFERENCE),
		sentDefault('output_format', 'jpeg', REFERENCE),
	],
	wishes: [
		wish('one image', pro),
		wish('a ratio', { ...pro, asked: { aspectRatio: '16:9' }, fields: { aspectRatio: '16:9' } }),
		wish('a resolution', { ...pro, asked: { resolution: '4K' }, fields: { resolution: '4K' } }),
		wish('a seed', { ...pro, asked: { seed: 7 }, options: { seed: 7 } }),
		wish('two images, each of its own request', {
			...pro,
			asked: { n: 2, calls: 2 },
			fields: { n: 2 },
		}),
		wish('three images of one request', { ...gpt, asked: { n: 3 }, fields: { n: 3 } }),
		wish('a size in pixels', {
			...gpt,
			asked: { size: '1536x1024' },
			fields: { size: '1536x1024' },
		}),
		wish('a quality', { ...gpt, asked: { quality: 'high' }, fields: { quality: 'high' } }),
		wish('an opaque background', {
			...gpt,
			asked: { background: 'opaque' },
			fields: { background: 'opaque' },
		}),
		wish('a compressed JPEG', {
			...gpt,
			asked: { outputFormat: 'jpeg', outputCompression: 60 },
			fields: { outputFormat: 'jpeg', outputCompression: 60 },
		}),
		wish('FLUX.2', { ...flux, asked: { size: '1024x1280' }, fields: { size: '1024x1280' } }),
		wish('FLUX.2 with a seed, as PNG', {
			...flux,
			asked: { seed: 5, outputFormat: 'png' },
			fields: { outputFormat: 'png' },
			options: { seed: 5 },
		}),
		wish('Grok Imagine', {
			...grok,
			asked: { aspectRatio: '2:1', resolution: '2K', quality: 'low' },
			fields: { aspectRatio: '2:1', resolution: '2K', quality: 'low' },
		}),
		wish('Seedream at a resolution', {
			...seedream,
			asked: { size: '4K' },
			fields: { size: '4K' },
		}),
		wish('an edit', { ...pro, inputs: 1 }),
		wish('an edit of three images', { ...pro, inputs: 3 }),
		wish('an edit by FLUX.2', { ...flux, inputs: 2 }),
		wish('two results of an edit', { ...gpt, inputs: 1, asked: { n: 2 }, fields: { n: 2 } }),
	],
};
