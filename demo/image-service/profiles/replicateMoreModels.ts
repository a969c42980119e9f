import {
	choice,
	decimal,
	flag,
	integer,
	nullable,
	seed,
	text,
	uri,
	uris,
} from './replicateSchemas.ts';
import type { Field, Fields, ReplicateModel } from './replicateSchemas.ts';

const bananaRatios = [
	...['match_input_image', '1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9'],
	'21:9',
];
const resolution = choice(['1K', '2K', '4K'], '1K');
const jpegOrPng = choice(['jpg', 'png'], 'jpg');

function banana(more: Fields = {}, ratios: readonly string[] = bananaRatios): ReplicateModel {
	return {
		fields: {
			prompt: text,
			image_input: uris,
			aspect_ratio: choice(ratios, 'match_input_image'),
			output_format: jpegOrPng,
			...more,
		},
		required: ['prompt'],
		isList: false,
		inputs: ['image_input'],
		maxInputs: 14,
	};
}

function gptImage(sizes: readonly string[], more: Fields = {}): ReplicateModel {
	return {
		fields: {
			prompt: text,
			openai_api_key: nullable(text),
			aspect_ratio: choice(sizes, '1:1'),
			input_images: nullable({ type: 'array', items: uri }),
			number_of_images: integer(1, 10, 1),
			quality: choice(['low', 'medium', 'high', 'auto'], 'auto'),
			background: choice(['auto', 'transparent', 'opaque'], 'auto'),
			output_compression: integer(0, 100, 90),
			output_format: choice(['png', 'jpeg', 'webp'], 'webp'),
			moderation: choice(['auto', 'low'], 'auto'),
			user_id: nullable(text),
			...more,
		},
		required: ['prompt'],
		isList: true,
		inputs: ['input_images'],
		maxInputs: 16,
	};
}

const kontextRatios = [
	...['match_input_image', '1:1', '16:9', '21:9', '3:2', '2:3', '4:5', '5:4', '3:4', '4:3'],
	...['9:16', '9:21', '2:1', '1:2'],
];
const seedreamRatios = ['1:1', '4:3', '3:4', '16:9', '9:16', '3:2', '2:3', '21:9'];
const quality = (preset: number): Field => integer(0, 100, preset);

const klein: ReplicateModel = {
	fields: {
		prompt: text,
		images: uris,
		aspect_ratio: choice(kontextRatios, '1:1'),
		output_megapixels: choice(['0.25', '0.5', '1', '2', '4'], '1'),
		seed,
		go_fast: flag(false),
		output_format: choice(['webp', 'jpg', 'png'], 'jpg'),
		output_quality: quality(95),
		disable_safety_checker: flag(false),
	},
	required: ['prompt'],
	isList: true,
	inputs: ['images'],
	maxInputs: 5,
};

/** FLUX 1.1, which redraws an image in its own way. */
function flux11(more: Fields): ReplicateModel {
	return {
		fields: {
			prompt: text,
			image_prompt: uri,
			safety_tolerance: integer(1, 6, 2),
			seed,
			...more,
		},
		required: ['prompt'],
		isList: false,
		inputs: ['image_prompt'],
		maxInputs: 1,
	};
}

