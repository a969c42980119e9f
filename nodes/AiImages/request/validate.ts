import { z } from 'zod';
import { InvalidItem } from '../errors';
import { PRESENTATION } from '../fields/presentation';
import {
	refuseSize,
	specOf,
	type ModelRow,
	type Operation,
	type ParameterName,
	type ParameterSpec,
	type TextSpec,
} from '../models';
import { problemsOfFiles } from './files';
import type { RawRequest } from './read';

/** A request that its model takes, as far as can be known before it is sent. */
export interface ValidRequest extends Omit<RawRequest, 'values'> {
	readonly values: Readonly<Partial<Record<ParameterName, string | number>>>;
}

/**
 * Checks an item against the row of its model.
 *
 * @throws InvalidItem with all problems at once
 */
export function validate(raw: RawRequest): ValidRequest {
	const result = schemaOf(raw.row, raw.operation).safeParse(raw.values);
	const problems = result.success
		? []
		: result.error.issues.map(({ path, message }) => sentence(raw, path[0], message));
	problems.push(...problemsOfExclusions(raw), ...problemsOfFiles(raw));
	if (!raw.row.operations.includes(raw.operation)) {
		problems.unshift(
			`Model: ${raw.model} cannot ${raw.operation} images. Allowed: ${raw.row.operations.join(', ')}`,
		);
	}
	if (!result.success || problems.length) throw new InvalidItem(problems);
	return { ...raw, values: result.data };
}

/** Values that the API refuses together. */
function problemsOfExclusions({ row, values }: RawRequest): string[] {
	return row.exclusions
		.filter(
			({ parameter, value, with: other }) =>
				values[parameter] === value && other.values.includes(String(values[other.parameter])),
		)
		.map(
			({ parameter, value, with: other, because }) =>
				`${PRESENTATION[parameter].displayName}: "${value}" cannot be combined with ` +
				`${PRESENTATION[other.parameter].displayName} "${String(values[other.parameter])}", because ${because}`,
		);
}

type Schema = z.ZodType<ValidRequest['values'], z.ZodTypeDef, unknown>;

function schemaOf(row: ModelRow, operation: Operation): Schema {
	const names = Object.keys(row.parameters) as ParameterName[];
	const shape = names.flatMap((name) => {
		const spec = specOf(row, operation, name);
		return spec ? [[name, parameterSchema(spec)] as const] : [];
	});
	return z.object(Object.fromEntries(shape)).transform((values) => withoutMeaningless(row, values));
}

type Values = Partial<Record<ParameterName, string | number>>;

/** Leaves out what the chosen format has no use for, such as the compression of a PNG. */
function withoutMeaningless(row: ModelRow, values: Values): Values {
	const format = String(values.outputFormat ?? '').replace('jpg', 'jpeg');
	return Object.fromEntries(
		Object.entries(values).filter(([name, value]) => {
			const formats: readonly string[] | undefined =
				row.parameters[name as ParameterName]?.onlyForFormats;
			return value !== undefined && (!formats || formats.includes(format));
		}),
	);
}

function parameterSchema(
	spec: ParameterSpec,
): z.ZodType<string | number | undefined, z.ZodTypeDef, unknown> {
	switch (spec.kind) {
		case 'text':
			return spec.required ? textSchema(spec) : textSchema(spec).optional();
		case 'integer':
			return z.preprocess(numberFromText, integerSchema(spec.min, spec.max).optional());
		case 'choice': {
			const message = `Allowed: ${spec.values.join(', ')}`;
			return z
				.string({ message })
				.refine((value) => spec.values.includes(value), { message })
				.optional();
		}
		case 'size':
			return z
				.string({ message: 'Allowed: a text such as 1024x1024' })
				.superRefine((value, context) => {
					const message = refuseSize(value, spec);
					if (message) context.addIssue({ code: 'custom', message });
				})
				.optional();
	}
}

function textSchema({ required, maxLength = Infinity }: TextSpec): z.ZodType<string> {
	const message =
		maxLength === Infinity
			? 'Allowed: a text'
			: `Allowed: a text of up to ${maxLength.toLocaleString('en-US')} characters`;
	const empty = 'It is empty. Enter a text';
	return z
		.string({ invalid_type_error: message, required_error: empty })
		.refine((value) => !required || value.trim() !== '', empty)
		.refine((value) => value.length <= maxLength, message);
}

function integerSchema(min = -Infinity, max = Infinity): z.ZodType<number, z.ZodTypeDef, unknown> {
	const limits = min === -Infinity && max === Infinity ? '' : ` from ${min} to ${max}`;
	const message = `Allowed: a whole number${limits}`;
	return z.number({ message }).int(message).min(min, message).max(max, message);
}

/** Expressions often give numbers as texts. */
function numberFromText(value: unknown): unknown {
	return typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
}

function sentence(raw: RawRequest, name: unknown, message: string): string {
	const parameter = name as ParameterName;
	const { displayName } = PRESENTATION[parameter];
	const value = raw.values[parameter];
	if (value === undefined) return `${displayName}: ${message}`;
	return `${displayName}: ${quote(value)} is not possible with ${raw.model}. ${message}`;
}

function quote(value: unknown): string {
	const text = JSON.stringify(value) ?? String(value);
	if (text.length <= 60) return text;
	const length =
		typeof value === 'string' ? ` (${value.length.toLocaleString('en-US')} characters)` : '';
	return `${text.slice(0, 50)}…${length}`;
}
