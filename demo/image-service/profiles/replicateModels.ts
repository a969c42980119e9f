import { createHash } from 'node:crypto';
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
import { moreModels } from './replicateMoreModels.ts';
import type { Field, Fields, ReplicateModel } from './replicateSchemas.ts';

/** The schemas of FLUX.1 [schnell], [dev] and Fill [pro] on Replicate. */
export const PACKAGE =
	'https://www.npmjs.com/package/all-the-public-replicate-models/v/1.352.0 (models.json)';
/** The schemas of the newer models; their pages on replicate.com do not list the choices. */
export const SCHEMAS =
	'https://github.com/genfeedai/genfeed.ai/tree/74eeadf4f9d96b287e959da1ad5a969955d13dad/apps/server/api/src/services/integrations/replicate/schemas';

const formats = choice(['webp', 'jpg', 'png'], 'webp');
const quality = integer(0, 100, 80);
const edge = nullable(integer(256, 2048));

const ratios2 = ['1:1', '16:9', '3:2', '2:3', '4:5', '5:4', '9:16', '3:4', '4:3'];
const ratios1 = ['1:1', '16:9', '21:9', '3:2', '2:3', '4:5', '5:4', '3:4', '4:3', '9:16', '9:21'];

/** https://replicate.com/black-forest-labs/flux-2-pro/versions/00b07c32e314ceb5152c1d08e73400e6a61d7d22ba60a405fc76314fc807910c/api */
const flux2Fields: Fields = {
	prompt: text,
	input_images: uris,
	aspect_ratio: choice(['match_input_image', 'custom', ...ratios2], '1:1'),
	resolution: choice(['match_input_image', '0.5 MP', '1 MP', '2 MP', '4 MP'], '1 MP'),
	width: edge,
	height: edge,
	safety_tolerance: integer(1, 5, 2),
	seed,
	output_format: formats,
	output_quality: quality,
};

function flux2(maxInputs: number, more: Fields = {}, less: readonly string[] = []): ReplicateModel {
	const fields = Object.entries({ ...flux2Fields, ...more });
	return {
		fields: Object.fromEntries(fields.filter(([name]) => !less.includes(name))),
		required: ['prompt'],
		isList: false,
		inputs: ['input_images'],
		maxInputs,
	};
}

/** What FLUX.1 [schnell] and [dev] share (PACKAGE). */
function flux1(steps: Field, more: Fields = {}): ReplicateModel {
	return {
		fields: {
			prompt: text,
			aspect_ratio: choice(ratios1, '1:1'),
			num_outputs: integer(1, 4, 1),
			num_inference_steps: steps,
			seed,
			output_format: formats,
			output_quality: quality,
			disable_safety_checker: flag(false),
			go_fast: flag(true),
			megapixels: choice(['1', '0.25'], '1'),
			...more,
		},
		required: ['prompt'],
		isList: true,
		inputs: more.image ? ['image'] : [],
		maxInputs: more.image ? 1 : 0,
		followsInput: true,
	};
}

const kontextRatios = ['match_input_image', ...ratios1, '2:1', '1:2'];
const kontext: ReplicateModel = {
	fields: {
		prompt: text,
		input_image: nullable(uri),
		aspect_ratio: choice(kontextRatios, 'match_input_image'),
		output_format: choice(['jpg', 'png'], 'png'),
		safety_tolerance: integer(0, 6, 2),
		prompt_upsampling: flag(false),
		seed: nullable(seed),
	},
	required: ['prompt'],
	isList: false,
	inputs: ['input_image'],
	maxInputs: 1,
};

const bytedanceRatios = ['1:1', '4:3', '3:4', '16:9', '9:16', '3:2', '2:3', '21:9'];
const qwenRatios = ['1:1', '16:9', '9:16', '4:3', '3:4', '3:2', '2:3'];

