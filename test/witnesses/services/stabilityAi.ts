import { sentDefault, type Witness } from '../witness';

const PROMPT = 'A lighthouse in a storm';
const REFERENCE = 'https://platform.stability.ai/docs/api-reference';

const family = { family: 'stable-image' } as const;
const core = { ...family, model: 'stable-image-core' } as const;
const inpaint = { ...family, model: 'stable-image-inpaint' } as const;
const generate = { operation: 'generate', model: 'stable-image-core', prompt: PROMPT } as const;
const edit = { operation: 'edit', model: 'sd3.5-large', prompt: PROMPT, inputs: 1 } as const;

const ratio = (aspectRatio: string) => ({
	parameters: { aspectRatio },
	node: { ...core, aspectRatio },
});
const format = (outputFormat: string) => ({
	parameters: { outputFormat },
	node: { ...core, outputFormat },
});
const sd35 = (model: string) => ({ model, node: { ...family, model } });
const options = (parameters: Record<string, string | number>) => ({
	parameters,
	node: { ...core, options: parameters },
});

export const stabilityAi: Witness = {
	service: 'stabilityAi',
	profile: 'stability',
	client: 'stability-ai',
	package: 'stability-ai',
	exempt: [sentDefault('output_format', 'png', REFERENCE)],
	wishes: [
		{ ...generate, name: 'one image', node: core },
		{ ...generate, name: 'two images', parameters: { n: 2 }, node: { ...core, n: 2 } },
		{ ...generate, name: 'a wide image', ...ratio('21:9') },
		{ ...generate, name: 'a tall image', ...ratio('4:5') },
		{ ...generate, name: 'a JPEG', ...format('jpeg') },
		{ ...generate, name: 'a WebP', ...format('webp') },
		{ ...generate, name: 'a seed', ...options({ seed: 7 }) },
		{ ...generate, name: 'a negative prompt', ...options({ negativePrompt: 'people' }) },
		{
			...generate,
			name: 'the best model, with everything',
			model: 'stable-image-ultra',
			parameters: {
				...{ aspectRatio: '16:9', outputFormat: 'jpeg', seed: 7, negativePrompt: 'people' },
			},
			node: {
				...{ ...family, model: 'stable-image-ultra', aspectRatio: '16:9', outputFormat: 'jpeg' },
				options: { seed: 7, negativePrompt: 'people' },
			},
		},
		{ ...generate, name: 'Stable Diffusion 3.5 Large', ...sd35('sd3.5-large') },
		{ ...generate, name: 'Stable Diffusion 3.5 Large Turbo', ...sd35('sd3.5-large-turbo') },
		{ ...generate, name: 'Stable Diffusion 3.5 Medium', ...sd35('sd3.5-medium') },
		{
			...edit,
			name: 'an edit, close to its image',
			parameters: { strength: 0.2 },
			node: { ...family, model: 'sd3.5-large', strength: 0.2 },
		},
		{
			...edit,
			name: 'an edit with everything',
			parameters: { strength: 0.8, seed: 7, negativePrompt: 'people', outputFormat: 'jpeg' },
			node: {
				...{ ...family, model: 'sd3.5-large', strength: 0.8, outputFormat: 'jpeg' },
				options: { seed: 7, negativePrompt: 'people' },
			},
		},
		{
			...edit,
			name: 'an edit with a mask',
			model: 'stable-image-inpaint',
			mask: true,
			parameters: { seed: 7, negativePrompt: 'people' },
			node: { ...inpaint, options: { seed: 7, negativePrompt: 'people' } },
			exempt: [
				{
					field: 'mask.*.sha256',
					because: 'The same pixels can be compressed in many ways',
					source: REFERENCE,
				},
			],
		},
	],
};
