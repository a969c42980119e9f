import { ApiError, asApiError } from '../errors';
import type { HttpResponse } from '../transport/send';
import { asJson } from './bareText';
import { countOf, holdsNoImage, withoutPlaceholders } from './decodeJson';
import {
	entriesOf,
	isFilledEntry,
	isOneOf,
	entriesFromLinks,
	type Decoded,
	type Entry,
	type ImageStore,
	type SplitImages,
} from './entries';
import { isSingle, kindOf, tellsOfFailure } from './eventKind';
import { readEvents, type ArrivingEvent } from './readEvents';
import { parseErrorText } from './errors/parseError';
import { asRecord, asText, parseJson, type JsonRecord } from '../values/json';
import {
	collect,
	limitBytes,
	MAX_METADATA_BYTES,
	MAX_EVENTS,
	MAX_IMAGES,
	imageTooLarge,
	asSizeLimitError,
	SizeLimitError,
	tooMuchMetadata,
	tooManyImages,
	tooManyEvents,
} from './limits';
import { ImageSplitter } from './splitter/splitter';
import { noImageError } from './errors/noImage';

/**
 * Reads a streamed answer. OpenAI sends `image_generation.partial_image` and `.completed` (or
 * `image_edit.…`), one completed event per image; the end of the body, or `[DONE]`, ends it.
 * Contract: https://www.npmjs.com/package/openai/v/7.57.0 (resources/images.d.ts, ImageGenStreamEvent)
 *
 * @param largest bytes that an image may have
 * @throws ApiError if it breaks off before it tells anything
 */
export async function decodeEvents<Image>(
	answer: HttpResponse,
	store: ImageStore<Image>,
	largest: number,
): Promise<Decoded<Image>> {
	const results = new Results(answer, store, largest);
	const read = async () => {
		for await (const event of readEvents(answer.body)) {
			if (await results.take(event)) return;
		}
	};
	const failure = (await read().catch(asApiError)) ?? undefined;
	results.end();
	const { metadata, entries, partials, hasPreviews, texts } = results;
	// What was complete before the stream broke off is paid for.
	if (entries.some(({ image, link }) => image ?? link))
		return { metadata, entries, partials, error: failure };
	const told = entries.flatMap((entry) => entry.error ?? [])[0] ?? failure;
	// A model that has sent previews was at work: nothing repeats the request.
	if (told) throw hasPreviews ? new ApiError(told.message, told.advice, told.details) : told;
	if (hasPreviews) throw onlyPreviews();
	if (!results.holdsNoImage) throw noImageError(texts, answer);
	return { metadata, entries: [], partials };
}

function onlyPreviews(): ApiError {
	return new ApiError(
		'The server sent previews, but its answer ended without the image',
		'The image may have been made and billed. If it happens again, turn Stream off under Options',
	);
}

/** What the events of one answer amount to. */
class Results<Image> {
	metadata: JsonRecord = {};
	readonly entries: Array<Entry<Image>> = [];
	readonly partials: Image[] = [];
	/** Previews came, whether anybody wants them or not. */
	hasPreviews = false;
	/** The data of the events that hold no image. */
	readonly texts: string[] = [];
	/** Something stood where an image stands, and was none. */
	holdsNoImage = false;
	/** Results that have the bytes of an input image. */
	private readonly inputs: Array<Entry<Image>> = [];
	/** The kinds of the events that brought the entries. */
	private readonly kinds = new Map<Entry<Image>, string>();
	private count = 0;
	private words = 0;

	constructor(
		private readonly answer: HttpResponse,
		private readonly store: ImageStore<Image>,
		private readonly largest: number,
	) {}

	/** @returns whether this was the last event */
	async take(event: ArrivingEvent): Promise<boolean> {
		if (this.entries.length >= MAX_IMAGES) throw tooManyImages();
		if (++this.count > MAX_EVENTS) throw tooManyEvents();
		const splitter = new ImageSplitter(asJson(event.data));
		const kept: SplitImages<Image> = new Map();
		const lost = await this.keepImages(event, splitter, kept).catch(asApiError);
		const text = splitter.skeleton();
		if (text.trim() === '[DONE]') return true;
		this.words += text.length;
		if (this.words > MAX_METADATA_BYTES) throw tooMuchMetadata();
		if (kept.size > 0 || !lost) await this.read(event.name, text, splitter.top, kept);
		if (lost) throw lost;
		return false;
	}

