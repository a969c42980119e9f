import { valueAt } from '../services/spelling';
import type { Path } from '../services/path';
import type { ResultKeys } from '../services/types';
import { asRecord, type JsonRecord } from '../values/json';
import { withFlags } from './flags';
import { MAX_LINK_CHARS } from './limits';
import { isIgnoredKey } from './ignoredKeys';
import { MAX_RESULT_DEPTH } from './splitter/jsonPosition';

/** A result of a response. */
export interface Result {
	/** Placeholders of its images, in the order of the response. */
	readonly placeholders: readonly string[];
	/** Where its images can be downloaded. Beside placeholders, these are the same images. */
	readonly links: readonly string[];
	/** What else the provider reports about it, such as `revised_prompt`. */
	readonly metadata: JsonRecord;
}

/** Objects and lists that are searched. A response that nests each of its results has hundreds. */
const MAX_CANDIDATES = 20_000;

/** Entries of a list that are searched, eight times as many as a response can have results. */
const MAX_ENTRIES = 1000;

/** Levels of containers, and of links, that are searched. Gateways have three. */
const MAX_DEPTH = 8;

/** Characters of a link relative to the API. Longer strings are no links. */
const MAX_RELATIVE_LINK_CHARS = 1024;

const PLACEHOLDER = /\0image \d+/g;

/** The results of a response, in their order. */
export function resultsIn(body: unknown, keys: ResultKeys): Result[] {
	const search = { keys, left: MAX_CANDIDATES };
	const candidates = typeof body === 'string' ? [body] : candidatesIn(body, 0, search);
	return candidates.map((each) => resultOf(each, keys));
}

/** Whether a result has an image or a link. */
export function isFilled({ placeholders, links }: Result): boolean {
	return placeholders.length + links.length > 0;
}

/** Whether a record has a key of a result, even an empty one. */
export function hasResultKey(record: JsonRecord, { base64, url }: ResultKeys): boolean {
	return [base64, url].some((path) => valueAt(record, path) !== undefined);
}

/** Whether moderation withheld a result. Its image, if it still has one, is none to deliver. */
export function isWithheld(result: JsonRecord, { withheld }: ResultKeys): boolean {
	return Object.entries(withheld).some(([key, value]) => result[key] === value);
}

/** Every value at a path of a result, and of what its containers hold. */
export function ownValues(result: unknown, path: Path, keys: ResultKeys, depth = 0): unknown[] {
	if (typeof result !== 'object' || result === null || depth > MAX_DEPTH) return [];
	if (Array.isArray(result)) {
		return result.slice(0, MAX_ENTRIES).flatMap((each) => ownValues(each, path, keys, depth + 1));
	}
	const record = asRecord(result);
	const inner = [...keys.containers, ...keys.links].map((key) => record[key]);
	return [valueAt(record, path), ...ownValues(inner, path, keys, depth + 1)];
}

/**
 * A body without the entries of lists that the service says are no results, and the placeholders of
 * the images in them.
 */
export function withoutSkipped(
	body: unknown,
	keys: ResultKeys,
): { readonly kept: unknown; readonly skipped: readonly string[] } {
	const { skips } = keys;
	const flagged = withFlags(body, keys);
	if (!skips) return { kept: flagged, skipped: [] };
	const skipped: string[] = [];
	const keep = (value: unknown, depth: number): unknown => {
		if (typeof value !== 'object' || value === null || depth > MAX_RESULT_DEPTH) return value;
		if (!Array.isArray(value)) {
			const entries = Object.entries(value).map(([key, inner]) => [key, keep(inner, depth + 1)]);
			return Object.fromEntries(entries) as JsonRecord;
		}
		const isSkipped = (entry: unknown) => skips(asRecord(entry));
		for (const entry of value.filter(isSkipped)) skipped.push(...placeholdersIn(entry, 0));
		return value.filter((entry) => !isSkipped(entry)).map((entry) => keep(entry, depth + 1));
	};
	return { kept: keep(flagged, 0), skipped };
}

interface Search {
	readonly keys: ResultKeys;
	/** How many more objects and lists are searched. */
	left: number;
}

/** Strings and objects that are results. If none has an image, those that should have one. */
function candidatesIn(value: unknown, depth: number, search: Search): unknown[] {
	if (depth > MAX_DEPTH || search.left-- <= 0) return [];
	if (Array.isArray(value)) {
		return value
			.slice(0, MAX_ENTRIES)
			.flatMap((each: unknown) =>
				Array.isArray(each) ? candidatesIn(each, depth + 1, search) : [each],
			)
			.flatMap((each) => {
				const inner = innerResults(each, depth + 1, search);
				if (inner) return inner;
				return isOtherOutput(each, search.keys) || isNumberOrBoolean(each) ? [] : [each];
			});
	}
	const record = asRecord(value);
	const { keys } = search;
	const lists = keys.containers
		.map((key) => record[key])
		.filter((inner) => typeof inner === 'object' && inner !== null)
		.map((inner) => candidatesIn(inner, depth + 1, search))
		.filter(({ length }) => length > 0);
	const filled = lists.find((list) => list.some((each) => isFilled(resultOf(each, search.keys))));
	if (filled) return filled;
	const own = resultOf(record, keys);
	// An empty key shows that there should have been an image.
	if (isFilled(own) || (lists.length === 0 && hasResultKey(record, keys))) {
		return [record];
	}
	return lists[0] ?? [];
}

