/** A field of a model's input, as its schema describes it. */
export interface Field {
	readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
	readonly enum?: readonly string[];
	readonly default?: unknown;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly format?: 'uri';
	readonly nullable?: true;
	readonly items?: Field;
}

export type Fields = Readonly<Record<string, Field>>;

export interface ReplicateModel {
	readonly fields: Fields;
	readonly required: readonly string[];
	/** Whether the output is a list of links, or one. */
	readonly isList: boolean;
	/** The fields with input pictures, and how many they may have together. */
	readonly inputs: readonly string[];
	readonly maxInputs: number;
	/** The output has the ratio of the input. */
	readonly followsInput?: true;
	/** It is not among the official models: predictions name its version. */
	readonly isOfCommunity?: true;
}

export const text: Field = { type: 'string' };
export const uri: Field = { type: 'string', format: 'uri' };
export const uris: Field = { type: 'array', items: { type: 'string', format: 'uri' }, default: [] };
/** A number without a default, such as the seed. */
export const seed: Field = { type: 'integer' };

export function flag(preset: boolean): Field {
	return { type: 'boolean', default: preset };
}

export function choice(values: readonly string[], preset: string): Field {
	return { type: 'string', enum: values, default: preset };
}

export function integer(minimum: number, maximum: number, preset?: number): Field {
	return { type: 'integer', minimum, maximum, ...(preset !== undefined && { default: preset }) };
}

export function decimal(minimum: number, maximum: number, preset: number): Field {
	return { type: 'number', minimum, maximum, default: preset };
}

export function nullable(field: Field): Field {
	return { ...field, nullable: true };
}

/** What is wrong with a value, in the words of gojsonschema (locales.go), which the API uses. */
export interface InvalidField {
	readonly type: string;
	readonly field: string;
	readonly description: string;
}

/**
 * Checks an object against its fields. The schemas of the models do not forbid other fields, and
 * nothing says what becomes of them: this service refuses them.
 */
export function problemsOf(
	fields: Fields,
	required: readonly string[],
	value: Readonly<Record<string, unknown>>,
	at: string,
): InvalidField[] {
	const missing = required.filter((name) => value[name] === undefined);
	const unknown = Object.keys(value).filter((name) => !fields[name]);
	return [
		...missing.map((name) => problem('required', at, `${name} is required`)),
		...unknown.map((name) =>
			problem('additional_property_not_allowed', at, `Additional property ${name} is not allowed`),
		),
		...Object.entries(fields).flatMap(([name, field]) =>
			value[name] === undefined ? [] : fieldProblems(field, name, value[name], at),
		),
	];
}

function problem(type: string, field: string, description: string): InvalidField {
	return { type, field, description };
}

function fieldProblems(field: Field, name: string, value: unknown, parent: string): InvalidField[] {
	const at = parent ? `${parent}.${name}` : name;
	if (value === null && field.nullable) return [];
	const given = typeOf(value);
	if (given !== field.type && !(field.type === 'number' && given === 'integer')) {
		const description = `Invalid type. Expected: ${field.type}, given: ${given}`;
		return [problem('invalid_type', at, description)];
	}
	if (Array.isArray(value)) {
		const { items = { type: 'string' } } = field;
		return value.flatMap((item, index) => fieldProblems(items, String(index), item, at));
	}
	return [...rangeProblems(field, value, at), ...textProblems(field, name, value, at)];
}

function rangeProblems({ minimum, maximum }: Field, value: unknown, at: string): InvalidField[] {
	if (typeof value !== 'number') return [];
	if (minimum !== undefined && value < minimum) {
		return [problem('number_gte', at, `Must be greater than or equal to ${minimum}`)];
	}
	if (maximum !== undefined && value > maximum) {
		return [problem('number_lte', at, `Must be less than or equal to ${maximum}`)];
	}
	return [];
}

function textProblems(field: Field, name: string, value: unknown, at: string): InvalidField[] {
	if (typeof value !== 'string') return [];
	if (field.enum && !field.enum.includes(value)) {
		const allowed = field.enum.map((each) => `"${each}"`).join(', ');
		return [problem('enum', at, `${name} must be one of the following: ${allowed}`)];
	}
	if (field.format === 'uri' && !/^(?:https?:\/\/|data:)/i.test(value)) {
		return [problem('format', at, "Does not match format 'uri'")];
	}
	return [];
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	return Number.isInteger(value) ? 'integer' : typeof value;
}

/** The schema of a version. Choices are schemas of their own, as Cog writes them. */
export function openApiSchema(fields: Fields, required: readonly string[], output: object) {
	const choices = Object.entries(fields).filter(([, field]) => field.enum);
	const enumerations = choices.map(([name, field]) => [
		name,
		{ enum: field.enum, type: 'string', title: name, description: 'An enumeration.' },
	]);
	const properties = Object.entries(fields).map(([name, field], order) => [
		name,
		field.enum
			? {
					allOf: [{ $ref: `#/components/schemas/${name}` }],
					default: field.default,
					'x-order': order,
				}
			: { ...field, title: titleOf(name), 'x-order': order },
	]);
	const input = {
		type: 'object',
		title: 'Input',
		required,
		properties: Object.fromEntries(properties) as object,
	};
	const schemas = { Input: input, Output: output, ...Object.fromEntries(enumerations) };
	return { openapi: '3.0.2', info: { title: 'Cog', version: '0.1.0' }, components: { schemas } };
}

function titleOf(name: string): string {
	return name.replace(/(?:^|_)(\w)/g, (_, letter: string) => ` ${letter.toUpperCase()}`).trim();
}
