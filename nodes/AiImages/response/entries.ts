import { ApiError } from '../errors';
import type { Service } from '../services/types';
import { asRecord, type JsonRecord } from '../values/json';
import { readFinishDetails } from './errors/finishDetails';
import { isNoError } from './errors/isNoError';
import { resultError } from './errors/noImage';
import { findImageLinks } from './imageLinks';
import { isWithheld, ownValues, resultsIn, withoutSkipped } from './results';
import type { ServiceResponse } from './serviceResponse';
import type { Entry, ImageStore, SplitImages } from './types';

/**
 * The results in a JSON body. Every stored image is one of them, wherever it was found, except for
 * copies and for input images that the response repeats.
 *
 * @param body undefined if it cannot be parsed
 * @param found the images that the splitter found
 */
export async function entriesOf<Image>(
	body: unknown,
	found: SplitImages<Image>,
	store: ImageStore<Image>,
	response: ServiceResponse,
): Promise<Array<Entry<Image>>> {
	const { results } = response.service;
	const { kept, skipped } = withoutSkipped(body, results);
	const inputs = await inputsAmong(found, store);
	const others = new Set([...inputs, ...skipped]);
	const entries = await entriesWithout(others, kept, found, store, response);
	if (inputs.size === 0 || entries.some(isFilledEntry)) return entries;
	// A model can return an input image unchanged.
	const { base64, url } = results;
	const returned = new Set(
		resultsIn(kept, results).flatMap(({ metadata }) =>
			[base64, url].flatMap((path) => ownValues(metadata, path, results)),
		),
	);
	const repeated = new Set([...others].filter((each) => !returned.has(each)));
	const unchanged = await entriesWithout(repeated, kept, found, store, response);
	return unchanged.map((entry) => (entry.image ? { ...entry, isInput: true } : entry));
}

export function isFilledEntry<Image>({ image, link }: Entry<Image>): boolean {
	return image !== undefined || link !== undefined;
}

/**
 * The images of a response that has links under unknown keys or in prose. A response that says why
 * there is no image has none: its links lead to what the model looked at.
 *
 * @param bodies one, or those of the events of a stream
 */
export function entriesFromLinks<Image>(
	bodies: readonly unknown[],
	{ isInputLink }: ImageStore<Image>,
	{ results }: Service,
): Array<Entry<Image>> {
	if (bodies.some((body) => !isNoError(asRecord(body).error))) return [];
	const kept = bodies.map((body) => withoutSkipped(body, results).kept);
	const { text, reasons, isRefusal } = readFinishDetails(kept, results);
	if (isRefusal || reasons.some((reason) => !CUT_OFF.test(reason))) return [];
	const links = [...kept, text].flatMap(findImageLinks).filter((link) => !isInputLink(link));
	return [...new Set(links)].map((link) => ({ link, metadata: {} }));
}

/** Why a model stopped that had written all it could: a link in its text can be whole. */
const CUT_OFF = /^(?:length|max_?(?:output_?|completion_?)?tokens)$/i;

/** Placeholders of images with the bytes of an input image. */
async function inputsAmong<Image>(
	found: SplitImages<Image>,
	store: ImageStore<Image>,
): Promise<ReadonlySet<string>> {
	const inputs = new Set<string>();
	for (const [placeholder, { image }] of found) {
		const isImage = image !== null && !(image instanceof ApiError);
		if (isImage && (await store.isInput(image))) inputs.add(placeholder);
	}
	return inputs;
}

