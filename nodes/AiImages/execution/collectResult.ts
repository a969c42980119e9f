import { errorSentences, type ApiError } from '../errors';
import type { ParameterName } from '../models';
import type { CallImage, CallResult, LinkedImage, NamedImage } from '../output/callResult';
import { imageWarnings, requestWarnings, type MissingImage } from '../output/warnings';
import { requestedImages } from '../request/split';
import type { ValidRequest } from '../request/types';
import { invalidImageError } from '../response/decode';
import type { Decoded } from '../response/types';
import type { Metadata } from '../services/types';
import type { HttpResponse } from '../transport/httpResponse';
import type { Call } from './calls';
import type { FailedDownload } from './downloads';

/** A successful attempt. */
interface Attempt {
	/** What was sent. */
	readonly request: ValidRequest;
	readonly response: HttpResponse;
	readonly decoded: Decoded<NamedImage, Metadata>;
	/** About parameters that were left out. */
	readonly warnings: readonly string[];
}

/** The result of a call before its downloads. */
export function toResult(
	call: Call,
	{ request, response, decoded, warnings }: Attempt,
): Omit<CallResult, 'attempts' | 'durationMs'> {
	const images: CallImage[] = [];
	const links: LinkedImage[] = [];
	const missing: MissingImage[] = [];
	for (const [index, { image, link, error, metadata }] of decoded.entries.entries()) {
		if (image) images.push({ index, image, metadata, warnings: imageWarnings(request, image) });
		else if (link && !error) links.push({ index, link, metadata });
		else missing.push({ index, reason: errorSentences(error ?? invalidImageError()) });
	}
	const sent = Object.keys(request.values);
	const requested = Object.keys(call.request.values) as ParameterName[];
	return {
		images,
		links,
		missing,
		previews: decoded.previews,
		metadata: decoded.metadata,
		status: response.status,
		requestId: response.requestId,
		warnings: [...requestWarnings(request), ...warnings],
		requested: requestedImages(call.request),
		...(decoded.error ? { responseError: errorSentences(decoded.error) } : {}),
		dropped: requested.filter((name) => !sent.includes(name)),
	};
}

/** The result of a call with its downloads. Links that failed for good become missing images. */
export function withDownloads(
	result: CallResult,
	images: readonly CallImage[],
	failed: readonly FailedDownload[],
): CallResult {
	const discarded = failed.filter(({ isDiscarded }) => isDiscarded);
	return {
		...result,
		images: [...result.images, ...images].sort((a, b) => a.index - b.index),
		links: failed.filter(({ isDiscarded }) => !isDiscarded).map(({ linked }) => linked),
		missing: [...result.missing, ...discarded.map(missingImage)],
	};
}

/** An image that could not be downloaded, as the user is told of it. */
export function missingImage({ linked: { index }, error }: FailedDownload): MissingImage {
	return { index, reason: errorSentences(error) };
}

/** The error of a download with what is known about the response that linked to it. */
export function downloadError(
	{ error }: FailedDownload,
	{ status, requestId }: Pick<CallResult, 'status' | 'requestId'>,
): ApiError {
	const { status: own = status } = error.details;
	const details = { ...error.details, status: own, ...(requestId ? { requestId } : {}) };
	return error.with({ details });
}
