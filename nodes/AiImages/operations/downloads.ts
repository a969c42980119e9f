import type { IExecuteFunctions } from 'n8n-workflow';
import { CallFailure, orFailure } from '../errors';
import { withoutParameters } from '../request/split';
import { warningsOfImage } from '../request/warnings';
import { keepImage } from '../response/keep';
import { notAnImage, openLink } from '../response/link';
import { inParallel } from '../transport/inParallel';
import { pause } from '../transport/pause';
import { repeatDownload, SHORTEST_SILENCE, type AttemptLimits } from '../transport/repeatDownload';
import { Names } from './names';
import type { Part } from './parts';
import type { CallImage, CallResult, LinkedImage, NamedImage } from './result';

/** An image that could not be downloaded. */
export interface FailedDownload {
	readonly linked: LinkedImage;
	readonly failure: CallFailure;
}

/** Downloads the images of a call that its response only linked to. */
export async function downloadAll(
	context: IExecuteFunctions,
	part: Part,
	{ links, dropped }: Pick<CallResult, 'links' | 'dropped'>,
): Promise<{ images: CallImage[]; failed: FailedDownload[] }> {
	const request = withoutParameters(part.request, dropped);
	const outcomes = await inParallel(links.length, AT_A_TIME, async (index) => {
		// One lost link must not lose the other images.
		return await downloadImage(context, part, links[index] as LinkedImage).catch(orFailure);
	});
	const images: CallImage[] = [];
	const failed: FailedDownload[] = [];
	for (const [position, linked] of links.entries()) {
		const image = outcomes[position] as DownloadedImage | CallFailure;
		if (image instanceof CallFailure) {
			failed.push({ linked, failure: image });
		} else {
			const warnings = [...warningsOfImage(request, image), ...(image.isCutOff ? [CUT_OFF] : [])];
			images.push({ ...linked, image, warnings });
		}
	}
	return { images, failed };
}

/** As many as a call usually makes: where a store is down, they all wait at the same time. */
const AT_A_TIME = 10;

const CUT_OFF =
	'The image file is not complete: the API links to it, but its download ended early each time';

/** As often as it takes, within a minute; then what there is of a file that is not complete. */
async function downloadImage(
	context: IExecuteFunctions,
	part: Part,
	linked: LinkedImage,
): Promise<DownloadedImage> {
	const { timeout } = part.request.settings;
	const attempt = async (limits: AttemptLimits, takesCutOff = false) =>
		await downloadOnce(context, part, linked, { ...limits, takesCutOff });
	try {
		return await repeatDownload(attempt, timeout, {
			now: () => performance.now(),
			random: () => Math.random(),
			pause: async (wait) => await pause(wait, context.getExecutionCancelSignal()),
		});
	} catch (error) {
		const failure = orFailure(error);
		if (!failure.hint.isCutOff) throw failure;
		const limits = { timeout, longestSilence: SHORTEST_SILENCE };
		return { ...(await attempt(limits, true)), isCutOff: true };
	}
}

interface DownloadedImage extends NamedImage {
	readonly isCutOff?: boolean;
}

async function downloadOnce(
	context: IExecuteFunctions,
	part: Part,
	{ link, index }: LinkedImage,
	limits: AttemptLimits & { readonly takesCutOff: boolean },
): Promise<NamedImage> {
	const names = new Names(part);
	const expected = { isPreview: false, position: index };
	const { credentials } = part.job;
	const { largestImage: largest } = part.request.settings;
	const { body, toStream } = await openLink(context, link, { ...limits, credentials, largest });
	const image = await keepImage(context, body, names.of(expected), toStream);
	if (!image) throw notAnImage();
	return { ...image, namedAs: names.positionOf(expected) };
}
