import { CallFailure, orFailure } from '../errors';
import type { Answer } from '../transport/send';
import { cleaned, entriesOf, entriesOfImages, type Decoded, type Keep, type Kept } from './entries';
import { failureFrom } from './failure';
import { asRecord, parseJson } from './json';
import { limited, orTooLarge } from './limits';
import { ImageCutOff, ImageSplitter } from './splitter';

/** Relays put it behind everything that was asked for as a stream. */
const DONE = /\s*data:\s*\[DONE\]\s*$/;

/**
 * Reads a JSON answer.
 *
 * @param largest bytes that an image may have
 * @throws CallFailure if it is no JSON or tells of an error, and holds no image
 */
export async function decodeJson<Image>(
	answer: Answer,
	keep: Keep<Image>,
	largest: number,
): Promise<Decoded<Image>> {
	const splitter = new ImageSplitter(answer.body);
	const kept: Kept<Image> = new Map();
	const read = async () => {
		for await (const { placeholder, bytes } of splitter.images()) {
			const image = keep(limited(bytes, largest, 'An image'), false);
			kept.set(placeholder, await image.catch(orTooLarge));
		}
	};
	const lost = await read().catch(orFailure);
	const text = splitter.skeleton().replace(DONE, '');
	const body = parseJson(text);
	const isDamaged = body === undefined && (!lost || lost instanceof ImageCutOff);
	const failure = isDamaged ? noJson(text, answer) : lost;
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
