import { ApiError, asApiError } from '../errors';
import { detectImage, MAX_PROLOGUE_BYTES } from '../media/detectImage';
import type { Metadata } from '../services/types';
import { limitBytes } from '../transport/byteStreams';
import type { HttpResponse } from '../transport/httpResponse';
import type { JsonRecord } from '../values/json';
import { FORMAT_BYTES, isBareText, quoted } from './bareText';
import { decodeEvents } from './decodeEvents';
import { decodeJson } from './decodeJson';
import { isXmlError } from './errors/errorBody';
import { resultError } from './errors/noImage';
import {
	imageTooLarge,
	MAX_IMAGES,
	MAX_METADATA_BYTES,
	responseTooLong,
	tooManyImages,
	tooMuchMetadata,
} from './limits';
import { pickMetadata } from './metadata';
import { isWithheld } from './results';
import type { ServiceResponse } from './serviceResponse';
import type { Decoded, ImageStore } from './types';

/** How much of a response is read. */
export interface ReadLimits {
	/** Bytes of one image. */
	readonly imageBytes: number;
	/** Bytes of the whole response. */
	readonly responseBytes: number;
}

/**
 * Reads a 2xx response while it arrives: JSON, events, bare text, or an image file. Its first bytes
 * decide, because some APIs return JSON instead of events, events instead of JSON, or the wrong
 * content type. Each image is stored while it arrives, one after the other.
 *
 * @throws ApiError if there is neither an image nor a link to one
 */
export async function decode<Image>(
	response: ServiceResponse,
	store: ImageStore<Image>,
	limits: ReadLimits,
): Promise<Decoded<Image, Metadata>> {
	return await decodeWithin(limits, response, store).catch((error: unknown) => {
		throw withResponseDetails(asApiError(error), response);
	});
}

/** Adds status and request ID to an error: the request might have been billed. */
export function withResponseDetails(
	error: ApiError,
	{ status, requestId }: Pick<HttpResponse, 'status' | 'requestId'>,
): ApiError {
	const response = { status, ...(requestId ? { requestId } : {}) };
	return error.with({ details: { ...response, ...error.details } });
}

/** The error of a result whose bytes are no image. */
export function invalidImageError(): ApiError {
	return new ApiError(
		"The API returned a success status, but the result isn't an image",
		'Check that the model generates images, or contact your provider. The request might have been billed',
	);
}

async function decodeWithin<Image>(
	limits: ReadLimits,
	response: ServiceResponse,
	store: ImageStore<Image>,
): Promise<Decoded<Image, Metadata>> {
	const { start, body } = await peek(
		limitBytes(response.body, limits.responseBytes, responseTooLong),
	);
	let count = 0;
	const limitedStore: ImageStore<Image> = {
		...store,
		store: async (bytes, expected) => {
			if (++count > MAX_IMAGES) throw tooManyImages();
			return await store.store(bytes, expected);
		},
	};
	const decodeBody = decoderFor(start, response);
	const decoded = await decodeBody({ ...response, body }, limitedStore, limits.imageBytes);
	const { metadata: keys } = response.service.results;
	const pick = (metadata: JsonRecord) => pickMetadata(metadata, keys, response.redact);
	const entries = decoded.entries.map((entry) => ({ ...entry, metadata: pick(entry.metadata) }));
	const result = { ...decoded, entries, metadata: pick(decoded.metadata) };
	if (entries.length > MAX_IMAGES) {
		const rest = { error: tooManyImages(), metadata: {} };
		return { ...result, entries: [...entries.slice(0, MAX_IMAGES), rest] };
	}
	if (entries.some(({ image, link }) => image ?? link)) return result;
	const [first] = entries.flatMap(({ error }) => error ?? []);
	throw first ?? decoded.error ?? invalidImageError();
}

type Decoder = <Image>(
	response: ServiceResponse,
	store: ImageStore<Image>,
	maxImageBytes: number,
) => Promise<Decoded<Image>>;

