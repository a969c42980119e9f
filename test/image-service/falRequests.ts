const TYPES = 'https://www.npmjs.com/package/@fal-ai/client/v/1.10.1 (src/types/endpoints.d.ts)';
const SIZES =
	'https://github.com/fal-ai/fal/blob/0608938253c28de90e82bb6d37218d4bad76002e/projects/fal/src/fal/toolkit/image/image.py';
const FLUX_2 = 'https://fal.ai/models/fal-ai/flux-2-dev/llms.txt';
const SCHNELL = 'https://fal.ai/models/fal-ai/flux-1/schnell/llms.txt';
const ERRORS = 'https://fal.ai/docs/documentation/model-apis/errors.md';

type Row = [
	endpoint: string,
	what: string,
	fields: Record<string, unknown>,
	type: string,
	/** Where, below the body. */
	loc: Array<string | number>,
	source: string,
];

const DEV = 'fal-ai/flux/dev';
const PRO = 'fal-ai/flux-2-pro';
const ULTRA = 'fal-ai/flux-pro/v1.1-ultra';
const KONTEXT = 'fal-ai/flux-pro/kontext';
const SEEDREAM = 'fal-ai/bytedance/seedream';

/** Requests that a model refuses, each with the public document that says so. */
export const refused: Row[] = [
	[DEV, 'no prompt', { prompt: undefined }, 'missing', ['prompt'], TYPES],
	[DEV, 'a number as prompt', { prompt: 1 }, 'string_type', ['prompt'], TYPES],
	[DEV, 'a size', { size: '1024x1024' }, 'extra_forbidden', ['size'], TYPES],
	[DEV, 'n', { n: 1 }, 'extra_forbidden', ['n'], TYPES],
	[DEV, 'a model', { model: 'flux' }, 'extra_forbidden', ['model'], TYPES],
	[DEV, 'another named size', { image_size: 'square_4k' }, 'literal_error', ['image_size'], SIZES],
	[DEV, 'a written size', { image_size: '64x64' }, 'literal_error', ['image_size'], SIZES],
	[
		DEV,
		'no width',
		{ image_size: { width: 0, height: 64 } },
		'greater_than',
		['image_size', 'width'],
		SIZES,
	],
	[
		DEV,
		'too great a height',
		{ image_size: { height: 14143 } },
		'less_than_equal',
		['image_size', 'height'],
		SIZES,
	],
	[
		DEV,
		'a depth',
		{ image_size: { width: 64, height: 64, depth: 8 } },
		'extra_forbidden',
		['image_size', 'depth'],
		SIZES,
	],
	[DEV, 'webp', { output_format: 'webp' }, 'literal_error', ['output_format'], TYPES],
	[DEV, 'a text as seed', { seed: 'seven' }, 'int_type', ['seed'], TYPES],
	[DEV, 'half an image', { num_images: 1.5 }, 'int_type', ['num_images'], TYPES],
	[
		DEV,
		'an input image',
		{ image_url: 'https://example.com' },
		'extra_forbidden',
		['image_url'],
		TYPES,
	],
	[
		'fal-ai/flux/schnell',
		'13 steps',
		{ num_inference_steps: 13 },
		'less_than_equal',
		['num_inference_steps'],
		SCHNELL,
	],
	[PRO, 'several images', { num_images: 2 }, 'extra_forbidden', ['num_images'], TYPES],
	[
		PRO,
		'a number as tolerance',
		{ safety_tolerance: 2 },
		'literal_error',
		['safety_tolerance'],
		TYPES,
	],
	[PRO, 'tolerance 6', { safety_tolerance: '6' }, 'literal_error', ['safety_tolerance'], TYPES],
	[PRO, 'the size "auto"', { image_size: 'auto' }, 'literal_error', ['image_size'], TYPES],
	[PRO, 'guidance', { guidance_scale: 3 }, 'extra_forbidden', ['guidance_scale'], TYPES],
	[`${PRO}/edit`, 'no images', { image_urls: undefined }, 'missing', ['image_urls'], TYPES],
	[`${PRO}/edit`, 'an empty list', { image_urls: [] }, 'too_short', ['image_urls'], TYPES],
	[`${PRO}/edit`, 'bare base64', { image_urls: ['AAAA'] }, 'value_error', ['image_urls', 0], TYPES],
	[
		`${PRO}/edit`,
		'a damaged image',
		{ image_urls: ['data:image/png;base64,AAAA'] },
		'file_download_error',
		['image_urls', 0],
		ERRORS,
	],
	[
		'fal-ai/flux-2',
		'a narrow size',
		{ image_size: { width: 504, height: 1024 } },
		'value_error',
		['image_size'],
		TYPES,
	],
	[
		'fal-ai/flux-2',
		'three steps',
		{ num_inference_steps: 3 },
		'greater_than_equal',
		['num_inference_steps'],
		FLUX_2,
	],
	[
		'fal-ai/flux-2',
		'guidance 21',
		{ guidance_scale: 21 },
		'less_than_equal',
		['guidance_scale'],
		FLUX_2,
	],
	[
		'fal-ai/flux-2/edit',
		'the size "auto"',
		{ image_size: 'auto' },
		'literal_error',
		['image_size'],
		TYPES,
	],
	[KONTEXT, 'a size', { image_size: 'square' }, 'extra_forbidden', ['image_size'], TYPES],
	[KONTEXT, 'another ratio', { aspect_ratio: '5:4' }, 'literal_error', ['aspect_ratio'], TYPES],
	[KONTEXT, 'no image', { image_url: undefined }, 'missing', ['image_url'], TYPES],
	[ULTRA, 'a size', { image_size: 'square' }, 'extra_forbidden', ['image_size'], TYPES],
	[
		ULTRA,
		'a strength above 1',
		{ image_prompt_strength: 2 },
		'less_than_equal',
		['image_prompt_strength'],
		TYPES,
	],
	[
		`${SEEDREAM}/v4/text-to-image`,
		'a small size',
		{ image_size: { width: 64, height: 64 } },
		'value_error',
		['image_size'],
		TYPES,
	],
	[
		`${SEEDREAM}/v4.5/text-to-image`,
		'a small size',
		{ image_size: { width: 1024, height: 1024 } },
		'value_error',
		['image_size'],
		TYPES,
	],
	[
		`${SEEDREAM}/v4.5/text-to-image`,
		'the mode of 4.0',
		{ enhance_prompt_mode: 'fast' },
		'extra_forbidden',
		['enhance_prompt_mode'],
		TYPES,
	],
	[
		`${SEEDREAM}/v4.5/text-to-image`,
		'a format',
		{ output_format: 'png' },
		'extra_forbidden',
		['output_format'],
		TYPES,
	],
	[`${SEEDREAM}/v4/edit`, '16 images', { max_images: 15 }, 'value_error', ['max_images'], TYPES],
	[
		'fal-ai/qwen-image',
		'four LoRAs',
		{ loras: [1, 2, 3, 4].map(() => ({ path: 'https://example.com' })) },
		'too_long',
		['loras'],
		TYPES,
	],
	[
		'fal-ai/qwen-image-edit',
		'several images',
		{ image_urls: [] },
		'extra_forbidden',
		['image_urls'],
		TYPES,
	],
];
