import { fileNames, type Wish, type Witness } from '../witness';
import { gptImageWish, plainWish, SENT_BY_AI_SDK } from './gptImage';

const second = { model: 'gpt-image-2', id: 'pictures' } as const;
const first = { model: 'gpt-image-1.5', id: 'pictures-15' } as const;

/** OpenAI's client for Azure: the deployment is in the path, and in the body. */
export const azure: Witness = {
	service: 'azure',
	profile: 'azure',
	credential: {
		apiVersion: '2025-04-01-preview',
		deployments: '{"gpt-image-2": "pictures", "gpt-image-1.5": "pictures-15"}',
	},
	client: 'openai-azure',
	package: 'openai',
	exempt: [],
	wishes: [
		plainWish('only a prompt', second),
		gptImageWish('the defaults', second),
		gptImageWish('three images', { ...second, fields: { n: 3 } }),
		gptImageWish('a listed size', { ...first, fields: { size: '1024x1536' } }),
		gptImageWish('a size of its own', { ...second, fields: { size: '1824x1024' } }),
		gptImageWish('a quality', { ...second, fields: { quality: 'low' } }),
		gptImageWish('a transparent background', { ...first, fields: { background: 'transparent' } }),
		gptImageWish('a compressed JPEG', {
			...second,
			fields: { outputFormat: 'jpeg', outputCompression: 60 },
		}),
		gptImageWish('a user', { ...first, options: { user: 'user-1' } }),
		gptImageWish('a stream', { ...second, options: { stream: true } }),
		gptImageWish('a stream with previews', {
			...first,
			options: { stream: true, partialImages: 2 },
		}),
		...edits(),
		gptImageWish('an edit as a stream', { ...second, inputs: 1, options: { stream: true } }),
	],
};

/**
 * Vercel's client: the deployment is in the body. It asks for `response_format`, which GPT Image does
 * not have, unless the name of the deployment begins like that of the model (@ai-sdk/openai 4.0.81,
 * src/image/openai-image-model-options.ts); and it leaves `moderation` out of edits.
 */
export const azureAiSdk: Witness = {
	service: 'azure',
	profile: 'azure',
	client: 'ai-sdk-azure',
	package: '@ai-sdk/azure',
	exempt: fileNames('image', 'image[]', 'mask'),
	wishes: [
		plainWish('only a prompt', {}, SENT_BY_AI_SDK),
		gptImageWish('the defaults'),
		gptImageWish('three images', { fields: { n: 3 } }),
		gptImageWish('a listed size', { fields: { size: '1536x1024' } }),
		gptImageWish('a size of its own', { fields: { size: '1152x896' } }),
		gptImageWish('a quality', { fields: { quality: 'medium' } }),
		gptImageWish('a transparent background', {
			model: 'gpt-image-1.5',
			fields: { background: 'transparent' },
		}),
		gptImageWish('a compressed JPEG', {
			fields: { outputFormat: 'jpeg', outputCompression: 100 },
		}),
		gptImageWish('a user', { options: { user: 'user-1' } }),
		gptImageWish('low moderation', { options: { moderation: 'low' } }),
		...edits(SENT_BY_AI_SDK),
	],
};

function edits(sent?: readonly string[]): Wish[] {
	return [
		plainWish('an edit with only a prompt', { ...second, inputs: 1 }, sent),
		gptImageWish('an edit', { ...second, inputs: 1 }),
		gptImageWish('an edit of three images', { ...second, inputs: 3 }),
		gptImageWish('two results of an edit', { ...second, inputs: 1, fields: { n: 2 } }),
		gptImageWish('an edit with a mask', { ...second, inputs: 1, mask: true }),
		gptImageWish('an edit of two images with a mask', { ...second, inputs: 2, mask: true }),
		gptImageWish('an edit that preserves details', {
			...first,
			inputs: 2,
			options: { inputFidelity: 'high' },
		}),
		gptImageWish('an edit with everything', {
			...first,
			inputs: 3,
			mask: true,
			fields: {
				...{ n: 2, size: '1024x1536', quality: 'medium', background: 'opaque' },
				...{ outputFormat: 'jpeg', outputCompression: 90 },
			},
			options: { inputFidelity: 'low', user: 'user-1' },
		}),
	];
}
