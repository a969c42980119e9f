import type { IExecuteFunctions } from 'n8n-workflow';
import { ApiError, asApiError } from '../errors';
import { withoutParameters } from '../request/split';
import { imageWarnings } from '../output/warnings';
import { storeImage } from '../output/storeImage';
import { notAnImage, openImageLink } from '../transport/download';
import { inParallel } from '../transport/inParallel';
import { pause } from '../transport/pause';
import { retryDownload, MIN_IDLE_MS, type AttemptLimits } from '../transport/downloadRetries';
import { FileNames } from '../output/fileNames';
import type { Call } from './calls';
import type { CallImage, CallResult, LinkedImage, NamedImage } from '../output/callResult';

/** An image that could not be downloaded. */
export interface FailedDownload {
	readonly linked: LinkedImage;
	readonly failure: ApiError;
}

/** Downloads the images of a call that its response only linked to. */
export async function downloadAll(
	context: IExecuteFunctions,
	part: Call,
	{ links, dropped }: Pick<CallResult, 'links' | 'dropped'>,
): Promise<{ images: CallImage[]; failed: FailedDownload[] }> {
	const request = withoutParameters(part.request, dropped);
	const outcomes = await inParallel(links.length, MAX_PARALLEL_DOWNLOADS, async (index) => {
		// One lost link must not lose the other images.
		return await downloadImage(context, part, links[index] as LinkedImage).catch(asApiError);
	});
	const images: CallImage[] = [];
	const failed: FailedDownload[] = [];
	for (const [position, linked] of links.entries()) {
		const image = outcomes[position] as DownloadedImage | ApiError;
		if (image instanceof ApiError) {
			failed.push({ linked, failure: image });
		} else {
			const warnings = [
				...imageWarnings(request, image),
				...(image.isCutOff ? [TRUNCATED_WARNING] : []),
			];
			images.push({ ...linked, image, warnings });
		}
	}
	return { images, failed };
}

/** As many as a call usually makes: where a store is down, they all wait at the same time. */
const MAX_PARALLEL_DOWNLOADS = 10;

const TRUNCATED_WARNING =
	'The image file is not complete: the API links to it, but its download ended early each time';

/** As often as it takes, within a minute; then what there is of a file that is not complete. */
async function downloadImage(
	context: IExecuteFunctions,
	part: Call,
	linked: LinkedImage,
): Promise<DownloadedImage> {
	const { timeout } = part.request.settings;
	const attempt = async (limits: AttemptLimits, acceptsTruncated = false) =>
		await downloadOnce(context, part, linked, { ...limits, acceptsTruncated });
	try {
		return await retryDownload(attempt, timeout, {
			now: () => performance.now(),
			random: () => Math.random(),
			pause: async (wait) => await pause(wait, context.getExecutionCancelSignal()),
		});
	} catch (error) {
		const failure = asApiError(error);
		if (!failure.hint.isCutOff) throw failure;
		const limits = { timeout, maxIdle: MIN_IDLE_MS };
		return { ...(await attempt(limits, true)), isCutOff: true };
	}
}

interface DownloadedImage extends NamedImage {
	readonly isCutOff?: boolean;
}

async function downloadOnce(
	context: IExecuteFunctions,
	part: Call,
	{ link, index }: LinkedImage,
	limits: AttemptLimits & { readonly acceptsTruncated: boolean },
): Promise<NamedImage> {
	const names = new FileNames(part);
	const expected = { isPreview: false, position: index };
	const { credentials } = part.job;
	const { largestImage: maxBytes } = part.request.settings;
	const { body, toStream } = await openImageLink(context, link, {
		...limits,
		credentials,
		maxBytes,
	});
	const image = await storeImage(context, body, names.of(expected), toStream);
	if (!image) throw notAnImage();
	return { ...image, namedAs: names.positionOf(expected) };
}