/** Models whose schemas are in SCHEMAS (replicateModels.ts) unless an address is given. */
export const moreModels: Readonly<Record<string, ReplicateModel>> = {
	'google/nano-banana': banana(),
	'google/nano-banana-2-lite': banana(),
	'google/nano-banana-pro': banana({
		resolution,
		safety_filter_level: choice(
			['block_low_and_above', 'block_medium_and_above', 'block_only_high'],
			'block_only_high',
		),
	}),
	'google/nano-banana-2': banana(
		{ resolution, google_search: flag(false), image_search: flag(false) },
		[...bananaRatios, '1:4', '1:8', '4:1', '8:1'],
	),
	'openai/gpt-image-1.5': gptImage(['1:1', '3:2', '2:3'], {
		input_fidelity: choice(['low', 'high'], 'low'),
	}),
	// https://cinemasetfree.com/guides/generators/openai/gpt-image-2 lists the choices.
	'openai/gpt-image-2': gptImage([
		...['1:1', '3:2', '2:3', '16:9', '9:16', 'auto', '1024x1024', '1536x1024', '1024x1536'],
		...['2048x2048', '2048x1152', '1152x2048', '3840x2160', '2160x3840'],
	]),
	'xai/grok-imagine-image': {
		fields: {
			prompt: text,
			image: uri,
			// The choices are not published; these are those of the maker.
			aspect_ratio: choice(['1:1', '3:4', '4:3', '9:16', '16:9', '2:3', '3:2'], '1:1'),
		},
		required: ['prompt'],
		isList: false,
		inputs: ['image'],
		maxInputs: 1,
		followsInput: true,
	},
	// https://replicate.com/black-forest-labs/flux-2-klein-4b/versions/8e9c42d77b10a2a41af823ac4500f7545be6ebc4e745830fc3f3de10de200542/api
	'black-forest-labs/flux-2-klein-4b': klein,
	// As that of flux-2-klein-9b-base, but for its guidance:
	// https://replicate.com/black-forest-labs/flux-2-klein-9b-base/versions/b037b94bdba7e4a7454b68e9dc6cf8e98c83f0f216fe5474144f52f69420c95c/api
	'black-forest-labs/flux-2-klein-9b': klein,
	// PACKAGE in replicateModels.ts has it and the next one.
	'black-forest-labs/flux-1.1-pro': flux11({
		aspect_ratio: choice(['custom', ...kontextRatios.slice(1, 11)], '1:1'),
		width: integer(256, 1440),
		height: integer(256, 1440),
		prompt_upsampling: flag(false),
		output_format: choice(['webp', 'jpg', 'png'], 'webp'),
		output_quality: quality(80),
	}),
	'black-forest-labs/flux-1.1-pro-ultra': flux11({
		image_prompt_strength: decimal(0, 1, 0.1),
		aspect_ratio: choice(kontextRatios.slice(1, 12), '1:1'),
		raw: flag(false),
		output_format: jpegOrPng,
	}),
	// https://replicate.com/black-forest-labs/flux-kontext-dev/versions/a1408d2c4fd0af9bf22673accc5c066780fb26f50c70564eddf568601969aee8/api
	'black-forest-labs/flux-kontext-dev': {
		fields: {
			prompt: text,
			input_image: uri,
			aspect_ratio: choice(kontextRatios, 'match_input_image'),
			num_inference_steps: integer(4, 50, 30),
			guidance: decimal(0, 10, 2.5),
			seed: nullable(seed),
			output_format: choice(['webp', 'jpg', 'png'], 'webp'),
			output_quality: quality(80),
			disable_safety_checker: flag(false),
			go_fast: flag(true),
		},
		required: ['prompt', 'input_image'],
		isList: false,
		inputs: ['input_image'],
		maxInputs: 1,
	},
	'bytedance/seedream-5-lite': {
		fields: {
			prompt: text,
			image_input: uris,
			size: choice(['2K', '3K'], '2K'),
			aspect_ratio: choice(['match_input_image', ...seedreamRatios], 'match_input_image'),
			sequential_image_generation: choice(['disabled', 'auto'], 'disabled'),
			max_images: integer(1, 15, 1),
			output_format: choice(['png', 'jpeg'], 'png'),
		},
		required: ['prompt'],
		isList: true,
		inputs: ['image_input'],
		maxInputs: 14,
	},
	'bytedance/seedream-5-pro': {
		fields: {
			prompt: text,
			image_input: uris,
			size: choice(['1K', '2K'], '2K'),
			aspect_ratio: choice(['match_input_image', ...seedreamRatios], '1:1'),
			output_format: choice(['png', 'jpeg', 'jpg'], 'png'),
		},
		required: ['prompt'],
		isList: true,
		inputs: ['image_input'],
		maxInputs: 10,
	},
	'bytedance/seedream-4': {
		fields: {
			prompt: text,
			image_input: uris,
			size: choice(['1K', '2K', '4K', 'custom'], '2K'),
			aspect_ratio: choice(['match_input_image', ...seedreamRatios], 'match_input_image'),
			width: integer(1024, 4096, 2048),
			height: integer(1024, 4096, 2048),
			sequential_image_generation: choice(['disabled', 'auto'], 'disabled'),
			max_images: integer(1, 15, 1),
			enhance_prompt: flag(true),
		},
		required: ['prompt'],
		isList: true,
		inputs: ['image_input'],
		maxInputs: 10,
	},
	// https://replicate.com/qwen/qwen-image-edit
	'qwen/qwen-image-edit': {
		fields: {
			prompt: text,
			image: uri,
			aspect_ratio: choice(
				['1:1', '16:9', '9:16', '4:3', '3:4', 'match_input_image'],
				'match_input_image',
			),
			go_fast: flag(true),
			seed: nullable(seed),
			output_format: choice(['webp', 'jpg', 'png'], 'webp'),
			output_quality: quality(80),
			disable_safety_checker: flag(false),
		},
		required: ['prompt', 'image'],
		isList: true,
		inputs: ['image'],
		maxInputs: 1,
	},
	// A model of the community, with the inputs of https://replicate.com/stability-ai/sdxl
	'stability-ai/sdxl': {
		fields: {
			prompt: text,
			negative_prompt: { type: 'string', default: '' },
			image: uri,
			mask: uri,
			width: { type: 'integer', default: 1024 },
			height: { type: 'integer', default: 1024 },
			num_outputs: integer(1, 4, 1),
			scheduler: choice(['DDIM', 'K_EULER', 'K_EULER_ANCESTRAL', 'PNDM'], 'K_EULER'),
			num_inference_steps: integer(1, 500, 50),
			guidance_scale: decimal(1, 50, 7.5),
			prompt_strength: decimal(0, 1, 0.8),
			seed,
			disable_safety_checker: flag(false),
		},
		required: ['prompt'],
		isList: true,
		inputs: ['image'],
		maxInputs: 1,
		followsInput: true,
		isOfCommunity: true,
	},
};
