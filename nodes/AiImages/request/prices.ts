import type { TokenPrices } from '../models';
import type { RawRequest } from './types';

/** US dollars per million tokens: those of the model's row, unless the user sets others. */
export function pricesFor({
	row,
	settings,
}: Pick<RawRequest, 'row' | 'settings'>): Partial<TokenPrices> {
	return { ...row.prices, ...settings.prices };
}
