import {
	choice,
	FORMAT,
	freeSize,
	ratioOfSize,
	seedreamSize,
	sizes,
	within,
	type ModelInputs,
} from './replicateInputs';

/** The inputs of FLUX.1 models. */
const PACKAGE = 'https://www.npmjs.com/package/all-the-public-replicate-models/v/1.352.0';
/** Those of newer models. */
const SCHEMAS =
	'https://github.com/genfeedai/genfeed.ai/tree/aabf92caa75f55e67e50d45e4d3c04c2a9b49e4e/apps/server/api/src/services/integrations/replicate/schemas';
const FLUX_2_PRO =
	'https://replicate.com/black-forest-labs/flux-2-pro/versions/00b07c32e314ceb5152c1d08e73400e6a61d7d22ba60a405fc76314fc807910c/api';
const FLUX_2_FLEX =
	'https://replicate.com/black-forest-labs/flux-2-flex/versions/74299cd6035253a57375293dfbde8479a401f7c53b9f2eefc7b3f321fb2d8cfe/api';
const FLUX_2_DEV =
	'https://replicate.com/black-forest-labs/flux-2-dev/versions/7bba46bdde863cfd7aaee87649a5aa49f39f368495dbea500998d1fcbb262050/api';
const FLUX_2_KLEIN =
	'https://replicate.com/black-forest-labs/flux-2-klein-4b/versions/8e9c42d77b10a2a41af823ac4500f7545be6ebc4e745830fc3f3de10de200542/api';
const KONTEXT_DEV =
	'https://replicate.com/black-forest-labs/flux-kontext-dev/versions/a1408d2c4fd0af9bf22673accc5c066780fb26f50c70564eddf568601969aee8/api';
const SEEDREAM_45 =
	'https://replicate.com/bytedance/seedream-4.5/versions/9fe3b8282dcb9d9063b05e33210a1432801f7c5a6641db944baefcec4886761a/api';
/** With the choices of Seedream 5.0 Lite and of GPT Image 2. */
const CHOICES = 'https://cinemasetfree.com/guides/generators/bytedance/seedream-5-lite';
const QWEN =
	'https://replicate.com/qwen/qwen-image/versions/0bba9e70f78437359725e0989ead45ca8b09e6c12a070dfe9a09e6856b43a44d/api';

export const REPLICATE_SOURCES = [
	...[PACKAGE, SCHEMAS, FLUX_2_PRO, FLUX_2_FLEX, FLUX_2_DEV, FLUX_2_KLEIN, KONTEXT_DEV],
	...[SEEDREAM_45, CHOICES, QWEN],
];

const FLUX_2 = {
	images: 'input_images',
	withoutSize: { aspect_ratio: 'match_input_image', resolution: 'match_input_image' },
} as const;

const RATIO = { aspectRatio: 'aspect_ratio' } as const;

const FLUX_1 = {
	parameters: {
		n: 'num_outputs',
		size: ratioOfSize([
			...['1:1', '16:9', '21:9', '3:2', '2:3', '4:5', '5:4', '3:4', '4:3', '9:16', '9:21'],
		]),
		steps: 'num_inference_steps',
		seed: 'seed',
		outputFormat: FORMAT,
	},
	limits: { imagesPerRequest: 4 },
} as const;

const KONTEXT = {
	image: 'input_image',
	parameters: { ...RATIO, seed: 'seed', outputFormat: FORMAT },
} as const;

const SEEDREAM = { images: 'image_input' } as const;

/** They have the ratio of an input image unless told otherwise. */
const NANO_BANANA = { images: 'image_input', parameters: RATIO } as const;
const RESOLUTION = { resolution: choice('resolution', ['1K', '2K', '4K']) };

const GPT_IMAGE_SIZES = {
	'1024x1024': ['1:1'],
	'1536x1024': ['3:2'],
	'1024x1536': ['2:3'],
} as const;

const GPT_IMAGE = {
	images: 'input_images',
	parameters: {
		n: 'number_of_images',
		quality: choice('quality', ['auto', 'low', 'medium', 'high']),
		background: 'background',
		outputFormat: choice('output_format', ['png', 'jpeg', 'webp']),
		outputCompression: 'output_compression',
		moderation: 'moderation',
		user: 'user_id',
	},
	limits: { imagesPerRequest: 10 },
} as const;

