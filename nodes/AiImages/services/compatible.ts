import { ACCOUNT_HEADERS, IMAGES_API, SDK, withParameters } from './imagesApi';
import type { Endpoint, Service } from './types';

/**
 * What gateways take beside OpenAI's parameters, by the names that most of them have: AI/ML API
 * (https://docs.aimlapi.com/api-references/image-models), Together, SiliconFlow, LocalAI. Nothing is
 * sent for what they would do anyway.
 */
const FURTHER: Endpoint['parameters'] = {
	aspectRatio: 'aspect_ratio',
	resolution: { at: 'resolution', words: { '1K': null } },
	seed: 'seed',
	negativePrompt: 'negative_prompt',
	steps: 'steps',
	guidance: 'guidance_scale',
};

/** Any other server with OpenAI's Images API: LiteLLM, New API, relays, servers at home. */
export const COMPATIBLE = {
	...IMAGES_API,
	displayName: 'OpenAI-Compatible',
	sentenceName: 'an OpenAI-compatible server',
	sources: [
		SDK,
		'https://docs.litellm.ai/docs/image_generation',
		'https://github.com/QuantumNous/new-api/blob/main/dto/openai_image.go',
	],
	recognizedBy: null,
	baseUrl: null,
	accountHeaders: ACCOUNT_HEADERS,
	models: null,
	endpoints: {
		generate: withParameters(IMAGES_API.endpoints.generate, FURTHER),
		edit: withParameters(IMAGES_API.endpoints.edit, FURTHER),
	},
} as const satisfies Service;
