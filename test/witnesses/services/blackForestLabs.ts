import { sentDefault, type Witness } from '../witness';

const PROMPT = 'A lighthouse in a storm';
const SKILL =
	'https://github.com/black-forest-labs/skills/tree/d0793c8/skills/bfl-api/references (endpoints.md)';

/** A copy of https://api.bfl.ai/openapi.json. */
const OPENAPI =
	'https://github.com/iancaseydouglas/strange.pets.comfyui/blob/30db8eb269c0eaf38f0b06d2448e9a327554b63d/bfl_openapi.json';

const generate = { operation: 'generate', model: 'flux-2-pro', prompt: PROMPT } as const;
const edit = { operation: 'edit', model: 'flux-2-pro', prompt: PROMPT } as const;
const node = { family: 'flux', model: 'flux-2-pro' } as const;
const flex = { family: 'flux', model: 'flux-2-flex' } as const;
const fill = { family: 'flux', model: 'flux-pro-1.0-fill' } as const;
const kontext = { family: 'flux', model: 'flux-kontext-pro' } as const;

const sized = (width: number, height: number) => ({
	parameters: { width, height },
	node: { ...node, sizeType: 'custom', width, height },
});

export const blackForestLabs: Witness = {
	service: 'blackForestLabs',
	profile: 'bfl',
	client: 'ai-sdk-black-forest-labs',
	package: '@ai-sdk/black-forest-labs',
	exempt: [sentDefault('output_format', 'jpeg', SKILL)],
	wishes: [
		{ ...generate, name: 'one image', node },
		{ ...generate, name: 'two images', parameters: { n: 2 }, node: { ...node, n: 2 } },
		{ ...generate, name: 'a size', ...sized(1024, 768) },
		{ ...generate, name: 'a wide size', ...sized(1536, 512) },
		{
			...generate,
			name: 'a seed',
			parameters: { seed: 7 },
			node: { ...node, options: { seed: 7 } },
		},
		{
			...generate,
			name: 'a PNG',
			parameters: { outputFormat: 'png' },
			node: { ...node, outputFormat: 'png' },
		},
		{
			...generate,
			name: 'the best model',
			model: 'flux-2-max',
			node: { ...node, model: 'flux-2-max' },
		},
		{
			...generate,
			name: 'the fast model',
			model: 'flux-2-klein-4b',
			node: { ...node, model: 'flux-2-klein-4b' },
		},
		{
			...generate,
			name: 'steps and guidance',
			model: 'flux-2-flex',
			parameters: { steps: 20, guidance: 3 },
			node: { ...flex, options: { steps: 20, guidance: 3 } },
		},
		{
			...generate,
			name: 'a ratio',
			model: 'flux-kontext-pro',
			parameters: { aspectRatio: '16:9' },
			node: { ...kontext, aspectRatio: '16:9' },
		},
		{
			...generate,
			name: 'a ratio of four megapixels',
			model: 'flux-pro-1.1-ultra',
			parameters: { aspectRatio: '21:9' },
			node: { ...node, model: 'flux-pro-1.1-ultra', aspectRatio: '21:9' },
		},
		{ ...edit, name: 'an edit', inputs: 1, node },
		{ ...edit, name: 'an edit of three images', inputs: 3, node },
		{
			...edit,
			name: 'an edit at a size',
			inputs: 1,
			parameters: { width: 512, height: 512, seed: 3 },
			node: { ...sized(512, 512).node, options: { seed: 3 } },
		},
		{
			...edit,
			name: 'an edit with a mask',
			model: 'flux-pro-1.0-fill',
			inputs: 1,
			mask: true,
			parameters: { steps: 20, guidance: 30, seed: 7 },
			node: { ...fill, options: { steps: 20, guidance: 30, seed: 7 } },
			exempt: [
				{
					field: 'mask',
					because: 'The same pixels can be compressed in many ways',
					source: OPENAPI,
				},
			],
		},
		{ ...edit, name: 'an edit by Kontext', model: 'flux-kontext-pro', inputs: 1, node: kontext },
	],
};
