import { outputTokensOf } from '../models';
import { imagePriceFor, pricesFor } from '../request/prices';
import { requestedImages, requestedPreviews } from '../request/split';
import type { ValidRequest } from '../request/types';

/** What a request costs, as far as that is known before it is sent. */
export interface CostEstimate {
	/** US dollars. */
	readonly dollars: number;
	/** Whether `dollars` includes everything. If not, the request costs at least as much. */
	readonly isComplete: boolean;
}

/**
 * Estimates the cost by what the model's maker publishes. That is incomplete if the model itself
 * chooses the size or the quality, and for edits: OpenAI does not publish how many tokens an input
 * image takes.
 */
export function estimateCost(request: ValidRequest): CostEstimate {
	const { row, operation, values } = request;
	const perPicture = imagePriceFor(request);
	if (perPicture !== null) {
		return { dollars: perPicture * requestedImages(request), isComplete: true };
	}
	const { imageOutput = 0 } = pricesFor(request);
	const perImage = outputTokensOf(row.outputTokens, values.size, values.quality);
	const previews = requestedPreviews(request) * TOKENS_PER_PREVIEW;
	const output = requestedImages(request) * ((perImage ?? 0) + previews);
	return {
		dollars: estimateText(request) + (output * imageOutput) / 1_000_000,
		isComplete: Boolean(perImage) && operation === 'generate',
	};
}

/** Estimates the cost of the prompt, in US dollars. */
export function estimateText(request: ValidRequest): number {
	const { textInput = 0 } = pricesFor(request);
	return (textTokens(String(request.values.prompt)) * textInput) / 1_000_000;
}

/** https://developers.openai.com/api/docs/guides/image-generation (section on streaming) */
const TOKENS_PER_PREVIEW = 100;

/**
 * Rather too many than too few: a token has about four characters of English, or one of a script
 * whose characters take three bytes each
 * (https://help.openai.com/en/articles/4936856-what-are-tokens-and-how-to-count-them).
 */
function textTokens(text: string): number {
	return Math.ceil(Buffer.byteLength(text) / 3);
}
