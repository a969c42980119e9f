import { parseSize } from '../models';
import { chatEndpoint } from './chat';
import { prefixed } from './ids';
import { IMAGES_API } from './imagesApi';
import type { Content, Endpoint, Service } from './types';

const IMAGES = 'https://vercel.com/docs/ai-gateway/modalities/image-generation/openai';
/** The IDs of models that only make images. */
const IDS = 'https://www.npmjs.com/package/@ai-sdk/gateway/v/4.0.146 (GatewayImageModelId)';

const GENERATE = {
	path: '/images/generations',
	model: 'model',
	fixed: { response_format: 'b64_json' },
	parameters: {
		prompt: 'prompt',
		n: 'n',
		size: { fields: ['size'], spell: (value) => (parseSize(String(value)) ? [value] : []) },
	},
} as const satisfies Endpoint;

function images({ images: files }: Content) {
	return { images: files.map(({ url }) => ({ image_url: url })) };
}

/** Vercel's AI Gateway: the Images API for models that only make images, chat for the others. */
export const VERCEL = {
	...IMAGES_API,
	displayName: 'Vercel AI Gateway',
	sentenceName: 'Vercel AI Gateway',
	sources: [IMAGES, IDS],
	keyPage: 'https://vercel.com/d?to=%2F%5Bteam%5D%2F%7E%2Fai-gateway%2Fapi-keys',
	recognizedBy: /^ai-gateway\.vercel\.sh\//,
	baseUrl: 'https://ai-gateway.vercel.sh/v1',
	models: {
		...prefixed('openai/', [
			...['gpt-image-2.6-flare', 'gpt-image-2.6-sunburst', 'gpt-image-2.5-flare'],
			...['gpt-image-2.5-sunburst', 'gpt-image-2', 'gpt-image-1.5', 'gpt-image-1-mini'],
		]),
		...prefixed('google/', [
			...['gemini-nano-banana-2.1', 'gemini-3-pro-image', 'gemini-3.1-flash-image'],
			...['gemini-3.1-flash-lite-image', 'gemini-2.5-flash-image'],
		]),
		...prefixed('bfl/', [
			...['flux-2-max', 'flux-2-pro', 'flux-2-flex', 'flux-2-klein-9b', 'flux-2-klein-4b'],
			...['flux-kontext-max', 'flux-kontext-pro', 'flux-pro-1.1-ultra', 'flux-pro-1.1'],
		]),
		'flux-1-schnell': 'prodia/flux-fast-schnell',
		...prefixed('bytedance/', [
			...['seedream-5.0-pro', 'seedream-5.0-lite', 'seedream-4.5', 'seedream-4.0'],
		]),
		...prefixed('spacexai/', ['grok-imagine-image-2.0', 'grok-imagine-image']),
	},
	modelList: { ...IMAGES_API.modelList, test: '/credits' },
	endpoints: {
		generate: GENERATE,
		edit: { ...GENERATE, path: '/images/edits', content: images, files: { links: true } },
	},
	variants: [{ for: /^google\/gemini-/, ...chatEndpoint() }],
} as const satisfies Service;
