import { sentDefault, type Witness } from '../witness';

const SDK = 'https://www.npmjs.com/package/together-ai/v/0.52.0 (resources/images.d.ts)';

const PROMPT = 'A lighthouse in a storm';

const square = { width: 1024, height: 1024 };

const generate = { operation: 'generate', prompt: PROMPT } as const;
const edit = { operation: 'edit', prompt: PROMPT } as const;

/** A model, as Together AI and as the node name it. */
const flux = (id: string, model: string) => ({
	model: `black-forest-labs/${id}`,
	parameters: square,
	node: { family: 'flux', model, sizeType: 'preset', size: '1024x1024' },
});

const flux2Pro = flux('FLUX.2-pro', 'flux-2-pro');
const flux2Dev = flux('FLUX.2-dev', 'flux-2-dev');
const flux2Flex = flux('FLUX.2-flex', 'flux-2-flex');
const flux11Pro = flux('FLUX.1.1-pro', 'flux-pro-1.1');
const schnell = flux('FLUX.1-schnell', 'flux-1-schnell');
const kontextPro = flux('FLUX.1-kontext-pro', 'flux-kontext-pro');
const kontextMax = flux('FLUX.1-kontext-max', 'flux-kontext-max');

const qwenImage = { ...flux2Pro.node, family: 'qwen-image', model: 'qwen-image' };

export const together: Witness = {
	service: 'together',
	profile: 'together',
	client: 'together-ai',
	package: 'together-ai',
	exempt: [sentDefault('n', 1, SDK), sentDefault('output_format', 'jpeg', SDK)],
	wishes: [
		{ ...generate, ...flux2Pro, name: 'one image' },
		{
			...generate,
			...flux11Pro,
			name: 'three images',
			parameters: { ...square, n: 3 },
			node: { ...flux11Pro.node, n: 3 },
		},
		{
			...generate,
			...flux2Pro,
			name: 'a wide size',
			parameters: { width: 1344, height: 768 },
			node: { ...flux2Pro.node, size: '1344x768' },
		},
		{
			...generate,
			...flux2Pro,
			name: 'a size of its own',
			parameters: { width: 1008, height: 752 },
			node: { family: 'flux', model: 'flux-2-pro', sizeType: 'custom', width: 1008, height: 752 },
		},
		{
			...generate,
			...flux2Pro,
			name: 'a seed',
			parameters: { ...square, seed: 7 },
			node: { ...flux2Pro.node, options: { seed: 7 } },
		},
		{
			...generate,
			...flux2Pro,
			name: 'the seed 0',
			parameters: { ...square, seed: 0 },
			node: { ...flux2Pro.node, options: { seed: 0 } },
		},
		{
			...generate,
			...flux2Dev,
			name: 'a number of steps',
			parameters: { ...square, steps: 20 },
			node: { ...flux2Dev.node, options: { steps: 20 } },
		},
		{
			...generate,
			...flux2Dev,
			name: 'guidance',
			parameters: { ...square, guidance_scale: 7.5 },
			node: { ...flux2Dev.node, options: { guidance: 7.5 } },
		},
		{
			...generate,
			...flux2Flex,
			name: 'steps, guidance and a seed',
			parameters: { ...square, steps: 28, guidance_scale: 4, seed: 3 },
			node: { ...flux2Flex.node, options: { steps: 28, guidance: 4, seed: 3 } },
		},
		{
			...generate,
			name: 'a negative prompt',
			model: 'Qwen/Qwen-Image',
			parameters: { ...square, negative_prompt: 'people' },
			node: { ...qwenImage, options: { negativePrompt: 'people' } },
		},
		{
			...generate,
			...flux2Pro,
			name: 'a PNG',
			parameters: { ...square, output_format: 'png' },
			node: { ...flux2Pro.node, outputFormat: 'png' },
		},
		{
			...generate,
			...schnell,
			name: 'the fast model',
			parameters: { ...square, steps: 4 },
			node: { ...schnell.node, options: { steps: 4 } },
		},
		{
			...generate,
			name: 'Qwen Image',
			model: 'Qwen/Qwen-Image',
			parameters: square,
			node: qwenImage,
		},
		{
			...generate,
			name: 'Seedream',
			model: 'ByteDance-Seed/Seedream-4.0',
			parameters: square,
			node: { ...flux2Pro.node, family: 'seedream', model: 'seedream-4.0' },
		},
		{ ...edit, ...flux2Pro, name: 'an edit', inputs: 1 },
		{ ...edit, ...flux2Dev, name: 'an edit of three images', inputs: 3 },
		{
			...edit,
			...flux2Flex,
			name: 'two results of an edit',
			inputs: 2,
			parameters: { ...square, n: 2 },
			node: { ...flux2Flex.node, n: 2 },
		},
		{
			...edit,
			...kontextPro,
			name: 'an edit by Kontext',
			inputs: 1,
			parameters: { oneImage: true },
		},
		{
			...edit,
			...kontextMax,
			name: 'an edit by Kontext with everything',
			inputs: 1,
			parameters: { oneImage: true, n: 2, aspect_ratio: '16:9', seed: 5, output_format: 'png' },
			node: {
				...kontextMax.node,
				n: 2,
				aspectRatio: '16:9',
				outputFormat: 'png',
				options: { seed: 5 },
			},
		},
	],
};
