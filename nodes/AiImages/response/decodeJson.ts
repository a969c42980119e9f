import { CallFailure, orFailure } from '../errors';
import type { Answer } from '../transport/send';
import { cleaned, entriesOf, entriesOfImages, type Decoded, type Keep, type Kept } from './entries';
import { failureFrom } from './failure';
import { asRecord, parseJson } from './json';
import { ImageSplitter } from './splitter';

/** Relays put it behind everything that was asked for as a stream. */
const DONE = /\s*data:\s*\[DONE\]\s*$/;

/**
 * Reads a JSON answer.
 *
 * @throws CallFailure if it is no JSON or tells of an error, and holds no image
 */
export async function decodeJson<Image>(
	answer: Answer,
	keep: Keep<Image>,
): Promise<Decoded<Image>> {
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
	const text = splitter.skeleton().replace(DONE, '');
	const body = parseJson(text);
	const failure = lost ?? (body === undefined ? noJson(text, answer) : undefined);
	if (failure) return whatIsLeft(kept, failure);
	const found = entriesOf(body, kept, answer);
	const hasImage = found.some(({ image, link }) => image ?? link);
	const entries = hasImage || kept.size === 0 ? found : entriesOfImages(kept);
	const { data: _, ...said } = asRecord(body);
	if (said.error) {
		const refusal = failureFrom(text, answer);
		if (!entries.some(({ image, link }) => image ?? link)) throw refusal;
		entries.push({ failure: refusal, said: {} });
	}
	return { said: cleaned(said, answer), entries, partials: [] };
}

/** The images that were complete when an answer broke off: they are paid for. */
function whatIsLeft<Image>(kept: Kept<Image>, failure: CallFailure): Decoded<Image> {
	if (kept.size === 0) throw failure;
	return { said: {}, entries: [...entriesOfImages(kept), { failure, said: {} }], partials: [] };
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
