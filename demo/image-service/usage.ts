import type { ImageRequest } from './imageRequest.ts';

/** Which published counting rule a model's output tokens follow. */
export type TokenTariff = 'table' | 'gpt-image-2' | 'gpt-image-2.5';

/** Token counts of one response, in the shape of the official client's `ImagesResponse.Usage`. */
export interface Usage {
	input_tokens: number;
	input_tokens_details: { text_tokens: number; image_tokens: number };
	output_tokens: number;
	output_tokens_details: { image_tokens: number; text_tokens: number };
	total_tokens: number;
}

/** gpt-image-1, 1.5, 1-mini per 1024x1024, 1024x1536, 1536x1024: the guide's table of token counts. */
const table: Record<string, readonly [number, number, number]> = {
	low: [272, 408, 400],
	medium: [1056, 1584, 1568],
	high: [4160, 6240, 6208],
};

/**
 * Base edges of the guide's token calculator
 * (https://developers.openai.com/api/docs/guides/image-generation, "Calculating costs").
 * Nothing is published for 2.6; it is counted like 2.5 here.
 */
const bases: Record<Exclude<TokenTariff, 'table'>, Record<string, number>> = {
	'gpt-image-2': { low: 16, medium: 48, high: 96 },
	'gpt-image-2.5': { low: 16, medium: 24, high: 48, xhigh: 64, max: 96 },
};

/** Each partial image costs 100 more image output tokens (same guide, "Streaming"). */
const tokensPerPartialImage = 100;

/** Counts a response with `images` pictures; undefined for the models that report no usage. */
export function countUsage(request: ImageRequest, images: number): Usage | undefined {
	const tariff = request.model.tokens;
	if (tariff === undefined) return undefined;
	const textTokens = Math.max(1, Math.ceil([...request.prompt].length / 4));
	const imageTokens = request.images.reduce(
		(sum, { width, height }) => sum + inputTokens(width, height),
		0,
	);
	const perImage =
		outputTokens(tariff, request.quality, request.width, request.height) +
		tokensPerPartialImage * request.partialImages;
	const output = perImage * images;
	const input = textTokens + imageTokens;
	return {
		input_tokens: input,
		input_tokens_details: { text_tokens: textTokens, image_tokens: imageTokens },
		output_tokens: output,
		output_tokens_details: { image_tokens: output, text_tokens: 0 },
		total_tokens: input + output,
	};
}

/** Image output tokens of one picture of `width` × `height` pixels. */
export function outputTokens(
	tariff: TokenTariff,
	quality: string,
	width: number,
	height: number,
): number {
	if (tariff === 'table') {
		const shape = width === height ? 0 : width < height ? 1 : 2;
		return table[quality]?.[shape] ?? 0;
	}
	const base = bases[tariff][quality] ?? 0;
	const short = roundHalfEven(base / (Math.max(width, height) / Math.min(width, height)));
	return Math.ceil((base * short * (2_000_000 + width * height)) / 4_000_000);
}

/** An input picture is billed in patches of 32 × 32 pixels, at most 1536 (an unofficial estimate). */
function inputTokens(width: number, height: number): number {
	return Math.min(1536, Math.ceil(width / 32) * Math.ceil(height / 32));
}

function roundHalfEven(value: number): number {
	const floor = Math.floor(value);
	if (value - floor !== 0.5) return Math.round(value);
	return floor % 2 === 0 ? floor : floor + 1;
}
