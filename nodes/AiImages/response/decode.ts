import { ApiError, asApiError } from '../errors';
import type { HttpResponse } from '../transport/send';
import { isBareText, quoted } from './bareText';
import { decodeEvents } from './decodeEvents';
import { decodeJson } from './decodeJson';
import type { Decoded, ImageStore } from './entries';
import {
	limitBytes,
	MAX_METADATA_BYTES,
	MAX_IMAGES,
	imageTooLarge,
	responseTooLong,
	tooManyImages,
	tooMuchMetadata,
} from './limits';
import { detectImage } from '../media/detectImage';
import { pickMetadata } from './metadata';

/** How much of an answer is read. */
export interface ReadLimits {
	/** Bytes that one image may have. */
	readonly imageBytes: number;
	/** Bytes that the whole answer may have. */
	readonly responseBytes: number;
}

/**
 * Reads a 2xx answer while it arrives: JSON, events, or an image as it is. What it is shows in
 * its first bytes; some servers answer JSON where events were asked for, events where they were
 * not, or name the wrong type. Each image is stored while it arrives, one after the other.
 *
 * @throws ApiError if it cannot be read, tells of an error, or holds no result
 */
export async function decode<Image>(
	answer: HttpResponse,
	store: ImageStore<Image>,
	limits: ReadLimits,
): Promise<Decoded<Image>> {
	return await read(answer, store, limits).catch((error: unknown) => {
		throw withResponseDetails(asApiError(error), answer);
	});
}

/** A failure with what its answer tells, whatever went wrong: the call may have been billed. */
export function withResponseDetails(failure: ApiError, answer: HttpResponse): ApiError {
	const { message, advice, details, hint } = failure;
	const { requestId } = answer;
	const metadata = { status: answer.status, ...(requestId ? { requestId } : {}) };
	return new ApiError(message, advice, { ...metadata, ...details }, hint);
}

async function read<Image>(
	answer: HttpResponse,
	store: ImageStore<Image>,
	limits: ReadLimits,
): Promise<Decoded<Image>> {
	const { start, body } = await peek(
		limitBytes(answer.body, limits.responseBytes, responseTooLong),
	);
	let count = 0;
	const bounded: ImageStore<Image> = {
		...store,
		store: async (bytes, expected) => {
			if (++count > MAX_IMAGES) throw tooManyImages();
			return await store.store(bytes, expected);
		},
	};
	const whole = { ...answer, body };
	const decoded = await decoderFor(start, answer)(whole, bounded, limits.imageBytes);
	const entries = decoded.entries.map((entry) => ({
		...entry,
		metadata: pickMetadata(entry.metadata, answer.redact),
	}));
	const result = { ...decoded, entries, metadata: pickMetadata(decoded.metadata, answer.redact) };
	if (entries.length > MAX_IMAGES) {
		const left = { error: tooManyImages(), metadata: {} };
		return { ...result, entries: [...entries.slice(0, MAX_IMAGES), left] };
	}
	if (entries.some(({ image, link }) => image ?? link)) return result;
	const [told] = entries.flatMap(({ error }) => error ?? []);
	throw told ?? decoded.error ?? noImage();
}

/** Something stood where an image stands, and was none. */
function noImage(): ApiError {
	return new ApiError(
		'The server reported success, but what it sent is no image',
		'Check whether the model makes images, or ask the operator of the server. The call may have been billed',
	);
}

type Decoder = <Image>(
	answer: HttpResponse,
	store: ImageStore<Image>,
	largest: number,
) => Promise<Decoded<Image>>;

/** The bytes decide: servers name wrong types, or none. */
function decoderFor(start: Buffer, answer: HttpResponse): Decoder {
	const text = start.toString('utf8').replace(BYTE_ORDER_MARK, '').trimStart();
	if (/^[[{"]/.test(text)) return decodeJson;
	if (BARE_DATA_URL.test(text)) return decodeBareText;
	if (/^(event|data|id|retry)?:/.test(text)) return decodeEvents;
	if (detectImage(start)) return decodeFile;
	if (isBareText(text)) return decodeBareText;
	return /^text\/event-stream\b/i.test(answer.header('content-type')) ? decodeEvents : decodeJson;
}

const BYTE_ORDER_MARK = /^\uFEFF/;

/** A data URL, and no event, whose field `data` would be followed by JSON. */
const BARE_DATA_URL = /^data:(?:[\w.+-]+\/[\w.+-]+[;,]|;\s*base64,)/i;

/** The answer is the file itself. */
async function decodeFile<Image>(
	answer: HttpResponse,
	store: ImageStore<Image>,
	largest: number,
): Promise<Decoded<Image>> {
	const image = await store.store(limitBytes(answer.body, largest, imageTooLarge), {
		isPreview: false,
		position: 0,
		mustTellSize: false,
	});
	return { metadata: {}, entries: image === null ? [] : [{ image, metadata: {} }], partials: [] };
}

/**
 * The answer is a data URL, base64, links, or a Markdown image, without anything around it: a text
 * of JSON but for its quotes.
 */
async function decodeBareText<Image>(
	answer: HttpResponse,
	store: ImageStore<Image>,
	largest: number,
): Promise<Decoded<Image>> {
	return await decodeJson({ ...answer, body: quoted(answer.body) }, store, largest);
}

/** Bytes that tell JSON, events, texts and images apart. */
const TELLING_BYTES = 128;

/** Bytes of what may stand before the root of an SVG. */
const MAX_PROLOGUE_BYTES = 16_384;

function isRecognizable(start: Buffer): boolean {
	if (start.length < TELLING_BYTES) return false;
	const isDrawing = /^\s*<(?:\?xml|!--|!doctype\s+svg|svg)/i.test(start.toString('latin1', 0, 64));
	return !isDrawing || start.length >= MAX_PROLOGUE_BYTES || detectImage(start) !== null;
}

/** The first bytes of a body, and the body with these bytes still in it. */
async function peek(
	body: AsyncIterable<Buffer>,
): Promise<{ start: Buffer; body: AsyncIterable<Buffer> }> {
	const iterator = body[Symbol.asyncIterator]();
	let start: Buffer = Buffer.alloc(0);
	let next: IteratorResult<Buffer> | undefined;
	let failure: unknown;
	let blank = 0;
	while (!isRecognizable(start)) {
		next = await iterator.next().catch((error: unknown) => void (failure = error));
		if (!next || next.done) break;
		// White space at the beginning means nothing in any form.
		const value = start.length > 0 ? next.value : withoutWhiteSpace(next.value);
		blank += next.value.length - value.length;
		if (blank > MAX_METADATA_BYTES) {
			await iterator.return?.();
			throw tooMuchMetadata();
		}
		start = Buffer.concat([start, value]);
	}
	async function* rest(): AsyncGenerator<Buffer> {
		try {
			if (start.length > 0) yield start;
			// What came before the connection was lost is read first.
			if (failure !== undefined) throw failure;
			if (next?.done) return;
			yield* { [Symbol.asyncIterator]: () => iterator };
		} finally {
			await iterator.return?.();
		}
	}
	return { start, body: rest() };
}

/** Of JSON. Files, such as AVIF, may begin with other control characters. */
const WHITE_SPACE = new Set(Buffer.from(' \t\r\n'));

function withoutWhiteSpace(bytes: Buffer): Buffer {
	const first = bytes.findIndex((byte) => !WHITE_SPACE.has(byte));
	return first < 0 ? Buffer.alloc(0) : bytes.subarray(first);
}
