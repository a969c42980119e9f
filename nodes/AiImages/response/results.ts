import type { ResultKeys } from '../services/types';
import { asRecord, type JsonRecord } from '../values/json';
import { isIgnoredKey } from './splitter/jsonPosition';

/** A result of a response: what stands for its images, or where they can be downloaded. */
export interface Result {
	/** Placeholders of the splitter, in the order of the response. */
	readonly placeholders: readonly string[];
	/** Addresses: beside placeholders, they lead to the same images. */
	readonly links: readonly string[];
	/** What else the provider says of it, such as `revised_prompt`. */
	readonly metadata: JsonRecord;
}

/** Records and lists that are looked into; a response with results for every image has hundreds. */
const MAX_CANDIDATES = 20_000;

/** Entries of a list that are looked at; eight times as many as results are taken. */
const MAX_ENTRIES = 1000;

interface Search {
	readonly keys: ResultKeys;
	/** How many more records and lists are looked into. */
	left: number;
}

/** Levels of containers that are looked into; relays have three. */
const MAX_DEPTH = 8;

/** Levels in which the splitter finds images. */
const MAX_NESTING = 64;

/** Characters of an address; signed ones have up to 4,000. */
const MAX_LINK_CHARS = 16_384;
/** Of an address that is relative to the API's: what is longer is no address. */
const MAX_RELATIVE_LINK_CHARS = 1024;

const PLACEHOLDER = /\0image \d+/g;

/** The results of a response, in their order. */
export function resultsIn(body: unknown, keys: ResultKeys): Result[] {
	const search = { keys, left: MAX_CANDIDATES };
	const candidates = typeof body === 'string' ? [body] : candidatesIn(body, 0, search);
	return candidates.map((each) => resultOf(each, keys));
}

/** Texts and records that are results, if any of them is one at all. */
function candidatesIn(value: unknown, depth: number, search: Search): unknown[] {
	if (depth > MAX_DEPTH || search.left-- <= 0) return [];
	if (Array.isArray(value)) {
		return value
			.slice(0, MAX_ENTRIES)
			.flatMap((each: unknown) =>
				Array.isArray(each) ? candidatesIn(each, depth + 1, search) : [each],
			)
			.filter((each) => !isOtherOutput(each, search.keys) && !isNumber(each))
			.flatMap((each) => expanded(each, depth + 1, search));
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
	// A provider that says nothing of an image may still say that there was to be one.
	if (isFilled(own) || (lists.length === 0 && (keys.base64 in record || keys.url in record))) {
		return [record];
	}
	return lists[0] ?? [];
}

/** What stands for results of its own, such as a choice of a chat, or a whole response in a list. */
function expanded(value: unknown, depth: number, search: Search): unknown[] {
	if (typeof value !== 'object' || value === null || isFilled(resultOf(value, search.keys)))
		return [value];
	const inner = candidatesIn(value, depth, search);
	return inner.some((each) => isFilled(resultOf(each, search.keys))) ? inner : [value];
}

/** Lists of outputs hold more than images, such as what the model thought: `{type: "reasoning"}`. */
function isOtherOutput(value: unknown, keys: ResultKeys): boolean {
	const { type, error } = asRecord(value);
	return typeof type === 'string' && error === undefined && !isFilled(resultOf(value, keys));
}

/** Lists of all that a program returns hold a seed or a duration, too. */
function isNumber(value: unknown): boolean {
	return typeof value === 'number' || typeof value === 'boolean';
}

export function isFilled({ placeholders, links }: Result): boolean {
	return placeholders.length + links.length > 0;
}

function resultOf(value: unknown, keys: ResultKeys): Result {
	return once(RESULTS, value, () => readResult(value, keys));
}

/** What is known of the objects of a response, which are looked at on each level around them. */
const RESULTS = new WeakMap<object, Result>();
const PLACEHOLDERS = new WeakMap<object, readonly string[]>();

function once<Known>(known: WeakMap<object, Known>, value: unknown, find: () => Known): Known {
	if (typeof value !== 'object' || value === null) return find();
	const found = known.get(value) ?? find();
	known.set(value, found);
	return found;
}

function readResult(value: unknown, keys: ResultKeys): Result {
	const metadata = asRecord(value);
	const placeholders = placeholdersIn(value, 0);
	const links =
		typeof value === 'string' ? linksOf(value, '', 0, keys) : linksIn(metadata, 0, keys);
	return { placeholders, links: [...new Set(links)], metadata };
}

/** A list is made only where there is something to put into it: most records hold nothing. */
function placeholdersIn(value: unknown, depth: number): readonly string[] {
	if (typeof value === 'string')
		return value.includes('\0') ? (value.match(PLACEHOLDER) ?? []) : NOTHING;
	if (typeof value !== 'object' || value === null || depth > MAX_NESTING) return NOTHING;
	const find = () => placeholdersInside(value, depth);
	// To remember each of a million small lists would take longer than to look into them again.
	return depth === 0 ? once(PLACEHOLDERS, value, find) : (PLACEHOLDERS.get(value) ?? find());
}

function placeholdersInside(value: object, depth: number): readonly string[] {
	const found: string[] = [];
	const add = (inner: unknown) => {
		for (const each of placeholdersIn(inner, depth + 1)) found.push(each);
	};
	if (Array.isArray(value)) {
		if (value.length === 0) return NOTHING;
		value.forEach(add);
	} else for (const [key, inner] of Object.entries(value)) if (!isIgnoredKey(key)) add(inner);
	return found.length > 0 ? found : NOTHING;
}

const NOTHING: readonly string[] = [];

/** The addresses under the first key that has some: others lead to the same images, or to smaller ones. */
function linksIn(record: JsonRecord, depth: number, keys: ResultKeys): string[] {
	if (depth > MAX_DEPTH) return [];
	for (const key of keys.links) {
		const links = linksOf(record[key], key, depth, keys);
		if (links.length > 0) return links;
	}
	return [];
}

function linksOf(value: unknown, key: string, depth: number, keys: ResultKeys): string[] {
	if (typeof value === 'string') return linksInText(value, key === keys.url);
	if (Array.isArray(value)) {
		return value.flatMap((each: unknown) =>
			depth > MAX_DEPTH ? [] : linksOf(each, key, depth + 1, keys),
		);
	}
	return typeof value === 'object' && value !== null
		? linksIn(asRecord(value), depth + 1, keys)
		: [];
}

/** Mostly one; a text may hold several, in lines. */
function linksInText(text: string, canBeRelative: boolean): string[] {
	return text
		.split(/\s(?=https?:\/\/)/i)
		.map((each) => each.trim())
		.filter((each) => isLink(each, canBeRelative));
}

/** Only the service's own key can hold a relative URL. Elsewhere, words without a scheme are words. */
function isLink(text: string, canBeRelative: boolean): boolean {
	if (/^https?:/i.test(text)) return text.length <= MAX_LINK_CHARS;
	return canBeRelative && /^(?!data:)\S+$/i.test(text) && text.length <= MAX_RELATIVE_LINK_CHARS;
}
