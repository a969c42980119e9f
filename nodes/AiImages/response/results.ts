import { asRecord, type JsonRecord } from '../values/json';
import { isNoResult } from './splitter/jsonPosition';

/** A result of a response: what stands for its images, or where they can be downloaded. */
export interface Result {
	/** Placeholders of the splitter, in the order of the response. */
	readonly placeholders: readonly string[];
	/** Addresses: beside placeholders, they lead to the same images. */
	readonly links: readonly string[];
	/** What else the provider says of it, such as `revised_prompt`. */
	readonly metadata: JsonRecord;
}

/**
 * Keys that hold results, alone or in a list: `data` (OpenAI), `images` (SiliconFlow, fal), `output`
 * (Replicate, DashScope), `artifacts` (Stability), `choices[].message` (chats) and their kin.
 */
const CONTAINERS = [
	...['data', 'images', 'image', 'output', 'outputs', 'result', 'results', 'response'],
	...['artifacts', 'generations', 'predictions', 'choices', 'message', 'image_urls', 'urls'],
];

/** Keys of a result that hold its address. */
const LINKS = [
	...['url', 'b64_json', 'image_url', 'imageUrl', 'image', 'image_urls', 'urls', 'uri', 'link'],
	...['download_url', 'output', 'result', 'images'],
];

/** Records and lists that are looked into; a response with results for every image has hundreds. */
const MAX_CANDIDATES = 20_000;

/** Entries of a list that are looked at; eight times as many as results are taken. */
const MAX_ENTRIES = 1000;

/** How many more are looked into. */
interface Budget {
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
export function resultsIn(body: unknown): Result[] {
	if (typeof body === 'string') return [resultOf(body)];
	return candidatesIn(body, 0, { left: MAX_CANDIDATES }).map(resultOf);
}

/** Texts and records that are results, if any of them is one at all. */
function candidatesIn(value: unknown, depth: number, budget: Budget): unknown[] {
	if (depth > MAX_DEPTH || budget.left-- <= 0) return [];
	if (Array.isArray(value)) {
		return value
			.slice(0, MAX_ENTRIES)
			.flatMap((each: unknown) =>
				Array.isArray(each) ? candidatesIn(each, depth + 1, budget) : [each],
			)
			.filter((each) => !isOtherOutput(each) && !isNumber(each))
			.flatMap((each) => expanded(each, depth + 1, budget));
	}
	const record = asRecord(value);
	const lists = CONTAINERS.map((key) => record[key])
		.filter((inner) => typeof inner === 'object' && inner !== null)
		.map((inner) => candidatesIn(inner, depth + 1, budget))
		.filter(({ length }) => length > 0);
	const filled = lists.find((list) => list.some((each) => isFilled(resultOf(each))));
	if (filled) return filled;
	const own = resultOf(record);
	// A provider that says nothing of an image may still say that there was to be one.
	if (isFilled(own) || (lists.length === 0 && ('b64_json' in record || 'url' in record))) {
		return [record];
	}
	return lists[0] ?? [];
}

/** What stands for results of its own, such as a choice of a chat, or a whole response in a list. */
function expanded(value: unknown, depth: number, budget: Budget): unknown[] {
	if (typeof value !== 'object' || value === null || isFilled(resultOf(value))) return [value];
	const inner = candidatesIn(value, depth, budget);
	return inner.some((each) => isFilled(resultOf(each))) ? inner : [value];
}

/** Lists of outputs hold more than images, such as what the model thought: `{type: "reasoning"}`. */
function isOtherOutput(value: unknown): boolean {
	const { type, error } = asRecord(value);
	return typeof type === 'string' && error === undefined && !isFilled(resultOf(value));
}

/** Lists of all that a program returns hold a seed or a duration, too. */
function isNumber(value: unknown): boolean {
	return typeof value === 'number' || typeof value === 'boolean';
}

export function isFilled({ placeholders, links }: Result): boolean {
	return placeholders.length + links.length > 0;
}

function resultOf(value: unknown): Result {
	return once(RESULTS, value, () => readResult(value));
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

function readResult(value: unknown): Result {
	const metadata = asRecord(value);
	const placeholders = placeholdersIn(value, 0);
	const links = typeof value === 'string' ? linksOf(value, '', 0) : linksIn(metadata, 0);
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
	} else for (const [key, inner] of Object.entries(value)) if (!isNoResult(key)) add(inner);
	return found.length > 0 ? found : NOTHING;
}

const NOTHING: readonly string[] = [];

/** The addresses under the first key that has some: others lead to the same images, or to smaller ones. */
function linksIn(record: JsonRecord, depth: number): string[] {
	if (depth > MAX_DEPTH) return [];
	for (const key of LINKS) {
		const links = linksOf(record[key], key, depth);
		if (links.length > 0) return links;
	}
	return [];
}

function linksOf(value: unknown, key: string, depth: number): string[] {
	if (typeof value === 'string') return linksInText(value, key);
	if (Array.isArray(value)) {
		return value.flatMap((each: unknown) =>
			depth > MAX_DEPTH ? [] : linksOf(each, key, depth + 1),
		);
	}
	return typeof value === 'object' && value !== null ? linksIn(asRecord(value), depth + 1) : [];
}

/** Mostly one; a text may hold several, in lines. */
function linksInText(text: string, key: string): string[] {
	return text
		.split(/\s(?=https?:\/\/)/i)
		.map((each) => each.trim())
		.filter((each) => isLink(each, key));
}

/** Only `url` may be relative to the API's address: elsewhere, words without a scheme are words. */
function isLink(text: string, key: string): boolean {
	if (/^https?:/i.test(text)) return text.length <= MAX_LINK_CHARS;
	return key === 'url' && /^(?!data:)\S+$/i.test(text) && text.length <= MAX_RELATIVE_LINK_CHARS;
}
