import { ApiError } from '../errors';
import { formatCount } from '../values/format';

/** Most results of an answer, previews included; no model makes more than ten images per call. */
export const MAX_IMAGES = 128;

/** An image is larger than it may be; others of the same answer need not be. */
export class SizeLimitError extends ApiError {
	/** @param subject begins the sentence: `An image`, or a host */
	constructor(subject: string, bytes: number) {
		super(
			`${subject} is larger than ${megabytes(bytes)}`,
			'That is more than images usually take. If it is right, raise Largest Image under Options',
		);
	}
}

/** For `.catch()`: what is too large becomes a result, everything else goes on being thrown. */
export function asSizeLimitError(error: unknown): SizeLimitError {
	if (error instanceof SizeLimitError) return error;
	throw error;
}

export function responseTooLong(bytes: number): ApiError {
	return new ApiError(
		`The server’s answer is longer than ${megabytes(bytes)}`,
		'The images that were asked for usually take less. If it is right, raise Largest Image under Options',
	);
}

/**
 * The same bytes, as long as they are not more than allowed.
 *
 * @param refusal makes what is thrown otherwise, of the limit
 */
export async function* limitBytes(
	bytes: AsyncIterable<Buffer>,
	limit: number,
	refusal: (limit: number) => ApiError,
): AsyncGenerator<Buffer> {
	let length = 0;
	for await (const piece of bytes) {
		length += piece.length;
		if (length > limit) throw refusal(limit);
		yield piece;
	}
}

/** For `limited`: what to say of an image. */
export function imageTooLarge(limit: number): SizeLimitError {
	return new SizeLimitError('An image', limit);
}

/** All bytes as they came. */
export async function collect(bytes: AsyncIterable<Buffer>): Promise<Buffer[]> {
	const pieces: Buffer[] = [];
	for await (const piece of bytes) pieces.push(piece);
	return pieces;
}

export function tooManyImages(): ApiError {
	return new ApiError(
		`The server’s answer holds more than ${MAX_IMAGES} images`,
		'Ask the operator of the server. The others were left out',
	);
}

/** Most events of a stream; one every 30 milliseconds for ten minutes. */
export const MAX_EVENTS = 20_000;

export function tooManyEvents(): ApiError {
	return new ApiError(
		`The server’s answer holds more than ${formatCount(MAX_EVENTS)} events`,
		'Ask the operator of the server, or turn Stream off under Options. The image may have been made and billed',
	);
}

/** What an answer says beside its images, in bytes; ten revised prompts of the greatest length take a tenth. */
export const MAX_METADATA_BYTES = 4_194_304;

export function tooMuchMetadata(): ApiError {
	return new ApiError(
		`The server’s answer holds more than ${megabytes(MAX_METADATA_BYTES)} beside its images`,
		'Check the Base URL in the credential, or ask the operator of the server. The call may have been billed',
	);
}

function megabytes(bytes: number): string {
	return `${(bytes / 1_048_576).toLocaleString('en-US', { maximumFractionDigits: 1 })} MB`;
}
