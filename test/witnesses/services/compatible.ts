import { fileNames, type Witness } from '../witness';
import { gptImageWish, plainWish, SENT_BY_AI_SDK } from './gptImage';

const first = { model: 'gpt-image-1.5' } as const;

export const compatible: Witness = {
	service: 'compatible',
	profile: '',
	address: 'v1',
	client: 'ai-sdk-openai-compatible',
	package: '@ai-sdk/openai-compatible',
	exempt: fileNames('image', 'image[]', 'mask'),
	wishes: [
		plainWish('only a prompt', {}, SENT_BY_AI_SDK),
		gptImageWish('the defaults'),
		gptImageWish('three images', { fields: { n: 3 } }),
		gptImageWish('a listed size', { fields: { size: '1024x1536' } }),
		gptImageWish('a size of its own', { fields: { size: '1152x896' } }),
		gptImageWish('a quality', { fields: { quality: 'medium' } }),
		gptImageWish('a transparent background', { ...first, fields: { background: 'transparent' } }),
		gptImageWish('a compressed JPEG', {
			fields: { outputFormat: 'jpeg', outputCompression: 60 },
		}),
		gptImageWish('a compressed WebP', {
			fields: { outputFormat: 'webp', outputCompression: 100 },
		}),
		gptImageWish('low moderation', { options: { moderation: 'low' } }),
		gptImageWish('a safety identifier', { options: { safetyIdentifier: 'user-1' } }),
		gptImageWish('an ID of the gateway', { id: 'gpt-image-2-2026-04-21' }),
		{
			name: 'DALL·E 3',
			operation: 'generate',
			model: 'dall-e-3',
			prompt: 'A lighthouse in a storm',
			parameters: {
				...{ n: 1, size: '1792x1024', quality: 'hd' },
				...{ style: 'natural', responseFormat: 'b64_json' },
			},
			node: {
				...{ family: 'dall-e', model: 'dall-e-3', size: '1792x1024', quality: 'hd' },
				options: { style: 'natural', responseFormat: 'b64_json' },
			},
		},
		plainWish('an edit with only a prompt', { inputs: 1 }, SENT_BY_AI_SDK),
		gptImageWish('an edit', { inputs: 1 }),
		gptImageWish('an edit of three images', { inputs: 3 }),
		gptImageWish('two results of an edit', { inputs: 1, fields: { n: 2 } }),
		gptImageWish('an edit with a mask', { inputs: 1, mask: true }),
		gptImageWish('an edit of two images with a mask', { inputs: 2, mask: true }),
		gptImageWish('an edit that preserves details', {
			...first,
			inputs: 1,
			options: { inputFidelity: 'high' },
		}),
		gptImageWish('an edit with everything', {
			...first,
			inputs: 2,
			mask: true,
			fields: {
				...{ n: 2, size: '1536x1024', quality: 'high', background: 'opaque' },
				...{ outputFormat: 'webp', outputCompression: 50 },
			},
			options: { inputFidelity: 'low', moderation: 'low', safetyIdentifier: 'user-1' },
		}),
	],
};
