import { ApiError, asApiError, asSizeLimitError, SizeLimitError } from '../errors';
import { collect, limitBytes } from '../transport/byteStreams';
import { asRecord, asText, parseJson, type JsonRecord } from '../values/json';
import { toJsonText } from './bareText';
import { entriesFromLinks, entriesOf, isFilledEntry, isOneOf } from './entries';
import { noImageError } from './errors/noImage';
import { parseErrorText } from './errors/parseError';
import { eventKind, isErrorEvent, isSingleResult } from './eventKind';
import { joinDeltas } from './joinDeltas';
import {
	imageTooLarge,
	MAX_EVENTS,
	MAX_IMAGES,
	MAX_METADATA_BYTES,
	tooManyEvents,
	tooManyImages,
	tooMuchMetadata,
} from './limits';
import { readEvents, type ArrivingEvent } from './readEvents';
import type { ServiceResponse } from './serviceResponse';
import { countImages, hasInvalidImage, withoutPlaceholders } from './splitImages';
import { ImageSplitter } from './splitter/splitter';
import type { Decoded, Entry, ImageStore, SplitImages } from './types';

/**
 * Reads a streamed response. OpenAI sends `image_generation.partial_image` and `.completed` (or
 * `image_edit.…`), one completed event per image. The stream ends with the body, or with `[DONE]`.
 *
 * @throws ApiError if there is no image
 */
export async function decodeEvents<Image>(
	response: ServiceResponse,
	store: ImageStore<Image>,
	maxImageBytes: number,
): Promise<Decoded<Image>> {
	const reader = new EventReader(response, store, maxImageBytes);
	const read = async () => {
		for await (const event of joinDeltas(readEvents(response.body))) {
			if (await reader.read(event)) return;
		}
	};
	const interruption = (await read().catch(asApiError)) ?? undefined;
	reader.end();
	const { metadata, entries, previews, hasPreviews } = reader;
	// Images that arrived before the stream broke off are paid for.
	if (entries.some(({ image, link }) => image ?? link)) {
		return { metadata, entries, previews, error: interruption };
	}
	const error = entries.flatMap((entry) => entry.error ?? [])[0] ?? interruption;
	// A model that sent previews was working, so the request must not be repeated.
	if (error) throw hasPreviews ? error.with({ hint: {} }) : error;
	if (hasPreviews) throw onlyPreviews();
	if (!reader.hasInvalidImage) throw noImageError(reader.texts, response);
	return { metadata, entries: [], previews };
}

function onlyPreviews(): ApiError {
	return new ApiError(
		'The API sent partial images, but the response ended without the final image',
		"The image might have been generated and billed. If this happens again, turn off 'Stream' in Options",
	);
}

/** Collects the results of all events of a response. */
class EventReader<Image> {
	metadata: JsonRecord = {};
	readonly entries: Array<Entry<Image>> = [];
	readonly previews: Image[] = [];
	/** Previews arrived, even if nobody wants them. */
	hasPreviews = false;
	/** The data of the events without an image. */
	readonly texts: string[] = [];
	/** A key that holds an image had something else. */
	hasInvalidImage = false;
	/** Results with the bytes of an input image. */
	private readonly inputs: Array<Entry<Image>> = [];
	/** The types of the events that had the entries. */
	private readonly types = new Map<Entry<Image>, string>();
	private count = 0;
	private metadataBytes = 0;

	constructor(
		private readonly response: ServiceResponse,
		private readonly store: ImageStore<Image>,
		private readonly maxImageBytes: number,
	) {}

	/** @returns whether this was the last event */
	async read(event: ArrivingEvent): Promise<boolean> {
		if (this.entries.length >= MAX_IMAGES) throw tooManyImages();
		if (++this.count > MAX_EVENTS) throw tooManyEvents();
		const { service } = this.response;
		const splitter = new ImageSplitter(toJsonText(event.data), service);
		const found: SplitImages<Image> = new Map();
		const interruption = await this.storeImages(event, splitter, found).catch(asApiError);
		const text = splitter.skeleton();
		if (text.trim() === service.events.end) return true;
		this.metadataBytes += text.length;
		if (this.metadataBytes > MAX_METADATA_BYTES) throw tooMuchMetadata();
		if (found.size > 0 || !interruption) {
			await this.readData(event.name, text, splitter.top, found);
		}
		if (interruption) throw interruption;
		return false;
	}

