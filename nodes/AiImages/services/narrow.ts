import type { ModelRow, Operation, ParameterName, ParameterSpec } from '../models';
import { parameterPath } from './spelling';
import type { Service } from './types';

/**
 * What a model takes when it is reached through a service: only what the service can spell. The
 * result is the row itself if the service can spell everything.
 */
export function narrow(row: ModelRow, service: Service): ModelRow {
	const rows = NARROWED.get(service) ?? new WeakMap<ModelRow, ModelRow>();
	NARROWED.set(service, rows);
	const narrowed = rows.get(row) ?? withoutUnspelled(row, service);
	rows.set(row, narrowed);
	return narrowed;
}

/** Schemas are cached by row, so each pair of model and service has one. */
const NARROWED = new WeakMap<Service, WeakMap<ModelRow, ModelRow>>();

function withoutUnspelled(row: ModelRow, service: Service): ModelRow {
	const all = Object.entries(row.parameters) as Array<[ParameterName, Specs]>;
	const spelled = all.flatMap(([name, specs]): typeof all => {
		const operations = row.operations.filter((each) => parameterPath(service, each, name));
		if (operations.length === row.operations.length) return [[name, specs]];
		return operations.length > 0 ? [[name, forOperations(specs, operations)]] : [];
	});
	const isWhole =
		spelled.length === all.length && spelled.every(([, specs], at) => specs === all[at]?.[1]);
	if (isWhole) return row;
	return { ...row, parameters: Object.fromEntries(spelled) as ModelRow['parameters'] };
}

type Specs = ParameterSpec | readonly ParameterSpec[];

/** The specs without the operations that the service cannot spell the parameter for. */
function forOperations(specs: Specs, operations: readonly Operation[]): ParameterSpec[] {
	return [specs].flat().map((spec) => ({
		...spec,
		operations: operations.filter((each) => spec.operations?.includes(each) ?? true),
	}));
}
