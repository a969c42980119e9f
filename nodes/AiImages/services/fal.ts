import { FAL_ENDPOINTS, FAL_LIMITS, FAL_SOURCES, FAL_VARIANTS } from './falModels';
import { prefixed } from './ids';
import { IMAGES_API } from './imagesApi';
import type { Service } from './types';

/**
 * fal, through its queue. Each model has endpoints of its own (falModels.ts); an ID that the node does
 * not know is that of an endpoint.
 */
export const FAL = {
	...IMAGES_API,
	displayName: 'fal',
	sentenceName: 'fal',
	sources: FAL_SOURCES,
	// https://fal.ai/index.md
	keyPage: 'https://fal.ai/dashboard/keys',
	// The host without a queue waits for the result.
	recognizedBy: /^(?:queue\.)?fal\.run\//,
	baseUrl: 'https://queue.fal.run',
	origins: /^https:\/\/rest\.fal\.ai$/,
	basePath: '',
	auth: { header: 'Authorization', prefix: 'Key ' },
	models: {
		...prefixed('openai/', ['gpt-image-2']),
		...prefixed('fal-ai/', ['gpt-image-1.5', 'gpt-image-1-mini', 'gpt-image-1']),
		'gemini-3-pro-image': 'fal-ai/nano-banana-pro',
		'gemini-3.1-flash-image': 'fal-ai/nano-banana-2',
		'gemini-2.5-flash-image': 'fal-ai/nano-banana',
		...prefixed('fal-ai/', ['flux-2-max', 'flux-2-pro', 'flux-2-flex']),
		'flux-2-dev': 'fal-ai/flux-2',
		'flux-2-klein-9b': 'fal-ai/flux-2/klein/9b',
		'flux-2-klein-4b': 'fal-ai/flux-2/klein/4b',
		'flux-kontext-max': 'fal-ai/flux-pro/kontext/max',
		'flux-kontext-pro': 'fal-ai/flux-pro/kontext',
		'flux-kontext-dev': 'fal-ai/flux-kontext/dev',
		'flux-pro-1.1-ultra': 'fal-ai/flux-pro/v1.1-ultra',
		'flux-pro-1.1': 'fal-ai/flux-pro/v1.1',
		'flux-1-dev': 'fal-ai/flux/dev',
		'flux-1-schnell': 'fal-ai/flux/schnell',
		'seedream-5.0-lite': 'fal-ai/bytedance/seedream/v5/lite',
		'seedream-4.5': 'fal-ai/bytedance/seedream/v4.5',
		'seedream-4.0': 'fal-ai/bytedance/seedream/v4',
		...prefixed('fal-ai/', ['qwen-image', 'qwen-image-edit']),
	},
	modelList: {
		...IMAGES_API.modelList,
		// No request has this ID. A key that is accepted gets a 404, another one a 401.
		test: '/fal-ai/flux/requests/00000000-0000-0000-0000-000000000000/status',
	},
	endpoints: FAL_ENDPOINTS,
	limits: FAL_LIMITS,
	variants: FAL_VARIANTS,
	// fal recommends its storage over data URLs
	// (https://docs.fal.ai/documentation/model-apis/fal-cdn), and names no size; small files stay private
	// within the request.
	upload: {
		inlineBytes: 256_000,
		origin: 'https://rest.fal.ai',
		path: '/storage/upload/initiate?storage_type=fal-cdn-v3',
		facts: { fileName: 'file_name', mimeType: 'content_type' },
		// Everyone who has the address can read the file, so it is deleted after a day.
		headers: { 'X-Fal-Object-Lifecycle': '{"expiration_duration_seconds":86400}' },
		target: 'upload_url',
		url: 'file_url',
	},
	results: {
		...IMAGES_API.results,
		list: 'images',
		links: ['url'],
		// The image is still there, but black.
		withheld: { has_nsfw_concepts: true },
		flags: ['has_nsfw_concepts'],
	},
} as const satisfies Service;
