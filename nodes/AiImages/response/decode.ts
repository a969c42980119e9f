import { CallFailure, orFailure } from '../errors';
import type { Answer } from '../transport/send';
import { decodeEvents } from './decodeEvents';
import { failureFrom } from './failure';
import { asRecord, asText, parseJson, type JsonRecord } from './json';
import { ImageSplitter } from './splitter';

/** One result of an answer: an image that was kept, a link to one, or why there is neither. */
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
}

/** Stores an image; `isPartial` tells a preview from a result. */
export type Keep<Image> = (bytes: Buffer, isPartial: boolean) => Promise<Image>;

/**
 * Reads a 2xx answer while it arrives, by its content type: events, or JSON, which some servers
 * send although events were asked for. Each image is handed to `keep` and let go before the next
 * one is read.
 *
 * @throws CallFailure if it cannot be read, tells of an error, or holds no result
 */
export async function decode<Image>(answer: Answer, keep: Keep<Image>): Promise<Decoded<Image>> {
	const isStream = /^text\/event-stream\b/i.test(answer.header('content-type'));
	const decoded = await (isStream ? decodeEvents(answer, keep) : decodeJson(answer, keep));
	if (decoded.entries.length > 0) return decoded;
	throw new CallFailure(
		decoded.partials.length
			? 'The server sent previews, but its answer ended without the image'
			: 'The server reported success, but its answer holds no image',
		decoded.partials.length
			? 'The image may have been made and billed. If it happens again, turn Stream off under Options'
			: 'Check whether this server offers the Images API under the Base URL in the credential, and whether the model makes images',
		{ status: answer.status, requestId: answer.header('x-request-id') || undefined },
	);
}

async function decodeJson<Image>(answer: Answer, keep: Keep<Image>): Promise<Decoded<Image>> {
	const splitter = new ImageSplitter();
	const kept = new Map<string, Image>();
	const read = async () => {
		for await (const chunk of answer.body) {
			for (const { placeholder, bytes } of splitter.push(chunk)) {
				kept.set(placeholder, await keep(bytes, false));
			}
		}
	};
	const lost = await read().catch(orFailure);
	const text = splitter.skeleton();
	const body = parseJson(text);
	const failure = lost ?? (body === undefined ? noJson(answer.clean(text), answer) : null);
	if (failure) return whatIsLeft(kept, failure);
	const { data, ...said } = asRecord(body);
	const results = Array.isArray(data) ? data : [];
	const entries = results.map((entry) => entryOf(entry, kept, answer));
	const holdsNothing = !entries.some(({ image, link }) => image ?? link);
	if (said.error && holdsNothing) throw failureFrom(answer.clean(text), answer);
	return { said: cleaned(said, answer), entries, partials: [] };
}

/** The images that were complete when an answer broke off: they are paid for. */
function whatIsLeft<Image>(kept: ReadonlyMap<string, Image>, failure: CallFailure): Decoded<Image> {
	if (kept.size === 0) throw failure;
	const entries = [...kept.values()].map((image) => ({ image, said: {} }));
	return { said: {}, entries: [...entries, { failure, said: {} }], partials: [] };
}

/** Judges one result by what it holds; `kept` has the images by their placeholders. */
export function entryOf<Image>(
	value: unknown,
	kept: ReadonlyMap<string, Image>,
	answer: Answer,
): Entry<Image> {
	const { b64_json: embedded, url } = asRecord(value);
	const said = cleaned(value, answer);
	const image = [embedded, url].map((text) => kept.get(String(text))).find(Boolean);
	if (image) return { said, image };
	if (said.error) return { said, failure: failureFrom(JSON.stringify(said), answer) };
	// A link is followed as it is: what looks like a secret may be a part of its path.
	const link = asText(url);
	return link === undefined || kept.has(link) ? { said } : { said, link };
}

/** What a server says, without the secrets that it should not have repeated. */
export function cleaned(value: unknown, answer: Answer): JsonRecord {
	return asRecord(parseJson(answer.clean(JSON.stringify(value))));
}

function noJson(text: string, answer: Answer): CallFailure {
	const failure = failureFrom(text, answer);
	const type = answer.header('content-type') || 'no content type';
	const cutOff = /^\s*[[{]/.test(text);
	return new CallFailure(
		cutOff
			? 'The server’s answer breaks off or is damaged JSON'
			: `The server’s answer is no JSON (${type}). ${failure.message}`,
		cutOff
			? 'The image may have been made and billed. If it happens again, look at what stands between n8n and the server: a proxy may cut long answers'
			: 'Check the Base URL in the credential: it may lead to a web page instead of the API',
		failure.details,
	);
}
