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
		`The response is larger than ${formatMegabytes(maxBytes, 1)}`,
		"Increase 'Max Image Size' in Options if this is expected",
	);
}

export function tooManyImages(): ApiError {
	return new ApiError(
		`The response contains more than ${MAX_IMAGES} images`,
		'The others were discarded. Contact your provider',
	);
}

export function tooManyEvents(): ApiError {
	return new ApiError(
		`The response contains more than ${formatCount(MAX_EVENTS)} events`,
		"Contact your provider, or turn off 'Stream' in Options. The image might have been generated and billed",
	);
}

export function tooMuchMetadata(): ApiError {
	return new ApiError(
		`The response contains more than ${formatMegabytes(MAX_METADATA_BYTES)} besides its images`,
		"Check 'Base URL' in the credential, or contact your provider. The request might have been billed",
	);
}
