import { ApiError, asApiError, asSizeLimitError } from '../errors';
import type { ResultKeys, Service } from '../services/types';
import { limitBytes } from '../transport/byteStreams';
import { asRecord, asText, parseJson, type JsonRecord } from '../values/json';
import { entriesFromLinks, entriesOf, isFilledEntry } from './entries';
import { isNoError } from './errors/isNoError';
import { noImageError } from './errors/noImage';
import { parseErrorText } from './errors/parseError';
import { imageTooLarge, MAX_EVENTS } from './limits';
import { completePart } from './repairJson';
import { isFilled, resultsIn } from './results';
import type { ServiceResponse } from './serviceResponse';
import { countImages, hasInvalidImage, withoutPlaceholders } from './splitImages';
import { TruncatedImageError } from './splitter/imageReader';
import { ImageSplitter } from './splitter/splitter';
import type { Decoded, Entry, ImageStore, SplitImages } from './types';

/**
 * Reads a JSON response.
 *
 * @throws ApiError if it has no image, and is invalid JSON or reports an error
 */
export async function decodeJson<Image>(
	response: ServiceResponse,
	store: ImageStore<Image>,
	maxImageBytes: number,
): Promise<Decoded<Image>> {
	const { service } = response;
	const splitter = new ImageSplitter(response.body, service);
	const found: SplitImages<Image> = new Map();
	const read = async () => {
		for await (const { placeholder, bytes, isCertain } of splitter.images()) {
			const expected = {
				isPreview: false,
				position: countImages(found),
				mustTellSize: !isCertain,
			};
			const image = store.store(limitBytes(bytes, maxImageBytes, imageTooLarge), expected);
			found.set(placeholder, { image: await image.catch(asSizeLimitError), isCertain });
		}
	};
	const interruption = await read().catch(asApiError);
	const text = withoutEndOfStream(splitter.skeleton(), service.events.end);
	if (!interruption && response.status === 202 && text.trim() === '') {
		throw noImageError([text], response);
	}
	const whole = parseJson(text);
	const body = whole === undefined ? parseLines(text, service.results) : whole;
	const isInvalid =
		body === undefined && (!interruption || interruption instanceof TruncatedImageError);
	const failure = isInvalid ? invalidJson(withoutPlaceholders(text), response) : interruption;
	if (failure) {
		const complete = body ?? parseJson(completePart(text));
		const entries = await entriesOf(complete, found, store, response);
		return partialResponse(entries, text, failure);
	}
	return await readJson(body, text, found, store, response);
}

/** @param text the JSON of the body, without its images */
async function readJson<Image>(
	body: unknown,
	text: string,
	found: SplitImages<Image>,
	store: ImageStore<Image>,
	response: ServiceResponse,
): Promise<Decoded<Image>> {
	const own = await entriesOf(body, found, store, response);
	const linked = own.some(isFilledEntry) ? [] : entriesFromLinks([body], store, response.service);
	const entries = linked.length > 0 ? linked : own;
	const metadata = withoutResults(body, response.service);
	const refusal = isRefusal(metadata)
		? parseErrorText(withoutPlaceholders(text), response)
		: undefined;
	if (!entries.some(isFilledEntry) && refusal) throw refusal;
	const isExplained =
		entries.some((each) => isFilledEntry(each) || each.error) || hasInvalidImage(found);
	if (!isExplained) throw noImageError([withoutPlaceholders(text)], response);
	// Beside images, only an explicit error counts, not any code.
	return { metadata, entries, previews: [], error: hasError(metadata) ? refusal : undefined };
}

function withoutResults(body: unknown, { results }: Service): JsonRecord {
	const { [results.list]: _, ...metadata } = asRecord(body);
	return metadata;
}

/** Gateways append `data: [DONE]` to whatever was requested as a stream. */
function withoutEndOfStream(text: string, mark: string): string {
	const end = text.trimEnd();
	if (!end.endsWith(mark)) return text;
	const before = end.slice(0, -mark.length).trimEnd();
	return before.endsWith('data:') ? before.slice(0, -'data:'.length).trimEnd() : before;
}

/**
 * JSON in lines, as Ollama streams it, as one body: the fields of all lines, and their results.
 *
 * @returns undefined if the text is anything else
 */
function parseLines(text: string, keys: ResultKeys): JsonRecord | undefined {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	if (lines.length < 2 || lines.length > MAX_EVENTS) return undefined;
	const bodies: JsonRecord[] = [];
	for (const line of lines) {
		const body = parseJson(line);
		if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
		bodies.push(asRecord(body));
	}
	const results = bodies.filter((body) => resultsIn(body, keys).some(isFilled));
	return { ...Object.assign({}, ...bodies), [keys.list]: results };
}

/** The images and links that had arrived when a response broke off. They are paid for. */
function partialResponse<Image>(
	stored: ReadonlyArray<Entry<Image>>,
	text: string,
	error: ApiError,
): Decoded<Image> {
	const links = [...text.matchAll(COMPLETE_LINK)].map(([, link]) => asText(parseJson(link ?? '')));
	const known = stored.map(({ link }) => link);
	const linked = links.flatMap((link): Array<Entry<Image>> =>
		link && !known.includes(link) ? [{ metadata: {}, link }] : [],
	);
	const entries = [...stored, ...linked].filter(
		({ image, link, error: own }) => image ?? own ?? (link && !OTHER_SCHEME.test(link)),
	);
	if (entries.length === 0) throw error;
	return { metadata: {}, entries, previews: [], error };
}

const OTHER_SCHEME = /^(?!https?:)[a-z][\w+.-]*:/i;

/** A link in JSON that is invalid elsewhere. */
const COMPLETE_LINK =
	/"(?:url|image_url|image|uri|link)"\s*:\s*("https?:[^"\\]*(?:\\.[^"\\]*)*")/gi;

/** Some gateways (SiliconFlow) refuse with status 200, a code and a message. */
function isRefusal(metadata: JsonRecord): boolean {
	return hasError(metadata) || !isNoError(metadata.code);
}

function hasError({ error, errors }: JsonRecord): boolean {
	return !isNoError(error) || !isNoError(errors);
}

function invalidJson(text: string, response: ServiceResponse): ApiError {
	// A job that was accepted need not have a body.
	if (response.status === 202) return noImageError([text], response);
	const { message, details } = parseErrorText(text, response);
	if (text.trim() === '') {
		const empty = `The API returned an empty response (HTTP ${response.status})`;
		return new ApiError(empty, CHECK_BASE_URL, details);
	}
	if (/^\s*[[{]/.test(text)) {
		return new ApiError(
			'The response was truncated or is invalid JSON',
			'The image might have been generated and billed. If this happens again, check for a proxy between n8n and the API that truncates long responses',
			details,
			{ isUnexplained: true },
		);
	}
	return new ApiError(`${describeType(response)}. ${message}`, CHECK_BASE_URL, details);
}

const CHECK_BASE_URL =
	"Check 'Base URL' in the credential: it might lead to a website instead of the API";

function describeType({ header, redactError }: ServiceResponse): string {
	const type = redactError(header('content-type'));
	if (!type) return "The API's response isn't JSON and has no content type";
	if (/\bjson\b/i.test(type)) return `The API's response isn't valid JSON (${type})`;
	return `The API returned ${type} instead of JSON`;
}
