import { specOf, type Condition, type ParameterName } from '../models';
import { PARAMETERS } from '../models/parameters';
import { keysOf, parameterPath, reservedFields } from '../services/spelling';
import { toText } from '../values/format';
import type { RawRequest } from './types';

type RawValues = RawRequest['values'];

/**
 * Leaves out defaults that the other values do not allow, such as the number of images for an SVG.
 * The editor fills them in even then.
 */
export function withoutInapplicableDefaults({
	row,
	operation,
	values,
	atDefault,
}: RawRequest): RawValues {
	const names = Object.keys(values) as ParameterName[];
	const kept = names.filter(
		(name) => !atDefault.includes(name) || !findConflict(name, { row, operation }, values),
	);
	return Object.fromEntries(kept.map((name) => [name, values[name]]));
}

/** Values that cannot be used together, one sentence each. */
export function validateCombinations(raw: RawRequest, values: RawValues): string[] {
	const names = Object.keys(values) as ParameterName[];
	return [
		...names.flatMap((name) => findConflict(name, raw, values) ?? []),
		...raw.row.exclusions
			.filter(
				({ parameter, value, with: other }) =>
					values[parameter] === value && other.values.includes(toText(values[other.parameter])),
			)
			.map(
				({ parameter, value, with: other, because }) =>
					`${PARAMETERS[parameter].displayName}: "${value}" cannot be combined with ` +
					`${PARAMETERS[other.parameter].displayName} "${toText(values[other.parameter])}", because ${because}`,
			),
		...validateExtraFields(raw),
	];
}

/** Why a value cannot be used with the others; null = it can. */
function findConflict(
	name: ParameterName,
	{ row, operation }: Pick<RawRequest, 'row' | 'operation'>,
	values: RawValues,
): string | null {
	const spec = specOf(row, operation, name);
	const { displayName } = PARAMETERS[name];
	const refused = firstMatch(spec?.notWith, values);
	if (refused) return `${displayName}: it cannot be combined with ${refused}. Remove one of them`;
	if (spec?.requires && values[spec.requires] === undefined) {
		return `${displayName}: it needs ${displayNameOf(spec.requires)}. Fill that in, or remove it`;
	}
	const missing = Object.entries(spec?.onlyWith ?? {}).filter(
		([other, allowed]) => !hasListedValue(values[other as ParameterName], allowed),
	);
	if (missing.length === 0) return null;
	const needed = missing.map(
		([other, allowed]) => `${displayNameOf(other)} ${allowed.join(' or ')}`,
	);
	return `${displayName}: it is only possible with ${needed.join(' and ')}. Remove it, or choose that`;
}

/** The first of a condition's values that is set, with display names; null = none. */
export function firstMatch(condition: Condition = {}, values: RawValues): string | null {
	for (const [other, listed] of Object.entries(condition)) {
		const value = values[other as ParameterName];
		if (hasListedValue(value, listed)) return `${displayNameOf(other)} ${toText(value)}`;
	}
	return null;
}

/** Compares values as texts, because expressions often return texts. `jpg` is `jpeg`. */
function hasListedValue(value: unknown, listed: ReadonlyArray<string | boolean>): boolean {
	const meant = value === 'jpg' ? 'jpeg' : value;
	return listed.some((entry) => String(entry) === toText(meant));
}

function displayNameOf(parameter: string): string {
	return PARAMETERS[parameter as ParameterName].displayName;
}

/** Extra body fields are for what the node does not know. What it validates has its own fields. */
function validateExtraFields({ service, row, operation, settings, model }: RawRequest): string[] {
	const names = Object.keys(row.parameters) as ParameterName[];
	const checked = names
		.filter((name) => specOf(row, operation, name))
		.flatMap((name) => parameterPath(service, operation, name) ?? [])
		.map((path) => keysOf(path)[0] as string);
	const taken = [...reservedFields(service, operation), ...checked];
	return (
		Object.keys(settings.extraFields)
			// Forms name nested fields `svg[model]`.
			.filter((field) => taken.includes(field.replace(/\[.*$/s, '')))
			.map(
				(field) =>
					`Extra Body Fields: "${field}" has a field of its own for ${model}. Set it there, and remove it here`,
			)
	);
}
