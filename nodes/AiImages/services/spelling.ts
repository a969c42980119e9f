import type { Operation, ParameterName } from '../models';
import { isRecord } from '../values/json';
import type { Path, Service } from './types';

/** The keys of a path: `svg.model` → `['svg', 'model']`. */
export function keysOf(path: Path): string[] {
	return path.split('.');
}

/** Where a parameter goes in the body; undefined = the service cannot take it. */
export function parameterPath(
	{ endpoints }: Service,
	operation: Operation,
	name: ParameterName,
): Path | undefined {
	return endpoints[operation].parameters[name];
}

/** Top-level fields of a body that the node fills in itself, beside parameters. */
export function reservedFields({ endpoints }: Service, operation: Operation): string[] {
	const { model, files } = endpoints[operation];
	if (!files) return [model];
	const { form, json } = files;
	return [model, form.image, form.mask, form.markup, json.images, json.mask, json.markup];
}

/** The value at a path of a JSON value; undefined if there is none. */
export function valueAt(value: unknown, path: Path): unknown {
	return keysOf(path).reduce<unknown>(
		(inner, key) => (isRecord(inner) ? inner[key] : undefined),
		value,
	);
}
