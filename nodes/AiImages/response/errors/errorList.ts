import { asRecord, asText, type JsonRecord } from '../../values/json';

/**
 * The messages in a list or a record of errors, each with the field that it is about: FastAPI
 * `[{loc, msg}]`, Laravel `{field: [text]}`, ASP.NET `{Field: [text]}`, class-validator
 * `[{property, constraints}]`, JSON:API `[{title, source}]`, or plain texts.
 *
 * @param messageOf returns the message of one entry
 * @returns undefined if no entry has a message
 */
export function listedMessages(
	list: object,
	messageOf: (entry: unknown) => string | undefined,
): string[] | undefined {
	// The field of FastAPI's only entry is reported as the parameter.
	const isOnlyEntry =
		Array.isArray(list) && list.length === 1 && Array.isArray(asRecord(list[0]).loc);
	const entries: Array<[unknown, unknown]> = Array.isArray(list)
		? list.slice(0, MAX_ENTRIES).map((entry: unknown) => [fieldOf(entry), entry])
		: Object.entries(list).slice(0, MAX_ENTRIES);
	const messages = entries.flatMap(([field, entry]) => {
		const message = messageOf(withoutMetadata(entry));
		const name = isOnlyEntry ? undefined : asText(field);
		if (message === undefined) return [];
		const isNamed =
			name === undefined || NO_FIELD.test(name) || message.split(/[^\w.-]+/).includes(name);
		return isNamed ? message : `${name}: ${message}`;
	});
	return messages.length > 0 ? messages : undefined;
}

/** Keys of messages, which are no fields of the request. */
const NO_FIELD = /^(?:errors?|message|msg|detail|reason)$/i;

/** Messages are truncated long before that. */
const MAX_ENTRIES = 20;

/** The part of an entry that can hold its message. */
function withoutMetadata(entry: unknown): unknown {
	const { constraints, '@type': googleType } = asRecord(entry);
	// Google's details are links, limits and identifiers; the message already explains them.
	if (googleType) return undefined;
	return constraints === undefined ? entry : Object.values(asRecord(constraints));
}

function fieldOf(entry: unknown): string | undefined {
	const { loc, path, field, param, parameter, property, target, source } = asRecord(entry);
	const { pointer, parameter: sourceParameter } = asRecord(source);
	const candidates = [
		loc,
		path,
		field,
		param,
		parameter,
		property,
		target,
		pointer,
		sourceParameter,
	];
	const location = candidates.find((value) => Array.isArray(value) || asText(value) !== undefined);
	const steps = (Array.isArray(location) ? location : [location]).flatMap((step: unknown) =>
		typeof step === 'number' ? String(step) : (asText(step) ?? []),
	);
	// FastAPI names the part of the request first.
	return (/^(?:body|query|path|header)$/.test(steps[0] ?? '') ? steps.slice(1) : steps).join('.');
}

/** Whether every field of a record is a list of sentences, as in Django's errors. */
export function hasOnlySentences(record: JsonRecord): boolean {
	return Object.values(record).every(
		(list) =>
			Array.isArray(list) &&
			list.length > 0 &&
			list.every((text) => typeof text === 'string' && /\S\s\S/.test(text)),
	);
}
