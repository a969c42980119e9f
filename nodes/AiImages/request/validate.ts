import { z } from 'zod';
import { ValidationError } from '../errors';
import {
	sizeError,
	specOf,
	type ModelRow,
	type Operation,
	type ParameterName,
	type ParameterSpec,
	type TextSpec,
} from '../models';
import { PARAMETERS } from '../models/parameters';
import { formatCount, formatValue, toNumber } from '../values/format';
import { imagesPerRequest } from './split';
import type { RawRequest, ValidRequest, Value, Values } from './types';
import { validateCombinations, withoutInapplicableDefaults } from './validateCombinations';
import { validateFiles } from './validateFiles';
import { validateMaxCost } from './validateMaxCost';

/**
 * Validates an item against the row of its model.
 *
 * @throws ValidationError with all problems at once
 */
export function validate(raw: RawRequest): ValidRequest {
	const { row, operation } = raw;
	if (!row.operations.includes(operation)) {
		throw new ValidationError([
			`${raw.chosenBy}: ${row.displayName} cannot ${operation} images. Choose another`,
			...raw.problems,
		]);
	}
	const values = withoutInapplicableDefaults(raw);
	const result = schemaOf(row, operation, values.outputFormat === 'gif').safeParse(values);
	const problems = [
		...raw.problems,
		...(result.error?.issues ?? []).map(({ path, message }) =>
			problemOf(raw, path[0] as ParameterName, message),
		),
		...validateCombinations(raw, values),
		...validateFiles(raw),
		...validateImagesPerMinute(raw, toNumber(values.n ?? 1)),
		...validateMaxCost(raw, values.outputFormat),
	];
	if (!result.success || problems.length) throw new ValidationError(problems);
	return { ...raw, values: result.data };
}

type Schema<Result> = z.ZodType<Result, z.ZodTypeDef, unknown>;

/**
 * The schema of a row, cached.
 *
 * @param isFrame whether the size is that of one frame of an animation
 */
function schemaOf(row: ModelRow, operation: Operation, isFrame: boolean): Schema<Values> {
	const schemas = SCHEMAS.get(row) ?? new Map<string, Schema<Values>>();
	SCHEMAS.set(row, schemas);
	const key = `${operation} ${isFrame}`;
	const schema = schemas.get(key) ?? createSchema(row, operation, isFrame);
	schemas.set(key, schema);
	return schema;
}

const SCHEMAS = new WeakMap<ModelRow, Map<string, Schema<Values>>>();

function createSchema(row: ModelRow, operation: Operation, isFrame: boolean): Schema<Values> {
	const names = Object.keys(row.parameters) as ParameterName[];
	const shape = names.flatMap((name) => {
		const spec = specOf(row, operation, name);
		return spec ? [[name, parameterSchema(spec, isFrame)] as const] : [];
	});
	return z.object(Object.fromEntries(shape));
}

function parameterSchema(spec: ParameterSpec, isFrame: boolean): Schema<Value | undefined> {
	switch (spec.kind) {
		case 'text':
			return spec.required ? textSchema(spec) : textSchema(spec).optional();
		case 'integer':
			return z.preprocess(numberFromText, integerSchema(spec.min, spec.max).optional());
		case 'boolean':
			return z.preprocess(
				booleanFromText,
				z.boolean({ message: 'Allowed: true or false' }).optional(),
			);
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
					const message = sizeError(value, spec, isFrame);
					if (message) context.addIssue({ code: 'custom', message });
				})
				.optional();
	}
}

function textSchema({ required, maxLength = Infinity }: TextSpec): Schema<string> {
	const message =
		maxLength === Infinity
			? 'Allowed: a text'
			: `Allowed: a text of up to ${formatCount(maxLength)} characters`;
	const empty = 'It is empty. Enter a text';
	const text = z
		.string({ invalid_type_error: message, required_error: empty })
		.refine((value) => !required || value.trim() !== '', empty)
		.refine((value) => [...value].length <= maxLength, message);
	return z.preprocess(textFromNumber, text);
}

/** IDs are often numbers. */
function textFromNumber(value: unknown): unknown {
	return Number.isFinite(value) ? String(value) : value;
}

function integerSchema(min = -Infinity, max = Infinity): Schema<number> {
	const limits = min === -Infinity && max === Infinity ? '' : ` from ${min} to ${max}`;
	const message = `Allowed: a whole number${limits}`;
	return z
		.number({ message })
		.refine((value) => Number.isInteger(value) && value >= min && value <= max, message);
}

/** Expressions often return numbers as texts. */
function numberFromText(value: unknown): unknown {
	return typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
}

/** Expressions often return booleans as texts. */
function booleanFromText(value: unknown): unknown {
	if (value === 'true') return true;
	return value === 'false' ? false : value;
}

/** With a lower limit, the request would never fit into a minute. */
function validateImagesPerMinute(raw: RawRequest, requested: number): string[] {
	const { imagesPerMinute } = raw.settings;
	const count = imagesPerRequest(raw, requested);
	if (imagesPerMinute === 0 || !(count > imagesPerMinute)) return [];
	return [
		`Images per Minute: ${imagesPerMinute} is less than the ${count} images of one request. Raise it, or lower Number of Images`,
	];
}

function problemOf(raw: RawRequest, name: ParameterName, message: string): string {
	const { displayName } = PARAMETERS[name];
	const value = raw.values[name];
	if (value === undefined) return `${displayName}: ${message}`;
	return `${displayName}: ${formatValue(value)} is not possible with ${raw.model}. ${message}`;
}
