import { IMAGES_API } from './imagesApi';
import type { Content, Dialect, Endpoint, Service } from './types';

const GUIDE = 'https://openrouter.ai/docs/guides/overview/multimodal/image-generation';

function message({ prompt, images }: Content) {
	const parts = images.map(({ url }) => ({ type: 'image_url', image_url: { url } }));
	return {
		messages: [{ role: 'user', content: [{ type: 'text', text: prompt }, ...parts] }],
	};
}

/** Text that is asked of models that only make images is refused at OpenRouter (GUIDE). */
const IMAGES_ALONE =
	/(?:^|[/:])(?:flux|seedream|grok-imagine|gpt-image|qwen-image|riverflow|recraft|mai-image)/i;

const ENDPOINT = {
	path: '/chat/completions',
	model: 'model',
	fixed: { modalities: ['image', 'text'] },
	content: message,
	parameters: {
		aspectRatio: 'image_config.aspect_ratio',
		resolution: { at: 'image_config.image_size', words: { '1K': null } },
		seed: 'seed',
		user: 'user',
	},
	files: { links: true },
} as const satisfies Endpoint;

/** What requests and responses of a chat model that makes images look like (GUIDE). */
export function chatEndpoint() {
	return {
		endpoints: { generate: ENDPOINT, edit: ENDPOINT },
		usage: {
			...IMAGES_API.usage,
			inputTokens: 'prompt_tokens',
			outputTokens: 'completion_tokens',
			inputTextTokens: 'prompt_tokens_details.text_tokens',
			inputImageTokens: 'prompt_tokens_details.image_tokens',
			outputTextTokens: 'completion_tokens_details.text_tokens',
			outputImageTokens: 'completion_tokens_details.image_tokens',
		},
	} as const satisfies Partial<Dialect>;
}

const IMAGES_ENDPOINT = {
	...ENDPOINT,
	fixed: { modalities: ['image'] },
} as const satisfies Endpoint;

/** Any server whose chat models make images: relays, LiteLLM, New API. */
export const CHAT = {
	...IMAGES_API,
	...chatEndpoint(),
	displayName: 'Chat Completions With Images',
	sentenceName: 'a chat server that makes images',
	sources: [GUIDE],
	recognizedBy: null,
	baseUrl: null,
	models: null,
	variants: [
		{ for: IMAGES_ALONE, endpoints: { generate: IMAGES_ENDPOINT, edit: IMAGES_ENDPOINT } },
	],
} as const satisfies Service;
