import { ApiError } from '../errors';
import type { HttpResponse } from '../transport/send';
import { asRecord, type JsonRecord } from '../values/json';
import { findImageLinks } from './imageLinks';
import { finishReasonOf } from './errors/finishReason';
import { resultsIn } from './results';
import { isNoError } from './errors/isNoError';
import { resultError } from './errors/noImage';

/** One result of an answer: an image that was stored, a link to one, or why there is neither. */
export interface Entry<Image> {
	readonly image?: Image;
	readonly link?: string;
	readonly error?: ApiError;
	/** What else the server says of it, such as `revised_prompt`. */
	readonly metadata: JsonRecord;
	/** It has the bytes of an image that was sent, and is a result only if there is no other. */
	readonly isInput?: boolean;
}

/** A successful answer. */
export interface Decoded<Image> {
	/** The answer without its images: `created`, `usage`, `size` … */
	readonly metadata: JsonRecord;
	readonly entries: ReadonlyArray<Entry<Image>>;
	/** Previews, in the order of their arrival. */
	readonly partials: readonly Image[];
	/** What the server complains of beside its images, or why its answer broke off behind some. */
	readonly error?: ApiError | undefined;
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

/** Where the images of a response go. */
export interface ImageStore<Image> {
	/**
	 * Stores an image while it arrives. What is not read is passed over.
	 *
	 * @returns null if nothing was stored: the bytes are no image, or a preview that nobody wants
	 */
	readonly store: StoreImage<Image>;
	/** Whether two images have the same bytes. */
	isSame(one: Image, other: Image): Promise<boolean>;
	/** Whether an image has the bytes of one that was sent. */
	isInput(image: Image): Promise<boolean>;
	/** Whether a link is the address of an image that was sent. */
	isInputLink(link: string): boolean;
}

export type StoreImage<Image> = (
	bytes: AsyncIterable<Buffer>,
	expected: Expected,
) => Promise<Image | null>;

/** What became of an image of the text, and whether its place says that it is one. */
export interface SplitImage<Image> {
	readonly image: Image | ApiError | null;
	readonly isCertain: boolean;
}

/** By the placeholders that stand in the skeleton for them. */
export type SplitImages<Image> = Map<string, SplitImage<Image>>;

/**
 * The results of a JSON text. Every image that was stored is one of them, wherever it stood, but
 * for copies and for what the request sent.
 *
 * @param body undefined if it cannot be read
 */
export async function entriesOf<Image>(
	body: unknown,
	kept: SplitImages<Image>,
	store: ImageStore<Image>,
	answer: HttpResponse,
): Promise<Array<Entry<Image>>> {
	const inputs = await inputsAmong(kept, store);
	const entries = await entriesWithout(inputs, body, kept, store, answer);
	if (inputs.size === 0 || entries.some(isFilledEntry)) return entries;
	// A model may return what it was sent.
	const returned = new Set(
		resultsIn(body).flatMap(({ metadata }) => imagesApiPlaceholders(metadata)),
	);
	const repeated = new Set([...inputs].filter((each) => !returned.has(each)));
	const unchanged = await entriesWithout(repeated, body, kept, store, answer);
	return unchanged.map((entry) => (entry.image ? { ...entry, isInput: true } : entry));
}

export function isFilledEntry<Image>({ image, link }: Entry<Image>): boolean {
	return image !== undefined || link !== undefined;
}

/** The placeholder of the image of the Images API. */
function imagesApiPlaceholders({ b64_json: base64, url }: JsonRecord): string[] {
	return [base64, url].filter((each) => typeof each === 'string');
}

/**
 * The images of a response that puts links to them under keys of its own, or into words.
 *
 * @param bodies one, or those of the events of a stream
 */
export function entriesFromLinks<Image>(
	bodies: readonly unknown[],
	{ isInputLink }: ImageStore<Image>,
): Array<Entry<Image>> {
	if (bodies.some((body) => !isNoError(asRecord(body).error))) return [];
	const metadata = finishReasonOf(bodies).text;
	const links = [...bodies, metadata].flatMap(findImageLinks).filter((link) => !isInputLink(link));
	return [...new Set(links)].map((link) => ({ link, metadata: {} }));
}

/** Images that the request sent: a server that repeats them gives no result. */
async function inputsAmong<Image>(
	kept: SplitImages<Image>,
	store: ImageStore<Image>,
): Promise<ReadonlySet<string>> {
	const inputs = new Set<string>();
	for (const [placeholder, { image }] of kept) {
		const isImage = image !== null && !(image instanceof ApiError);
		if (isImage && (await store.isInput(image))) inputs.add(placeholder);
	}
	return inputs;
}

/** @param inputs placeholders that stand for no result */
async function entriesWithout<Image>(
	inputs: ReadonlySet<string>,
	body: unknown,
	kept: SplitImages<Image>,
	store: ImageStore<Image>,
	answer: HttpResponse,
): Promise<Array<Entry<Image>>> {
	const entries: Array<Entry<Image>> = [];
	const placed = new Set<string>(inputs);
	for (const { placeholders, links, metadata } of resultsIn(body)) {
		for (const placeholder of placeholders) placed.add(placeholder);
		const own = placeholders.filter((each) => !inputs.has(each));
		const images = own.flatMap((each) => kept.get(each)?.image ?? []);
		const found = await distinct(images, [], store);
		const filled = found.length > 0 ? found.map(imageOrError) : links.map((link) => ({ link }));
		if (filled.length > 0) entries.push(...withMetadata<Image>(filled, metadata));
		else if (own.length === placeholders.length)
			entries.push(withoutImage<Image>(metadata, answer));
	}
	const others = [...kept].flatMap(([placeholder, { image }]) =>
		placed.has(placeholder) ? [] : (image ?? []),
	);
	const known = entries.flatMap(({ image }) => image ?? []);
	const strays = (await distinct(others, known, store)).map(imageOrError);
	return withoutInputLinks(joined(entries, strays), store);
}

/** Images without those that were there before; errors are all different. */
async function distinct<Image>(
	images: ReadonlyArray<Image | ApiError>,
	known: readonly Image[],
	store: ImageStore<Image>,
): Promise<Array<Image | ApiError>> {
	const found: Array<Image | ApiError> = [];
	for (const image of images) {
		const others = [...known, ...found].filter((each) => !(each instanceof ApiError));
		const isCopy = !(image instanceof ApiError) && (await isOneOf(image, others as Image[], store));
		if (!isCopy) found.push(image);
	}
	return found;
}

export async function isOneOf<Image>(
	image: Image,
	others: readonly Image[],
	{ isSame }: ImageStore<Image>,
): Promise<boolean> {
	for (const other of others) if (await isSame(image, other)) return true;
	return false;
}

/** Several images of one result share what is metadata of it, but the tokens count once. */
function withMetadata<Image>(
	found: ReadonlyArray<Omit<Entry<Image>, 'metadata'>>,
	{ usage, ...metadata }: JsonRecord,
): Array<Entry<Image>> {
	return found.map((each, index) => ({
		...each,
		metadata: index === 0 && usage !== undefined ? { ...metadata, usage } : metadata,
	}));
}

function withoutImage<Image>(metadata: JsonRecord, answer: HttpResponse): Entry<Image> {
	const failure = resultError(metadata, answer);
	return failure ? { metadata, error: failure } : { metadata };
}

/** Images at a place of their own: as many as there are links, and they are the images behind them. */
function joined<Image>(
	entries: ReadonlyArray<Entry<Image>>,
	strays: ReadonlyArray<Omit<Entry<Image>, 'metadata'>>,
): Array<Entry<Image>> {
	const isFilled = entries.some(({ image, link, error }) => image ?? link ?? error);
	if (strays.length === 0) return [...entries];
	const areLinks = entries.every(({ link }) => link !== undefined);
	if (areLinks && entries.length === strays.length) {
		return strays.map((stray, index) => ({ ...stray, metadata: entries[index]?.metadata ?? {} }));
	}
	return [...(isFilled ? entries : []), ...strays.map((stray) => ({ ...stray, metadata: {} }))];
}

/** An input image may be repeated by its address, too, beside the result. */
function withoutInputLinks<Image>(
	entries: ReadonlyArray<Entry<Image>>,
	{ isInputLink }: ImageStore<Image>,
): Array<Entry<Image>> {
	const own = entries.filter(({ link }) => link === undefined || !isInputLink(link));
	return own.some(({ image, link }) => image ?? link) ? own : [...entries];
}

export function imageOrError<Image>(
	image: Image | ApiError,
): { image: Image } | { error: ApiError } {
	return image instanceof ApiError ? { error: image } : { image };
}
