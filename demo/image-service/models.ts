import { choice, integer, size, text } from './grammar.ts';
import type { Grammar, SizeRule } from './grammar.ts';
import type { TokenTariff } from './usage.ts';

/** The two operations of the API that return images. */
export type Operation = 'generate' | 'edit';

/** What an edit accepts as input pictures: how many, which types, bytes below which limit. */
export interface InputRule {
	maximumImages: number;
	types: readonly string[];
	bytesBelow: number;
	square: boolean;
}

export interface ImageModel {
	id: string;
	/** Unix time in seconds, as listed by `GET /v1/models`. */
	created: number;
	/** `YYYY-MM-DD` or null: https://developers.openai.com/api/docs/deprecations */
	shutdownDate: string | null;
	generate?: Grammar;
	edit?: Grammar;
	inputs?: InputRule;
	/** How output tokens are counted; models without usage have none. */
	tokens?: TokenTariff;
	/** Whether `background: transparent` is possible. */
	transparency: boolean;
	/** The quality for `auto`, or without one. */
	defaultQuality: string;
	/** dall-e-3 rewrites prompts and says so in `revised_prompt`. */
	revisesPrompt: boolean;
}

/**
 * Limits of the GPT Image models, from the doc comments of the official client
 * (openai 7.57.0, `resources/images.d.ts`: https://www.npmjs.com/package/openai/v/7.57.0).
 */
const common: Grammar = {
	model: text(1, 256),
	prompt: text(1, 32_000),
	n: integer(1, 10),
	background: choice('auto', 'opaque', 'transparent'),
	output_format: choice('png', 'jpeg', 'webp'),
	output_compression: integer(0, 100),
	moderation: choice('auto', 'low'),
	stream: { kind: 'switch' },
	partial_images: integer(0, 3),
	// 128: https://developers.openai.com/ko-KR/api/docs/guides/image-generation
	safety_identifier: text(0, 128),
	user: text(0, Infinity),
};

const pictures: Grammar = { image: { kind: 'images' }, mask: { kind: 'overlay' } };

const fixedSizes: SizeRule = { fixed: ['auto', '1024x1024', '1536x1024', '1024x1536'] };

/** https://developers.openai.com/api/docs/guides/image-generation, "Customize image output". */
const freeSizes: SizeRule = {
	multipleOf: 16,
	longestEdge: 3840,
	minimumPixels: 655_360,
	maximumPixels: 8_294_400,
	longestRatio: 3,
};

const threeQualities = choice('auto', 'low', 'medium', 'high');
const fiveQualities = choice('auto', 'low', 'medium', 'high', 'xhigh', 'max');

/** png, webp or jpg, each "less than 50MB", up to 16 (openai 7.57.0, `ImageEditParams.image`). */
const gptInputs: InputRule = {
	maximumImages: 16,
	types: ['image/jpeg', 'image/png', 'image/webp'],
	bytesBelow: 50_000_000,
	square: false,
};

/** The refusal recorded for models that always use high fidelity, e.g. gpt-image-2 and 2.5. */
const noFidelity = (id: string): Grammar => ({
	input_fidelity: {
		kind: 'refused',
		code: 'invalid_input_fidelity_model',
		type: 'image_generation_user_error',
		message: `The model '${id}' does not support the 'input_fidelity' parameter.`,
	},
});

/** gpt-image-1, 1.5, 1-mini and chatgpt-image-latest: three sizes, three qualities. */
function firstGeneration(
	id: string,
	created: string,
	shutdownDate: string,
	fidelities: string[],
): ImageModel {
	const generate = { ...common, size: size(fixedSizes), quality: threeQualities };
	return {
		...gptImage(id, created, shutdownDate, 'table'),
		generate,
		edit: { ...generate, ...pictures, input_fidelity: choice(...fidelities) },
	};
}

/**
 * gpt-image-2: free sizes; a transparent background "will return an error" (openai 6.49.0,
 * `ImageGenerateParams.background`), as clients have seen again since 2026-10-01.
 */
function secondGeneration(id: string): ImageModel {
	const generate = { ...common, size: size(freeSizes), quality: threeQualities };
	return {
		...gptImage(id, '2026-04-21', null, 'gpt-image-2'),
		generate,
		edit: { ...generate, ...pictures, ...noFidelity(id) },
		transparency: false,
	};
}

/** gpt-image-2.5: two more qualities and the markup overlay. */
function markupGeneration(id: string, created: string): ImageModel {
	const generate = { ...common, size: size(freeSizes), quality: fiveQualities };
	return {
		...gptImage(id, created, null, 'gpt-image-2.5'),
		generate,
		edit: { ...generate, ...pictures, ...noFidelity(id), markup: { kind: 'overlay' } },
	};
}

