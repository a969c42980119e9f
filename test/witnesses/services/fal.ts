import { sentDefault, type Exemption, type Wish, type Witness } from '../witness';

const TYPES = 'https://www.npmjs.com/package/@fal-ai/client/v/1.10.1 (src/types/endpoints.d.ts)';
const GPT_IMAGE_2 = 'https://fal.ai/models/openai/gpt-image-2/llms.txt';
const PROMPT = 'A lighthouse in a storm';

const generate = { operation: 'generate', prompt: PROMPT } as const;
const edit = { operation: 'edit', prompt: PROMPT } as const;

const ONE_IMAGE = sentDefault('num_images', 1, TYPES);
const JPEG = sentDefault('output_format', 'jpeg', TYPES);
const FLUX = [ONE_IMAGE, JPEG];

const modelOf = (family: string, model: string) => ({ family, model });
const flux = (model: string) => modelOf('flux', model);
const sized = (width: number, height: number) => ({ sizeType: 'custom', width, height });

/** Models of FLUX.2 that make one image, so that there is no number of them. */
const pro = { model: 'fal-ai/flux-2-pro', node: flux('flux-2-pro'), exempt: [JPEG] } as const;
const proEdit = { ...pro, model: 'fal-ai/flux-2-pro/edit' } as const;
const dev = { model: 'fal-ai/flux-2', node: flux('flux-2-dev') } as const;
const kontext = { node: flux('flux-kontext-pro'), exempt: FLUX } as const;

/** Of a row with a fixed number of words for sizes. */
function seedream(version: string, model: string, more: object = {}): Omit<Wish, 'name'> {
	return {
		...generate,
		model: `fal-ai/bytedance/seedream/${version}/text-to-image`,
		node: { ...modelOf('seedream', model), ...more },
		parameters: { image_size: 'auto_2K' },
		exempt: [ONE_IMAGE],
	};
}

const BANANA: readonly Exemption[] = [ONE_IMAGE, sentDefault('resolution', '1K', TYPES)];
const GPT_IMAGE: readonly Exemption[] = [ONE_IMAGE, sentDefault('output_format', 'png', TYPES)];
const GPT_IMAGE_1 = [...GPT_IMAGE, sentDefault('background', 'auto', TYPES)];

