import { CallFailure, orFailure } from '../errors';
import type { Answer } from '../transport/send';
import { decodeEvents } from './decodeEvents';
import { decodeJson } from './decodeJson';
import type { Decoded, Keep } from './entries';
import { limited, MOST_IMAGES, ofImage, tooLong, tooMany } from './limits';
import { detectMediaType } from './mediaType';

/** How much of an answer is read. */
export interface Limits {
	/** Bytes that one image may have. */
	readonly image: number;
	/** Bytes that the whole answer may have. */
	readonly answer: number;
}

/**
 * Reads a 2xx answer while it arrives: JSON, events, or an image as it is. What it is shows in
 * its first bytes; some servers answer JSON where events were asked for, events where they were
 * not, or name the wrong type. Each image is handed to `keep` while it arrives, one after the other.
 *
 * @throws CallFailure if it cannot be read, tells of an error, or holds no result
 */
export async function decode<Image>(
	answer: Answer,
	keep: Keep<Image>,
	limits: Limits,
): Promise<Decoded<Image>> {
	return await read(answer, keep, limits).catch((error: unknown) => {
		throw ofAnswer(orFailure(error), answer);
	});
}

/** A failure with what its answer tells, whatever went wrong: the call may have been billed. */
export function ofAnswer(
	{ message, nextStep, details, hint }: CallFailure,
	answer: Answer,
): CallFailure {
	const { requestId } = answer;
	const said = { status: answer.status, ...(requestId ? { requestId } : {}) };
	const isRateLimit = hint.isRateLimit ?? details.code === '429';
	const all = { ...said, ...details };
	return new CallFailure(message, nextStep, all, isRateLimit ? { ...hint, isRateLimit } : {});
}

async function read<Image>(
	answer: Answer,
	keep: Keep<Image>,
	limits: Limits,
): Promise<Decoded<Image>> {
	const { start, body } = await peek(limited(answer.body, limits.answer, tooLong));
	let count = 0;
	const keepSome: Keep<Image> = async (bytes, expected) => {
		if (++count > MOST_IMAGES) throw tooMany();
		return await keep(bytes, expected);
	};
	const whole = { ...answer, body };
	const decoded = await decoderFor(start, answer)(whole, keepSome, limits.image);
	const { entries } = decoded;
	if (entries.length > MOST_IMAGES) {
		const failure = tooMany();
		return { ...decoded, entries: [...entries.slice(0, MOST_IMAGES), { failure, said: {} }] };
	}
	if (entries.length > 0) return decoded;
	throw new CallFailure(
		decoded.partials.length
			? 'The server sent previews, but its answer ended without the image'
			: 'The server reported success, but its answer holds no image',
		decoded.partials.length
			? 'The image may have been made and billed. If it happens again, turn Stream off under Options'
			: 'Check whether this server offers the Images API under the Base URL in the credential, and whether the model makes images',
	);
}

type Decoder = <Image>(
	answer: Answer,
	keep: Keep<Image>,
	largest: number,
) => Promise<Decoded<Image>>;

function decoderFor(start: Buffer, answer: Answer): Decoder {
	const text = start
		.toString('utf8')
		.replace(/^\uFEFF/, '')
		.trimStart();
	if (/^[[{]/.test(text)) return decodeJson;
	if (/^(event|data|id|retry)?:/.test(text)) return decodeEvents;
	if (/^image\//i.test(answer.header('content-type')) && detectMediaType(start)) return takeFile;
	return /^text\/event-stream\b/i.test(answer.header('content-type')) ? decodeEvents : decodeJson;
}

/** The answer is the file itself. */
async function takeFile<Image>(
	answer: Answer,
	keep: Keep<Image>,
	largest: number,
): Promise<Decoded<Image>> {
	const image = await keep(limited(answer.body, largest, ofImage), {
		isPreview: false,
		position: 0,
		mustTellSize: false,
	});
	return { said: {}, entries: [{ image, said: {} }], partials: [] };
}

/** Bytes that tell JSON, events and images apart. */
const TELLING = 64;

/** The first bytes of a body, and the body with these bytes still in it. */
async function peek(
	body: AsyncIterable<Buffer>,
): Promise<{ start: Buffer; body: AsyncIterable<Buffer> }> {
	const iterator = body[Symbol.asyncIterator]();
	let start = Buffer.alloc(0);
	let next: IteratorResult<Buffer> | undefined;
	let failure: unknown;
	while (start.length < TELLING) {
		next = await iterator.next().catch((error: unknown) => void (failure = error));
		if (!next || next.done) break;
		// White space at the beginning means nothing in any form, and may be without an end.
		const value = start.length > 0 ? next.value : withoutWhiteSpace(next.value);
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

function withoutWhiteSpace(bytes: Buffer): Buffer {
	const first = bytes.findIndex((byte) => byte > 0x20);
	return first < 0 ? Buffer.alloc(0) : bytes.subarray(first);
}