function decoderFor(start: Buffer, response: ServiceResponse): Decoder {
	const text = start.toString('utf8').replace(BYTE_ORDER_MARK, '').trimStart();
	if (/^[[{"]/.test(text)) return decodeJson;
	if (BARE_DATA_URL.test(text)) return decodeBareText;
	if (/^(event|data|id|retry)?:/.test(text)) return decodeEvents;
	if (detectImage(start)) return decodeFile;
	if (isXmlError(text)) return decodeJson;
	if (isBareText(text)) return decodeBareText;
	return /^text\/event-stream\b/i.test(response.header('content-type')) ? decodeEvents : decodeJson;
}

const BYTE_ORDER_MARK = /^\uFEFF/;

/** A data URL. In the `data` field of an event, the colon is followed by JSON. */
const BARE_DATA_URL = /^data:(?:[\w.+-]+\/[\w.+-]+[;,]|;\s*base64,)/i;

/** The response is an image file. What there is to say about it is in headers. */
async function decodeFile<Image>(
	response: ServiceResponse,
	store: ImageStore<Image>,
	maxImageBytes: number,
): Promise<Decoded<Image>> {
	const metadata = fileMetadata(response);
	if (isWithheld(metadata, response.service.results)) {
		// Closes the connection.
		for await (const _ of response.body) break;
		const error = resultError(metadata, response) ?? invalidImageError();
		return { metadata: {}, entries: [{ metadata, error }], previews: [] };
	}
	const image = await store.store(limitBytes(response.body, maxImageBytes, imageTooLarge), {
		isPreview: false,
		position: 0,
		mustTellSize: false,
	});
	return { metadata: {}, entries: image === null ? [] : [{ image, metadata }], previews: [] };
}

function fileMetadata({ header, service }: ServiceResponse): JsonRecord {
	const facts = Object.entries(service.headers.file ?? {}).flatMap(([name, key]) => {
		const text = header(name);
		return text ? [[key, /^\d+$/.test(text) ? Number(text) : text] as const] : [];
	});
	return Object.fromEntries(facts);
}

/** The response is bare text, which is a JSON string without its quotes. */
async function decodeBareText<Image>(
	response: ServiceResponse,
	store: ImageStore<Image>,
	maxImageBytes: number,
): Promise<Decoded<Image>> {
	return await decodeJson({ ...response, body: quoted(response.body) }, store, maxImageBytes);
}

/** The first bytes of a body, without leading white space, and the body that still has them. */
async function peek(
	body: AsyncIterable<Buffer>,
): Promise<{ start: Buffer; body: AsyncIterable<Buffer> }> {
	const iterator = body[Symbol.asyncIterator]();
	let start: Buffer = Buffer.alloc(0);
	let next: IteratorResult<Buffer> | undefined;
	let failure: unknown;
	let blankBytes = 0;
	while (!isRecognizable(start)) {
		next = await iterator.next().catch((error: unknown) => void (failure = error));
		if (!next || next.done) break;
		// Leading white space means nothing in any format.
		const before = start.length + next.value.length;
		start = withoutBlankStart(Buffer.concat([start, next.value]));
		blankBytes += before - start.length;
		if (blankBytes > MAX_METADATA_BYTES) {
			await iterator.return?.();
			throw tooMuchMetadata();
		}
	}
	async function* rest(): AsyncGenerator<Buffer> {
		try {
			if (start.length > 0) yield start;
			// Bytes that arrived before the connection broke are read first.
			if (failure !== undefined) throw failure;
			if (next?.done) return;
			yield* { [Symbol.asyncIterator]: () => iterator };
		} finally {
			await iterator.return?.();
		}
	}
	return { start, body: rest() };
}

function isRecognizable(start: Buffer): boolean {
	if (start.length < FORMAT_BYTES) return false;
	// A comment that has not ended yet.
	if (start[0] === COLON) return start.length >= MAX_PROLOGUE_BYTES || start.includes(LINE_FEED);
	const isSvg = /^\s*<(?:\?xml|!--|!doctype\s+svg|svg)/i.test(start.toString('latin1', 0, 64));
	return !isSvg || start.length >= MAX_PROLOGUE_BYTES || detectImage(start) !== null;
}

/** JSON's. Files such as AVIF can begin with other control characters. */
const WHITE_SPACE = new Set(Buffer.from(' \t\r\n'));

/**
 * Without leading white space, and without comments of an event stream: gateways send them to keep a
 * connection alive, whatever follows (https://openrouter.ai/docs/api/reference/streaming).
 */
function withoutBlankStart(bytes: Buffer): Buffer {
	for (let rest = bytes; ;) {
		const first = rest.findIndex((byte) => !WHITE_SPACE.has(byte));
		if (first < 0) return Buffer.alloc(0);
		rest = rest.subarray(first);
		const end = rest[0] === COLON ? rest.indexOf(LINE_FEED) : -1;
		if (end < 0) return rest;
		rest = rest.subarray(end);
	}
}

const COLON = 0x3a;
const LINE_FEED = 0x0a;
