import type { Operation, ParameterName } from '../models';
import { isRecord, type JsonRecord } from '../values/json';
import type { Content, EmbeddedFile, Endpoint, Path, Service, Spelling } from './types';

/** The keys of a path: `svg.model` → `['svg', 'model']`. */
export function keysOf(path: Path): string[] {
	return path.split('.');
}

/** The fields of the body that a parameter becomes; empty = the service cannot take it. */
export function parameterPaths(
	{ endpoints }: Pick<Service, 'endpoints'>,
	operation: Operation,
	name: ParameterName,
): readonly Path[] {
	// Where the prompt is no field, it is part of a message.
	const spelling = endpoints[operation].parameters[name];
	return spelling === undefined ? [] : pathsOf(spelling);
}

export function pathsOf(spelling: Spelling): readonly Path[] {
	if (typeof spelling === 'string') return [spelling];
	return 'at' in spelling ? [spelling.at] : spelling.fields;
}

/** The same spellings for fields of an object in the body. */
export function below(root: Path, parameters: Endpoint['parameters']): Endpoint['parameters'] {
	const move = (path: Path) => `${root}.${path}`;
	const entries = Object.entries(parameters).map(([name, spelling]) => {
		if (typeof spelling === 'string') return [name, move(spelling)];
		const moved =
			'at' in spelling
				? { ...spelling, at: move(spelling.at) }
				: { ...spelling, fields: spelling.fields.map(move) };
		return [name, moved];
	});
	return Object.fromEntries(entries) as Endpoint['parameters'];
}

/** Whether a service can take a parameter. */
export function canSpell(
	service: Pick<Service, 'endpoints'>,
	operation: Operation,
	name: ParameterName,
): boolean {
	return name === 'prompt' || parameterPaths(service, operation, name).length > 0;
}

/** The fields of the body for the value of a parameter. */
export function spell(
	{ parameters }: Endpoint,
	name: ParameterName,
	value: unknown,
): Array<readonly [Path, unknown]> {
	const spelling = parameters[name];
	if (spelling === undefined) return [];
	if (typeof spelling === 'string') return [[spelling, value]];
	if ('fields' in spelling) {
		const values = spelling.spell(value);
		return spelling.fields.flatMap((path, index) =>
			values[index] === undefined ? [] : [[path, values[index]] as const],
		);
	}
	const { at, words } = spelling;
	const word = Object.hasOwn(words, String(value)) ? words[String(value)] : value;
	return word === null ? [] : [[at, word]];
}

/** Whether a value for which nothing is sent is what the service does without it. */
export function isImplied({ parameters }: Endpoint, name: ParameterName, value: unknown): boolean {
	const spelling = parameters[name];
	const hasWords = typeof spelling === 'object' && 'words' in spelling;
	return hasWords || value === LEFT_TO_MODEL;
}

/** The value with which the model decides. */
const LEFT_TO_MODEL = 'auto';

/** Whether input files go into a form, not into JSON. */
export function isForm(endpoint: Endpoint, asJson: boolean): boolean {
	return endpoint.form !== undefined && !(asJson && endpoint.content);
}

/** The fields of a body that the node fills in itself, beside parameters, by their keys. */
export function reservedFields({ endpoints }: Service, operation: Operation): string[][] {
	const { model, form, content, fixed = {} } = endpoints[operation];
	return [
		...(model === null ? [] : [keysOf(model)]),
		...fieldsIn(fixed),
		...(form ? [[form.image], [form.mask], [form.markup]] : []),
		...(content ? Object.keys(content(EVERY_FILE)).map((key) => [key]) : []),
	];
}

const ANY_FILE: EmbeddedFile = { url: '', base64: '', mimeType: '', fileId: undefined };
const EVERY_FILE: Content = {
	prompt: '',
	images: [ANY_FILE, ANY_FILE],
	mask: ANY_FILE,
	markup: ANY_FILE,
};

/** The keys that lead to each value inside an object; a list counts as one value. */
export function fieldsIn(fields: JsonRecord): string[][] {
	return Object.entries(fields).flatMap(([key, value]) =>
		isRecord(value) && Object.keys(value).length > 0
			? fieldsIn(value).map((keys) => [key, ...keys])
			: [[key]],
	);
}

/** The value at a path of a JSON value; undefined if there is none. */
export function valueAt(value: unknown, path: Path): unknown {
	return keysOf(path).reduce<unknown>(
		(inner, key) => (isRecord(inner) ? inner[key] : undefined),
		value,
	);
}
