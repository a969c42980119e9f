import type { Witness } from '../witness';
import { gptImageWish, plainWish } from './gptImage';

const flare = { model: 'gpt-image-2.6-flare' } as const;
const first = { model: 'gpt-image-1.5' } as const;

export const openai: Witness = {
	service: 'openai',
	profile: '',
	address: 'v1',
	client: 'openai',
	package: 'openai',
	exempt: [],
	wishes: [
		plainWish('only a prompt'),
		gptImageWish('the defaults'),
		gptImageWish('three images', { fields: { n: 3 } }),
		gptImageWish('a listed size', { fields: { size: '1536x1024' } }),
		gptImageWish('a size of its own', { fields: { size: '1824x1024' } }),
		gptImageWish('a quality', { fields: { quality: 'low' } }),
		gptImageWish('a quality of GPT Image 2.5', {
			model: 'gpt-image-2.5-flare',
			fields: { quality: 'xhigh' },
		}),
		gptImageWish('a transparent background', { ...first, fields: { background: 'transparent' } }),
		gptImageWish('a compressed JPEG', {
			fields: { outputFormat: 'jpeg', outputCompression: 60 },
		}),
		gptImageWish('a compressed WebP', {
			fields: { outputFormat: 'webp', outputCompression: 0 },
		}),
		gptImageWish('an animation', {
			...flare,
			fields: { outputFormat: 'gif', frameCount: 4, frameDurationMs: 100 },
		}),
		gptImageWish('little planning', { ...flare, options: { complexity: 'low' } }),
		gptImageWish('low moderation', { options: { moderation: 'low' } }),
		gptImageWish('a safety identifier', { options: { safetyIdentifier: 'user-1' } }),
		gptImageWish('a snapshot', { id: 'gpt-image-2-2026-04-21' }),
		gptImageWish('a stream', { options: { stream: true } }),
		gptImageWish('a stream with previews', { options: { stream: true, partialImages: 2 } }),
		plainWish('an edit with only a prompt', { inputs: 1 }),
		gptImageWish('an edit', { inputs: 1 }),
		gptImageWish('an edit of three images', { inputs: 3 }),
		gptImageWish('two results of an edit', { inputs: 1, fields: { n: 2 } }),
		gptImageWish('an edit with a mask', { inputs: 1, mask: true }),
		gptImageWish('an edit of two images with a mask', { inputs: 2, mask: true }),
		gptImageWish('an edit that preserves details', {
			...first,
			inputs: 2,
			options: { inputFidelity: 'high' },
		}),
		gptImageWish('an edit with everything', {
			...first,
			inputs: 2,
			mask: true,
			fields: {
				...{ n: 2, size: '1024x1536', quality: 'medium', background: 'opaque' },
				...{ outputFormat: 'jpeg', outputCompression: 90 },
			},
			options: { inputFidelity: 'low', safetyIdentifier: 'user-1' },
		}),
		gptImageWish('an edit as a stream', { inputs: 1, options: { stream: true } }),
	],
};
