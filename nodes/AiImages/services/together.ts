import { parseSize } from '../models';
import { IMAGES_API, withParameters } from './imagesApi';
import type { Content, Endpoint, Service } from './types';

const SDK = 'https://www.npmjs.com/package/together-ai/v/0.52.0 (resources/images.d.ts)';

const OVERVIEW = 'https://docs.together.ai/docs/images-overview';
const REFERENCES = 'https://docs.together.ai/docs/inference/images/reference-images';
const MODELS =
	'https://github.com/togethercomputer/skills/blob/main/skills/together-ai/references/images/models.md';

const GENERATE = {
	path: '/images/generations',
	model: 'model',
	fixed: { response_format: 'base64' },
	parameters: {
		prompt: 'prompt',
		n: 'n',
		size: {
			fields: ['width', 'height'],
			spell: (value) => parseSize(String(value)) ?? [],
		},
		steps: 'steps',
		seed: 'seed',
		guidance: 'guidance_scale',
		negativePrompt: 'negative_prompt',
		outputFormat: 'output_format',
	},
} as const satisfies Endpoint;

function references({ images }: Content) {
	return { reference_images: images.map(({ url }) => url) };
}

/** Kontext takes one image, under another name, and an aspect ratio (REFERENCES, OVERVIEW). */
const KONTEXT_GENERATE = withParameters(GENERATE, {
	aspectRatio: 'aspect_ratio',
});

function image({ images: [first] }: Content) {
	return { image_url: first?.url };
}

/** Together AI. Edits go to the same path (SDK). */
export const TOGETHER = {
	...IMAGES_API,
	displayName: 'Together AI',
	sentenceName: 'Together AI',
	sources: [SDK, OVERVIEW, REFERENCES, MODELS],
	keyPage: 'https://api.together.ai/settings/api-keys',
	recognizedBy: /^api\.together\.(?:ai|xyz)\//,
	baseUrl: 'https://api.together.ai/v1',
	models: {
		'gpt-image-2': 'openai/gpt-image-2',
		'gpt-image-1.5': 'openai/gpt-image-1.5',
		'gemini-3-pro-image': 'google/gemini-3-pro-image',
		'gemini-3.1-flash-image': 'google/flash-image-3.1',
		'gemini-3.1-flash-lite-image': 'google/flash-image-3.1-lite',
		'gemini-2.5-flash-image': 'google/flash-image-2.5',
		'flux-2-max': 'black-forest-labs/FLUX.2-max',
		'flux-2-pro': 'black-forest-labs/FLUX.2-pro',
		'flux-2-flex': 'black-forest-labs/FLUX.2-flex',
		'flux-2-dev': 'black-forest-labs/FLUX.2-dev',
		'flux-kontext-max': 'black-forest-labs/FLUX.1-kontext-max',
		'flux-kontext-pro': 'black-forest-labs/FLUX.1-kontext-pro',
		'flux-pro-1.1': 'black-forest-labs/FLUX.1.1-pro',
		'flux-1-schnell': 'black-forest-labs/FLUX.1-schnell',
		'seedream-5.0-lite': 'ByteDance/Seedream-5.0-lite',
		'seedream-4.0': 'ByteDance-Seed/Seedream-4.0',
		'qwen-image': 'Qwen/Qwen-Image',
	},
	endpoints: {
		generate: GENERATE,
		edit: { ...GENERATE, content: references, files: { links: true } },
	},
	limits: { imagesPerRequest: 4 },
	variants: [
		{
			for: /kontext/i,
			endpoints: {
				generate: KONTEXT_GENERATE,
				edit: { ...KONTEXT_GENERATE, content: image, files: { links: true } },
			},
		},
	],
} as const satisfies Service;
