import { ApiError, asApiError } from '../errors';
import type { HttpResponse } from '../transport/send';
import {
	entriesOf,
	isFilledEntry,
	entriesFromLinks,
	type Decoded,
	type Entry,
	type ImageStore,
	type SplitImage,
	type SplitImages,
} from './entries';
import { parseErrorText } from './errors/parseError';
import { asRecord, asText, parseJson, type JsonRecord } from '../values/json';
import { limitBytes, MAX_EVENTS, imageTooLarge, asSizeLimitError } from './limits';
import { completePart } from './repairJson';
import { isFilled, resultsIn } from './results';
import { isNoError } from './errors/isNoError';
import { ImageCutOff, ImageSplitter } from './splitter/splitter';
import { noImageError } from './errors/noImage';

/**
 * Reads a JSON answer.
 *
 * @param largest bytes that an image may have
 * @throws ApiError if it is no JSON or tells of an error, and holds no image
 */
export async function decodeJson<Image>(
	answer: HttpResponse,
	store: ImageStore<Image>,
	largest: number,
): Promise<Decoded<Image>> {
	const splitter = new ImageSplitter(answer.body);
	const kept: SplitImages<Image> = new Map();
	const read = async () => {
		for await (const { placeholder, bytes, isCertain } of splitter.images()) {
			const expected = {
				isPreview: false,
				position: countOf(kept),
				mustTellSize: !isCertain,
			};
			const image = store.store(limitBytes(bytes, largest, imageTooLarge), expected);
			kept.set(placeholder, { image: await image.catch(asSizeLimitError), isCertain });
		}
	};
	const lost = await read().catch(asApiError);
	const text = withoutEndOfStream(splitter.skeleton());
	if (!lost && answer.status === 202 && text.trim() === '') {
		throw noImageError([text], answer);
	}
	const whole = parseJson(text);
	const body = whole === undefined ? bodyOfLines(text) : whole;
	const isDamaged = body === undefined && (!lost || lost instanceof ImageCutOff);
	const failure = isDamaged ? noJson(withoutPlaceholders(text), answer) : lost;
	if (failure) {
		const complete = body ?? parseJson(completePart(text));
		return whatIsLeft(await entriesOf(complete, kept, store, answer), text, failure);
	}
	const found = await entriesOf(body, kept, store, answer);
	const linked = found.some(isFilledEntry) ? [] : entriesFromLinks([body], store);
	const entries = linked.length > 0 ? linked : found;
	const { data: _, ...metadata } = asRecord(body);
	const refusal = isRefusal(metadata)
		? parseErrorText(withoutPlaceholders(text), answer)
		: undefined;
	if (!entries.some(isFilledEntry) && refusal) throw refusal;
	const isTold = entries.some((each) => isFilledEntry(each) || each.error) || holdsNoImage(kept);
	if (!isTold) throw noImageError([withoutPlaceholders(text)], answer);
	// Beside images, only what calls itself an error is one.
	return { metadata, entries, partials: [], error: tellsOfError(metadata) ? refusal : undefined };
}

/** How many results were stored. */
export function countOf<Image>(kept: ReadonlyMap<string, SplitImage<Image>>): number {
	return [...kept.values()].filter(({ image }) => image !== null).length;
}

/** Whether what stood where an image stands was none. */
export function holdsNoImage<Image>(kept: SplitImages<Image>): boolean {
	return [...kept.values()].some(({ image, isCertain }) => image === null && isCertain);
}

/** What stood there was no image. */
export function withoutPlaceholders(text: string): string {
	return text.replace(/\\u0000image \d+/g, '…');
}

/** Relays put `data: [DONE]` behind everything that was asked for as a stream. */
function withoutEndOfStream(text: string): string {
	const end = text.trimEnd();
	if (!end.endsWith('[DONE]')) return text;
	const before = end.slice(0, -'[DONE]'.length).trimEnd();
	return before.endsWith('data:') ? before.slice(0, -'data:'.length).trimEnd() : before;
}

/**
 * JSON in lines, as Ollama streams it: what the lines say together, and the results of each.
 *
 * @returns undefined if the text is anything else
 */
function bodyOfLines(text: string): JsonRecord | undefined {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	if (lines.length < 2 || lines.length > MAX_EVENTS) return undefined;
	const bodies: JsonRecord[] = [];
	for (const line of lines) {
		const body = parseJson(line);
		if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
		bodies.push(asRecord(body));
	}
	const data = bodies.filter((body) => resultsIn(body).some(isFilled));
	return { ...Object.assign({}, ...bodies), data };
}

/** The images and the links that were complete when an answer broke off: they are paid for. */
function whatIsLeft<Image>(
	stored: ReadonlyArray<Entry<Image>>,
	text: string,
	failure: ApiError,
): Decoded<Image> {
	const links = [...text.matchAll(COMPLETE_LINK)].map(([, link]) => asText(parseJson(link ?? '')));
	const known = stored.map(({ link }) => link);
	const linked = links.flatMap((link): Array<Entry<Image>> =>
		link && !known.includes(link) ? [{ metadata: {}, link }] : [],
	);
	const entries = [...stored, ...linked].filter(
		({ image, link, error: each }) => image ?? each ?? (link && !OTHER_SCHEME.test(link)),
	);
	if (entries.length === 0) throw failure;
	return { metadata: {}, entries, partials: [], error: failure };
}

const OTHER_SCHEME = /^(?!https?:)[a-z][\w+.-]*:/i;

/** In JSON that is damaged elsewhere. */
const COMPLETE_LINK =
	/"(?:url|image_url|image|uri|link)"\s*:\s*("https?:[^"\\]*(?:\\.[^"\\]*)*")/gi;

/** Some servers (SiliconFlow) refuse with status 200, a code and a message. */
function isRefusal(metadata: JsonRecord): boolean {
	return tellsOfError(metadata) || !isNoError(metadata.code);
}

function tellsOfError({ error, errors }: JsonRecord): boolean {
	return !isNoError(error) || !isNoError(errors);
}

function noJson(text: string, answer: HttpResponse): ApiError {
	// A job that was accepted needs no words.
	if (answer.status === 202) return noImageError([text], answer);
	const failure = parseErrorText(text, answer);
	const type = answer.redactError(answer.header('content-type')) || 'no content type';
	const cutOff = /^\s*[[{]/.test(text);
	return new ApiError(
		cutOff
			? 'The server’s answer breaks off or is damaged JSON'
			: `The server’s answer is no JSON (${type}). ${failure.message}`,
		cutOff
			? 'The image may have been made and billed. If it happens again, look at what stands between n8n and the server: a proxy may cut long answers'
			: 'Check the Base URL in the credential: it may lead to a web page instead of the API',
		failure.details,
	);
}
