import { specOf, type Condition, type ParameterName } from '../models';
import { PARAMETERS } from '../models/parameters';
import { fieldsIn, keysOf, parameterPaths, reservedFields } from '../services/spelling';
import { formatName, formatValue, toText } from '../values/format';
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
	mask,
	atDefault,
}: RawRequest): RawValues {
	const names = Object.keys(values) as ParameterName[];
	const kept = names.filter(
		(name) => !atDefault.includes(name) || !findConflict(name, { row, operation, mask }, values),
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
					`${nameOf(parameter)} "${value}" can't be used together with ` +
					`${nameOf(other.parameter)} "${toText(values[other.parameter])}", because ${because}`,
			),
		...validateExtraFields(raw),
	];
}

/** Why a value cannot be used with the others; null = it can. */
function findConflict(
	name: ParameterName,
	{ row, operation, mask }: Pick<RawRequest, 'row' | 'operation' | 'mask'>,
	values: RawValues,
): string | null {
	const spec = specOf(row, operation, name);
	const parameter = nameOf(name);
	const refused = firstMatch(spec?.notWith, values);
	if (refused) {
		return `${parameter} can't be used together with ${refused}. Remove or change one of them`;
	}
	if (spec?.notWithMask && mask) {
		return `${parameter} can't be used together with 'Mask'. Remove one of them`;
	}
	if (spec?.requires && values[spec.requires] === undefined) {
		const required = nameOf(spec.requires);
		return `${parameter} requires ${required}. Fill in ${required}, or remove ${parameter}`;
	}
	const missing = Object.entries(spec?.onlyWith ?? {}).filter(
		([other, allowed]) => !hasListedValue(values[other as ParameterName], allowed),
	);
	if (missing.length === 0) return null;
	const needed = missing.map(
		([other, allowed]) => `${nameOf(other)} is ${allowed.map(formatCondition).join(' or ')}`,
	);
	const others = missing.map(([other]) => nameOf(other)).join(' and ');
	return `${parameter} is only available when ${needed.join(' and ')}. Remove it, or change ${others}`;
}

/** The first of a condition's values that is set, with its parameter; null = none. */
export function firstMatch(condition: Condition = {}, values: RawValues): string | null {
	for (const [other, listed] of Object.entries(condition)) {
		const value = values[other as ParameterName];
		if (hasListedValue(value, listed)) return `${nameOf(other)} ${formatCondition(value)}`;
	}
	return null;
}

/** Compares values as texts, because expressions often return texts. `jpg` is `jpeg`. */
function hasListedValue(value: unknown, listed: ReadonlyArray<string | boolean>): boolean {
	const meant = value === 'jpg' ? 'jpeg' : value;
	return listed.some((entry) => String(entry) === toText(meant));
}

function nameOf(parameter: string): string {
	return formatName(PARAMETERS[parameter as ParameterName].displayName);
}

/** A boolean as the editor shows it, any other value as the user wrote it. */
function formatCondition(value: unknown): string {
	if (toText(value) === 'true') return 'on';
	return toText(value) === 'false' ? 'off' : formatValue(value);
}

/** Extra body fields are for what the node does not know. What it validates has its own fields. */
function validateExtraFields(raw: RawRequest): string[] {
	const { service, row, operation, settings, model, values } = raw;
	const names = Object.keys(settings.checkParameters ? row.parameters : values) as ParameterName[];
	const checked = names
		.filter((name) => specOf(row, operation, name))
		.flatMap((name) => parameterPaths(service, operation, name).map(keysOf));
	const taken = [...reservedFields(service, operation), ...checked];
	return Object.entries(settings.extraFields).flatMap(([key, value]) => {
		// Forms name nested fields `svg[model]`.
		const [, name = key, nested] = /^([^[]+)\[(\w*)\]$/.exec(key) ?? [];
		const fields = nested ? { [name]: { [nested]: value } } : { [name]: value };
		const field = fieldsIn(fields).find((keys) => taken.some((other) => overlap(keys, other)));
		if (!field) return [];
		const shown = nested === undefined ? field.join('.') : key;
		return `'Additional Body Fields' can't contain "${shown}": ${model} has its own field for it. Use that field instead`;
	});
}

/** Whether one of two fields is the other one, or leads to it. */
function overlap(one: readonly string[], other: readonly string[]): boolean {
	const length = Math.min(one.length, other.length);
	return one.slice(0, length).every((key, at) => key === other[at]);
}
