import { CallFailure } from '../errors';
import type { Answer } from '../transport/send';
import { asRecord, type JsonRecord } from './json';
import { linksAnywhere } from './linksAnywhere';
import { finishOf } from './finishReasons';
import { resultsIn } from './results';
import { saysNothing } from './saysNothing';
import { failureOfResult } from './withoutImage';

/** One result of an answer: an image that was stored, a link to one, or why there is neither. */
export interface Entry<Image> {
	readonly image?: Image;
	readonly link?: string;
	readonly failure?: CallFailure;
	/** What else the server says of it, such as `revised_prompt`. */
	readonly said: JsonRecord;
	/** It has the bytes of an image that was sent, and is a result only if there is no other. */
	readonly isInput?: boolean;
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

/** Where the images of a response go. */
export interface ImageStore<Image> {
	/**
	 * Stores an image while it arrives. What is not read is passed over.
	 *
	 * @returns null if nothing was stored: the bytes are no image, or a preview that nobody wants
	 */
	readonly keep: Keep<Image>;
	/** Whether two images have the same bytes. */
	isSame(one: Image, other: Image): Promise<boolean>;
	/** Whether an image has the bytes of one that was sent. */
	isInput(image: Image): Promise<boolean>;
	/** Whether a link is the address of an image that was sent. */
	isInputLink(link: string): boolean;
}

export type Keep<Image> = (
	bytes: AsyncIterable<Buffer>,
	expected: Expected,
) => Promise<Image | null>;

/** What became of an image of the text, and whether its place says that it is one. */
export interface Kept<Image> {
	readonly image: Image | CallFailure | null;
	readonly isCertain: boolean;
}

/** By the placeholders that stand in the skeleton for them. */
export type KeptImages<Image> = Map<string, Kept<Image>>;

/**
 * The results of a JSON text. Every image that was stored is one of them, wherever it stood, but
 * for copies and for what the request sent.
 *
 * @param body undefined if it cannot be read
 */
export async function entriesOf<Image>(
	body: unknown,
	kept: KeptImages<Image>,
	store: ImageStore<Image>,
	answer: Answer,
): Promise<Array<Entry<Image>>> {
	const inputs = await inputsAmong(kept, store);
	const entries = await entriesWithout(inputs, body, kept, store, answer);
	if (inputs.size === 0 || entries.some(isFilledEntry)) return entries;
	// A model may return what it was sent.
	const returned = new Set(resultsIn(body).flatMap(({ metadata }) => placedIn(metadata)));
	const repeated = new Set([...inputs].filter((each) => !returned.has(each)));
	const unchanged = await entriesWithout(repeated, body, kept, store, answer);
	return unchanged.map((entry) => (entry.image ? { ...entry, isInput: true } : entry));
}

export function isFilledEntry<Image>({ image, link }: Entry<Image>): boolean {
	return image !== undefined || link !== undefined;
}

/** The placeholder of the image of the Images API. */
function placedIn({ b64_json: base64, url }: JsonRecord): string[] {
	return [base64, url].filter((each) => typeof each === 'string');
}

/**
 * The images of a response that puts links to them under keys of its own, or into words.
 *
 * @param bodies one, or those of the events of a stream
 */
export function linksInWords<Image>(
	bodies: readonly unknown[],
	{ isInputLink }: ImageStore<Image>,
): Array<Entry<Image>> {
	if (bodies.some((body) => !saysNothing(asRecord(body).error))) return [];
	const said = finishOf(bodies).text;
	const links = [...bodies, said].flatMap(linksAnywhere).filter((link) => !isInputLink(link));
	return [...new Set(links)].map((link) => ({ link, said: {} }));
}

/** Images that the request sent: a server that repeats them gives no result. */
async function inputsAmong<Image>(
	kept: KeptImages<Image>,
	store: ImageStore<Image>,
): Promise<ReadonlySet<string>> {
	const inputs = new Set<string>();
	for (const [placeholder, { image }] of kept) {
		const isImage = image !== null && !(image instanceof CallFailure);
		if (isImage && (await store.isInput(image))) inputs.add(placeholder);
	}
	return inputs;
}

/** @param inputs placeholders that stand for no result */
async function entriesWithout<Image>(
	inputs: ReadonlySet<string>,
	body: unknown,
	kept: KeptImages<Image>,
	store: ImageStore<Image>,
	answer: Answer,
): Promise<Array<Entry<Image>>> {
	const entries: Array<Entry<Image>> = [];
	const placed = new Set<string>(inputs);
	for (const { placeholders, links, metadata } of resultsIn(body)) {
		for (const placeholder of placeholders) placed.add(placeholder);
		const own = placeholders.filter((each) => !inputs.has(each));
		const images = own.flatMap((each) => kept.get(each)?.image ?? []);
		const found = await distinct(images, [], store);
		const filled = found.length > 0 ? found.map(imageOrFailure) : links.map((link) => ({ link }));
		if (filled.length > 0) entries.push(...withMetadata<Image>(filled, metadata));
		else if (own.length === placeholders.length)
			entries.push(withoutImage<Image>(metadata, answer));
	}
	const others = [...kept].flatMap(([placeholder, { image }]) =>
		placed.has(placeholder) ? [] : (image ?? []),
	);
	const known = entries.flatMap(({ image }) => image ?? []);
	const strays = (await distinct(others, known, store)).map(imageOrFailure);
	return withoutInputLinks(joined(entries, strays), store);
}

/** Images without those that were there before; failures are all different. */
async function distinct<Image>(
	images: ReadonlyArray<Image | CallFailure>,
	known: readonly Image[],
	store: ImageStore<Image>,
): Promise<Array<Image | CallFailure>> {
	const found: Array<Image | CallFailure> = [];
	for (const image of images) {
		const others = [...known, ...found].filter((each) => !(each instanceof CallFailure));
		const isCopy =
			!(image instanceof CallFailure) && (await isOneOf(image, others as Image[], store));
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

/** Several images of one result share what is said of it, but the tokens count once. */
function withMetadata<Image>(
	found: ReadonlyArray<Omit<Entry<Image>, 'said'>>,
	{ usage, ...said }: JsonRecord,
): Array<Entry<Image>> {
	return found.map((each, index) => ({
		...each,
		said: index === 0 && usage !== undefined ? { ...said, usage } : said,
	}));
}

function withoutImage<Image>(said: JsonRecord, answer: Answer): Entry<Image> {
	const failure = failureOfResult(said, answer);
	return failure ? { said, failure } : { said };
}

/** Images at a place of their own: as many as there are links, and they are the images behind them. */
function joined<Image>(
	entries: ReadonlyArray<Entry<Image>>,
	strays: ReadonlyArray<Omit<Entry<Image>, 'said'>>,
): Array<Entry<Image>> {
	const isFilled = entries.some(({ image, link, failure }) => image ?? link ?? failure);
	if (strays.length === 0) return [...entries];
	const areLinks = entries.every(({ link }) => link !== undefined);
	if (areLinks && entries.length === strays.length) {
		return strays.map((stray, index) => ({ ...stray, said: entries[index]?.said ?? {} }));
	}
	return [...(isFilled ? entries : []), ...strays.map((stray) => ({ ...stray, said: {} }))];
}

/** An input image may be repeated by its address, too, beside the result. */
function withoutInputLinks<Image>(
	entries: ReadonlyArray<Entry<Image>>,
	{ isInputLink }: ImageStore<Image>,
): Array<Entry<Image>> {
	const own = entries.filter(({ link }) => link === undefined || !isInputLink(link));
	return own.some(({ image, link }) => image ?? link) ? own : [...entries];
}

export function imageOrFailure<Image>(
	image: Image | CallFailure,
): { image: Image } | { failure: CallFailure } {
	return image instanceof CallFailure ? { failure: image } : { image };
}