/** The inputs of each model that the node knows, and that is published. */
export const REPLICATE_MODELS: readonly ModelInputs[] = [
	{
		...FLUX_2,
		for: /^black-forest-labs\/flux-2-(?:pro|max)$/,
		parameters: { size: freeSize(16, 256, 2048), seed: 'seed', outputFormat: FORMAT },
	},
	{
		...FLUX_2,
		for: /^black-forest-labs\/flux-2-flex$/,
		parameters: {
			size: freeSize(32, 256, 2048),
			steps: 'steps',
			guidance: 'guidance',
			seed: 'seed',
			outputFormat: FORMAT,
		},
	},
	{
		images: 'input_images',
		for: /^black-forest-labs\/flux-2-dev$/,
		parameters: { size: freeSize(32, 256, 1440), seed: 'seed', outputFormat: FORMAT },
		limits: { inputImages: 4 },
		withoutSize: { aspect_ratio: 'match_input_image' },
	},
	{
		images: 'images',
		for: /^black-forest-labs\/flux-2-klein-4b$/,
		// Its other ratios are not published where their number of pixels is.
		parameters: {
			size: sizes(['aspect_ratio'], { '1024x1024': ['1:1'] }),
			seed: 'seed',
			outputFormat: FORMAT,
		},
		withoutSize: { aspect_ratio: 'match_input_image' },
	},
	{ ...KONTEXT, for: /^black-forest-labs\/flux-kontext-(?:pro|max)$/ },
	{
		...KONTEXT,
		for: /^black-forest-labs\/flux-kontext-dev$/,
		parameters: { ...KONTEXT.parameters, steps: 'num_inference_steps', guidance: 'guidance' },
	},
	{
		for: /^black-forest-labs\/flux-fill-pro$/,
		image: 'image',
		mask: 'mask',
		parameters: {
			steps: 'steps',
			guidance: within('guidance', 2, 5),
			seed: 'seed',
			outputFormat: FORMAT,
		},
	},
	{
		for: /^black-forest-labs\/flux-1\.1-pro-ultra$/,
		parameters: { ...RATIO, seed: 'seed', outputFormat: FORMAT },
	},
	{
		for: /^black-forest-labs\/flux-1\.1-pro$/,
		parameters: { size: freeSize(32, 256, 1440), seed: 'seed', outputFormat: FORMAT },
	},
	{
		...FLUX_1,
		for: /^black-forest-labs\/flux-dev$/,
		image: 'image',
		parameters: { ...FLUX_1.parameters, guidance: 'guidance' },
	},
	{ ...FLUX_1, for: /^black-forest-labs\/flux-schnell$/ },
	{
		...SEEDREAM,
		for: /^bytedance\/seedream-5-pro$/,
		parameters: { size: choice('size', ['1K', '2K']), outputFormat: 'output_format' },
		// Without a ratio, the result would be square.
		edit: {
			size: sizes(['size', 'aspect_ratio'], {
				'1K': ['1K', 'match_input_image'],
				'2K': ['2K', 'match_input_image'],
			}),
			outputFormat: 'output_format',
		},
	},
	{
		...SEEDREAM,
		for: /^bytedance\/seedream-5-lite$/,
		parameters: { size: choice('size', ['2K', '3K']), outputFormat: 'output_format' },
	},
	{
		...SEEDREAM,
		for: /^bytedance\/seedream-4\.5$/,
		parameters: { size: seedreamSize(['2K', '4K']) },
	},
	{
		...SEEDREAM,
		for: /^bytedance\/seedream-4$/,
		parameters: { size: seedreamSize(['1K', '2K', '4K']) },
		limits: { inputImages: 10 },
	},
	{ ...NANO_BANANA, for: /^google\/nano-banana(?:-2-lite)?$/ },
	{
		...NANO_BANANA,
		for: /^google\/nano-banana-(?:pro|2)$/,
		parameters: { ...RATIO, ...RESOLUTION },
	},
	{
		...GPT_IMAGE,
		for: /^openai\/gpt-image-1\.5$/,
		parameters: {
			...GPT_IMAGE.parameters,
			size: sizes(['aspect_ratio'], GPT_IMAGE_SIZES),
			inputFidelity: 'input_fidelity',
		},
	},
	{
		...GPT_IMAGE,
		for: /^openai\/gpt-image-2$/,
		parameters: {
			...GPT_IMAGE.parameters,
			size: choice('aspect_ratio', [
				...['auto', '1024x1024', '1536x1024', '1024x1536', '2048x2048', '2048x1152'],
				...['1152x2048', '3840x2160', '2160x3840'],
			]),
		},
	},
	{
		for: /^qwen\/qwen-image$/,
		image: 'image',
		parameters: {
			// The sizes of the default, `optimize_for_quality`.
			size: sizes(['aspect_ratio'], {
				'1328x1328': ['1:1'],
				'1664x928': ['16:9'],
				'928x1664': ['9:16'],
				'1472x1104': ['4:3'],
				'1104x1472': ['3:4'],
				'1584x1056': ['3:2'],
				'1056x1584': ['2:3'],
			}),
			negativePrompt: 'negative_prompt',
			steps: 'num_inference_steps',
			guidance: 'guidance',
			seed: 'seed',
		},
	},
	// An edit ignores the ratio.
	{
		for: /^xai\/grok-imagine-image$/,
		image: 'image',
		parameters: RATIO,
		edit: {},
	},
];
