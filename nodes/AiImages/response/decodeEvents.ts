import { orFailure } from '../errors';
import type { Answer } from '../transport/send';
import {
	cleaned,
	entriesOf,
	entriesOfImages,
	type Decoded,
	type Entry,
	type Keep,
	type Kept,
} from './entries';
import { readEvents, type ArrivingEvent } from './events';
import { failureFrom } from './failure';
import { asNumber, asRecord, asText, parseJson, type JsonRecord } from './json';
import {
	collected,
	limited,
	MOST_EVENTS,
	MOST_IMAGES,
	ofImage,
	orTooLarge,
	TooLarge,
	tooMany,
	tooManyEvents,
} from './limits';
import { ImageSplitter } from './splitter';

/**
 * Reads a streamed answer. OpenAI sends `image_generation.partial_image` and `.completed` (or
 * `image_edit.…`), one completed event per image; the end of the body, or `[DONE]`, ends it.
 * Contract: https://www.npmjs.com/package/openai/v/7.57.0 (resources/images.d.ts, ImageGenStreamEvent)
 *
 * @param largest bytes that an image may have
 */
export async function decodeEvents<Image>(
	answer: Answer,
	keep: Keep<Image>,
	largest: number,
): Promise<Decoded<Image>> {
	const results = new Results(answer, keep, largest);
	const read = async () => {
		for await (const event of readEvents(answer.body)) {
			if (await results.take(event)) return;
		}
	};
	const failure = (await read().catch(orFailure)) ?? undefined;
	if (failure && results.entries.length === 0) throw failure;
	// What was complete before the stream broke off is paid for.
	const { said, entries, partials } = results;
	return { said, entries, partials, failure };
}

/** What the events of one answer amount to. */
class Results<Image> {
	said: JsonRecord = {};
	readonly entries: Array<Entry<Image>> = [];
	readonly partials: Image[] = [];
	private count = 0;

	constructor(
		private readonly answer: Answer,
		private readonly keep: Keep<Image>,
		private readonly largest: number,
	) {}

	/** @returns whether this was the last event */
	async take(event: ArrivingEvent): Promise<boolean> {
		if (this.entries.length >= MOST_IMAGES) throw tooMany();
		if (++this.count > MOST_EVENTS) throw tooManyEvents();
		const splitter = new ImageSplitter(event.data);
		const kept: Kept<Image> = new Map();
		const lost = await this.keepImages(event, splitter, kept).catch(orFailure);
		const text = splitter.skeleton();
		if (text.trim() === '[DONE]') return true;
		if (kept.size > 0 || !lost) this.read(event.name, text, kept);
		if (lost) throw lost;
		return false;
	}

	/** Previews go to the others of their kind, images into the map. */
	private async keepImages(
		event: ArrivingEvent,
		splitter: ImageSplitter,
		kept: Kept<Image>,
	): Promise<void> {
		const store = async (bytes: AsyncIterable<Buffer>, isPreview: boolean, placeholder: string) => {
			const image = await this.keep(bytes, isPreview).catch(orTooLarge);
			if (!isPreview) kept.set(placeholder, image);
			else if (!(image instanceof TooLarge)) this.partials.push(image);
		};
		const unknown = new Map<string, Buffer[] | TooLarge>();
		for await (const { placeholder, bytes } of splitter.images()) {
			const whole = limited(bytes, this.largest, ofImage);
			const kind = kindOf(event.name, splitter.skeleton());
			// Relays that sort the fields say only behind the image what it is.
			if (kind === null) unknown.set(placeholder, await collected(whole).catch(orTooLarge));
			else await store(whole, kind === 'preview', placeholder);
		}
		const isPreview = kindOf(event.name, splitter.skeleton()) === 'preview';
		for (const [placeholder, pieces] of unknown) {
			if (pieces instanceof TooLarge) kept.set(placeholder, pieces);
			else await store(oneByOne(pieces), isPreview, placeholder);
		}
	}

	private read(name: string, text: string, kept: Kept<Image>): void {
		const payload = parseJson(text);
		const fields = asRecord(payload);
		const type = asText(fields.type) ?? name;
		if (
			fields.error ||
			asRecord(fields.data).error ||
			/(^error|[._]failed)$/.test(type) ||
			name === 'error'
		) {
			this.entries.push({ said: {}, failure: failureFrom(text, this.answer) });
			return;
		}
		if (kindOf(name, text) === 'preview') return;
		const found = entriesOf(payload, kept, this.answer);
		const hasImage = found.some(({ image, link, failure }) => image ?? link ?? failure);
		this.entries.push(...(hasImage ? found : entriesOfImages(kept)));
		// What is said of all images: by relays that wrap a whole answer, or at the end of several.
		const { data, ...rest } = fields;
		if (data !== undefined || !hasImage) {
			this.said = { ...this.said, ...cleaned(rest, this.answer) };
		}
	}
}

/**
 * What the images of an event are, by its type, which stands in its data or in its `event:` line.
 *
 * @param text the data without its images, as far as it has arrived
 * @returns null if that is not known yet
 */
function kindOf(name: string, text: string): 'preview' | 'result' | null {
	const whole = parseJson(text);
	const fields = whole === undefined ? beginningOf(text) : asRecord(whole);
	const type = asText(fields.type) ?? name;
	if (type) return /partial_image/.test(type) ? 'preview' : 'result';
	// Gateways write the number into finished images, too.
	if (asNumber(fields.partial_image_index) !== undefined) return 'preview';
	return fields.data ? 'result' : null;
}

/** Fields of a JSON text that has not arrived yet, or never will. */
function beginningOf(text: string): JsonRecord {
	return {
		partial_image_index: Number(/"partial_image_index"\s*:\s*(\d+)/.exec(text)?.[1]),
		type: /^\s*\{(?:[^{}]*,)?\s*"type"\s*:\s*"([^"]*)"/.exec(text)?.[1],
		data: /^\s*\{(?:[^{}]*,)?\s*"data"\s*:\s*[[{]/.exec(text)?.[0],
	};
}

async function* oneByOne(pieces: Buffer[]): AsyncGenerator<Buffer> {
	for (let piece = pieces.shift(); piece; piece = pieces.shift()) yield piece;
}
