import { parseSize } from '../models';
import { withParameters } from './imagesApi';
import type { JobKeys } from './jobKeys';
import type { Content, Endpoint, Limits, Service, Variant } from './types';

/** Every endpoint with its parameters, and how results are asked for. */
export const CLIENT =
	'https://www.npmjs.com/package/@fal-ai/client/v/1.10.1 (src/types/endpoints.d.ts, src/queue.js)';
const KLEIN_4B = 'https://fal.ai/models/fal-ai/flux-2/klein/4b/api';
const GPT_IMAGE_2 = 'https://fal.ai/models/openai/gpt-image-2/llms.txt';
const GPT_IMAGE_2_EDIT = 'https://fal.ai/models/openai/gpt-image-2/edit/llms.txt';
/** What models refuse: a list of reasons. */
const ERRORS = 'https://fal.ai/docs/documentation/model-apis/errors.md';
/** What fails around them: a type. None of it is billed. */
const REQUEST_ERRORS = 'https://fal.ai/docs/documentation/model-apis/request-errors';
/** What is canceled before it has begun leaves the queue. */
const CANCEL = 'https://fal.ai/docs/inference-api/queue/cancel';
/** A path that a model does not have is found out by its result. */
const UNKNOWN_PATH = 'https://github.com/fal-ai/fal-js/issues/153';
/** Up to four images (of one model; the others are of the same kind). */
const COUNT = 'https://docs.kkiai.com/Other-Model-APIs/fal-ai-api/fal-ai-flux-1-dev.html';
/** The result of a request that is still being processed has status 400. */
const EARLY = 'https://github.com/storytold/artcraft (crates, polling/poll_job_response)';

export const FAL_SOURCES = [
	...[CLIENT, ERRORS, REQUEST_ERRORS, CANCEL, UNKNOWN_PATH, EARLY],
	...[COUNT, KLEIN_4B, GPT_IMAGE_2, GPT_IMAGE_2_EDIT],
] as const;

const JOB = {
	id: 'request_id',
	statusUrl: 'status_url',
	resultUrl: 'response_url',
	state: 'status',
	// Of those that failed, too: their result is an error (ERRORS, REQUEST_ERRORS).
	states: { COMPLETED: 'done' },
	// Some models refuse with a text, or with the list alone ("still being migrated", ERRORS). No other
	// problem has the status of a refused input.
	isFailure: ({ error_type: type, detail }, status) =>
		status === 422 ||
		type !== undefined ||
		Array.isArray(detail) ||
		/^Path \S+ not found$/.test(String(detail)),
	cancel: { method: 'PUT', url: 'cancel_url', states: ['IN_QUEUE'] },
	pace: 500,
} as const satisfies JobKeys;

/** A size as an object, if it is one that the model takes. */
function sizeWithin(takes: (width: number, height: number) => boolean = () => true) {
	return {
		fields: ['image_size'],
		spell: (value: unknown) => {
			const [width, height] = parseSize(String(value)) ?? [];
			const isTaken = width !== undefined && height !== undefined && takes(width, height);
			return isTaken ? [{ width, height }] : [];
		},
	};
}

/** The words and the limits of Seedream's sizes. */
function seedreamSize(words: Readonly<Record<string, string>>, maxPixels: number) {
	const { fields, spell } = sizeWithin((width, height) => width * height <= maxPixels);
	return {
		fields,
		spell: (value: unknown) => {
			const word = words[String(value)];
			return word === undefined ? spell(value) : [word];
		},
	};
}

/** Most models have some of these. */
const ENDPOINT = {
	path: '/{+model}',
	model: null,
	parameters: {
		prompt: 'prompt',
		n: 'num_images',
		size: sizeWithin(),
		aspectRatio: 'aspect_ratio',
		resolution: { at: 'resolution', words: { '512': '0.5K' } },
		outputFormat: 'output_format',
		seed: 'seed',
		negativePrompt: 'negative_prompt',
		steps: 'num_inference_steps',
		guidance: 'guidance_scale',
		thinkingLevel: 'thinking_level',
	},
	job: JOB,
} as const satisfies Endpoint;

function imageUrls({ images }: Content) {
	return { image_urls: images.map(({ url }) => url) };
}

/** Endpoints for one image have a field of their own for it. */
function imageUrl(content: Content) {
	const [first, ...others] = content.images;
	return others.length > 0 ? imageUrls(content) : { image_url: first?.url };
}

/** The endpoints of models without a variant. Most of these models have one operation. */
export const FAL_ENDPOINTS = {
	generate: ENDPOINT,
	edit: { ...ENDPOINT, content: imageUrl, files: { links: true } },
} as const satisfies Service['endpoints'];

