import { z } from 'zod';
import { ValidationError } from '../errors';
import {
	MODELS,
	sizeError,
	specOf,
	type ModelRow,
	type Operation,
	type ParameterName,
	type ParameterSpec,
	type TextSpec,
} from '../models';
import { PARAMETERS } from '../models/parameters';
import { formatCount, formatName, toNumber } from '../values/format';
import { isResumed, resume } from './resume';
import { imagesPerRequest } from './split';
import type { RawRequest, ValidRequest, Value, Values } from './types';
import { validateCombinations, withoutInapplicableDefaults } from './validateCombinations';
import { validateFiles } from './validateFiles';
import { validateMaxCost } from './validateMaxCost';
import { validateService } from './validateService';
import { valueIsNot } from './valueIsNot';

/**
 * Validates an item against the row of its model.
 *
 * @throws ValidationError with all problems at once
 */
export function validate(raw: RawRequest): ValidRequest {
	const { row, operation } = raw;
	if (isResumed(raw.settings)) return resume(raw);
	if (!row.operations.includes(operation)) {
		throw new ValidationError([
			`${formatName(raw.chosenBy)}: ${row.displayName} can't ${operation} images. Choose another model`,
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
		...validateService(raw),
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
		case 'number':
			return z.preprocess(numberFromText, numberSchema(spec.min, spec.max).optional());
		case 'boolean':
			return z.preprocess(booleanFromText, z.boolean({ message: 'Use true or false' }).optional());
		case 'choice': {
			const message = `Use one of: ${spec.values.join(', ')}`;
			return z
				.string({ message })
				.refine((value) => spec.values.includes(value), { message })
				.optional();
		}
		case 'size':
			return z
				.string({ message: 'Use a string such as 1024x1024' })
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
			? 'Use a string'
			: `Use a string of up to ${formatCount(maxLength)} characters`;
	const text = z
		.string({ invalid_type_error: message, required_error: EMPTY })
		.refine((value) => !required || value.trim() !== '', EMPTY)
		.refine((value) => [...value].length <= maxLength, message);
	return z.preprocess(textFromNumber, text);
}

/** Describes a required text that is missing, or has nothing but white space. */
const EMPTY = 'is empty';

/** IDs are often numbers. */
function textFromNumber(value: unknown): unknown {
	return Number.isFinite(value) ? String(value) : value;
}

function integerSchema(min = -Infinity, max = Infinity): Schema<number> {
	const limits = min === -Infinity && max === Infinity ? '' : ` from ${min} to ${max}`;
	const message = `Use a whole number${limits}`;
	return z
		.number({ message })
		.refine((value) => Number.isInteger(value) && value >= min && value <= max, message);
}

function numberSchema(min = -Infinity, max = Infinity): Schema<number> {
	const limits = min === -Infinity && max === Infinity ? '' : ` from ${min} to ${max}`;
	const message = `Use a number${limits}`;
	return z.number({ message }).refine((value) => value >= min && value <= max, message);
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
		`'Images per Minute' ${imagesPerMinute} is too low for a request of ${count} images. Increase it, or lower 'Number of Images'`,
	];
}

function problemOf(raw: RawRequest, name: ParameterName, message: string): string {
	const parameter = formatName(PARAMETERS[name].displayName);
	const value = raw.values[name];
	if (message === EMPTY || value === undefined) return `${parameter} ${message}`;
	const problem = `${valueIsNot(raw, name)} supported by ${raw.model}. ${message}`;
	return isSupportedElsewhere(name, value)
		? `${problem}. It might be left over from another model`
		: problem;
}

/** The editor keeps a value that was chosen for another model. */
function isSupportedElsewhere(name: ParameterName, value: unknown): boolean {
	return Object.values(MODELS).some((row) =>
		row.operations.some((operation) => {
			const spec = specOf(row, operation, name);
			if (typeof value !== 'string' || !spec) return false;
			return 'values' in spec && spec.values.includes(value);
		}),
	);
}