/** The results inside a list's entry: a choice of a chat model, or a whole response. */
function innerResults(value: unknown, depth: number, search: Search): unknown[] | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	if (isFilled(resultOf(value, search.keys))) return undefined;
	const inner = candidatesIn(value, depth, search);
	return inner.some((each) => isFilled(resultOf(each, search.keys))) ? inner : undefined;
}

/**
 * Lists of outputs have more than images: a model's thoughts (`{type: "reasoning"}`), what it says
 * beside them (`{text}`), or, in a stream that Gemini sends as a list, whole responses with such.
 */
function isOtherOutput(value: unknown, keys: ResultKeys): boolean {
	const record = asRecord(value);
	const { type, text, error } = record;
	const list = record[keys.list];
	const isOther =
		typeof type === 'string' ||
		typeof text === 'string' ||
		(Array.isArray(list) && list.length > 0);
	return isOther && error === undefined && !isFilled(resultOf(value, keys));
}

/** Lists of everything that a program returns can have a seed or a duration. */
function isNumberOrBoolean(value: unknown): boolean {
	return typeof value === 'number' || typeof value === 'boolean';
}

function resultOf(value: unknown, keys: ResultKeys): Result {
	return cached(RESULTS, value, () => readResult(value, keys));
}

/** Each object of a response is read again on every level above it. */
const RESULTS = new WeakMap<object, Result>();
const PLACEHOLDERS = new WeakMap<object, readonly string[]>();

function cached<Found>(cache: WeakMap<object, Found>, value: unknown, find: () => Found): Found {
	if (typeof value !== 'object' || value === null) return find();
	const found = cache.get(value) ?? find();
	cache.set(value, found);
	return found;
}

function readResult(value: unknown, keys: ResultKeys): Result {
	const metadata = asRecord(value);
	const placeholders = placeholdersIn(value, 0);
	const links =
		typeof value === 'string' ? linksOf(value, '', 0, keys) : linksIn(metadata, 0, keys);
	return { placeholders, links: [...new Set(links)], metadata };
}

/** Most values have no placeholder, so they share one empty list. */
function placeholdersIn(value: unknown, depth: number): readonly string[] {
	if (typeof value === 'string') {
		return value.includes('\0') ? (value.match(PLACEHOLDER) ?? []) : NO_PLACEHOLDERS;
	}
	if (typeof value !== 'object' || value === null || depth > MAX_RESULT_DEPTH) {
		return NO_PLACEHOLDERS;
	}
	const find = () => placeholdersInside(value, depth);
	// Caching a million small lists takes longer than searching them again.
	return depth === 0 ? cached(PLACEHOLDERS, value, find) : (PLACEHOLDERS.get(value) ?? find());
}

function placeholdersInside(value: object, depth: number): readonly string[] {
	const found: string[] = [];
	const add = (inner: unknown) => {
		for (const each of placeholdersIn(inner, depth + 1)) found.push(each);
	};
	if (Array.isArray(value)) {
		if (value.length === 0) return NO_PLACEHOLDERS;
		value.forEach(add);
	} else for (const [key, inner] of Object.entries(value)) if (!isIgnoredKey(key)) add(inner);
	return found.length > 0 ? found : NO_PLACEHOLDERS;
}

const NO_PLACEHOLDERS: readonly string[] = [];

/** The links under the first key that has any. Other keys lead to the same or smaller images. */
function linksIn(record: JsonRecord, depth: number, keys: ResultKeys): string[] {
	if (depth > MAX_DEPTH) return [];
	for (const key of keys.links) {
		const links = linksOf(record[key], key, depth, keys);
		if (links.length > 0) return links;
	}
	return [];
}

function linksOf(value: unknown, key: string, depth: number, keys: ResultKeys): string[] {
	if (typeof value === 'string') return linksInString(value, key === keys.url);
	if (Array.isArray(value)) {
		return value.flatMap((each: unknown) =>
			depth > MAX_DEPTH ? [] : linksOf(each, key, depth + 1, keys),
		);
	}
	return typeof value === 'object' && value !== null
		? linksIn(asRecord(value), depth + 1, keys)
		: [];
}

/** Usually one, but some gateways put several into one string, in lines. */
function linksInString(string: string, canBeRelative: boolean): string[] {
	return string
		.split(/\s(?=https?:\/\/)/i)
		.map((each) => each.trim())
		.filter((each) => isLink(each, canBeRelative));
}

/** Only the service's own key can hold a relative link. Elsewhere, a string without scheme is prose. */
function isLink(string: string, canBeRelative: boolean): boolean {
	if (/^https?:/i.test(string)) return string.length <= MAX_LINK_CHARS;
	return (
		canBeRelative && /^(?!data:)\S+$/i.test(string) && string.length <= MAX_RELATIVE_LINK_CHARS
	);
}
