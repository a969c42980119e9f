import type { ParameterName } from '../models';
import { PARAMETERS } from '../models/parameters';
import { formatName, formatValue } from '../values/format';
import type { RawRequest } from './types';

/** The beginning of a sentence about a value that can't be sent, with the fields that hold it. */
export function valueIsNot({ sizeBy, values }: RawRequest, name: ParameterName): string {
	const value = formatValue(values[name]);
	if (name !== 'size' || !sizeBy) {
		return `${formatName(PARAMETERS[name].displayName)} ${value} isn't`;
	}
	return sizeBy === 'custom'
		? `'Width' and 'Height' ${value} aren't`
		: `The size ${value} for this 'Aspect Ratio' and 'Resolution' isn't`;
}
