import type { ModelRow, ParameterName } from '../models';
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

function withoutUnspelled(row: ModelRow, { endpoints }: Service): ModelRow {
	const isSpelled = (name: string) =>
		row.operations.some((each) => endpoints[each].parameters[name as ParameterName] !== undefined);
	const all = Object.entries(row.parameters);
	const spelled = all.filter(([name]) => isSpelled(name));
	if (spelled.length === all.length) return row;
	return { ...row, parameters: Object.fromEntries(spelled) as ModelRow['parameters'] };
}
