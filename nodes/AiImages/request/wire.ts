import type { ParameterName } from '../models';

/** Parameters that the API nests. */
const NESTED: { readonly [Name in ParameterName]?: readonly string[] } = {
	svgModel: ['svg', 'model'],
	svgReasoningEffort: ['svg', 'reasoning', 'effort'],
};

/** Where a parameter stands in the body: `outputFormat` → `['output_format']`. */
export function wirePath(name: ParameterName): readonly string[] {
	return NESTED[name] ?? [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
}
