import type { IExecuteFunctions } from 'n8n-workflow';
import { ApiError, asApiError } from '../errors';
import type { CallImage, CallResult, LinkedImage, NamedImage } from '../output/callResult';
import { FileNames } from '../output/fileNames';
import { storeImage } from '../output/storeImage';
import { imageWarnings } from '../output/warnings';
import { withoutParameters } from '../request/split';
import { readErrorResponse } from '../response/errors/parseError';
import { notAnImage, openImageLink } from '../transport/download';
import { MIN_IDLE_MS, retryDownload, type AttemptLimits } from '../transport/downloadRetries';
import { inParallel } from './inParallel';
import { pause } from '../transport/pause';
import type { Call } from './calls';

/** An image that could not be downloaded. */
export interface FailedDownload {
	readonly linked: LinkedImage;
	readonly error: ApiError;
	/** The link is dead for good. A retry of the execution has to generate the image again. */
	readonly isDiscarded: boolean;
}

/**
 * Downloads the images that the response of a call only links to.
 *
 * @param isExecutionRetry the links come from an earlier attempt of the execution; those that are
 *   still dead are discarded, or every retry would fail
 */
export async function downloadAll(
	context: IExecuteFunctions,
	call: Call,
	{ links, dropped }: Pick<CallResult, 'links' | 'dropped'>,
	isExecutionRetry: boolean,
): Promise<{ images: CallImage[]; failed: FailedDownload[] }> {
	const request = withoutParameters(call.request, dropped);
	const outcomes = await inParallel(links.length, MAX_PARALLEL_DOWNLOADS, async (index) => {
		// One lost link must not lose the other images.
		return await downloadImage(context, call, links[index] as LinkedImage).catch(asApiError);
	});
	const images: CallImage[] = [];
	const failed: FailedDownload[] = [];
	for (const [position, linked] of links.entries()) {
		const image = outcomes[position] as DownloadedImage | ApiError;
		if (image instanceof ApiError) {
			const { isDeadLink = false, isFinal = false } = image.hint;
			failed.push({
				linked,
				error: image,
				isDiscarded: isDeadLink && (isExecutionRetry || isFinal),
			});
		} else {
			const cutOff = image.isCutOff ? [CUT_OFF_WARNING] : [];
			images.push({ ...linked, image, warnings: [...imageWarnings(request, image), ...cutOff] });
		}
	}
	return { images, failed };
}

/**
 * For each call, and as many as a call usually has: if their store is down, all of them are retried
 * during the same minute.
 */
const MAX_PARALLEL_DOWNLOADS = 10;

const CUT_OFF_WARNING =
	"The image file is incomplete: the download from the API's link ended early every time";

interface DownloadedImage extends NamedImage {
	readonly isCutOff?: boolean;
}

/** Repeats a download for up to a minute. A file that is still cut off is better than none. */
async function downloadImage(
	context: IExecuteFunctions,
	call: Call,
	linked: LinkedImage,
): Promise<DownloadedImage> {
	const { timeout } = call.request.settings;
	const attempt = async (limits: AttemptLimits, acceptsCutOff = false) =>
		await downloadOnce(context, call, linked, { ...limits, acceptsCutOff });
	try {
		return await retryDownload(attempt, timeout, {
			now: () => performance.now(),
			random: () => Math.random(),
			pause: async (delay) => await pause(delay, context.getExecutionCancelSignal()),
		});
	} catch (error) {
		const failure = asApiError(error);
		if (!failure.hint.isCutOff) throw failure;
		const image = await attempt({ timeout, maxIdle: MIN_IDLE_MS }, true);
		return { ...image, isCutOff: true };
	}
}

async function downloadOnce(
	context: IExecuteFunctions,
	{ item, request, imagesBefore }: Call,
	{ link, index }: LinkedImage,
	limits: AttemptLimits & { readonly acceptsCutOff: boolean },
): Promise<NamedImage> {
	const names = new FileNames(item, imagesBefore);
	const expected = { isPreview: false, position: index };
	const { access } = item;
	const { largestImage: maxBytes } = request.settings;
	const { body, toStream } = await openImageLink(context, link, {
		...limits,
		access,
		maxBytes,
		readError: async (response) => {
			return (await readErrorResponse({ ...response, service: access.service })).hint;
		},
	});
	const image = await storeImage(context, body, names.nameOf(expected), toStream);
	if (!image) throw notAnImage();
	return { ...image, namedAs: names.positionOf(expected) };
}
