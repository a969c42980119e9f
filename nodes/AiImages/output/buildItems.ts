import type { INodeExecutionData } from 'n8n-workflow';
import { ApiError, errorSentences, type JobRecord } from '../errors';
import type { Settings } from '../options/table';
import type { ServiceAccess } from '../services/access';
import { imagePriceFor, pricesFor } from '../request/prices';
import type { Metadata } from '../services/types';
import {
	succeeded,
	type CallImage,
	type CallResult,
	type FailedCall,
	type Outcome,
} from './callResult';
import { fileNameAt, type NamedItem } from './fileNames';
import { toItems, type FoundImage } from './items';
import { addUp, usageOf } from './usage';
import { countWarnings, type ImageCount } from './warnings';

/**
 * The output items of one input item. If some of its calls failed, the images of the others are
 * delivered, with a warning for each missing one: they are paid for.
 *
 * @param outcomes of all calls of the item, in order
 * @throws the error of the first call if every call failed
 */
export function buildItems(
	item: NamedItem & { readonly access: Pick<ServiceAccess, 'redactor'> },
	outcomes: readonly Outcome[],
): INodeExecutionData[] {
	const { request, itemIndex, access } = item;
	const results = withItemPositions(item, outcomes);
	const stats = totalStats(outcomes);
	if (results.length === 0) throw firstError(outcomes, stats);
	const { settings, model, operation, chosenSize, service } = request;
	const { outputBinaryField: binaryField, output, simplify } = settings;
	const { includeImageUrl, includeBinaryId } = settings;
	// Hides even secrets that are too short for `redact`.
	const { redactError } = access.redactor;
	const isSafe = (link: string) => /^https?:/i.test(link) && redactError(link) === link;
	const options = {
		...{ itemIndex, binaryField, output, simplify, includeBinaryId },
		mayShowLink: includeImageUrl ? isSafe : undefined,
	};
	const pendingJobs = jobsOf(outcomes);
	const common = {
		model,
		operation,
		prompt: request.values.prompt as string,
		chosenSize,
		prices: pricesFor(request),
		imagePrice: imagePriceFor(request),
		...stats,
		usageKeys: service.usage,
		pendingJobs: pendingJobs.length > 0 ? pendingJobs : undefined,
		warnings: [
			...new Set(results.flatMap(({ warnings }) => warnings)),
			...countWarnings(outcomes.map(imageCountOf)),
		],
	};
	return groupImages(results, output).flatMap(({ images, metadata, previews, requestId }) =>
		toItems(images, { ...common, metadata, previews, requestId }, options),
	);
}

/** Images that share metadata. */
type ImageGroup = Pick<CallResult, 'previews' | 'metadata' | 'requestId'> & {
	readonly images: readonly FoundImage[];
};

function groupImages(results: readonly CallResult[], output: Settings['output']): ImageGroup[] {
	switch (output) {
		case 'itemPerImage':
			return [...results];
		case 'singleItem':
			return results.length > 1 ? [merge(results)] : [...results];
	}
}

/** Numbers the images of all calls in one sequence. Missing images leave gaps. */
function withItemPositions(item: NamedItem, outcomes: readonly Outcome[]): CallResult[] {
	let next = 0;
	return outcomes.flatMap((outcome) => {
		const first = next;
		if (!succeeded(outcome)) {
			next += outcome.requested;
			return [];
		}
		const images = outcome.images.map((image) =>
			withFinalName({ ...image, index: first + image.index }, item),
		);
		next = Math.max(first + outcome.requested, ...images.map(({ index }) => index + 1));
		return [{ ...outcome, images }];
	});
}

/** An earlier call can bring more images than requested, which moves the positions of later ones. */
function withFinalName(found: CallImage, item: NamedItem): CallImage {
	const { index, image } = found;
	if (image.namedAs === index) return found;
	const fileName = `${fileNameAt(item, index)}.${image.mediaType.extension}`;
	return { ...found, image: { ...image, namedAs: index, binary: { ...image.binary, fileName } } };
}

function imageCountOf(outcome: Outcome): ImageCount {
	const { requested } = outcome;
	if (!succeeded(outcome)) {
		return { requested, received: 0, missing: [], responseError: errorSentences(outcome.error) };
	}
	const { images, missing, responseError } = outcome;
	return { requested, received: images.length, missing, responseError };
}

/** Several calls as one. Tokens are added up, and each image names its own request. */
function merge(results: readonly CallResult[]): ImageGroup {
	const usages = results.map(({ images, metadata }) => usageOf(images, metadata));
	// If only some calls report tokens, their sum would be too low.
	const usage = usages.every(Boolean) ? addUp(usages) : undefined;
	const metadata = Object.assign({}, ...results.map((each) => each.metadata).reverse()) as Metadata;
	return {
		images: results.flatMap(({ images, requestId }) =>
			images.map((image): FoundImage => {
				const { usage: _, ...own } = image.metadata;
				return { ...image, metadata: own, requestId };
			}),
		),
		previews: results.flatMap(({ previews }) => previews),
		metadata: { ...metadata, usage },
		requestId: '',
	};
}

function firstError(outcomes: readonly Outcome[], stats: Stats): unknown {
	const first = outcomes.find((outcome): outcome is FailedCall => !succeeded(outcome));
	const error = first?.error;
	if (!(error instanceof ApiError)) return error;
	const jobs = jobsOf(outcomes);
	const pendingJobs = jobs.length > 1 ? { pendingJobs: jobs } : {};
	return error.with({ details: { ...error.details, ...pendingJobs, ...stats } });
}

/** Jobs whose results are still to come. */
function jobsOf(outcomes: readonly Outcome[]): JobRecord[] {
	return outcomes.flatMap((outcome) => {
		if (succeeded(outcome) || !(outcome.error instanceof ApiError)) return [];
		return outcome.error.details.job ?? [];
	});
}

interface Stats {
	readonly attempts: number;
	readonly durationMs: number;
}

/** Requests and milliseconds of all calls together. */
function totalStats(outcomes: readonly Outcome[]): Stats {
	const stats = outcomes.map((outcome): Partial<Stats> => {
		if (succeeded(outcome)) return outcome;
		return outcome.error instanceof ApiError ? outcome.error.details : {};
	});
	const sum = (name: keyof Stats) => stats.reduce((total, each) => total + (each[name] ?? 0), 0);
	return { attempts: sum('attempts'), durationMs: sum('durationMs') };
}
