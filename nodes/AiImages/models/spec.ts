import type { ModelRow, Operation, ParameterName, ParameterSpec } from './types';

/** The spec of a parameter for one operation; undefined if the model does not take it there. */
export function specOf(
	row: ModelRow,
	operation: Operation,
	name: ParameterName,
): ParameterSpec | undefined {
	if (!row.operations.includes(operation)) return undefined;
	const specs = [row.parameters[name] ?? []].flat() as readonly ParameterSpec[];
	return specs.find((spec) => spec.operations?.includes(operation) ?? true);
}
