/**
 * Adds a text part to the fields of a form. Names with brackets build objects and lists, as the
 * official client writes them: "Use multipart fields such as `svg[model]`" (openai 7.57.0,
 * `ImageEditParams.svg`). A text under the plain name of an object stays a text, whose type is wrong.
 */
export function setField(fields: Map<string, unknown>, name: string, text: string): void {
	const [, root = name, path = ''] = /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(name) ?? [];
	if (path === '' || name === 'image[]') {
		fields.set(name, text);
		return;
	}
	const keys = [...path.matchAll(/\[([^[\]]*)\]/g)].map(([, key = '']) => key);
	fields.set(root, withValue(fields.get(root), keys, text));
}

/** A value with a text at the end of a path; an empty key is the next place of a list. */
function withValue(value: unknown, [key, ...rest]: readonly string[], text: string): unknown {
	if (key === undefined) return text;
	if (key === '') {
		return [...(Array.isArray(value) ? value : []), withValue(undefined, rest, text)];
	}
	const entries = new Map(Object.entries(typeof value === 'object' && value ? value : {}));
	entries.set(key, withValue(entries.get(key), rest, text));
	return Object.fromEntries(entries);
}
