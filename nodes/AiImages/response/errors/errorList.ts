import { asRecord, asText, type JsonRecord } from '../../values/json';

/**
 * The entries of a list or a record of errors, with the fields that they are about: of FastAPI
 * `[{loc, msg}]`, Laravel `{field: [text]}`, ASP.NET `{Field: [text]}`, class-validator
 * `[{property, constraints}]`, JSON:API `[{title, source}]`, or texts.
 *
 * @param say what an entry says
 * @returns undefined if none of them says anything
 */
export function listedErrors(
	list: object,
	say: (entry: unknown) => string | undefined,
): string[] | undefined {
	// The field of a single entry is told as the parameter.
	const isAlone = Array.isArray(list) && list.length === 1 && Array.isArray(asRecord(list[0]).loc);
	const entries: Array<[unknown, unknown]> = Array.isArray(list)
		? list.slice(0, MAX_ENTRIES).map((entry: unknown) => [fieldOf(entry), entry])
		: Object.entries(list).slice(0, MAX_ENTRIES);
	const said = entries.flatMap(([field, entry]) => {
		const words = say(textsIn(entry));
		const name = isAlone ? undefined : asText(field);
		if (words === undefined) return [];
		const isNamed = name === undefined || words.split(/[^\w.-]+/).includes(name);
		return isNamed ? words : `${name}: ${words}`;
	});
	return said.length > 0 ? said : undefined;
}

/** What is shown ends long before. */
const MAX_ENTRIES = 20;

function textsIn(entry: unknown): unknown {
	const { constraints, '@type': isGoogle } = asRecord(entry);
	// Google's details are links, limits and identifiers; what they mean stands in the message.
	if (isGoogle) return undefined;
	return constraints === undefined ? entry : Object.values(asRecord(constraints));
}

function fieldOf(entry: unknown): string | undefined {
	const { loc, path, field, param, parameter, property, target, source } = asRecord(entry);
	const { pointer, parameter: named } = asRecord(source);
	const found = [loc, path, field, param, parameter, property, target, pointer, named].find(
		(each) => Array.isArray(each) || asText(each) !== undefined,
	);
	const steps = (Array.isArray(found) ? found : [found]).flatMap((step: unknown) =>
		typeof step === 'number' ? String(step) : (asText(step) ?? []),
	);
	// FastAPI names the part of the request first.
	return (/^(?:body|query|path|header)$/.test(steps[0] ?? '') ? steps.slice(1) : steps).join('.');
}

/** Django: a list of sentences for each field, and nothing around them. */
export function hasOnlySentences(record: JsonRecord): boolean {
	return Object.values(record).every(
		(each) =>
			Array.isArray(each) &&
			each.length > 0 &&
			each.every((text) => typeof text === 'string' && /\S\s\S/.test(text)),
	);
}
