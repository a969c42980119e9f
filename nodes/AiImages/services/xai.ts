import { IMAGES_API } from './imagesApi';
import type { Content, Endpoint, Service } from './types';

const GUIDE = 'https://docs.x.ai/developers/model-capabilities/images';
const SDK = 'https://www.npmjs.com/package/@ai-sdk/xai/v/5.0.12 (src/xai-image-model.ts)';

const GENERATE = {
	path: '/images/generations',
	model: 'model',
	fixed: { response_format: 'b64_json' },
	parameters: {
		prompt: 'prompt',
		n: 'n',
		aspectRatio: 'aspect_ratio',
		resolution: { at: 'resolution', words: { '1K': '1k', '2K': '2k' } },
		quality: 'quality',
		user: 'user',
	},
} as const satisfies Endpoint;

/** One image has a field of its own (GUIDE). */
function images({ images: files }: Content) {
	const [first, ...others] = files.map(({ url }) => ({ type: 'image_url', url }));
	return others.length > 0 ? { images: [first, ...others] } : { image: first };
}

/** xAI. Edits are JSON, too (GUIDE). */
export const XAI = {
	...IMAGES_API,
	displayName: 'xAI',
	sentenceName: 'xAI',
	sources: [GUIDE, SDK],
	keyPage: 'https://console.x.ai',
	recognizedBy: /^api\.x\.ai\//,
	baseUrl: 'https://api.x.ai/v1',
	maker: 'xai',
	models: {},
	modelList: { ...IMAGES_API.modelList, path: '/image-generation-models' },
	endpoints: {
		generate: GENERATE,
		edit: { ...GENERATE, path: '/images/edits', content: images, files: { links: true } },
	},
	// `cost_in_usd_ticks` (SDK).
	usage: { ...IMAGES_API.usage, alwaysHasCost: true },
	limits: { imagesPerRequest: 10, inputImages: 3 },
} as const satisfies Service;
