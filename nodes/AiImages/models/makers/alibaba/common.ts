import type { InputImageSpec, ModelRow, ParameterSpec, SizeRule } from '../../types';

/** Prices outside of China, as of July 2026. Only images that succeed are billed. */
export const PRICING = 'https://www.alibabacloud.com/help/en/model-studio/model-pricing';

/** What all models take. */
export const SEED = {
	kind: 'integer',
	min: 0,
	max: 2_147_483_647,
} as const satisfies ParameterSpec;

/** The service cuts off what is longer. */
export const NEGATIVE_PROMPT = { kind: 'text', maxLength: 500 } as const satisfies ParameterSpec;

/** The service rewrites the prompt unless told not to. */
export const REWRITTEN = { kind: 'boolean', default: true } as const satisfies ParameterSpec;

export const WATERMARK = { kind: 'boolean', default: false } as const satisfies ParameterSpec;

/** Several images per request, up to what each model makes. */
export function upTo(perRequest: number) {
	return { kind: 'integer', min: 1, max: 10, default: 1, perRequest } as const;
}

/**
 * Limits of a size that are published as squares with the fewest and the most pixels, and as the
 * greatest ratio. The longest edge follows.
 */
export function between(fewest: number, most: number, maxRatio: number): SizeRule {
	return {
		multipleOf: 1,
		minPixels: fewest ** 2,
		maxPixels: most ** 2,
		maxEdge: Math.floor(most * Math.sqrt(maxRatio)),
		maxRatio,
	};
}

export const INPUT_IMAGES = {
	maxCount: 3,
	maxBytes: 10_000_000,
	formats: ['png', 'jpeg', 'webp', 'gif'],
} as const satisfies InputImageSpec;

/** What all rows have in common. */
export const ALIBABA = {
	maker: 'alibaba',
	shutdown: null,
	needsVerification: false,
	exclusions: [],
	inputImages: null,
	mask: null,
	markup: null,
	prices: null,
	outputTokens: null,
} as const satisfies Partial<ModelRow>;
