/** What each model is documented to take, stated here a second time and in its own words. */
export const families = {
	'2.6': ['gpt-image-2.6-flare', 'gpt-image-2.6-sunburst'],
	'2.5': [
		'gpt-image-2.5-flare',
		'gpt-image-2.5-flare-2026-09-08',
		'gpt-image-2.5-sunburst',
		'gpt-image-2.5-sunburst-2026-09-08',
	],
	'2': ['gpt-image-2', 'gpt-image-2-2026-04-21'],
	'1': ['gpt-image-1.5', 'gpt-image-1.5-2025-12-16', 'chatgpt-image-latest', 'gpt-image-1'],
	'1-mini': ['gpt-image-1-mini'],
	'dall-e-3': ['dall-e-3'],
	'dall-e-2': ['dall-e-2'],
} as const;

export type Family = keyof typeof families;

export const gptFamilies: Family[] = ['2.6', '2.5', '2', '1', '1-mini'];

export const gptModels = gptFamilies.flatMap((family) => [...families[family]]);

export const allModels = Object.values(families).flat();

/** [parameter, illegal value, expected code]; a value is sent along with a legal rest. */
export type Refusal = [param: string, value: unknown, code: string];

const typeErrors: Refusal[] = [
	['prompt', 7, 'invalid_type'],
	['prompt', '', 'empty_string'],
	['n', 0, 'integer_below_min_value'],
	['n', 11, 'integer_above_max_value'],
	['n', 1.5, 'invalid_type'],
	['n', '1', 'invalid_type'],
	['size', 1024, 'invalid_type'],
	['size', 'large', 'invalid_value'],
	['quality', 'best', 'invalid_value'],
	['user', 5, 'invalid_type'],
	['seed', 1, 'unknown_parameter'],
	['model', 'gpt-image-3', 'model_not_found'],
];

const gpt: Refusal[] = [
	...typeErrors,
	['prompt', 'x'.repeat(32_001), 'string_above_max_length'],
	['size', '256x256', 'invalid_value'],
	['quality', 'hd', 'invalid_value'],
	['background', 'blue', 'invalid_value'],
	['background', false, 'invalid_type'],
	['output_format', 'bmp', 'invalid_value'],
	['output_compression', 101, 'integer_above_max_value'],
	['output_compression', -1, 'integer_below_min_value'],
	['output_compression', 50, 'invalid_png_output_compression'],
	['stream', 'yes', 'invalid_type'],
	['partial_images', 4, 'integer_above_max_value'],
	['partial_images', 1, 'invalid_value'],
	['moderation', 'off', 'invalid_value'],
	['safety_identifier', 'x'.repeat(129), 'string_above_max_length'],
	['response_format', 'b64_json', 'unknown_parameter'],
	['style', 'vivid', 'unknown_parameter'],
];

const freeSizes: Refusal[] = [
	['size', '1000x1000', 'invalid_value'],
	['size', '4096x2048', 'invalid_value'],
	['size', '3840x3840', 'invalid_value'],
	['size', '768x768', 'invalid_value'],
	['size', '3200x1024', 'invalid_value'],
	['size', '1024×1024', 'invalid_value'],
];

const fixedSizes: Refusal[] = [
	['size', '1792x1024', 'invalid_value'],
	['size', '2048x2048', 'invalid_value'],
	['quality', 'xhigh', 'invalid_value'],
];

const stillOnly: Refusal[] = [
	['output_format', 'gif', 'invalid_value'],
	['output_format', 'svg', 'invalid_value'],
	['complexity', 'low', 'unknown_parameter'],
	['frame_count', 9, 'unknown_parameter'],
	['frame_duration_ms', 200, 'unknown_parameter'],
	['svg', { model: 'gpt-5.6-terra' }, 'unknown_parameter'],
];

const animated: Refusal[] = [
	['complexity', 'max', 'invalid_value'],
	['frame_count', 17, 'integer_above_max_value'],
	['frame_count', 1, 'integer_below_min_value'],
	['frame_count', 9, 'invalid_value'],
	['frame_duration_ms', 10, 'integer_below_min_value'],
	['frame_duration_ms', 200, 'invalid_value'],
];

const dallE: Refusal[] = [
	...typeErrors,
	['quality', 'high', 'invalid_value'],
	['response_format', 'png', 'invalid_value'],
	['response_format', true, 'invalid_type'],
	['size', 'auto', 'invalid_value'],
	...[
		'background',
		'output_format',
		'output_compression',
		'moderation',
		'stream',
		'partial_images',
		'safety_identifier',
		'complexity',
	].map((param): Refusal => [param, 1, 'unknown_parameter']),
];

/** Requests to generate that each family must refuse. */
export const generateRefusals: Record<Family, Refusal[]> = {
	'2.6': [
		...gpt,
		...freeSizes,
		...animated,
		['svg', 'gpt-5.6-terra', 'invalid_type'],
		['svg', { model: 'gpt-5.6-terra' }, 'invalid_value'],
		['input_fidelity', 'high', 'unknown_parameter'],
		['mask', 'x', 'unknown_parameter'],
	],
	'2.5': [...gpt, ...freeSizes, ...stillOnly, ['input_fidelity', 'high', 'unknown_parameter']],
	'2': [
		...gpt,
		...freeSizes,
		...stillOnly,
		['quality', 'xhigh', 'invalid_value'],
		['quality', 'max', 'invalid_value'],
		['background', 'transparent', 'invalid_value'],
	],
	'1': [...gpt, ...fixedSizes, ...stillOnly],
	'1-mini': [...gpt, ...fixedSizes, ...stillOnly],
	'dall-e-3': [
		...dallE,
		['prompt', 'x'.repeat(4001), 'string_above_max_length'],
		['n', 2, 'integer_above_max_value'],
		['size', '512x512', 'invalid_value'],
		['style', 'loud', 'invalid_value'],
	],
	'dall-e-2': [
		...dallE,
		['prompt', 'x'.repeat(1001), 'string_above_max_length'],
		['size', '1792x1024', 'invalid_value'],
		['quality', 'hd', 'invalid_value'],
		['style', 'vivid', 'unknown_parameter'],
	],
};

const fidelityRefused: Refusal[] = [['input_fidelity', 'high', 'invalid_input_fidelity_model']];

/** Parameters whose refusal differs when editing, in addition to those for generating. */
export const editRefusals: Record<Exclude<Family, 'dall-e-3'>, Refusal[]> = {
	'2.6': [
		...fidelityRefused,
		['output_format', 'tiff', 'invalid_value'],
		['svg', 'gpt-5.6-terra', 'invalid_type'],
		['svg', { model: 'gpt-5.6-terra' }, 'invalid_value'],
	],
	'2.5': fidelityRefused,
	'2': fidelityRefused,
	'1': [['input_fidelity', 'max', 'invalid_value']],
	'1-mini': [['input_fidelity', 'high', 'invalid_value']],
	'dall-e-2': [['input_fidelity', 'high', 'unknown_parameter']],
};
