import { CallFailure } from '../errors';
import type { Answer } from '../transport/send';
import { failureFrom } from './failure';
import { asRecord, asText, parseJson, type JsonRecord } from './json';
import { ImageSplitter } from './splitter';

/** One entry of an answer's `data`: an image that was kept, a link to one, or neither. */
export interface Entry<Image> {
	readonly image?: Image;
	readonly link?: string;
	/** What else the server says of it, such as `revised_prompt`. */
	readonly said: JsonRecord;
}

/** A successful answer. */
export interface Decoded<Image> {
	/** The answer without its images: `created`, `usage`, `size` … */
	readonly said: JsonRecord;
	readonly entries: ReadonlyArray<Entry<Image>>;
}

/**
 * Reads a 2xx answer while it arrives. Each image that it holds is handed to `keep` and let go
 * before the next one is read.
 *
 * @throws CallFailure if it is no JSON, tells of an error, or holds no entry
 */
export async function decode<Image>(
	answer: Answer,
	keep: (bytes: Buffer) => Promise<Image>,
): Promise<Decoded<Image>> {
	const splitter = new ImageSplitter();
	const kept = new Map<string, Image>();
	for await (const chunk of answer.body) {
		for (const { placeholder, bytes } of splitter.push(chunk)) {
			kept.set(placeholder, await keep(bytes));
		}
	}
	const text = answer.clean(splitter.skeleton());
	const body = parseJson(text);
	if (body === undefined) throw noJson(text, answer);
	const said = asRecord(body);
	if (said.error) throw failureFrom(text, answer);
	const entries = Array.isArray(said.data) ? said.data.map((entry) => entryOf(entry, kept)) : [];
	if (entries.length === 0) {
		throw new CallFailure(
			'The server reported success, but its answer holds no image',
			'Check whether this server offers the Images API under the Base URL in the credential, and whether the model makes images',
			{ status: answer.status, requestId: answer.header('x-request-id') || undefined },
		);
	}
	return { said, entries };
}

function entryOf<Image>(value: unknown, kept: ReadonlyMap<string, Image>): Entry<Image> {
	const said = asRecord(value);
	const place = [said.b64_json, said.url].map(String).find((text) => kept.has(text));
	return place === undefined ? { said, link: asText(said.url) } : { said, image: kept.get(place) };
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
