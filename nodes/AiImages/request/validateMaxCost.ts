import type { TokenPrices } from '../models';
import { OPTIONS } from '../options/table';
import { servicesReportingCost } from '../services/support';
import { pricesFor } from './prices';
import type { RawRequest } from './types';

/** A cap can only be kept if the node can tell what the images cost. */
export function validateMaxCost(raw: RawRequest, outputFormat: unknown): string[] {
	return raw.settings.maxCost === 0 ? [] : unknownPrices(raw, outputFormat);
}

/** Why the node can't tell what a request is going to cost, as one sentence; empty = it can. */
export function unknownPrices(
	raw: Omit<RawRequest, 'values' | 'problems'>,
	outputFormat: unknown,
): string[] {
	if (raw.service.usage.alwaysHasCost) return [];
	if (outputFormat === 'svg') {
		return [
			"'Max Cost per Run' can't be used for SVG images, because the node doesn't know the prices of the SVG model. Choose another 'Output Format', or remove 'Max Cost per Run'",
		];
	}
	if (raw.row.imagePrices) return [];
	const prices = pricesFor(raw);
	const missing = OPTIONS.prices.tokens
		.filter(({ value }) => BILLED[raw.operation].includes(value) && prices[value] === undefined)
		.map(({ name }) => name);
	if (missing.length === 0) return [];
	const reporting = servicesReportingCost(raw);
	const change = reporting && `Use a credential for ${reporting}, where the cost is reported, add`;
	return [
		`'Max Cost per Run' needs the prices of ${raw.model}, which aren't known. ${change || 'Add'} ${missing.join(' and ')} to 'Token Prices' in Options, or remove 'Max Cost per Run'`,
	];
}

/** The tokens that every request is billed for. */
const BILLED: Readonly<Record<RawRequest['operation'], ReadonlyArray<keyof TokenPrices>>> = {
	generate: ['textInput', 'imageOutput'],
	edit: ['textInput', 'imageInput', 'imageOutput'],
};
