import type { TokenPrices } from '../models';
import type { RawRequest, ValidRequest } from './types';

/** US dollars per million tokens: those of the model's row, unless the user sets others. */
export function pricesFor({
	row,
	settings,
}: Pick<RawRequest, 'row' | 'settings'>): Partial<TokenPrices> {
	return { ...row.prices, ...settings.prices };
}

/** US dollars for each image of a request; null if its maker publishes none, or bills by tokens. */
export function imagePriceFor({
	row,
	values,
	images,
}: Pick<ValidRequest, 'row' | 'values' | 'images'>): number | null {
	const { by, perImage, perInputImage = 0 } = row.imagePrices ?? {};
	const price = perImage?.[(by ?? []).map((name) => String(values[name])).join(' ')];
	return price === undefined ? null : price + perInputImage * images.length;
}
