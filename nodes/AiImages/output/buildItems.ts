import type { INodeExecutionData } from 'n8n-workflow';
import { ApiError } from '../errors';
import type { TokenPrices } from '../models';
import type { ValidRequest } from '../request/validate';
import { countWarnings, type ImageCount } from './warnings';
import { toItems, type FoundImage } from './items';
import type { JsonRecord } from '../values/json';
import { addUp, usageOf } from './usage';
import { fileNameAt } from './fileNames';
import type { ItemRequest } from '../execution/calls';
import {
	succeeded,
	errorSentences,
	type CallImage,
	type CallResult,
	type FailedCall,
	type Outcome,
} from './callResult';

/** US dollars per million tokens: those of the model's row, unless the user knows better. */
export function pricesFor({ row, settings }: ValidRequest): Partial<TokenPrices> {
	return { ...row.prices, ...settings.prices };
}

/**
 * The items that an input item becomes. Where some of its calls brought nothing, their images are
 * reported as missing: those of the others are paid for.
 *
 * @param outcomes of all calls of the item, in their order
 * @throws the failure of the first call, if none brought anything
 */
export function buildItems(job: ItemRequest, outcomes: readonly Outcome[]): INodeExecutionData[] {
	const { request, itemIndex } = job;
	const results = withItemIndex(job, outcomes);
	const effort = statsOf(outcomes);
	if (results.length === 0) throw firstError(outcomes, effort);
	const { settings, model, operation, chosenSize } = request;
	const { outputBinaryField: binaryField } = settings;
	const singleItem = settings.output === 'singleItem';
	const common = {
		...{ model, operation, chosenSize, prices: pricesFor(request), ...effort },
		warnings: [
			...new Set(results.flatMap(({ warnings }) => warnings)),
			...countWarnings(outcomes.map(imageCountOf)),
		],
	};
	const calls: Facts[] = singleItem && results.length > 1 ? [merge(results)] : results;
	return calls.flatMap(({ images, metadata, partials, requestId }) =>
		toItems(
			images,
			{ ...common, metadata, partials, requestId },
			{ itemIndex, binaryField, singleItem },
		),
	);
}

type Facts = Pick<CallResult, 'partials' | 'metadata' | 'requestId'> & {
	readonly images: readonly FoundImage[];
};

/** Each image under its position among all images of the item; those that are missing leave gaps. */
function withItemIndex(job: ItemRequest, outcomes: readonly Outcome[]): CallResult[] {
	let before = 0;
	return outcomes.flatMap((outcome) => {
		const from = before;
		if (!succeeded(outcome)) {
			before += outcome.requested;
			return [];
		}
		const images = outcome.images.map((image) =>
			withFinalName({ ...image, index: from + image.index }, job),
		);
		before = Math.max(from + outcome.requested, ...images.map(({ index }) => index + 1));
		return [{ ...outcome, images }];
	});
}

/** Under the name of its position, which was not known for sure when it was stored. */
function withFinalName(found: CallImage, job: ItemRequest): CallImage {
	const { index, image } = found;
	if (image.namedAs === index) return found;
	const fileName = `${fileNameAt(job, index)}.${image.mediaType.extension}`;
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

/** Several calls as one: the tokens are those of all, and each image names its own request. */
function merge(results: readonly CallResult[]): Facts {
	const usages = results.map(({ images, metadata }) => usageOf(images, metadata));
	// The tokens of only some calls would be too few.
	const usage = usages.every(Boolean) ? addUp(usages) : undefined;
	const metadata = Object.assign(
		{},
		...results.map((call) => call.metadata).reverse(),
	) as JsonRecord;
	return {
		images: results.flatMap(({ images, requestId }) =>
			images.map((image): FoundImage => {
				const { usage: _, ...own } = image.metadata;
				return { ...image, metadata: own, requestId };
			}),
		),
		partials: results.flatMap(({ partials }) => partials),
		metadata: { ...metadata, usage },
		requestId: '',
	};
}

function firstError(outcomes: readonly Outcome[], effort: CallStats): unknown {
	const first = outcomes.find((outcome): outcome is FailedCall => !succeeded(outcome));
	const error = first?.error;
	if (!(error instanceof ApiError)) return error;
	return new ApiError(error.message, error.advice, { ...error.details, ...effort }, error.hint);
}

interface CallStats {
	readonly attempts: number;
	readonly durationMs: number;
}

/** Requests and milliseconds of all calls together. */
function statsOf(outcomes: readonly Outcome[]): CallStats {
	const efforts = outcomes.map((outcome): Partial<CallStats> => {
		if (succeeded(outcome)) return outcome;
		return outcome.error instanceof ApiError ? outcome.error.details : {};
	});
	return { attempts: sumOf(efforts, 'attempts'), durationMs: sumOf(efforts, 'durationMs') };
}

function sumOf<Name extends string>(
	records: ReadonlyArray<{ readonly [Key in Name]?: number }>,
	name: Name,
): number {
	return records.reduce((sum, { [name]: value = 0 }) => sum + value, 0);
}
