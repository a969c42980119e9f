import { IMAGES_API } from './imagesApi';
import type { Content, Endpoint, Service } from './types';

const SDK =
	'https://github.com/volcengine/volcengine-python-sdk (volcenginesdkarkruntime/resources/images)';

const GENERATE = {
	path: '/images/generations',
	model: 'model',
	fixed: { response_format: 'b64_json' },
	parameters: {
		prompt: 'prompt',
		size: 'size',
		watermark: 'watermark',
		outputFormat: 'output_format',
	},
} as const satisfies Endpoint;

/** One image is a text, several are a list of texts (SDK). */
function images({ images: files }: Content) {
	const [first, ...others] = files.map(({ url }) => url);
	return { image: others.length > 0 ? [first, ...others] : first };
}

const SEEDREAM_API = {
	...IMAGES_API,
	basePath: 'api/v3',
	endpoints: {
		generate: GENERATE,
		// Edits go to the same path, as JSON.
		edit: { ...GENERATE, content: images, files: { links: true } },
	},
	limits: { inputImages: 14 },
} as const;

/** Volcengine Ark, in China. */
export const ARK = {
	...SEEDREAM_API,
	displayName: 'Volcengine Ark',
	sentenceName: 'Volcengine Ark',
	sources: [SDK, 'https://www.volcengine.com/docs/82379/1541523'],
	keyPage: 'https://console.volcengine.com/ark/region:ark+cn-beijing/apikey',
	recognizedBy: /^ark\.[\w-]+\.volces\.com\//,
	baseUrl: 'https://ark.cn-beijing.volces.com/api/v3',
	models: {
		'seedream-5.0-pro': 'doubao-seedream-5-0-pro-260628',
		'seedream-5.0-lite': 'doubao-seedream-5-0-260128',
		'seedream-4.5': 'doubao-seedream-4-5-251128',
		'seedream-4.0': 'doubao-seedream-4-0-250828',
	},
} as const satisfies Service;

/** BytePlus, Ark outside of China. */
export const BYTEPLUS = {
	...SEEDREAM_API,
	displayName: 'BytePlus',
	sentenceName: 'BytePlus',
	sources: [SDK, 'https://docs.byteplus.com/en/docs/ModelArk/1541523'],
	keyPage: 'https://console.byteplus.com/ark/region:ark+ap-southeast-1/apikey',
	recognizedBy: /^ark\.[\w-]+\.bytepluses\.com\//,
	baseUrl: 'https://ark.ap-southeast.bytepluses.com/api/v3',
	models: {
		'seedream-5.0-pro': 'dola-seedream-5-0-pro-260628',
		'seedream-5.0-lite': 'seedream-5-0-260128',
		'seedream-4.5': 'seedream-4-5-251128',
		'seedream-4.0': 'seedream-4-0-250828',
	},
} as const satisfies Service;