/**
 * gpt-image-2.6: also GIF, SVG and complexity, in both operations (openai 7.57.0).
 * https://developers.openai.com/ko-KR/api/docs/guides/image-generation
 */
function animatedGeneration(id: string): ImageModel {
	const base = markupGeneration(id, '2026-11-04');
	const more = {
		complexity: choice('low', 'medium', 'high'),
		frame_count: integer(2, 16),
		// At least 20: https://developers.openai.com/api/reference/resources/images/methods/edit.md
		frame_duration_ms: integer(20, Infinity),
		output_format: choice('png', 'jpeg', 'webp', 'gif', 'svg'),
	};
	return {
		...base,
		generate: { ...base.generate, ...more, svg: { kind: 'svg', needsModel: true } },
		edit: { ...base.edit, ...more, svg: { kind: 'svg', needsModel: false } },
	};
}

function gptImage(
	id: string,
	created: string,
	shutdownDate: string | null,
	tokens: TokenTariff,
): ImageModel {
	return {
		id,
		created: unixSeconds(created),
		shutdownDate,
		inputs: gptInputs,
		tokens,
		transparency: true,
		defaultQuality: 'high',
		revisesPrompt: false,
	};
}

/**
 * DALL·E was retired by OpenAI on 2026-05-12 and lives on as a request format of gateways. Limits:
 * openai 6.49.0, `resources/images.d.ts` (https://www.npmjs.com/package/openai/v/6.49.0).
 */
const dallE2Parameters: Grammar = {
	model: text(1, 256),
	prompt: text(1, 1000),
	n: integer(1, 10),
	size: size({ fixed: ['256x256', '512x512', '1024x1024'] }),
	quality: choice('standard'),
	response_format: choice('url', 'b64_json'),
	user: text(0, Infinity),
};

const dallE = {
	shutdownDate: '2026-05-12',
	transparency: false,
	defaultQuality: 'standard',
};

const dallE2: ImageModel = {
	...dallE,
	id: 'dall-e-2',
	created: unixSeconds('2023-11-01'),
	generate: dallE2Parameters,
	edit: { ...dallE2Parameters, ...pictures },
	inputs: { maximumImages: 1, types: ['image/png'], bytesBelow: 4_000_000, square: true },
	revisesPrompt: false,
};

const dallE3: ImageModel = {
	...dallE,
	id: 'dall-e-3',
	created: unixSeconds('2023-10-31'),
	generate: {
		...dallE2Parameters,
		prompt: text(1, 4000),
		n: integer(1, 1),
		size: size({ fixed: ['1024x1024', '1792x1024', '1024x1792'] }),
		quality: choice('standard', 'hd'),
		style: choice('vivid', 'natural'),
	},
	revisesPrompt: true,
};

/** Every image model this service serves, newest first. */
export const imageModels: readonly ImageModel[] = [
	animatedGeneration('gpt-image-2.6-sunburst'),
	animatedGeneration('gpt-image-2.6-flare'),
	markupGeneration('gpt-image-2.5-sunburst', '2026-09-08'),
	markupGeneration('gpt-image-2.5-sunburst-2026-09-08', '2026-09-08'),
	markupGeneration('gpt-image-2.5-flare', '2026-09-08'),
	markupGeneration('gpt-image-2.5-flare-2026-09-08', '2026-09-08'),
	secondGeneration('gpt-image-2'),
	secondGeneration('gpt-image-2-2026-04-21'),
	firstGeneration('gpt-image-1.5', '2025-12-16', '2026-12-01', ['low', 'high']),
	firstGeneration('gpt-image-1.5-2025-12-16', '2025-12-16', '2026-12-01', ['low', 'high']),
	firstGeneration('chatgpt-image-latest', '2025-12-16', '2026-12-01', ['low', 'high']),
	firstGeneration('gpt-image-1-mini', '2025-10-06', '2026-12-01', ['low']),
	firstGeneration('gpt-image-1', '2025-04-23', '2026-10-23', ['low', 'high']),
	dallE3,
	dallE2,
];

/** Ids of other kinds, because a client that lists models must cope with them. */
export const otherModels = [
	'gpt-5.6-terra',
	'gpt-4o-transcribe',
	'text-embedding-3-small',
	'tts-1',
];

/** Finds a model by its exact id; ids are case-sensitive, as at OpenAI. */
export function findModel(id: string): ImageModel | undefined {
	return imageModels.find((model) => model.id === id);
}

function unixSeconds(day: string): number {
	return Date.parse(`${day}T00:00:00Z`) / 1000;
}
