import { parseSize } from '../models';
import { prefixed } from './ids';
import { IMAGES_API } from './imagesApi';
import type { Content, EmbeddedFile, Endpoint, Service } from './types';

const GUIDE = 'https://docs.bfl.ai/api_integration/integration_guidelines';
const RESULT = 'https://docs.bfl.ai/api-reference/utility/get-result.md';
const ERRORS = 'https://docs.bfl.ai/api_integration/errors.md';
/** A copy of https://api.bfl.ai/openapi.json. */
const OPENAPI =
	'https://github.com/iancaseydouglas/strange.pets.comfyui/blob/30db8eb269c0eaf38f0b06d2448e9a327554b63d/bfl_openapi.json';
const SKILL =
	'https://github.com/black-forest-labs/skills (skills/bfl-api/references/endpoints.md)';

/**
 * Each job is asked for at the regional host that took it, such as `api.us6.bfl.ai` (GUIDE). There is no
 * list of them, so the service's own domain has to do.
 */
const HOSTS = /^https:\/\/api(?:\.[a-z\d-]+)?\.bfl\.ai$/;

/** `input_image`, `input_image_2` …, each bare base64 or a link (SKILL). */
function images({ images: files }: Content) {
	const entries = files.map((file, index) => {
		return [`input_image${index === 0 ? '' : `_${index + 1}`}`, bare(file)] as const;
	});
	return Object.fromEntries(entries);
}

/** The one image of Fill, and what white shows in its mask (OPENAPI). */
function imageAndMask({ images: [image], mask }: Content) {
	return { ...(image ? { image: image.base64 } : {}), ...(mask ? { mask: mask.base64 } : {}) };
}

function bare({ url, base64 }: EmbeddedFile): unknown {
	return typeof url === 'string' ? url : base64;
}

const GENERATE = {
	path: '/{model}',
	model: null,
	parameters: {
		prompt: 'prompt',
		size: {
			fields: ['width', 'height'],
			spell: (value) => parseSize(String(value)) ?? [],
		},
		aspectRatio: 'aspect_ratio',
		steps: 'steps',
		guidance: 'guidance',
		seed: 'seed',
		outputFormat: 'output_format',
	},
	job: {
		id: 'id',
		// Always the address of the response: the global host passes requests on to others (GUIDE).
		statusUrl: 'polling_url',
		state: 'status',
		states: {
			Ready: 'done',
			Error: 'failed',
			Failed: 'failed',
			'Request Moderated': 'refused',
			'Content Moderated': 'refused',
			'Task not found': 'gone',
		},
		usage: ['cost'],
		pace: 500,
	},
} as const satisfies Endpoint;

/** Black Forest Labs, the maker of FLUX. */
export const BLACK_FOREST_LABS = {
	...IMAGES_API,
	displayName: 'Black Forest Labs',
	sentenceName: 'Black Forest Labs',
	sources: [GUIDE, RESULT, ERRORS, SKILL, OPENAPI],
	keyPage: 'https://dashboard.bfl.ai',
	recognizedBy: /^api(?:\.[a-z\d-]+)?\.bfl\.ai\//,
	baseUrl: 'https://api.bfl.ai/v1',
	origins: HOSTS,
	auth: { header: 'x-key' },
	models: prefixed('', [
		...['flux-2-max', 'flux-2-pro', 'flux-2-flex', 'flux-2-klein-9b', 'flux-2-klein-4b'],
		...['flux-kontext-max', 'flux-kontext-pro', 'flux-pro-1.0-fill'],
		...['flux-pro-1.1-ultra', 'flux-pro-1.1'],
	]),
	modelList: { ...IMAGES_API.modelList, test: '/credits' },
	endpoints: {
		generate: GENERATE,
		edit: { ...GENERATE, content: images, files: { links: true } },
	},
	limits: { imagesPerRequest: 1, inputImageBytes: 20_000_000 },
	variants: [
		{
			for: /^flux-pro-1\.0-fill$/,
			endpoints: {
				generate: GENERATE,
				edit: { ...GENERATE, content: imageAndMask, files: { mask: 'white' } },
			},
		},
	],
	results: {
		...IMAGES_API.results,
		list: 'result',
		url: 'sample',
		links: ['sample'],
	},
	// In credits, of which 100 are one US dollar (SKILL).
	usage: { ...IMAGES_API.usage, costs: [{ at: 'cost', perDollar: 100 }], alwaysHasCost: true },
} as const satisfies Service;
