import { orFailure } from '../errors';
import type { Answer } from '../transport/send';
import { cleaned, entryOf, type Decoded, type Entry, type Keep } from './decode';
import { EventReader, type ServerEvent } from './events';
import { failureFrom } from './failure';
import { asRecord, asText, parseJson, type JsonRecord } from './json';
import type { EmbeddedImage } from './splitter';

/**
 * Reads a streamed answer. OpenAI sends `image_generation.partial_image` and `.completed` (or
 * `image_edit.…`), one completed event per image; the end of the body, or `[DONE]`, ends it.
 * Contract: https://www.npmjs.com/package/openai/v/7.55.0 (resources/images.d.ts, ImageGenStreamEvent)
 */
export async function decodeEvents<Image>(
	answer: Answer,
	keep: Keep<Image>,
): Promise<Decoded<Image>> {
	const entries: Array<Entry<Image>> = [];
	const partials: Image[] = [];
	let said: JsonRecord = {};

	const keepAll = async (images: readonly EmbeddedImage[]) => {
		const kept = new Map<string, Image>();
		for (const { placeholder, bytes } of images) kept.set(placeholder, await keep(bytes, false));
		return kept;
	};
	const take = async ({ name, text, images }: ServerEvent) => {
		const payload = parseJson(text);
		const { data, ...rest } = asRecord(payload);
		switch (kindOf(name, asRecord(payload))) {
			case 'failed':
				entries.push({ said: {}, failure: failureFrom(answer.clean(text), answer) });
				break;
			case 'partial':
				for (const { bytes } of images) partials.push(await keep(bytes, true));
				break;
			case 'completed': {
				const kept = await keepAll(images);
				const results = Array.isArray(data) ? data : [payload];
				if (Array.isArray(data)) said = cleaned(rest, answer);
				entries.push(...results.map((result) => entryOf(result, kept, answer)));
				break;
			}
			default:
				// Cut off behind its image, which is complete and paid for.
				if (payload === undefined && !/partial/.test(`${name} ${text}`)) {
					const kept = await keepAll(images);
					entries.push(...[...kept.values()].map((image) => ({ image, said: {} })));
				}
		}
	};

	const reader = new EventReader();
	const read = async () => {
		for await (const chunk of answer.body) {
			for (const event of reader.push(chunk)) {
				if (event.text.trim() === '[DONE]') return;
				await take(event);
			}
		}
	};
	const failure = await read().catch(orFailure);
	const last = reader.end();
	if (last && last.text.trim() !== '[DONE]') await take(last);
	if (failure && entries.length === 0) throw failure;
	// What was complete before the stream broke off is paid for.
	if (failure) entries.push({ said: {}, failure });
	return { said, entries, partials };
}

type Kind = 'partial' | 'completed' | 'failed' | 'unknown';

/** By the payload's own type, else by the event's name, else by what it holds. */
function kindOf(name: string, said: JsonRecord): Kind {
	const type = asText(said.type) ?? name;
	if (said.error || /(^error|[._]failed)$/.test(type) || name === 'error') return 'failed';
	if (/\.partial_image$/.test(type)) return 'partial';
	// Seedream calls each finished image of several a partial success.
	if (/\.(completed|partial_succeeded)$/.test(type)) {
		return said.b64_json || said.url ? 'completed' : 'unknown';
	}
	// Some relays wrap the whole JSON answer into one event.
	if (Array.isArray(said.data)) return 'completed';
	if (type === '' && (said.b64_json || said.url)) {
		return said.partial_image_index === undefined ? 'completed' : 'partial';
	}
	return 'unknown';
}