export const fal: Witness = {
	service: 'fal',
	profile: 'fal',
	client: 'fal',
	package: '@fal-ai/client',
	exempt: [],
	wishes: [
		{ ...generate, ...pro, name: 'one image' },
		{
			...generate,
			...pro,
			name: 'two images',
			parameters: { n: 2, calls: 2 },
			node: { ...pro.node, n: 2 },
		},
		{
			...generate,
			...pro,
			name: 'a size',
			parameters: { image_size: { width: 1536, height: 512 } },
			node: { ...pro.node, ...sized(1536, 512) },
		},
		{
			...generate,
			...pro,
			name: 'the seed 0',
			parameters: { seed: 0 },
			node: { ...pro.node, options: { seed: 0 } },
		},
		{
			...generate,
			name: 'steps, guidance and a PNG',
			model: 'fal-ai/flux-2-flex',
			parameters: { num_inference_steps: 30, guidance_scale: 5, output_format: 'png' },
			node: {
				...flux('flux-2-flex'),
				outputFormat: 'png',
				options: { steps: 30, guidance: 5 },
			},
		},
		{
			...generate,
			...dev,
			name: 'three images at once',
			parameters: { n: 3, output_format: 'jpeg', seed: 7 },
			node: { ...dev.node, n: 3, options: { seed: 7 } },
		},
		{
			...generate,
			name: 'FLUX.2 Max',
			model: 'fal-ai/flux-2-max',
			node: flux('flux-2-max'),
			exempt: [JPEG],
		},
		{
			...generate,
			name: 'FLUX.2 Klein 9B',
			model: 'fal-ai/flux-2/klein/9b',
			node: flux('flux-2-klein-9b'),
			exempt: FLUX,
		},
		{
			...edit,
			name: 'an edit by FLUX.2 Klein 4B',
			model: 'fal-ai/flux-2/klein/4b/edit',
			inputs: 2,
			parameters: { output_format: 'jpeg' },
			node: flux('flux-2-klein-4b'),
			exempt: [ONE_IMAGE],
		},
		{
			...generate,
			name: 'FLUX 1.1 Pro',
			model: 'fal-ai/flux-pro/v1.1',
			parameters: { image_size: { width: 768, height: 1024 } },
			node: { ...flux('flux-pro-1.1'), sizeType: 'preset', size: '768x1024' },
			exempt: FLUX,
		},
		{
			...generate,
			name: 'FLUX 1.1 Pro Ultra',
			model: 'fal-ai/flux-pro/v1.1-ultra',
			parameters: { aspect_ratio: '21:9' },
			node: { ...flux('flux-pro-1.1-ultra'), aspectRatio: '21:9' },
			exempt: FLUX,
		},
		{
			...generate,
			name: 'FLUX.1 Dev',
			model: 'fal-ai/flux/dev',
			parameters: { image_size: { width: 1024, height: 1024 }, num_inference_steps: 20 },
			node: { ...flux('flux-1-dev'), options: { steps: 20 } },
			exempt: FLUX,
		},
		{
			...generate,
			name: 'FLUX.1 Schnell',
			model: 'fal-ai/flux/schnell',
			parameters: { image_size: { width: 1024, height: 1024 }, num_inference_steps: 4 },
			node: { ...flux('flux-1-schnell'), options: { steps: 4 } },
			exempt: FLUX,
		},
		{
			...generate,
			...kontext,
			name: 'Kontext',
			model: 'fal-ai/flux-pro/kontext/text-to-image',
			parameters: { aspect_ratio: '9:16' },
			node: { ...kontext.node, aspectRatio: '9:16' },
		},
		{
			...edit,
			...kontext,
			name: 'an edit by Kontext',
			model: 'fal-ai/flux-pro/kontext',
			inputs: 1,
			parameters: { single: true },
		},
		{
			...edit,
			name: 'an edit by Kontext Max',
			model: 'fal-ai/flux-pro/kontext/max',
			inputs: 1,
			parameters: { single: true, n: 2, seed: 3, output_format: 'png' },
			node: { ...flux('flux-kontext-max'), n: 2, outputFormat: 'png', options: { seed: 3 } },
		},
		{
			...edit,
			name: 'an edit by Kontext Dev',
			model: 'fal-ai/flux-kontext/dev',
			inputs: 1,
			parameters: { single: true, resolution_mode: '4:5', guidance_scale: 3 },
			node: { ...flux('flux-kontext-dev'), aspectRatio: '4:5', options: { guidance: 3 } },
			exempt: FLUX,
		},
		{ ...edit, ...proEdit, name: 'an edit', inputs: 1 },
		{
			...edit,
			...proEdit,
			name: 'an edit of three images',
			inputs: 3,
			parameters: { image_size: { width: 512, height: 512 } },
			node: { ...pro.node, ...sized(512, 512) },
		},
		{ ...seedream('v5/lite', 'seedream-5.0-lite'), name: 'Seedream 5.0 Lite' },
		{ ...seedream('v4.5', 'seedream-4.5'), name: 'Seedream 4.5' },
		{
			...seedream('v4', 'seedream-4.0', { sizeType: 'preset', size: '1024x1024' }),
			name: 'Seedream 4.0 with a size',
			parameters: { image_size: { width: 1024, height: 1024 } },
		},
		{
			...seedream('v4.5', 'seedream-4.5'),
			...edit,
			name: 'an edit by Seedream',
			model: 'fal-ai/bytedance/seedream/v4.5/edit',
			inputs: 2,
		},
		{
			...generate,
			name: 'Qwen Image with a negative prompt',
			model: 'fal-ai/qwen-image',
			parameters: {
				image_size: { width: 1328, height: 1328 },
				negative_prompt: 'people',
			},
			node: { ...modelOf('qwen-image', 'qwen-image'), options: { negativePrompt: 'people' } },
			exempt: [ONE_IMAGE],
		},
		{
			...edit,
			name: 'an edit by Qwen Image',
			model: 'fal-ai/qwen-image-edit',
			inputs: 1,
			parameters: { single: true },
			node: modelOf('qwen-image', 'qwen-image-edit'),
			exempt: [ONE_IMAGE],
		},
		{
			...generate,
			name: 'Nano Banana Pro',
			model: 'fal-ai/nano-banana-pro',
			parameters: { aspect_ratio: '16:9', resolution: '2K' },
			node: {
				...modelOf('gemini', 'gemini-3-pro-image'),
				aspectRatio: '16:9',
				resolution: '2K',
			},
			exempt: [ONE_IMAGE],
		},
		{
			...generate,
			name: 'Nano Banana 2 with everything',
			model: 'fal-ai/nano-banana-2',
			parameters: { aspect_ratio: '1:8', resolution: '0.5K', thinking_level: 'high', seed: 5 },
			node: {
				...modelOf('gemini', 'gemini-3.1-flash-image'),
				...{ aspectRatio: '1:8', resolution: '512' },
				options: { thinkingLevel: 'high', seed: 5 },
			},
			exempt: [ONE_IMAGE],
		},
		{
			...edit,
			name: 'an edit by Nano Banana Pro',
			model: 'fal-ai/nano-banana-pro/edit',
			inputs: 3,
			node: modelOf('gemini', 'gemini-3-pro-image'),
			exempt: BANANA,
		},
		{
			...edit,
			name: 'an edit by Nano Banana',
			model: 'fal-ai/nano-banana/edit',
			inputs: 2,
			node: modelOf('gemini', 'gemini-2.5-flash-image'),
			exempt: [ONE_IMAGE],
		},
		{
			...generate,
			name: 'GPT Image 2',
			model: 'openai/gpt-image-2',
			parameters: { image_size: { width: 1536, height: 1024 }, quality: 'low' },
			node: {
				...modelOf('gpt-image', 'gpt-image-2'),
				...{ sizeType: 'preset', size: '1536x1024', quality: 'low' },
			},
			exempt: [
				sentDefault('num_images', 1, GPT_IMAGE_2),
				sentDefault('output_format', 'png', GPT_IMAGE_2),
			],
		},
		{
			...generate,
			name: 'GPT Image 1.5',
			model: 'fal-ai/gpt-image-1.5',
			parameters: { image_size: '1024x1536', quality: 'low', background: 'opaque', n: 2 },
			node: {
				...modelOf('gpt-image', 'gpt-image-1.5'),
				...{ sizeType: 'preset', size: '1024x1536', quality: 'low', background: 'opaque', n: 2 },
			},
			exempt: [GPT_IMAGE[1]!],
		},
		{
			...edit,
			name: 'an edit by GPT Image 1 Mini',
			model: 'fal-ai/gpt-image-1-mini/edit',
			inputs: 1,
			node: modelOf('gpt-image', 'gpt-image-1-mini'),
			exempt: GPT_IMAGE_1,
		},
		{
			...edit,
			name: 'an edit by GPT Image 1',
			model: 'fal-ai/gpt-image-1/edit-image',
			inputs: 2,
			parameters: { input_fidelity: 'high' },
			node: { ...modelOf('gpt-image', 'gpt-image-1'), options: { inputFidelity: 'high' } },
			exempt: GPT_IMAGE_1,
		},
	],
};
