import type { RecordedPart, RecordedRequest } from '../../demo/image-service/recorder.ts';
import type { Exemption } from './witness';

/** What a request asks for, in a form in which two are equal or not. */
type Asked = Record<string, unknown>;

/** The requests of both for one wish, without what is exempted. */
export interface Comparison {
	readonly client: readonly Asked[];
	readonly node: readonly Asked[];
	/** Exemptions without which they would differ. */
	readonly used: readonly Exemption[];
}

export function compare(
	client: readonly RecordedRequest[],
	node: readonly RecordedRequest[],
	exemptions: readonly Exemption[],
): Comparison {
	const [theirs, ours] = [client, node].map((requests) => requests.map(askedBy));
	const used = exemptions.filter((each) => {
		const others = exemptions.filter((other) => other !== each);
		return text(theirs!, others) !== text(ours!, others);
	});
	return { client: shown(theirs!, exemptions), node: shown(ours!, exemptions), used };
}

function askedBy({ path, fields }: RecordedRequest): Asked {
	return { '(path)': path, ...(Array.isArray(fields) ? byName(fields) : fields) };
}

/** The parts of a form by their names; parts of the same name in their order. */
function byName(parts: readonly RecordedPart[]): Asked {
	const asked: Record<string, unknown[]> = {};
	for (const { name, filename, contentType, sha256, value } of parts) {
		asked[name] = [...(asked[name] ?? []), value ?? { sha256, filename, contentType }];
	}
	return asked;
}

function text(requests: readonly Asked[], exemptions: readonly Exemption[]): string {
	return JSON.stringify(shown(requests, exemptions));
}

/** Parallel requests arrive in any order. */
function shown(requests: readonly Asked[], exemptions: readonly Exemption[]): Asked[] {
	return requests
		.map((request) => sorted(exemptions.reduce(without, request)) as Asked)
		.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function without(request: Asked, { field, value }: Exemption): Asked {
	return removed(request, field.split('.'), value) as Asked;
}

/**
 * `*` stands for every entry of a list.
 *
 * @param only what is removed; undefined = anything
 */
function removed(value: unknown, [key = '', ...rest]: readonly string[], only: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).flatMap(([name, inner]): Array<[string, unknown]> => {
		if (key !== '*' && name !== key) return [[name, inner]];
		if (rest.length > 0) return [[name, removed(inner, rest, only)]];
		return only === undefined || isValue(inner, only) ? [] : [[name, inner]];
	});
	return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

/** A form has texts, in a list of their own for each name. */
function isValue(value: unknown, only: unknown): boolean {
	const [text, ...others] = Array.isArray(value) ? (value as unknown[]) : [value];
	return others.length === 0 && (text === only || text === String(only));
}

/** In the order of their keys, and without empty objects: they say nothing. */
function sorted(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(sorted);
	const entries = Object.entries(value)
		.map(([key, inner]) => [key, sorted(inner)] as const)
		.filter(([, inner]) => !isEmptyObject(inner));
	return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isEmptyObject(value: unknown): boolean {
	return (
		typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		Object.keys(value).length === 0
	);
}
