import { sentDefault, type Witness } from '../witness';

const PRO =
	'https://replicate.com/black-forest-labs/flux-2-pro/versions/00b07c32e314ceb5152c1d08e73400e6a61d7d22ba60a405fc76314fc807910c/api';
const PACKAGE = 'https://www.npmjs.com/package/all-the-public-replicate-models/v/1.352.0';
const SCHEMAS =
	'https://github.com/genfeedai/genfeed.ai/tree/aabf92caa75f55e67e50d45e4d3c04c2a9b49e4e/apps/server/api/src/services/integrations/replicate/schemas';

const PROMPT = 'A lighthouse in a storm';
const generate = { operation: 'generate', prompt: PROMPT } as const;
const edit = { operation: 'edit', prompt: PROMPT } as const;

/** A model, as Replicate and as the node name it. */
const flux = (id: string, model: string) => ({
	model: `black-forest-labs/${id}`,
	node: { family: 'flux', model },
});
const pro = flux('flux-2-pro', 'flux-2-pro');
const flex = flux('flux-2-flex', 'flux-2-flex');
const dev = flux('flux-dev', 'flux-1-dev');
const schnell = flux('flux-schnell', 'flux-1-schnell');
const kontext = flux('flux-kontext-pro', 'flux-kontext-pro');

const seedream = { family: 'seedream', model: 'seedream-4.5' };
const qwen = { family: 'qwen-image', model: 'qwen-image' };
const banana = { family: 'gemini', model: 'gemini-3-pro-image' };
const gptImage = { model: 'gpt-image-1.5' };

const jpeg = sentDefault('input.output_format', 'jpg', PRO);
const one = sentDefault('input.num_outputs', 1, PACKAGE);
/** The editor's default size, which the service has for a square, too. */
const square = sentDefault('input.aspect_ratio', '1:1', PACKAGE);

const custom = (width: number, height: number) => ({
	parameters: { aspect_ratio: 'custom', width, height },
	node: { ...pro.node, sizeType: 'custom', width, height },
});

export const replicate: Witness = {
	service: 'replicate',
	profile: 'replicate',
	client: 'replicate',
	package: 'replicate',
	exempt: [jpeg],
	wishes: [
		{ ...generate, ...pro, name: 'one image' },
		{ ...generate, ...pro, name: 'two images', parameters: { n: 2 }, node: { ...pro.node, n: 2 } },
		{ ...generate, ...pro, name: 'a size', ...custom(1024, 768) },
		{
			...generate,
			...pro,
			name: 'a seed',
			parameters: { seed: 7 },
			node: { ...pro.node, options: { seed: 7 } },
		},
		{
			...generate,
			...pro,
			name: 'a PNG',
			parameters: { output_format: 'png' },
			node: { ...pro.node, outputFormat: 'png' },
		},
		{
			...generate,
			...flex,
			name: 'steps and guidance',
			parameters: { steps: 20, guidance: 3 },
			node: { ...flex.node, options: { steps: 20, guidance: 3 } },
		},
		{
			...generate,
			...schnell,
			name: 'three images in one request',
			parameters: { n: 3, count: 'num_outputs' },
			node: { ...schnell.node, n: 3 },
			exempt: [square],
		},
		{
			...generate,
			...dev,
			name: 'a ratio of one megapixel',
			parameters: { aspect_ratio: '16:9', num_inference_steps: 30, guidance: 3.5 },
			node: {
				...dev.node,
				sizeType: 'aspectRatio',
				aspectRatio: '16:9',
				options: { steps: 30, guidance: 3.5 },
			},
			exempt: [one],
		},
		{
			...generate,
			...kontext,
			name: 'a ratio by Kontext',
			parameters: { aspect_ratio: '16:9' },
			node: { ...kontext.node, aspectRatio: '16:9' },
		},
		{
			...generate,
			name: 'Seedream',
			model: 'bytedance/seedream-4.5',
			parameters: { size: '4K' },
			node: { ...seedream, size: '4K' },
		},
		{
			...generate,
			name: 'Qwen Image, and what not to show',
			model: 'qwen/qwen-image',
			parameters: { aspect_ratio: '3:2', negative_prompt: 'people' },
			node: { ...qwen, size: '1584x1056', options: { negativePrompt: 'people' } },
		},
		{
			...generate,
			name: 'Nano Banana Pro',
			model: 'google/nano-banana-pro',
			parameters: { aspect_ratio: '3:2', resolution: '2K' },
			node: { ...banana, aspectRatio: '3:2', resolution: '2K' },
		},
		{
			...generate,
			name: 'GPT Image',
			model: 'openai/gpt-image-1.5',
			parameters: { n: 2, count: 'number_of_images', aspect_ratio: '3:2', quality: 'low' },
			node: { ...gptImage, n: 2, size: '1536x1024', quality: 'low' },
			exempt: [
				sentDefault('input.background', 'auto', SCHEMAS),
				{
					field: 'input.output_format',
					because: 'The default of the maker is PNG, that of Replicate WebP',
					source: SCHEMAS,
				},
			],
		},
		{
			...edit,
			...pro,
			name: 'an edit',
			inputs: 1,
			parameters: {
				images: 'input_images',
				aspect_ratio: 'match_input_image',
				resolution: 'match_input_image',
			},
		},
		{
			...edit,
			...pro,
			name: 'an edit of three images at a size',
			inputs: 3,
			parameters: { images: 'input_images', ...custom(512, 512).parameters },
			node: custom(512, 512).node,
		},
		{
			...edit,
			...kontext,
			name: 'an edit by Kontext',
			inputs: 1,
			parameters: { images: 'input_image', one: true },
		},
		{
			...edit,
			name: 'an edit by Seedream',
			model: 'bytedance/seedream-4.5',
			inputs: 2,
			parameters: { images: 'image_input', size: '2K' },
			node: seedream,
		},
		{
			...edit,
			name: 'an edit by Nano Banana Pro',
			model: 'google/nano-banana-pro',
			inputs: 2,
			parameters: { images: 'image_input' },
			node: banana,
			exempt: [sentDefault('input.resolution', '1K', SCHEMAS)],
		},
	],
};
