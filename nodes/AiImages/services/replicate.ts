import { prefixed } from './ids';
import { IMAGES_API } from './imagesApi';
import type { JobKeys } from './jobKeys';
import { likeliest } from './modelSchema';
import { variantOf } from './replicateInputs';
import { REPLICATE_MODELS, REPLICATE_SOURCES } from './replicateModels';
import { REPLICATE_SCHEMA } from './replicateSchema';
import type { Endpoint, Service } from './types';

const REFERENCE = 'https://replicate.com/docs/reference/http';
/** A copy of the API's description: what is uploaded, and which states a prediction has. */
const OPENAPI =
	'https://raw.githubusercontent.com/api-evangelist/replicate/refs/heads/main/openapi/replicate-openapi.yml';
const SDK = 'https://www.npmjs.com/package/replicate/v/1.4.0 (index.d.ts)';
const FILES = 'https://sdks.replicate.com/resources/files/methods/create';
/** Canceled before it has started, a prediction costs nothing. */
const DEADLINES = 'https://replicate.com/changelog/2025-10-16-prediction-deadlines';

const JOB = {
	id: 'id',
	statusUrl: 'urls.get',
	state: 'status',
	states: { succeeded: 'done', failed: 'failed', canceled: 'failed', aborted: 'failed' },
	// The words of models that run at Replicate (https://github.com/replicate/cog-stable-diffusion/pull/24),
	// and of those that other makers run.
	refusal: { at: 'error', matches: /\bNSFW\b|\bE005\b|flagged as sensitive/i },
	cancel: { method: 'POST', url: 'urls.cancel', states: ['starting'] },
	pace: 500,
} as const satisfies JobKeys;

const PREDICTION = {
	path: '/models/{+model}/predictions',
	model: null,
	parameters: likeliest(REPLICATE_SCHEMA),
	job: JOB,
} as const satisfies Endpoint;

/**
 * Replicate. Each model has its own inputs, which it publishes. Those of most models that the node
 * knows are in replicateModels.ts; for others, the node asks before it sends anything.
 */
export const REPLICATE = {
	...IMAGES_API,
	displayName: 'Replicate',
	sentenceName: 'Replicate',
	sources: [REFERENCE, OPENAPI, SDK, FILES, DEADLINES, ...REPLICATE_SOURCES],
	recognizedBy: /^api\.replicate\.com\//,
	keyPage: 'https://replicate.com/account/api-tokens',
	baseUrl: 'https://api.replicate.com/v1',
	models: {
		...prefixed('openai/', ['gpt-image-2', 'gpt-image-1.5']),
		'gemini-3-pro-image': 'google/nano-banana-pro',
		'gemini-3.1-flash-image': 'google/nano-banana-2',
		'gemini-3.1-flash-lite-image': 'google/nano-banana-2-lite',
		'gemini-2.5-flash-image': 'google/nano-banana',
		'grok-imagine-image': 'xai/grok-imagine-image',
		...prefixed('black-forest-labs/', [
			...['flux-2-max', 'flux-2-pro', 'flux-2-flex', 'flux-2-dev'],
			...['flux-2-klein-9b', 'flux-2-klein-4b'],
			...['flux-kontext-max', 'flux-kontext-pro', 'flux-kontext-dev'],
		]),
		'flux-pro-1.0-fill': 'black-forest-labs/flux-fill-pro',
		'flux-pro-1.1-ultra': 'black-forest-labs/flux-1.1-pro-ultra',
		'flux-pro-1.1': 'black-forest-labs/flux-1.1-pro',
		'flux-1-dev': 'black-forest-labs/flux-dev',
		'flux-1-schnell': 'black-forest-labs/flux-schnell',
		'seedream-5.0-pro': 'bytedance/seedream-5-pro',
		'seedream-5.0-lite': 'bytedance/seedream-5-lite',
		'seedream-4.5': 'bytedance/seedream-4.5',
		'seedream-4.0': 'bytedance/seedream-4',
		...prefixed('qwen/', ['qwen-image', 'qwen-image-edit']),
	},
	modelList: { ...IMAGES_API.modelList, test: '/account' },
	endpoints: { generate: PREDICTION, edit: { ...PREDICTION, files: { links: true } } },
	schema: REPLICATE_SCHEMA,
	variants: REPLICATE_MODELS.map((model) => variantOf(model, PREDICTION)),
	// Up to 256 kB as data URLs (OPENAPI), larger files by their own address (FILES).
	upload: { inlineBytes: 256_000, path: '/files', part: 'content', url: 'urls.get' },
	results: { ...IMAGES_API.results, list: 'output', url: 'output', links: ['output'] },
} as const satisfies Service;
