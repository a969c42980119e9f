import { chatEndpoint } from './chat';
import { prefixed } from './ids';
import { IMAGES_API } from './imagesApi';
import type { Content, Endpoint, Service } from './types';

const SDK =
	'https://www.npmjs.com/package/@openrouter/sdk/v/1.3.19 (esm/models/imagegenerationrequest.d.ts)';

/** Pixels, or a resolution. */
const SIZE = /^(?:\d+x\d+|512|[124]K)$/;

const GENERATE = {
	path: '/images',
	model: 'model',
	parameters: {
		prompt: 'prompt',
		n: 'n',
		// No other words are documented, `auto` among them (SDK).
		size: { fields: ['size'], spell: (size) => (SIZE.test(String(size)) ? [size] : []) },
		aspectRatio: 'aspect_ratio',
		resolution: 'resolution',
		quality: 'quality',
		background: 'background',
		outputFormat: 'output_format',
		outputCompression: 'output_compression',
		seed: 'seed',
		stream: 'stream',
		user: 'user',
	},
} as const satisfies Endpoint;

function references({ images }: Content) {
	return { input_references: images.map(({ url }) => ({ type: 'image_url', image_url: { url } })) };
}

/** OpenRouter's Images API. Models that it offers for chat alone are spoken to as in a chat. */
export const OPENROUTER = {
	...IMAGES_API,
	displayName: 'OpenRouter',
	sentenceName: 'OpenRouter',
	sources: [SDK, 'https://openrouter.ai/docs/guides/overview/multimodal/image-generation'],
	keyPage: 'https://openrouter.ai/settings/keys',
	recognizedBy: /^openrouter\.ai\//,
	baseUrl: 'https://openrouter.ai/api/v1',
	basePath: 'api/v1',
	models: {
		...prefixed('openai/', [
			...['gpt-image-2.5-flare', 'gpt-image-2.5-sunburst', 'gpt-image-2'],
			...['gpt-image-1', 'gpt-image-1-mini'],
		]),
		...prefixed('google/', [
			...['gemini-nano-banana-2.1', 'gemini-3-pro-image', 'gemini-3.1-flash-image'],
			...['gemini-3.1-flash-lite-image', 'gemini-2.5-flash-image'],
		]),
		...prefixed('x-ai/', ['grok-imagine-image-2.0', 'grok-imagine-image-quality']),
		...prefixed('bytedance-seed/', ['seedream-4.5']),
		'seedream-5.0-pro': 'bytedance-seed/seedream-5-0-pro',
		'seedream-5.0-lite': 'bytedance-seed/seedream-5-0-lite',
		'flux-2-max': 'black-forest-labs/flux.2-max',
		'flux-2-pro': 'black-forest-labs/flux.2-pro',
		'flux-2-flex': 'black-forest-labs/flux.2-flex',
		'flux-2-klein-4b': 'black-forest-labs/flux.2-klein-4b',
	},
	modelList: { ...IMAGES_API.modelList, path: '/images/models', test: '/key' },
	endpoints: {
		generate: GENERATE,
		edit: { ...GENERATE, content: references, files: { links: true } },
	},
	// https://openrouter.ai/docs/use-cases/usage-accounting
	usage: { ...IMAGES_API.usage, alwaysHasCost: true },
	// https://openrouter.ai/docs/api/api-reference/images/generate-an-image
	limits: { imagesPerRequest: 10, inputImages: 16 },
	variants: [
		{ for: /^openai\/gpt-5(?:\.\d+)?-image(?:-mini)?$/, ...chatEndpoint() },
		// "Providers that only support single-image generation reject n > 1" (same page).
		{ for: /^(?!openai\/)/, limits: { imagesPerRequest: 1, inputImages: 16 } },
	],
} as const satisfies Service;
