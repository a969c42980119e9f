import type { Operation, TokenPrices } from '../models';
import { asNumber, asRecord, type JsonRecord } from '../values/json';

/**
 * What a call cost: what the provider bills in its own words (`usage.cost` in US dollars, as
 * OpenRouter reports it: https://openrouter.ai/docs/use-cases/usage-accounting; DeepInfra and xAI in
 * other words), or from the tokens
 * that it counted.
 *
 * @param metadata the answer without its images; `svg_usage` is billed at rates that are not known here
 * @param prices US dollars per million tokens
 * @returns US dollars, or null where tokens or prices are not known
 */
export function costOf(
	metadata: JsonRecord,
	prices: Partial<TokenPrices>,
	operation: Operation,
): number | null {
	const used = asRecord(metadata.usage);
	const ticks = count(used.cost_in_usd_ticks);
	const billed =
		count(used.cost) ??
		count(used.estimated_cost) ??
		(ticks === null ? null : ticks / TICKS_PER_DOLLAR);
	if (billed !== null) return billed;
	if (metadata.svg_usage) return null;
	const input = asRecord(used.input_tokens_details);
	const output = asRecord(used.output_tokens_details);
	// A generation has no input but its text.
	const textIn =
		count(input.text_tokens) ?? (operation === 'generate' ? count(used.input_tokens) : null);
	const imageIn = count(input.image_tokens) ?? (operation === 'generate' ? 0 : null);
	const textOut = count(output.text_tokens) ?? 0;
	const allOut = count(used.output_tokens);
	const imageOut = count(output.image_tokens) ?? (allOut === null ? null : allOut - textOut);
	if (textIn === null || imageIn === null || imageOut === null) return null;
	// An image takes tokens: a server that counts none does not count.
	if (imageOut + textOut === 0) return null;
	const bills: Array<[tokens: number, price: number | null | undefined]> = [
		[textIn, prices.textInput],
		[imageIn, prices.imageInput],
		[imageOut, prices.imageOutput],
		[textOut, prices.textOutput],
	];
	let perMillion = 0;
	for (const [tokens, price] of bills) {
		if (tokens > 0 && typeof price !== 'number') return null;
		perMillion += tokens * (price ?? 0);
	}
	return perMillion / 1_000_000;
}

/** Of xAI, in a US dollar: https://docs.x.ai/docs/guides/image-generations */
const TICKS_PER_DOLLAR = 1e10;

function count(value: unknown): number | null {
	const number = asNumber(value);
	return number !== undefined && number >= 0 ? number : null;
}
