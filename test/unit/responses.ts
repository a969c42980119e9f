import { Readable } from 'node:stream';
import { ApiError } from '../../nodes/AiImages/errors';
import { decode, type ReadLimits } from '../../nodes/AiImages/response/decode';
import type { Decoded, ImageStore, StoreImage } from '../../nodes/AiImages/response/types';
import type { ServiceResponse } from '../../nodes/AiImages/response/serviceResponse';
import { OPENAI } from '../../nodes/AiImages/services/openai';
import type { Metadata } from '../../nodes/AiImages/services/types';
import { joined } from './pieces';

interface Served {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** A text, a value to send as JSON, or the bytes. */
	readonly body?: unknown;
	/** Called before each piece. */
	readonly onPiece?: (index: number) => void;
	/** Bytes of a piece; 64 KiB by default. */
	readonly pieceLength?: number;
	/** What ends the body after its last piece. */
	readonly lost?: Error;
}

/** A response as it comes from the wire, in pieces. */
export function responseOf({
	status = 200,
	headers = {},
	body = '',
	onPiece,
	pieceLength = 65_536,
	lost,
}: Served): ServiceResponse {
	const bytes = Buffer.isBuffer(body)
		? body
		: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
	return {
		service: OPENAI,
		status,
		url: 'https://api.example.com/v1/images/edits',
		header: (name) => headers[name] ?? '',
		requestId: headers['x-request-id'] ?? '',
		redact: (said) => said.replaceAll('sk-secret', '***'),
		redactError: (said) => said.replaceAll('sk-secret', '***'),
		body: (async function* () {
			for (let at = 0, index = 0; at < bytes.length; at += pieceLength, index++) {
				onPiece?.(index);
				yield bytes.subarray(at, at + pieceLength);
			}
			if (lost) throw lost;
		})(),
		toStream: (pieces) => Readable.from(pieces),
	};
}

/** A stream of events. */
export function eventsOf(text: string, others: Omit<Served, 'body'> = {}): ServiceResponse {
	const headers = { 'content-type': 'text/event-stream; charset=utf-8', ...others.headers };
	return responseOf({ ...others, headers, body: text });
}

/** An image is kept as its text; a preview is marked. */
export const keepText: StoreImage<string> = async (bytes, { isPreview }) => {
	const text = (await joined(bytes)).toString();
	return isPreview ? `preview ${text}` : text;
};

/** No image of these tests was sent by the request. */
export const storeOf = (store: StoreImage<string>): ImageStore<string> => ({
	store,
	isSame: async (one, other) => one === other,
	isInput: async () => false,
	isInputLink: () => false,
});

/** More than any response of a test has. */
export const NO_LIMITS: ReadLimits = { imageBytes: Infinity, responseBytes: Infinity };

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Reads a response whose images are texts. */
export async function decodeTexts(response: ServiceResponse): Promise<Decoded<string, Metadata>> {
	return await decode(response, storeOf(keepText), NO_LIMITS);
}

/** The failure that reading ends with. */
export async function failureAfter(response: ServiceResponse): Promise<ApiError> {
	const result = await decodeTexts(response).catch((error: unknown) => error);
	if (result instanceof ApiError) return result;
	throw new Error(`No failure, but ${JSON.stringify(result)}`);
}

/** Images, links and failures in the order of the response, and what ended it. */
export function resultsOf({ entries, error: broken }: Decoded<string, Metadata>): unknown[] {
	const results = entries.map(({ image, link, error }) => image ?? link ?? error?.message);
	return broken ? [...results, broken.message] : results;
}
