import { IMAGES_API } from './imagesApi';
import type { Endpoint, Service } from './types';

const GENERATE_V3 = 'https://developer.ideogram.ai/api-reference/api-reference/generate-v3';
const REMIX_V3 = 'https://developer.ideogram.ai/v1/api-reference/edit-images/remix-v3.md';
const INPAINT_V3 = 'https://developer.ideogram.ai/v1/api-reference/edit-images/inpaint-v3.md';
const MASKS = 'https://developer.ideogram.ai/ideogram-api/masked-edits';

const GENERATE = {
	path: '/v1/{model}/generate',
	model: null,
	form: { image: 'image', images: 'image', mask: 'mask', markup: 'markup' },
	parameters: {
		prompt: 'prompt',
		n: 'num_images',
		aspectRatio: {
			fields: ['aspect_ratio'],
			spell: (value) => [String(value).replace(':', 'x')],
		},
		renderingSpeed: 'rendering_speed',
		seed: 'seed',
		negativePrompt: 'negative_prompt',
		magicPrompt: 'magic_prompt',
		styleType: 'style_type',
	},
} as const satisfies Endpoint;

/** Ideogram. A request is always a form, and a result always a link. */
export const IDEOGRAM = {
	...IMAGES_API,
	displayName: 'Ideogram',
	sentenceName: 'Ideogram',
	sources: [GENERATE_V3, REMIX_V3, INPAINT_V3, MASKS],
	recognizedBy: /^api\.ideogram\.ai\//,
	keyPage: 'https://ideogram.ai/manage-api',
	baseUrl: 'https://api.ideogram.ai',
	basePath: '',
	auth: { header: 'Api-Key' },
	maker: 'ideogram',
	models: {},
	// The custom models of the account, which have no API of their own.
	modelList: { ...IMAGES_API.modelList, test: '/models' },
	endpoints: {
		generate: GENERATE,
		// Black is what is repainted (MASKS). Without a mask, the whole image is.
		edit: {
			...GENERATE,
			path: '/v1/{model}/remix',
			maskPath: '/v1/{model}/inpaint',
			files: { mask: 'black' },
		},
	},
	limits: { imagesPerRequest: 8, inputImages: 1 },
	// Prices are not reported.
	usage: { ...IMAGES_API.usage, costs: [] },
	results: {
		...IMAGES_API.results,
		metadata: {
			...IMAGES_API.results.metadata,
			size: 'resolution',
			// The prompt that Magic Prompt made (GENERATE_V3).
			revisedPrompt: 'prompt',
		},
	},
} as const satisfies Service;
