import { CallFailure } from '../errors';
import type { Answer } from '../transport/send';
import { failureFrom } from './failure';

/**
 * Why a response that reports success holds no image.
 *
 * @param texts the JSON texts of the response without their images: the body, or the data of each
 *   event that is no preview
 */
export function failureWithoutImage(texts: readonly string[], answer: Answer): CallFailure {
	const { details } = failureFrom(texts[0] ?? '', answer);
	return new CallFailure(
		'The server reported success, but its answer holds no image',
		'Check whether this server offers the Images API under the Base URL in the credential, and whether the model makes images',
		{ requestId: details.requestId },
	);
}
