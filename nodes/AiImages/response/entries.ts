import { CallFailure } from '../errors';
import type { Answer } from '../transport/send';
import { failureFrom } from './failure';
import type { JsonRecord } from './json';
import { resultsIn } from './results';
import { saysNothing } from './saysNothing';

/** One result of an answer: an image that was stored, a link to one, or why there is neither. */
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
	const entries: Array<Entry<Image>> = [];
	const placed = new Set<string>();
	for (const { placeholders, links, metadata } of resultsIn(body)) {
		for (const placeholder of placeholders) placed.add(placeholder);
		const images = placeholders.flatMap((each) => kept.get(each)?.image ?? []);
		const found = await distinct(images, [], store);
		const filled = found.length > 0 ? found.map(imageOrFailure) : links.map((link) => ({ link }));
		if (filled.length > 0) entries.push(...withMetadata<Image>(filled, metadata));
		else entries.push(withoutImage<Image>(metadata, answer));
	}
	const others = [...kept].flatMap(([placeholder, { image }]) =>
		placed.has(placeholder) ? [] : (image ?? []),
	);
	const known = entries.flatMap(({ image }) => image ?? []);
	const strays = (await distinct(others, known, store)).map(imageOrFailure);
	return await withoutInputs(joined(entries, strays), kept, store);
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
	if (saysNothing(said.error)) return { said };
	return { said, failure: failureFrom(JSON.stringify(said), answer) };
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

/** A server that repeats what it was sent gives no result, unless it stands where results stand. */
async function withoutInputs<Image>(
	entries: ReadonlyArray<Entry<Image>>,
	kept: KeptImages<Image>,
	{ isInput }: ImageStore<Image>,
): Promise<Array<Entry<Image>>> {
	const certain = [...kept.values()].flatMap(({ image, isCertain }) => (isCertain ? image : []));
	const own: Array<Entry<Image>> = [];
	const inputs: Array<Entry<Image>> = [];
	for (const entry of entries) {
		const isOwn = entry.image === undefined || !(await isInput(entry.image));
		(isOwn ? own : inputs).push(entry);
	}
	if (own.some(({ image, link }) => image ?? link)) return own;
	return [...own, ...inputs.filter(({ image }) => image && certain.includes(image))];
}

export function imageOrFailure<Image>(
	image: Image | CallFailure,
): { image: Image } | { failure: CallFailure } {
	return image instanceof CallFailure ? { failure: image } : { image };
}
