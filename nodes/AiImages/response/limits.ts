import { ApiError, SizeLimitError } from '../errors';
import { formatCount, formatMegabytes } from '../values/format';

/** Results of a response, previews included. No model makes more than ten images per request. */
export const MAX_IMAGES = 128;

/** Events of a stream: one every 30 milliseconds for ten minutes. */
export const MAX_EVENTS = 20_000;

/** Bytes beside the images. Ten of the longest revised prompts take a tenth of it. */
export const MAX_METADATA_BYTES = 4_000_000;

/** Characters of a link. Signed ones have up to 4,000. */
export const MAX_LINK_CHARS = 16_384;

/** For `limitBytes`. */
export function imageTooLarge(maxBytes: number): SizeLimitError {
	return new SizeLimitError('An image', maxBytes);
}

/** For `limitBytes`. */
export function responseTooLong(maxBytes: number): ApiError {
	return new ApiError(
		`The server’s answer is longer than ${formatMegabytes(maxBytes, 1)}`,
		'The images that were asked for usually take less. If it is right, raise Largest Image under Options',
	);
}

export function tooManyImages(): ApiError {
	return new ApiError(
		`The server’s answer holds more than ${MAX_IMAGES} images`,
		'Ask the operator of the server. The others were left out',
	);
}

export function tooManyEvents(): ApiError {
	return new ApiError(
		`The server’s answer holds more than ${formatCount(MAX_EVENTS)} events`,
		'Ask the operator of the server, or turn Stream off under Options. The image may have been made and billed',
	);
}

export function tooMuchMetadata(): ApiError {
	return new ApiError(
		`The server’s answer holds more than ${formatMegabytes(MAX_METADATA_BYTES)} beside its images`,
		'Check the Base URL in the credential, or ask the operator of the server. The call may have been billed',
	);
}