/** By owner and name. */
export const replicateModels: Readonly<Record<string, ReplicateModel>> = {
	...moreModels,
	'black-forest-labs/flux-2-pro': flux2(8),
	'black-forest-labs/flux-2-max': flux2(8),
	// https://replicate.com/black-forest-labs/flux-2-flex/versions/74299cd6035253a57375293dfbde8479a401f7c53b9f2eefc7b3f321fb2d8cfe/api
	'black-forest-labs/flux-2-flex': flux2(10, {
		prompt_upsampling: flag(true),
		steps: integer(1, 50, 30),
		guidance: decimal(1.5, 10, 4.5),
	}),
	// https://replicate.com/black-forest-labs/flux-2-dev/versions/7bba46bdde863cfd7aaee87649a5aa49f39f368495dbea500998d1fcbb262050/api
	'black-forest-labs/flux-2-dev': flux2(
		4,
		{
			go_fast: flag(true),
			width: nullable(integer(256, 1440)),
			height: nullable(integer(256, 1440)),
			seed: nullable(seed),
			disable_safety_checker: flag(false),
		},
		['resolution', 'safety_tolerance'],
	),
	'black-forest-labs/flux-schnell': flux1(integer(1, 4, 4)),
	'black-forest-labs/flux-dev': flux1(integer(1, 50, 28), {
		image: uri,
		prompt_strength: decimal(0, 1, 0.8),
		guidance: decimal(0, 10, 3),
	}),
	'black-forest-labs/flux-kontext-pro': kontext,
	'black-forest-labs/flux-kontext-max': kontext,
	'black-forest-labs/flux-fill-pro': {
		fields: {
			prompt: text,
			image: uri,
			mask: uri,
			outpaint: choice(
				[
					...['None', 'Zoom out 1.5x', 'Zoom out 2x', 'Make square'],
					...['Left outpaint', 'Right outpaint', 'Top outpaint', 'Bottom outpaint'],
				],
				'None',
			),
			seed,
			steps: integer(1, 50, 50),
			prompt_upsampling: flag(false),
			guidance: decimal(2, 5, 3),
			safety_tolerance: integer(1, 6, 2),
			output_format: choice(['jpg', 'png'], 'jpg'),
		},
		required: ['prompt', 'image'],
		isList: false,
		inputs: ['image'],
		maxInputs: 1,
		followsInput: true,
	},
	// https://replicate.com/bytedance/seedream-4.5/versions/9fe3b8282dcb9d9063b05e33210a1432801f7c5a6641db944baefcec4886761a/api
	'bytedance/seedream-4.5': {
		fields: {
			prompt: text,
			image_input: uris,
			size: choice(['2K', '4K', 'custom'], '2K'),
			aspect_ratio: choice(['match_input_image', ...bytedanceRatios], 'match_input_image'),
			width: integer(1024, 4096, 2048),
			height: integer(1024, 4096, 2048),
			sequential_image_generation: choice(['disabled', 'auto'], 'disabled'),
			max_images: integer(1, 15, 1),
			disable_safety_checker: flag(false),
		},
		required: ['prompt'],
		isList: true,
		inputs: ['image_input'],
		maxInputs: 14,
	},
	// https://replicate.com/qwen/qwen-image/versions/0bba9e70f78437359725e0989ead45ca8b09e6c12a070dfe9a09e6856b43a44d/api
	'qwen/qwen-image': {
		fields: {
			prompt: text,
			enhance_prompt: flag(false),
			lora_weights: nullable(text),
			replicate_weights: nullable(text),
			lora_scale: { type: 'number', default: 1 },
			extra_lora_weights: nullable({ type: 'array', items: { type: 'string' } }),
			extra_lora_scale: nullable({ type: 'array', items: { type: 'number' } }),
			image: uri,
			strength: decimal(0, 1, 0.9),
			negative_prompt: { type: 'string', default: ' ' },
			aspect_ratio: choice(qwenRatios, '16:9'),
			image_size: choice(['optimize_for_quality', 'optimize_for_speed'], 'optimize_for_quality'),
			go_fast: flag(true),
			num_inference_steps: integer(1, 50, 30),
			guidance: decimal(0, 10, 3),
			seed: nullable(seed),
			output_format: formats,
			output_quality: quality,
			disable_safety_checker: flag(false),
		},
		required: ['prompt'],
		isList: true,
		inputs: ['image'],
		maxInputs: 1,
		followsInput: true,
	},
};

/** The id of a model's only version: 64 hexadecimal digits. */
export function versionOf(name: string): string {
	return createHash('sha256').update(name).digest('hex');
}

/** The model of a version, which a request can name in three ways (REFERENCE in replicate.ts). */
export function modelOfVersion(version: string): string | undefined {
	return Object.keys(replicateModels).find((name) =>
		[name, `${name}:${versionOf(name)}`, versionOf(name)].includes(version),
	);
}