	/** Previews go to the others of their kind, images into the map. */
	private async keepImages(
		event: ArrivingEvent,
		splitter: ImageSplitter,
		kept: SplitImages<Image>,
	): Promise<void> {
		const keep = async (
			bytes: AsyncIterable<Buffer>,
			isPreview: boolean,
			isCertain: boolean,
			placeholder: string,
		) => {
			this.hasPreviews ||= isPreview;
			const position = this.entries.length + countOf(kept);
			const expected = { isPreview, position, mustTellSize: !isCertain };
			const image = await this.store.store(bytes, expected).catch(asSizeLimitError);
			if (!isPreview) kept.set(placeholder, { image, isCertain });
			else if (image && !(image instanceof SizeLimitError)) this.partials.push(image);
		};
		const unknown = new Map<string, { pieces: Buffer[] | SizeLimitError; isCertain: boolean }>();
		for await (const { placeholder, bytes, isCertain } of splitter.images()) {
			const whole = limitBytes(bytes, this.largest, imageTooLarge);
			const kind = kindOf(event.name, splitter.top, false);
			// Relays that sort the fields say only behind the image what it is.
			if (kind !== null) await keep(whole, kind === 'preview', isCertain, placeholder);
			else {
				const pieces = await collect(whole).catch(asSizeLimitError);
				unknown.set(placeholder, { pieces, isCertain });
			}
		}
		const isPreview = kindOf(event.name, splitter.top, true) === 'preview';
		for (const [placeholder, { pieces, isCertain }] of unknown) {
			if (pieces instanceof SizeLimitError) kept.set(placeholder, { image: pieces, isCertain });
			else await keep(oneByOne(pieces), isPreview, isCertain, placeholder);
		}
	}

	private async read(
		name: string,
		text: string,
		top: ImageSplitter['top'],
		kept: SplitImages<Image>,
	): Promise<void> {
		const payload = parseJson(text);
		const fields = asRecord(payload);
		const isFailure = tellsOfFailure(name, fields);
		if (!isFailure && kindOf(name, top, true) === 'preview') return;
		const found = await entriesOf(payload, kept, this.store, this.answer);
		this.inputs.push(...found.filter(({ isInput }) => isInput));
		const kind = asText(fields.type) ?? name;
		const fresh = await this.withoutRepeated(
			found.filter(({ isInput }) => !isInput),
			// Those of other events are results of their own, each in one of the same kind.
			isSingle(fields) ? (entry) => this.kinds.get(entry) !== kind : () => true,
		);
		for (const entry of fresh) this.kinds.set(entry, kind);
		const isFilled = found.some(({ image, link }) => image ?? link);
		this.holdsNoImage ||= holdsNoImage(kept);
		if (isFailure) {
			const failure = parseErrorText(withoutPlaceholders(text), this.answer);
			const filled = fresh.filter(({ image, link }) => image ?? link);
			this.entries.push(...filled, { metadata: {}, error: failure });
			return;
		}
		// An event that says nothing of an image is no result.
		if (fresh.some(({ image, link, error }) => image ?? link ?? error)) {
			this.entries.push(...fresh);
		}
		if (!isFilled && text.trim() !== '') this.texts.push(withoutPlaceholders(text));
		// What is metadata of all images: by relays that wrap a whole answer, or at the end of several.
		const { data: _, ...rest } = fields;
		if (fields.data !== undefined || !isFilled) this.metadata = { ...this.metadata, ...rest };
	}

	/** What is known only behind the last event. */
	end(): void {
		if (this.entries.some(isFilledEntry)) return;
		const bodies = this.texts.map(parseJson);
		this.entries.push(
			...(this.inputs.length > 0 ? this.inputs : entriesFromLinks(bodies, this.store)),
		);
	}

	/**
	 * Some relays send each image, and then a whole answer that holds all of them once more.
	 *
	 * @param mayBeRepeated whether the event may repeat an entry of an earlier one
	 */
	private async withoutRepeated(
		found: ReadonlyArray<Entry<Image>>,
		mayBeRepeated: (entry: Entry<Image>) => boolean,
	): Promise<ReadonlyArray<Entry<Image>>> {
		const earlier = this.entries.filter(mayBeRepeated);
		const images = earlier.flatMap(({ image }) => image ?? []);
		// As many links as there are images lead to them.
		const areTheSame = earlier.length === found.length && images.length === earlier.length;
		if (found.length > 0 && areTheSame && found.every(({ link }) => link)) return [];
		const links = new Set(earlier.flatMap(({ link }) => link ?? []));
		const fresh: Array<Entry<Image>> = [];
		for (const entry of found) {
			const { image, link } = entry;
			const isKnown = image ? await isOneOf(image, images, this.store) : link && links.has(link);
			if (!isKnown) fresh.push(entry);
		}
		return fresh;
	}
}

async function* oneByOne(pieces: Buffer[]): AsyncGenerator<Buffer> {
	for (let piece = pieces.shift(); piece; piece = pieces.shift()) yield piece;
}
