import type { IDisplayOptions } from 'n8n-workflow';
import {
	UNVALIDATED_MODEL,
	type Condition,
	type ModelRow,
	type ModelTable,
	type ParameterName,
} from '../models';
import { PARAMETERS } from '../models/parameters';
import { OTHER_MODEL, SAME_AS_ID, UNKNOWN_MODEL } from './model';

/** Values of other fields that show or hide a field. */
export type FieldValues = NonNullable<IDisplayOptions['show']>;

/** Models that can share a field, because they have the same spec for it. */
export interface ModelGroup<Spec> {
	readonly spec: Spec;
	/** IDs of the table, SAME_AS_ID and UNKNOWN_MODEL. */
	readonly models: string[];
}

/**
 * Groups the models by their spec.
 *
 * @param specFor returns undefined for a model that has no such field
 */
export function groupBySpec<Spec>(
	table: ModelTable,
	specFor: (row: ModelRow) => Spec | undefined,
): Array<ModelGroup<Spec>> {
	const groups = new Map<string, ModelGroup<Spec>>();
	const rows: Array<[string, ModelRow]> = [
		...Object.entries(table),
		[SAME_AS_ID, UNVALIDATED_MODEL],
		[UNKNOWN_MODEL, UNVALIDATED_MODEL],
	];
	for (const [model, row] of rows) {
		const spec = specFor(row);
		if (spec === undefined) continue;
		const key = JSON.stringify(spec);
		const group = groups.get(key) ?? { spec, models: [] };
		group.models.push(model);
		groups.set(key, group);
	}
	return [...groups.values()];
}

/** The values with which one of the models is selected: as *Model*, or as *Compatible With*. */
export function selections(models: readonly string[]): FieldValues[] {
	const inTable = models.filter((model) => model !== SAME_AS_ID && model !== UNKNOWN_MODEL);
	return [
		...(inTable.length ? [{ model: inTable }] : []),
		{ compatibleWith: [...models], model: [OTHER_MODEL] },
	];
}

/** The values that meet a condition, for a field in *Options* or for a main field. */
export function valuesFor(condition: Condition = {}, isInOptions = false): FieldValues {
	const entries = Object.entries(condition) as Array<[ParameterName, Array<string | boolean>]>;
	return Object.fromEntries(
		entries.map(([name, values]) => [
			isInOptions && PARAMETERS[name].place === 'main' ? `/${name}` : name,
			// Where the format is free text, people also enter `jpg`.
			values.flatMap((value) => (value === 'jpeg' ? [value, 'jpg'] : value)),
		]),
	);
}

/** A field in *Options* refers to main fields by their path from the root. */
export function fromRoot(values: FieldValues): FieldValues {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [`/${name}`, value]));
}
