import { orFailure } from '../errors';
import type { Answer } from '../transport/send';
import {
	cleaned,
	entriesOf,
	entriesOfImages,
	type Decoded,
	type Entry,
	type Keep,
} from './entries';
import { EventReader, type ServerEvent } from './events';
import { failureFrom } from './failure';
import { asRecord, asText, parseJson, type JsonRecord } from './json';

/**
 * Reads a streamed answer. OpenAI sends `image_generation.partial_image` and `.completed` (or
 * `image_edit.…`), one completed event per image; the end of the body, or `[DONE]`, ends it.
 * Contract: https://www.npmjs.com/package/openai/v/7.55.0 (resources/images.d.ts, ImageGenStreamEvent)
 */
export async function decodeEvents<Image>(
	answer: Answer,
	keep: Keep<Image>,
): Promise<Decoded<Image>> {
	const results = new Results(answer, keep);
	const reader = new EventReader();
	const read = async () => {
		for await (const chunk of answer.body) {
			for (const event of reader.push(chunk)) {
				if (event.text.trim() === '[DONE]') return;
				await results.take(event);
			}
		}
	};
	const failure = await read().catch(orFailure);
	const last = reader.end();
	if (last && last.text.trim() !== '[DONE]') await results.take(last);
	if (failure && results.entries.length === 0) throw failure;
	// What was complete before the stream broke off is paid for.
	if (failure) results.entries.push({ said: {}, failure });
	return results;
}

/** What the events of one answer amount to. */
class Results<Image> implements Decoded<Image> {
	said: JsonRecord = {};
	readonly entries: Array<Entry<Image>> = [];
	readonly partials: Image[] = [];

	constructor(
		private readonly answer: Answer,
		private readonly keep: Keep<Image>,
	) {}

	async take({ name, text, images }: ServerEvent): Promise<void> {
		const payload = parseJson(text);
		const fields = asRecord(payload);
		const type = asText(fields.type) ?? name;
		if (fields.error || /(^error|[._]failed)$/.test(type) || name === 'error') {
			const failure = failureFrom(text, this.answer);
			this.entries.push({ said: {}, failure });
			return;
		}
		// A preview that is cut off shows what it is only in its text.
		const isPartial =
			fields.partial_image_index !== undefined ||
			/partial_image/.test(`${type} ${payload ? '' : text}`);
		if (isPartial) {
			for (const { bytes } of images) this.partials.push(await this.keep(bytes, true));
			return;
		}
		const kept = new Map<string, Image>();
		for (const { placeholder, bytes } of images) {
			kept.set(placeholder, await this.keep(bytes, false));
		}
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
