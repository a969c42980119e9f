import { ApiError, invalidType, missingParameter, unsupportedValue } from './apiError.ts';
import type { ParameterRule } from './grammar.ts';
import { readSize } from './sizes.ts';

/** A checked parameter value, ready to use. */
export type Value = string | number | boolean | SvgValue;

export interface SvgValue {
	model: string | undefined;
}

const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

/**
 * Checks one value against its rule and returns it in its own type. `fromForm` values are the texts
 * of multipart parts, which stand for numbers and booleans as well.
 */
export function readValue(
	param: string,
	given: unknown,
	rule: ParameterRule,
	fromForm: boolean,
): Value {
	const value = fromForm ? fromText(given, rule) : given;
	switch (rule.kind) {
		case 'text':
			return checkText(param, asString(param, value), rule.minimum, rule.maximum);
		case 'choice': {
			const chosen = asString(param, value);
			if (!rule.values.includes(chosen)) throw unsupportedValue(param, chosen, rule.values);
			return chosen;
		}
		case 'size': {
			const chosen = asString(param, value);
			readSize(chosen, rule.sizes);
			return chosen;
		}
		case 'integer':
			return checkInteger(param, value, rule.minimum, rule.maximum);
		case 'switch':
			if (typeof value !== 'boolean') throw invalidType(param, 'a boolean', describe(value));
			return value;
		case 'svg':
			return checkSvg(value, rule.needsModel);
		case 'refused':
			throw new ApiError(400, rule.message, rule.code, param, rule.type);
		case 'images':
		case 'overlay':
			throw invalidType(param, 'a file', describe(value));
	}
}

/** Names a JSON value's type the way the API's messages do. */
export function describe(value: unknown): string {
	if (value === null || value === undefined) return 'null';
	if (Array.isArray(value)) return 'an array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal number';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function fromText(value: unknown, rule: ParameterRule): unknown {
	if (typeof value !== 'string') return value;
	if (rule.kind === 'integer' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
	if (rule.kind === 'switch' && /^(true|false)$/i.test(value)) return /^true$/i.test(value);
	return value;
}

function asString(param: string, value: unknown): string {
	if (typeof value !== 'string') throw invalidType(param, 'a string', describe(value));
	return value;
}

/** Lengths are counted in characters (code points), not in UTF-16 units. */
function checkText(param: string, value: string, minimum: number, maximum: number): string {
	const length = [...value].length;
	if (length < minimum) {
		throw new ApiError(
			400,
			`Invalid '${param}': empty string. Expected a string with minimum length ${minimum}, but got an empty string instead.`,
			'empty_string',
			param,
		);
	}
	if (length > maximum) {
		throw new ApiError(
			400,
			`Invalid '${param}': string too long. Expected a string with maximum length ${maximum}, but got a string with length ${length} instead.`,
			'string_above_max_length',
			param,
		);
	}
	return value;
}

function checkInteger(param: string, value: unknown, minimum: number, maximum: number): number {
	if (typeof value !== 'number' || !Number.isInteger(value)) {
		throw invalidType(param, 'an integer', describe(value));
	}
	if (value < minimum) {
		throw new ApiError(
			400,
			`Invalid '${param}': integer below minimum value. Expected a value >= ${minimum}, but got ${value} instead.`,
			'integer_below_min_value',
			param,
		);
	}
	if (value > maximum) {
		throw new ApiError(
			400,
			`Invalid '${param}': integer above maximum value. Expected a value <= ${maximum}, but got ${value} instead.`,
			'integer_above_max_value',
			param,
		);
	}
	return value;
}

/**
 * `{ model, reasoning?: { effort? } }`; within the object, only a generation requires `model`
 * (openai 7.57.0, `ImageGenerateParams.Svg` and `ImageEditParams.Svg`).
 */
function checkSvg(value: unknown, needsModel: boolean): SvgValue {
	const svg = asObject('svg', value);
	refuseOthers('svg', svg, ['model', 'reasoning']);
	const model = svg['model'] ?? undefined;
	if (model === undefined && needsModel) throw missingParameter('svg.model');
	if (model !== undefined) checkText('svg.model', asString('svg.model', model), 1, 256);
	const reasoning = asObject('svg.reasoning', svg['reasoning'] ?? {});
	refuseOthers('svg.reasoning', reasoning, ['effort']);
	const effort = reasoning['effort'] ?? undefined;
	if (effort !== undefined) {
		readValue('svg.reasoning.effort', effort, { kind: 'choice', values: efforts }, false);
	}
	return { model: model as string | undefined };
}

function asObject(param: string, value: unknown): Record<string, unknown> {
	if (value === null || typeof value !== 'object' || Array.isArray(value)) {
		throw invalidType(param, 'an object', describe(value));
	}
	return value as Record<string, unknown>;
}

function refuseOthers(param: string, value: Record<string, unknown>, known: string[]): void {
	const other = Object.keys(value).find((key) => !known.includes(key));
	if (other === undefined) return;
	const path = `${param}.${other}`;
	throw new ApiError(400, `Unknown parameter: '${path}'.`, 'unknown_parameter', path);
}
