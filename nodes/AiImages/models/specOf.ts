import type { ModelRow, Operation, ParameterName, ParameterSpec } from './types';

/** What a row takes for a parameter under an operation. */
export function specOf(
	row: ModelRow,
	operation: Operation,
	name: ParameterName,
): ParameterSpec | undefined {
	const spec: ParameterSpec | undefined = row.parameters[name];
	const taken =
		row.operations.includes(operation) && (spec?.operations?.includes(operation) ?? true);
	return taken ? spec : undefined;
}