export const FAL_LIMITS = { imagesPerRequest: 4 } as const satisfies Limits;

/** Both operations of a model whose edits take a list of images. */
function operations(
	parameters: Endpoint['parameters'],
	{ generate = '', edit = '/edit', edits = {} }: Differences = {},
): Service['endpoints'] {
	const endpoint = withParameters(ENDPOINT, parameters);
	return {
		generate: { ...endpoint, path: `${ENDPOINT.path}${generate}` },
		edit: {
			...withParameters(endpoint, edits),
			path: `${ENDPOINT.path}${edit}`,
			content: imageUrls,
			files: { links: true },
		},
	};
}

/** Where the operations of a model differ. */
interface Differences {
	/** What follows the ID in the paths. */
	readonly generate?: string;
	readonly edit?: string;
	/** Further parameters of edits. */
	readonly edits?: Endpoint['parameters'];
}

const SEEDREAM_PATHS = { generate: '/text-to-image' } as const;
const SEEDREAM_LIMITS = { ...FAL_LIMITS, inputImages: 10 } as const satisfies Limits;

/** The sizes are texts, and what is left to the model is left out. */
const GPT_IMAGE_1 = {
	size: { fields: ['image_size'], spell: (value) => (parseSize(String(value)) ? [value] : []) },
	quality: { at: 'quality', words: { auto: null } },
	background: 'background',
} as const satisfies Endpoint['parameters'];
const FIDELITY = { inputFidelity: 'input_fidelity' } as const satisfies Endpoint['parameters'];

export const FAL_VARIANTS = [
	// These make one image.
	{ for: /^fal-ai\/flux-2-(?:max|pro|flex)(?:\/edit)?$/, endpoints: operations({ n: undefined }) },
	{
		for: /^fal-ai\/flux-2(?:\/edit)?$/,
		endpoints: operations({
			size: sizeWithin((...edges) => edges.every((edge) => edge >= 512 && edge <= 2048)),
		}),
		limits: { ...FAL_LIMITS, inputImages: 4 },
	},
	{ for: /^fal-ai\/flux-2\/klein\/[49]b(?:\/edit)?$/, endpoints: operations({}) },
	{
		for: /^fal-ai\/flux-pro\/kontext(?:\/max)?(?:\/text-to-image)?$/,
		endpoints: {
			...FAL_ENDPOINTS,
			generate: { ...ENDPOINT, path: `${ENDPOINT.path}/text-to-image` },
		},
	},
	{
		for: /^fal-ai\/flux-kontext\/dev$/,
		endpoints: {
			...FAL_ENDPOINTS,
			edit: withParameters(FAL_ENDPOINTS.edit, { aspectRatio: 'resolution_mode' }),
		},
	},
	{
		for: /^fal-ai\/bytedance\/seedream\/v5\/lite(?:\/|$)/,
		endpoints: operations(
			// It scales other sizes.
			{
				...{ outputFormat: undefined, seed: undefined },
				size: seedreamSize({ '2K': 'auto_2K', '3K': 'auto_3K' }, 3072 ** 2),
			},
			SEEDREAM_PATHS,
		),
		limits: SEEDREAM_LIMITS,
	},
	{
		for: /^fal-ai\/bytedance\/seedream\/v4(?:\.5)?(?:\/|$)/,
		endpoints: operations(
			{
				outputFormat: undefined,
				size: seedreamSize({ '2K': 'auto_2K', '4K': 'auto_4K' }, 4096 ** 2),
			},
			SEEDREAM_PATHS,
		),
		limits: SEEDREAM_LIMITS,
	},
	{ for: /^fal-ai\/nano-banana(?:-pro|-2)?(?:\/edit)?$/, endpoints: operations({}) },
	{
		for: /^openai\/gpt-image-2(?:\/edit)?$/,
		endpoints: operations({ quality: GPT_IMAGE_1.quality }),
	},
	{
		for: /^fal-ai\/gpt-image-1(?:-mini|\.5)(?:\/edit)?$/,
		endpoints: operations(GPT_IMAGE_1, { edits: FIDELITY }),
	},
	{
		for: /^fal-ai\/gpt-image-1(?:\/|$)/,
		endpoints: operations(GPT_IMAGE_1, {
			...{ generate: '/text-to-image', edit: '/edit-image', edits: FIDELITY },
		}),
	},
	// Of other models, most edits take a list.
	{
		for: /\/edit(?:-image)?$/,
		endpoints: { ...FAL_ENDPOINTS, edit: { ...FAL_ENDPOINTS.edit, content: imageUrls } },
	},
] as const satisfies readonly Variant[];
