import type { z } from 'zod';
import { Refusal } from './profile.ts';

/** The shape of what a model refuses. */
export const ERRORS = 'https://fal.ai/docs/documentation/model-apis/errors.md';
/** The shape of what the platform refuses. */
export const REQUEST_ERRORS = 'https://fal.ai/docs/documentation/model-apis/request-errors';
/** The types and the wording of wrong fields. */
export const WORDING = 'https://docs.pydantic.dev/latest/errors/validation_errors/';

interface Problem {
	readonly type: string;
	readonly msg: string;
	readonly ctx?: Readonly<Record<string, unknown>>;
}

type Path = ReadonlyArray<string | number>;

/** The refusal of an input by a model (ERRORS). */
export function modelError(path: Path, { type, msg, ctx }: Problem, input: unknown): Refusal {
	return refuseAll([entry(path, { type, msg, ...(ctx && { ctx }) }, input)]);
}

/** An error of the platform (REQUEST_ERRORS). */
export function requestError(status: number, detail: string, type: string): Refusal {
	return new Refusal(status, { detail, error_type: type }, { 'x-fal-error-type': type });
}

/** The refusal of a body, with every field that is wrong. */
export function invalidInput({ issues }: z.ZodError, body: unknown): Refusal {
	return refuseAll(issues.flatMap((issue) => entriesOf(issue, body)));
}

function refuseAll(detail: readonly unknown[]): Refusal {
	return new Refusal(422, { detail }, { 'x-fal-retryable': 'false' });
}

function entry(path: Path, problem: Problem, input: unknown) {
	const url = `https://docs.fal.ai/errors#${problem.type}`;
	return { loc: ['body', ...path], ...problem, url, input };
}

function entriesOf(issue: z.ZodIssue, body: unknown): unknown[] {
	if (issue.code === 'unrecognized_keys') {
		const problem = { type: 'extra_forbidden', msg: 'Extra inputs are not permitted' };
		return issue.keys.map((key) => {
			const path = [...issue.path, key];
			return entry(path, problem, valueAt(body, path));
		});
	}
	const input = valueAt(body, issue.path);
	if (issue.code === 'invalid_union') {
		// A size is a name, or an object.
		const [names, object] = issue.unionErrors;
		const meant = typeof input === 'string' ? names : object;
		return meant?.issues.flatMap((each) => entriesOf(each, body)) ?? [];
	}
	return [entry(issue.path, problemOf(issue), input)];
}

function problemOf(issue: z.ZodIssue): Problem {
	switch (issue.code) {
		case 'invalid_type':
			if (issue.received === 'undefined') return { type: 'missing', msg: 'Field required' };
			if (issue.message === 'integer') return types.integer!;
			return types[issue.expected] ?? literal(issue.expected.split(' | '));
		case 'invalid_enum_value':
			return literal(issue.options.map((each) => `'${each}'`));
		case 'too_small':
			return issue.type === 'number' ? tooSmall(issue) : listLength('too_short', issue.minimum);
		case 'too_big':
			return issue.type === 'number'
				? limit('less_than_equal', 'less than or equal to', 'le', issue.maximum)
				: listLength('too_long', issue.maximum);
		default:
			return { type: 'value_error', msg: `Value error, ${issue.message}` };
	}
}

function literal(names: readonly string[]): Problem {
	const expected = [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' or ');
	return { type: 'literal_error', msg: `Input should be ${expected}`, ctx: { expected } };
}

function tooSmall({ minimum, inclusive }: z.ZodTooSmallIssue): Problem {
	return inclusive
		? limit('greater_than_equal', 'greater than or equal to', 'ge', minimum)
		: limit('greater_than', 'greater than', 'gt', minimum);
}

function limit(type: string, words: string, name: string, value: number | bigint): Problem {
	return { type, msg: `Input should be ${words} ${value}`, ctx: { [name]: Number(value) } };
}

function listLength(type: 'too_short' | 'too_long', length: number | bigint): Problem {
	const most = type === 'too_long' ? 'most' : 'least';
	return { type, msg: `List should have at ${most} ${length} items` };
}

const types: Readonly<Record<string, Problem>> = {
	string: { type: 'string_type', msg: 'Input should be a valid string' },
	number: { type: 'float_type', msg: 'Input should be a valid number' },
	integer: { type: 'int_type', msg: 'Input should be a valid integer' },
	boolean: { type: 'bool_type', msg: 'Input should be a valid boolean' },
	array: { type: 'list_type', msg: 'Input should be a valid list' },
	object: { type: 'model_attributes_type', msg: 'Input should be a valid dictionary' },
};

function valueAt(body: unknown, path: Path): unknown {
	return path.reduce<unknown>(
		(value, key) => (value as Record<string | number, unknown> | undefined)?.[key],
		body,
	);
}
