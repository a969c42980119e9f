import type { Operation, TokenPrices } from '../models';
import { imagePriceFor, pricesFor } from '../request/prices';
import type { ValidRequest } from '../request/types';
import { valueAt } from '../services/spelling';
import type { Metadata } from '../services/types';
import type { UsageKeys, UsagePlace } from '../services/usageKeys';
import { asNumber } from '../values/json';
import { combineMetadata } from './usage';

/** What a call reports: about each of its images, downloaded or not, and about all together. */
interface ReportedUsage {
	readonly images: ReadonlyArray<{ readonly metadata: Metadata }>;
	readonly links: ReadonlyArray<{ readonly metadata: Metadata }>;
	readonly metadata: Metadata;
}

/** The cost of all images of a call in US dollars; null if tokens or prices are unknown. */
export function callCost(
	{ images, links, metadata }: ReportedUsage,
	request: ValidRequest,
): number | null {
	const all = [...images, ...links];
	const reported = combineMetadata(all, metadata);
	const { operation, service } = request;
	return (
		costOf(reported, pricesFor(request), operation, service.usage) ??
		costByImages(imagePriceFor(request), all.length)
	);
}

/** @param price US dollars for each image; null = unknown */
export function costByImages(price: number | null, count: number): number | null {
	return price === null ? null : price * count;
}

/**
 * The cost of a call: what the provider itself reports, or token counts times prices.
 *
 * @param prices US dollars per million tokens
 * @returns US dollars; null if tokens or prices are unknown
 */
export function costOf(
	{ usage, svgUsage }: Metadata,
	prices: Partial<TokenPrices>,
	operation: Operation,
	keys: UsageKeys,
): number | null {
	for (const { at, perDollar } of keys.costs) {
		const cost = countAt(usage, at);
		if (cost !== null) return plausible(cost / perDollar);
	}
	if (svgUsage) return null;
	// A generation has no input but its text.
	const isGeneration = operation === 'generate';
	const textIn =
		countAt(usage, keys.inputTextTokens) ??
		(isGeneration ? countAt(usage, keys.inputTokens) : null);
	const imageIn = countAt(usage, keys.inputImageTokens) ?? (isGeneration ? 0 : null);
	const textOut = countAt(usage, keys.outputTextTokens) ?? 0;
	const allOut = countAt(usage, keys.outputTokens);
	const imageOut =
		countAt(usage, keys.outputImageTokens) ?? (allOut === null ? null : allOut - textOut);
	if (textIn === null || imageIn === null || imageOut === null || imageOut < 0) return null;
	// An image takes tokens. A provider that reports none does not count them.
	if (imageOut + textOut === 0) return null;
	const charges: Array<[tokens: number, price: number | null | undefined]> = [
		[textIn, prices.textInput],
		[imageIn, prices.imageInput],
		[imageOut, prices.imageOutput],
		[textOut, prices.textOutput],
	];
	let perMillion = 0;
	for (const [tokens, price] of charges) {
		if (tokens > 0 && typeof price !== 'number') return null;
		perMillion += tokens * (price ?? 0);
	}
	return plausible(perMillion / 1_000_000);
}

/** To a millionth of a dollar, a thousandth of the price of a small image. */
export function roundedDollars(dollars: number): number {
	return Math.round(dollars * 1_000_000) / 1_000_000;
}

/** Numbers beyond it are no costs. */
const MAX_DOLLARS = 1_000_000;

function plausible(dollars: number): number | null {
	return dollars <= MAX_DOLLARS ? dollars : null;
}

function countAt(usage: unknown, place: UsagePlace): number | null {
	const number = asNumber(typeof place === 'string' ? valueAt(usage, place) : place(usage));
	return number !== undefined && number >= 0 ? number : null;
}
