import { CallFailure } from '../errors';
import type { Answer } from '../transport/send';
import { failureFrom } from './failure';
import { asRecord, asText, mapTexts, type JsonRecord } from './json';

/** One result of an answer: an image that was kept, a link to one, or why there is neither. */
export interface Entry<Image> {
	readonly image?: Image;
	readonly link?: string;
	readonly failure?: CallFailure;
	/** What else the server says of it, such as `revised_prompt`. */
	readonly said: JsonRecord;
}

/** A successful answer. */
export interface Decoded<Image> {
	/** The answer without its images: `created`, `usage`, `size` … */
	readonly said: JsonRecord;
	readonly entries: ReadonlyArray<Entry<Image>>;
	/** Previews, in the order of their arrival. */
	readonly partials: readonly Image[];
	/** What the server complains of beside its images, or why its answer broke off behind some. */
	readonly failure?: CallFailure | undefined;
}

/** What is known of an image before it arrives. */
export interface Expected {
	/** A preview, not a result. */
	readonly isPreview: boolean;
	/** How many results of the response came before it. */
	readonly position: number;
	/** It is an image only if its bytes tell its width and height: its place says nothing. */
	readonly mustTellSize: boolean;
}

/** Stores an image while it arrives. What is not read is passed over. */
export type Keep<Image> = (bytes: AsyncIterable<Buffer>, expected: Expected) => Promise<Image>;

/** Images, or why they could not be kept, by the placeholders that stand in the skeleton for them. */
export type Kept<Image> = Map<string, Image | CallFailure>;

/**
 * The results of a JSON answer. OpenAI has a list `data`; others have `images` (SiliconFlow), one
 * record instead of a list, or the whole inside of another `data`.
 */
export function entriesOf<Image>(body: unknown, kept: Kept<Image>, answer: Answer): Entry<Image>[] {
	return resultsIn(body).map((result) => entryOf(result, kept, answer));
}

/** Results that stand nowhere that is known: the images themselves are paid for. */
export function entriesOfImages<Image>(kept: Kept<Image>): Entry<Image>[] {
	return [...kept.values()].map((image) => ({ ...imageOrFailure(image), said: {} }));
}

/** What a server says, without the secrets that it should not have repeated. */
export function cleaned(value: unknown, answer: Answer): JsonRecord {
	return asRecord(mapTexts(value, answer.clean));
}

function resultsIn(value: unknown, depth = 0): unknown[] {
	if (Array.isArray(value)) return value;
	if (value === undefined || value === null || depth === DEEPEST) return [];
	const { data, images, b64_json: embedded, url } = asRecord(value);
	const listed = [data, images]
		.map((inner) => resultsIn(inner, depth + 1))
		.find(({ length }) => length > 0);
	if (listed) return listed;
	return embedded !== undefined || url !== undefined ? [value] : [];
}

/** Levels of `data` inside of `data`; relays have two. */
const DEEPEST = 4;

function entryOf<Image>(value: unknown, kept: Kept<Image>, answer: Answer): Entry<Image> {
	const isLink = typeof value === 'string' && /^https?:/i.test(value);
	const result = isLink ? { url: value } : value;
	const { b64_json: embedded, url } = asRecord(result);
	const said = cleaned(result, answer);
	const image = [embedded, url].map((text) => kept.get(String(text))).find(Boolean);
	if (image) return { said, ...imageOrFailure(image) };
	if (said.error) return { said, failure: failureFrom(JSON.stringify(said), answer) };
	// A link is followed as it is: what looks like a secret may be a part of its path.
	const link = asText(url);
	return link === undefined || kept.has(link) ? { said } : { said, link };
}

function imageOrFailure<Image>(
	image: Image | CallFailure,
): { image: Image } | { failure: CallFailure } {
	return image instanceof CallFailure ? { failure: image } : { image };
}