/** @param others placeholders that are no results */
async function entriesWithout<Image>(
	others: ReadonlySet<string>,
	body: unknown,
	found: SplitImages<Image>,
	store: ImageStore<Image>,
	response: ServiceResponse,
): Promise<Array<Entry<Image>>> {
	const entries: Array<Entry<Image>> = [];
	const placed = new Set<string>(others);
	const { results } = response.service;
	for (const { placeholders, links, metadata } of resultsIn(body, results)) {
		for (const placeholder of placeholders) placed.add(placeholder);
		if (isWithheld(metadata, results)) {
			entries.push(emptyEntry<Image>(metadata, response));
			continue;
		}
		const own = placeholders.filter((each) => !others.has(each));
		const images = own.flatMap((each) => found.get(each)?.image ?? []);
		const distinct = await withoutCopies(images, [], store);
		const filled =
			distinct.length > 0 ? withLinks(distinct, links) : links.map((link) => ({ link }));
		if (filled.length > 0) {
			entries.push(...withMetadata<Image>(filled, metadata, results.metadata.usage));
		} else if (own.length === placeholders.length) {
			entries.push(emptyEntry<Image>(metadata, response));
		}
	}
	const rest = [...found].flatMap(([placeholder, { image }]) =>
		placed.has(placeholder) ? [] : (image ?? []),
	);
	const known = entries.flatMap(({ image }) => image ?? []);
	const unplaced = (await withoutCopies(rest, known, store)).map(imageOrError);
	return withoutInputLinks(withUnplaced(entries, unplaced), store);
}

/** Images that are neither known nor equal to an earlier one. Errors are all kept. */
async function withoutCopies<Image>(
	images: ReadonlyArray<Image | ApiError>,
	known: readonly Image[],
	store: ImageStore<Image>,
): Promise<Array<Image | ApiError>> {
	const distinct: Array<Image | ApiError> = [];
	for (const image of images) {
		const others = [...known, ...distinct].filter((each) => !(each instanceof ApiError));
		const isCopy = !(image instanceof ApiError) && (await isOneOf(image, others as Image[], store));
		if (!isCopy) distinct.push(image);
	}
	return distinct;
}

export async function isOneOf<Image>(
	image: Image,
	others: readonly Image[],
	{ isSame }: ImageStore<Image>,
): Promise<boolean> {
	for (const other of others) if (await isSame(image, other)) return true;
	return false;
}

/** A result can have the image and a link to it. */
function withLinks<Image>(
	images: ReadonlyArray<Image | ApiError>,
	links: readonly string[],
): Array<Omit<Entry<Image>, 'metadata'>> {
	return images.map((image, index) => {
		const link = images.length === links.length ? links[index] : undefined;
		return image instanceof ApiError || link === undefined ? imageOrError(image) : { image, link };
	});
}

/** Several images of one result share its metadata, but its tokens count once. */
function withMetadata<Image>(
	found: ReadonlyArray<Omit<Entry<Image>, 'metadata'>>,
	metadata: JsonRecord,
	usageKey: string,
): Array<Entry<Image>> {
	const { [usageKey]: usage, ...shared } = metadata;
	return found.map((each, index) => ({
		...each,
		metadata: index === 0 && usage !== undefined ? metadata : shared,
	}));
}

function emptyEntry<Image>(metadata: JsonRecord, response: ServiceResponse): Entry<Image> {
	const error = resultError(metadata, response);
	return error ? { metadata, error } : { metadata };
}

/** Adds images that no result refers to. If there are as many links, these lead to the same images. */
function withUnplaced<Image>(
	entries: ReadonlyArray<Entry<Image>>,
	unplaced: ReadonlyArray<Omit<Entry<Image>, 'metadata'>>,
): Array<Entry<Image>> {
	const isFilled = entries.some(({ image, link, error }) => image ?? link ?? error);
	if (unplaced.length === 0) return [...entries];
	const areLinks = entries.every(({ image, link }) => image === undefined && link !== undefined);
	if (areLinks && entries.length === unplaced.length) {
		return unplaced.map((each, index) => ({ ...each, metadata: entries[index]?.metadata ?? {} }));
	}
	return [...(isFilled ? entries : []), ...unplaced.map((each) => ({ ...each, metadata: {} }))];
}

/** A response can also repeat the URL of an input image beside its result. */
function withoutInputLinks<Image>(
	entries: ReadonlyArray<Entry<Image>>,
	{ isInputLink }: ImageStore<Image>,
): Array<Entry<Image>> {
	const own = entries.filter(
		({ image, link }) => image !== undefined || link === undefined || !isInputLink(link),
	);
	return own.some(isFilledEntry) ? own : [...entries];
}

function imageOrError<Image>(image: Image | ApiError): { image: Image } | { error: ApiError } {
	return image instanceof ApiError ? { error: image } : { image };
}
