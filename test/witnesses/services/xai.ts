import type { Witness } from '../witness';

const PROMPT = 'A lighthouse in a storm';
const IMAGES = 'https://docs.x.ai/developers/model-capabilities/images';

const generate = {
	operation: 'generate',
	model: 'grok-imagine-image-2.0',
	prompt: PROMPT,
} as const;
const edit = { operation: 'edit', model: 'grok-imagine-image-2.0', prompt: PROMPT } as const;
const node = { family: 'grok-imagine', model: 'grok-imagine-image-2.0' } as const;

export const xai: Witness = {
	service: 'xai',
	profile: 'xai',
	client: 'ai-sdk-xai',
	package: '@ai-sdk/xai',
	exempt: [
		{
			field: 'resolution',
			value: '1k',
			because: 'the node sends defaults; the client leaves them to the service',
			source: IMAGES,
		},
		{
			field: 'quality',
			value: 'medium',
			because: 'the node sends defaults; the client leaves them to the service',
			source: IMAGES,
		},
	],
	wishes: [
		{ ...generate, name: 'one image', node },
		{ ...generate, name: 'three images', parameters: { n: 3 }, node: { ...node, n: 3 } },
		{
			...generate,
			name: 'a ratio',
			parameters: { aspectRatio: '16:9' },
			node: { ...node, aspectRatio: '16:9' },
		},
		{
			...generate,
			name: 'a rare ratio',
			parameters: { aspectRatio: '19.5:9' },
			node: { ...node, aspectRatio: '19.5:9' },
		},
		{
			...generate,
			name: 'a resolution',
			parameters: { resolution: '2k' },
			node: { ...node, resolution: '2K' },
		},
		{
			...generate,
			name: 'a quality',
			parameters: { quality: 'low' },
			node: { ...node, quality: 'low' },
		},
		{
			...generate,
			name: 'a user',
			parameters: { user: 'user-1' },
			node: { ...node, options: { user: 'user-1' } },
		},
		{
			...generate,
			name: 'the quality model',
			model: 'grok-imagine-image-quality',
			node: { ...node, model: 'grok-imagine-image-quality' },
		},
		{
			...generate,
			name: 'everything',
			parameters: { n: 2, aspectRatio: '2:1', resolution: '2k', quality: 'medium' },
			node: { ...node, n: 2, aspectRatio: '2:1', resolution: '2K', quality: 'medium' },
		},
		{ ...edit, name: 'an edit', inputs: 1, node },
		{ ...edit, name: 'an edit of three images', inputs: 3, node },
		{
			...edit,
			name: 'an edit with a ratio',
			inputs: 2,
			parameters: { aspectRatio: '1:1' },
			node: { ...node, aspectRatio: '1:1' },
		},
		{
			...edit,
			name: 'two results of an edit',
			inputs: 1,
			parameters: { n: 2 },
			node: { ...node, n: 2 },
		},
	],
};
