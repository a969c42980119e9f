import { orFailure } from '../errors';
import type { Answer } from '../transport/send';
import { entryOf, type Decoded, type Entry, type Keep } from './decode';
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
	const entries: Array<Entry<Image>> = [];
	const partials: Image[] = [];
	const read = async () => {
		for await (const { name, text, images } of eventsOf(answer)) {
			if (text.trim() === '[DONE]') return;
			const said = asRecord(parseJson(text));
			const kind = kindOf(name, said);
			if (kind === 'failed') {
				entries.push({ said: {}, failure: failureFrom(answer.clean(text), answer) });
			} else if (kind === 'partial') {
				for (const { bytes } of images) partials.push(await keep(bytes, true));
			} else if (kind === 'completed') {
				const kept = new Map<string, Image>();
				for (const { placeholder, bytes } of images) {
					kept.set(placeholder, await keep(bytes, false));
				}
				const results = Array.isArray(said.data) ? said.data : [said];
				entries.push(...results.map((result) => entryOf(result, kept, answer)));
			}
		}
	};
	const failure = await read().catch(orFailure);
	if (failure && entries.length === 0) throw failure;
	// What was complete before the stream broke off is paid for.
	if (failure) entries.push({ said: {}, failure });
	return { said: {}, entries, partials };
}

async function* eventsOf(answer: Answer): AsyncGenerator<ServerEvent> {
	const reader = new EventReader();
	for await (const chunk of answer.body) yield* reader.push(chunk);
	const last = reader.end();
	if (last) yield last;
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
