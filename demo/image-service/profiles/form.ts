import { z } from 'zod';
import type { RequestBody } from '../body.ts';
import type { Part } from '../multipart.ts';

/**
 * The values of a form by their names: a text, or the part of a file. A name that repeats makes a
 * list.
 */
export function valuesOf(body: RequestBody): RequestBody {
	if (body.kind === 'json') return { kind: 'json', fields: {} };
	const values = new Map<string, Array<string | Part>>();
	for (const part of body.parts) {
		const value = part.filename === undefined ? part.data.toString('utf8') : part;
		values.set(part.name, [...(values.get(part.name) ?? []), value]);
	}
	const entries = [...values].map(([name, all]) => [name, all.length > 1 ? all : all[0]]);
	return { kind: 'json', fields: Object.fromEntries(entries) as Record<string, unknown> };
}

/** A field that holds a file. */
export const file = z.unknown().superRefine((value, context): value is Part => {
	if (isFile(value)) return true;
	const message = value === undefined ? 'is required' : 'must be a file';
	context.addIssue({ code: 'custom', message });
	return z.NEVER;
});

export function text({ min = 0, max = Infinity } = {}) {
	return z
		.string({ required_error: 'is required', invalid_type_error: 'must be a text' })
		.min(min, min === 1 ? 'must not be empty' : `must have at least ${min} characters`)
		.max(max, `must have at most ${max} characters`);
}

export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
	return z.enum(values, { message: `must be one of ${values.join(', ')}` });
}

export function number(min: number, max: number, { whole = false } = {}) {
	const digits = whole ? /^-?\d+$/ : /^-?\d+(?:\.\d+)?$/;
	const range = `must be between ${min} and ${max}`;
	return z
		.string({ required_error: 'is required', invalid_type_error: 'must be a number' })
		.regex(digits, whole ? 'must be a whole number' : 'must be a number')
		.transform(Number)
		.pipe(z.number().min(min, range).max(max, range));
}

/** A field that can repeat. */
export function several<Item extends z.ZodTypeAny>(item: Item, most = Infinity) {
	const list = z.array(item).max(most, `must be at most ${most}`);
	return z.preprocess(
		(value) => (value === undefined || Array.isArray(value) ? value : [value]),
		list.optional(),
	);
}

function isFile(value: unknown): value is Part {
	return typeof value === 'object' && value !== null && 'filename' in value;
}
