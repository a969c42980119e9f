/**
 * The text parts of a form for one field. Nested values are named as the official client names them
 * (https://www.npmjs.com/package/openai/v/7.57.0, internal/uploads): `svg[model]` for a value of an
 * object, `tags[]` for each value of a list. null is left out, because a form cannot express it.
 */
export function formFields(name: string, value: unknown): Array<[name: string, text: string]> {
	if (value === null || value === undefined) return [];
	if (Array.isArray(value)) return value.flatMap((each) => formFields(`${name}[]`, each));
	if (typeof value === 'object') {
		return Object.entries(value).flatMap(([key, each]) => formFields(`${name}[${key}]`, each));
	}
	return [[name, String(value)]];
}
