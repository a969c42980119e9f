import type { ParameterName } from '../models';

/** Parameters that the API nests. */
export const NESTED = {
	svgModel: ['svg', 'model'],
	svgReasoningEffort: ['svg', 'reasoning', 'effort'],
} as const satisfies { readonly [Name in ParameterName]?: readonly string[] };

/** Where a parameter stands in the body: `outputFormat` → `['output_format']`. */
export function bodyPath(name: ParameterName): readonly string[] {
	const nested: Partial<Record<ParameterName, readonly string[]>> = NESTED;
	return nested[name] ?? [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
}
