import { prefixed } from './ids';
import { IMAGES_API, withParameters } from './imagesApi';
import type { Endpoint, Service } from './types';

/** The description that the service serves itself. */
const SPEC = 'https://api.stability.ai/v2alpha/openapi';
const REFERENCE = 'https://platform.stability.ai/docs/api-reference';
const BALANCE = 'https://www.npmjs.com/package/stability-ai/v/0.7.0 (dist/v1/user.js)';

/** What all endpoints take. */
const COMMON = {
	model: null,
	// The response is the file itself: it is shorter than its base64, and its headers say the same.
	headers: { Accept: 'image/*' },
	form: { image: 'image', images: 'image', mask: 'mask', markup: 'markup' },
	parameters: {
		prompt: 'prompt',
		negativePrompt: 'negative_prompt',
		outputFormat: 'output_format',
		seed: 'seed',
		stylePreset: 'style_preset',
	},
} as const satisfies Omit<Endpoint, 'path'>;

const CORE = {
	...COMMON,
	path: '/v2beta/stable-image/generate/core',
	parameters: { ...COMMON.parameters, aspectRatio: 'aspect_ratio' },
} as const satisfies Endpoint;

const STRENGTH = { strength: 'strength' } as const;

const ULTRA = { ...CORE, path: '/v2beta/stable-image/generate/ultra' } as const;

const SD3 = {
	...withParameters(CORE, { guidance: 'cfg_scale' }),
	path: '/v2beta/stable-image/generate/sd3',
	model: 'model',
} as const satisfies Endpoint;

const INPAINT = {
	...COMMON,
	path: '/v2beta/stable-image/edit/inpaint',
	// White is what is repainted; gray, more or less (SPEC).
	files: { mask: 'white' },
} as const satisfies Endpoint;

/** Stability AI. A request is always a form, to an endpoint for each model but Stable Diffusion. */
export const STABILITY_AI = {
	...IMAGES_API,
	displayName: 'Stability AI',
	sentenceName: 'Stability AI',
	sources: [SPEC, REFERENCE, BALANCE],
	recognizedBy: /^api\.stability\.ai\//,
	keyPage: 'https://platform.stability.ai/account/keys',
	baseUrl: 'https://api.stability.ai',
	basePath: '',
	maker: 'stabilityAi',
	models: prefixed('', ['stable-image-ultra', 'stable-image-core', 'stable-image-inpaint']),
	modelList: { ...IMAGES_API.modelList, test: '/v1/user/balance' },
	headers: {
		...IMAGES_API.headers,
		file: { 'finish-reason': 'finish_reason', seed: 'seed' },
	},
	endpoints: {
		generate: SD3,
		edit: { ...withParameters(SD3, STRENGTH), fixed: { mode: 'image-to-image' } },
	},
	limits: { imagesPerRequest: 1, inputImages: 1 },
	// Credits are not reported.
	usage: { ...IMAGES_API.usage, costs: [] },
	variants: [
		{
			for: /^stable-image-ultra$/,
			endpoints: { generate: ULTRA, edit: withParameters(ULTRA, STRENGTH) },
		},
		{ for: /^stable-image-core$/, endpoints: { generate: CORE, edit: CORE } },
		{ for: /^stable-image-inpaint$/, endpoints: { generate: INPAINT, edit: INPAINT } },
	],
} as const satisfies Service;
