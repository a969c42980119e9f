import type { ModelRow, Operation, ParameterName, ParameterSpec } from './types';

/** What a row takes for a parameter under an operation; undefined = nothing. */
export function specOf(
	row: ModelRow,
	operation: Operation,
	name: ParameterName,
): ParameterSpec | undefined {
	if (!row.operations.includes(operation)) return undefined;
	const specs = [row.parameters[name] ?? []].flat() as readonly ParameterSpec[];
	return specs.find((spec) => spec.operations?.includes(operation) ?? true);
}
