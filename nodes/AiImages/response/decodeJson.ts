import { CallFailure, orFailure } from '../errors';
import type { Answer } from '../transport/send';
import { cleaned, entriesOf, entriesOfImages, type Decoded, type Keep, type Kept } from './entries';
import { failureFrom } from './failure';
import { asRecord, asText, parseJson, type JsonRecord } from './json';
import { limited, ofImage, orTooLarge } from './limits';
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
			const image = keep(limited(bytes, largest, ofImage), {
				isPreview: false,
				position: kept.size,
				mustTellSize: false,
			});
			kept.set(placeholder, await image.catch(orTooLarge));
		}
	};
	const lost = await read().catch(orFailure);
	const text = splitter.skeleton().replace(DONE, '');
	const body = parseJson(text);
	const isDamaged = body === undefined && (!lost || lost instanceof ImageCutOff);
	const broken = isDamaged ? noJson(text, answer) : lost;
	if (broken) return whatIsLeft(kept, text, broken);
	const found = entriesOf(body, kept, answer);
	const hasImage = found.some(({ image, link }) => image ?? link);
	const entries = hasImage || kept.size === 0 ? found : entriesOfImages(kept);
	const { data: _, ...said } = asRecord(body);
	const refusal = isRefusal(said) ? failureFrom(text, answer) : undefined;
	const isEmpty = !entries.some(({ image, link }) => image ?? link);
	if (refusal && isEmpty) throw refusal;
	// Beside images, only what calls itself an error is one.
	const failure = said.error ? refusal : undefined;
	return { said: cleaned(said, answer), entries, partials: [], failure };
}

/** The images and the links that were complete when an answer broke off: they are paid for. */
function whatIsLeft<Image>(kept: Kept<Image>, text: string, failure: CallFailure): Decoded<Image> {
	const links = [...text.matchAll(COMPLETE_LINK)].map(([, link]) => asText(parseJson(link ?? '')));
	const entries = [
		...entriesOfImages(kept),
		...links.flatMap((link) => (link ? [{ said: {}, link }] : [])),
	];
	if (entries.length === 0) throw failure;
	return { said: {}, entries, partials: [], failure };
}

/** In JSON that is damaged elsewhere. */
const COMPLETE_LINK = /"url"\s*:\s*("https?:[^"\\]*(?:\\.[^"\\]*)*")/gi;

/** Some servers (SiliconFlow) refuse with status 200, a code and a message. */
function isRefusal({ error, code }: JsonRecord): boolean {
	return Boolean(error) || (Boolean(code) && !/^(200|ok|success)$/i.test(String(code)));
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
