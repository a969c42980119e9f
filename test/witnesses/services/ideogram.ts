import { fileNames, sentDefault, type Witness } from '../witness';

const PROMPT = 'A lighthouse in a storm';
const REFERENCE = 'https://developer.ideogram.ai/api-reference/api-reference/generate-v3';
const REMIX = 'https://developer.ideogram.ai/v1/api-reference/edit-images/remix-v3.md';

const model = 'ideogram-v3';
const node = { family: 'ideogram', model } as const;
const generate = { operation: 'generate', model, prompt: PROMPT } as const;
const edit = { operation: 'edit', model, prompt: PROMPT, inputs: 1 } as const;

const ratio = (aspectRatio: string) => ({
	parameters: { aspectRatio: aspectRatio.replace(':', 'x') },
	node: { ...node, aspectRatio },
});
const speed = (renderingSpeed: string) => ({
	parameters: { renderingSpeed },
	node: { ...node, renderingSpeed },
});
const EVERYTHING = {
	parameters: {
		...{ n: 2, aspectRatio: '3x4', renderingSpeed: 'QUALITY', seed: 7 },
		...{ negativePrompt: 'people', magicPrompt: 'ON', styleType: 'REALISTIC' },
	},
	node: {
		...{ ...node, n: 2, aspectRatio: '3:4', renderingSpeed: 'QUALITY' },
		options: {
			...{ seed: 7, negativePrompt: 'people' },
			...{ magicPrompt: 'ON', styleType: 'REALISTIC' },
		},
	},
};

export const ideogram: Witness = {
	service: 'ideogram',
	profile: 'ideogram',
	client: 'aigne-ideogram',
	package: '@aigne/ideogram',
	exempt: [
		sentDefault('num_images', 1, REFERENCE),
		sentDefault('rendering_speed', 'DEFAULT', REFERENCE),
		...fileNames('image'),
		{
			field: 'image.*.contentType',
			because: 'The client names no type, and the API looks at the file',
			source: REMIX,
		},
	],
	wishes: [
		{ ...generate, name: 'one image', node },
		{ ...generate, name: 'two images', parameters: { n: 2 }, node: { ...node, n: 2 } },
		{ ...generate, name: 'a wide image', ...ratio('3:1') },
		{ ...generate, name: 'a tall image', ...ratio('10:16') },
		{ ...generate, name: 'a fast image', ...speed('FLASH') },
		{ ...generate, name: 'a cheap image', ...speed('TURBO') },
		{ ...generate, name: 'a good image', ...speed('QUALITY') },
		{
			...generate,
			name: 'a seed',
			parameters: { seed: 7 },
			node: { ...node, options: { seed: 7 } },
		},
		{
			...generate,
			name: 'the prompt as it is',
			parameters: { magicPrompt: 'OFF', styleType: 'DESIGN' },
			node: { ...node, options: { magicPrompt: 'OFF', styleType: 'DESIGN' } },
		},
		{
			...generate,
			name: 'a negative prompt',
			parameters: { negativePrompt: 'people' },
			node: { ...node, options: { negativePrompt: 'people' } },
		},
		{ ...generate, name: 'everything', ...EVERYTHING },
		{ ...edit, name: 'an edit', node },
		{ ...edit, name: 'an edit with everything', ...EVERYTHING },
	],
};