	/** Stores previews in `previews`, and images in the map. */
	private async storeImages(
		event: ArrivingEvent,
		splitter: ImageSplitter,
		found: SplitImages<Image>,
	): Promise<void> {
		const { events } = this.response.service;
		const store = async (
			bytes: AsyncIterable<Buffer>,
			isPreview: boolean,
			isCertain: boolean,
			placeholder: string,
		) => {
			this.hasPreviews ||= isPreview;
			const position = this.entries.length + countImages(found);
			const expected = { isPreview, position, mustTellSize: !isCertain };
			const image = await this.store.store(bytes, expected).catch(asSizeLimitError);
			if (!isPreview) found.set(placeholder, { image, isCertain });
			else if (image && !(image instanceof SizeLimitError)) this.previews.push(image);
		};
		const undecided = new Map<string, { pieces: Buffer[] | SizeLimitError; isCertain: boolean }>();
		for await (const { placeholder, bytes, isCertain } of splitter.images()) {
			const image = limitBytes(bytes, this.maxImageBytes, imageTooLarge);
			const kind = eventKind(event.name, splitter.top, events, false);
			// Gateways that sort the fields send the type after the image.
			if (kind !== null) await store(image, kind === 'preview', isCertain, placeholder);
			else {
				const pieces = await collect(image).catch(asSizeLimitError);
				undecided.set(placeholder, { pieces, isCertain });
			}
		}
		const isPreview = eventKind(event.name, splitter.top, events, true) === 'preview';
		for (const [placeholder, { pieces, isCertain }] of undecided) {
			if (pieces instanceof SizeLimitError) found.set(placeholder, { image: pieces, isCertain });
			else await store(release(pieces), isPreview, isCertain, placeholder);
		}
	}

	private async readData(
		name: string,
		text: string,
		top: ImageSplitter['top'],
		found: SplitImages<Image>,
	): Promise<void> {
		const { events, results } = this.response.service;
		const payload = parseJson(text);
		const fields = asRecord(payload);
		const isError = isErrorEvent(name, fields, events);
		if (!isError && eventKind(name, top, events, true) === 'preview') return;
		const entries = await entriesOf(payload, found, this.store, this.response);
		this.inputs.push(...entries.filter(({ isInput }) => isInput));
		const type = asText(fields.type) ?? name;
		const fresh = await this.withoutRepeated(
			entries.filter(({ isInput }) => !isInput),
			// Events of the same type that have one result each do not repeat each other.
			isSingleResult(fields, results) ? (entry) => this.types.get(entry) !== type : () => true,
		);
		for (const entry of fresh) this.types.set(entry, type);
		this.hasInvalidImage ||= hasInvalidImage(found);
		if (isError) {
			const error = parseErrorText(withoutPlaceholders(text), this.response);
			const filled = fresh.filter(({ image, link }) => image ?? link);
			this.entries.push(...filled, { metadata: {}, error });
			return;
		}
		// An event without image, link or error is no result.
		if (fresh.some(({ image, link, error }) => image ?? link ?? error)) this.entries.push(...fresh);
		const isFilled = entries.some(({ image, link }) => image ?? link);
		if (!isFilled && text.trim() !== '') this.texts.push(withoutPlaceholders(text));
		// Metadata of all images: in a whole response that a gateway wraps in an event, or at the end.
		const { [results.list]: list, ...metadata } = fields;
		if (list !== undefined || !isFilled) this.metadata = { ...this.metadata, ...metadata };
	}

	/** Falls back to what counts only if no event had a result. */
	end(): void {
		if (this.entries.some(isFilledEntry)) return;
		const bodies = this.texts.map(parseJson);
		const fallback =
			this.inputs.length > 0
				? this.inputs
				: entriesFromLinks(bodies, this.store, this.response.service);
		this.entries.push(...fallback);
	}

	/**
	 * Some gateways send each image, and then a whole response that repeats all of them.
	 *
	 * @param canBeRepeated whether the event can repeat an entry of an earlier one
	 */
	private async withoutRepeated(
		entries: ReadonlyArray<Entry<Image>>,
		canBeRepeated: (entry: Entry<Image>) => boolean,
	): Promise<ReadonlyArray<Entry<Image>>> {
		const earlier = this.entries.filter(canBeRepeated);
		const images = earlier.flatMap(({ image }) => image ?? []);
		// As many links as there are images lead to these images.
		const areAsMany = earlier.length === entries.length && images.length === earlier.length;
		if (entries.length > 0 && areAsMany && entries.every(({ link }) => link)) return [];
		const links = new Set(earlier.flatMap(({ link }) => link ?? []));
		const fresh: Array<Entry<Image>> = [];
		for (const entry of entries) {
			const { image, link } = entry;
			const isKnown = image ? await isOneOf(image, images, this.store) : link && links.has(link);
			if (!isKnown) fresh.push(entry);
		}
		return fresh;
	}
}

/** Frees each piece as soon as it is read. */
async function* release(pieces: Buffer[]): AsyncGenerator<Buffer> {
	for (let piece = pieces.shift(); piece; piece = pieces.shift()) yield piece;
}
