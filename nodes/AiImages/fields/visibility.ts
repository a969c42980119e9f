import type { IDisplayOptions } from 'n8n-workflow';
import {
	OTHER_FAMILY,
	UNVALIDATED_MODEL,
	type Condition,
	type ModelRow,
	type ModelTable,
	type Operation,
	type ParameterName,
} from '../models';
import { PARAMETERS } from '../models/parameters';

/** Values of other fields that show or hide a field. */
export type FieldValues = NonNullable<IDisplayOptions['show']>;

/** The screens that share a field, because its spec is the same on all of them. */
export interface SharedField<Spec> {
	readonly spec: Spec;
	/** What has to be selected; one of them is enough. */
	readonly selections: readonly Selection[];
}

export interface Selection {
	/** Empty = any operation. */
	readonly operation: FieldValues;
	readonly model: FieldValues;
}

/**
 * The fields for a spec that differs by model and operation. A field that looks the same for both
 * operations exists once, and keeps its value when the user changes the operation.
 *
 * @param specFor returns undefined where there is no such field
 */
export function sharedFields<Spec>(
	table: ModelTable,
	operations: readonly Operation[],
	specFor: (row: ModelRow, operation: Operation) => Spec | undefined,
): Array<SharedField<Spec>> {
	const rows: Array<[string, ModelRow]> = [
		...Object.entries(table),
		[OTHER_FAMILY, UNVALIDATED_MODEL],
	];
	const groups = new Map<string, { spec: Spec; models: Map<Operation, string[]> }>();
	for (const operation of operations) {
		for (const [model, row] of rows) {
			const spec = specFor(row, operation);
			if (spec === undefined) continue;
			const key = JSON.stringify(spec);
			const group = groups.get(key) ?? { spec, models: new Map() };
			groups.set(key, group);
			group.models.set(operation, [...(group.models.get(operation) ?? []), model]);
		}
	}
	return [...groups.values()].map(({ spec, models }) => {
		const lists = operations.map((operation) => models.get(operation) ?? []);
		const isShared = lists.every((list) => String(list) === String(lists[0]));
		const selections = isShared
			? modelSelections(lists[0] ?? []).map((model) => ({ operation: {}, model }))
			: operations.flatMap((operation, index) =>
					modelSelections(lists[index] ?? []).map((model) => ({
						operation: { operation: [operation] },
						model,
					})),
				);
		return { spec, selections };
	});
}

/** The values with which one of the models is selected. */
function modelSelections(models: readonly string[]): FieldValues[] {
	const listed = models.filter((model) => model !== OTHER_FAMILY);
	return [
		...(listed.length ? [{ model: listed }] : []),
		...(listed.length < models.length ? [{ family: [OTHER_FAMILY] }] : []),
	];
}

/**
 * Hides what belongs to a listed model: the editor keeps the model when the user selects a family
 * without a list. If the families were shown instead, n8n would no longer reset values that the next
 * model doesn't support.
 */
export const WITHOUT_LIST: FieldValues = { family: [OTHER_FAMILY] };

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
function fromRoot(values: FieldValues): FieldValues {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [`/${name}`, value]));
}

/**
 * When a field is shown. The model comes last: at a key whose value is an expression, n8n's editor
 * stops checking and shows the field.
 */
export function visibleFor(
	{ operation, model }: Selection,
	conditions: { readonly onlyWith?: Condition | undefined; readonly hide?: FieldValues },
	isInOptions: boolean,
): IDisplayOptions {
	const main = (values: FieldValues) => (isInOptions ? fromRoot(values) : values);
	const hide = { ...(model.model ? main(WITHOUT_LIST) : {}), ...conditions.hide };
	return {
		show: { ...main(operation), ...valuesFor(conditions.onlyWith, isInOptions), ...main(model) },
		...(Object.keys(hide).length > 0 ? { hide } : {}),
	};
}
