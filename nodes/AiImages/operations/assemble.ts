import type { INodeExecutionData } from 'n8n-workflow';
import { CallFailure } from '../errors';
import type { TokenPrices } from '../models';
import type { ValidRequest } from '../request/validate';
import { warningsOfCount, type ImageCount } from '../request/warnings';
import { toItems, type FoundImage } from '../response/items';
import type { JsonRecord } from '../response/json';
import { addUp, usageOf } from '../response/usage';
import { nameAt } from './names';
import type { Job } from './parts';
import {
	hasImages,
	sentencesOf,
	type CallImage,
	type CallResult,
	type FailedCall,
	type Outcome,
} from './result';

/** US dollars per million tokens: those of the model's row, unless the user knows better. */
export function pricesOf({ row, settings }: ValidRequest): Partial<TokenPrices> {
	return { ...row.prices, ...settings.prices };
}

/**
 * The items that an input item becomes. Where some of its calls brought nothing, their images are
 * reported as missing: those of the others are paid for.
 *
 * @param outcomes of all calls of the item, in their order
 * @throws the failure of the first call, if none brought anything
 */
export function assemble(job: Job, outcomes: readonly Outcome[]): INodeExecutionData[] {
	const { request, itemIndex } = job;
	const results = placed(job, outcomes);
	const effort = effortOf(outcomes);
	if (results.length === 0) throw failureOf(outcomes, effort);
	const { settings, model, operation, chosenSize } = request;
	const { outputBinaryField: binaryField, singleItem } = settings;
	const common = {
		...{ model, operation, chosenSize, prices: pricesOf(request), ...effort },
		warnings: [
			...new Set(results.flatMap(({ warnings }) => warnings)),
			...warningsOfCount(outcomes.map(countOf)),
		],
	};
	const calls: Facts[] = singleItem && results.length > 1 ? [asOne(results)] : results;
	return calls.flatMap(({ images, said, partials, requestId }) =>
		toItems(
			images,
			{ ...common, said, partials, requestId },
			{ itemIndex, binaryField, singleItem },
		),
	);
}

type Facts = Pick<CallResult, 'partials' | 'said' | 'requestId'> & {
	readonly images: readonly FoundImage[];
};

/** Each image under its position among all images of the item; those that are missing leave gaps. */
function placed(job: Job, outcomes: readonly Outcome[]): CallResult[] {
	let before = 0;
	return outcomes.flatMap((outcome) => {
		const from = before;
		if (!hasImages(outcome)) {
			before += outcome.asked;
			return [];
		}
		const images = outcome.images.map((image) =>
			named({ ...image, index: from + image.index }, job),
		);
		before = Math.max(from + outcome.asked, ...images.map(({ index }) => index + 1));
		return [{ ...outcome, images }];
	});
}

/** Under the name of its position, which was not known for sure when it was stored. */
function named(found: CallImage, job: Job): CallImage {
	const { index, image } = found;
	if (image.namedAs === index) return found;
	const fileName = `${nameAt(job, index)}.${image.mediaType.extension}`;
	return { ...found, image: { ...image, namedAs: index, binary: { ...image.binary, fileName } } };
}

function countOf(outcome: Outcome): ImageCount {
	const { asked } = outcome;
	if (!hasImages(outcome)) {
		return { asked, received: 0, missing: [], ended: sentencesOf(outcome.error) };
	}
	const { images, missing, ended } = outcome;
	return { asked, received: images.length, missing, ended };
}

/** Several calls as one: the tokens are those of all, and each image names its own request. */
function asOne(results: readonly CallResult[]): Facts {
	const usages = results.map(({ images, said }) => usageOf(images, said));
	// The tokens of only some calls would be too few.
	const usage = usages.every(Boolean) ? addUp(usages) : undefined;
	const said = Object.assign({}, ...results.map((call) => call.said).reverse()) as JsonRecord;
	return {
		images: results.flatMap(({ images, requestId }) =>
			images.map((image): FoundImage => {
				const { usage: _, ...own } = image.said;
				return { ...image, said: own, requestId };
			}),
		),
		partials: results.flatMap(({ partials }) => partials),
		said: { ...said, usage },
		requestId: '',
	};
}

function failureOf(outcomes: readonly Outcome[], effort: Effort): unknown {
	const first = outcomes.find((outcome): outcome is FailedCall => !hasImages(outcome));
	const error = first?.error;
	if (!(error instanceof CallFailure)) return error;
	return new CallFailure(
		error.message,
		error.nextStep,
		{ ...error.details, ...effort },
		error.hint,
	);
}

interface Effort {
	readonly attempts: number;
	readonly durationMs: number;
}

/** Requests and milliseconds of all calls together. */
function effortOf(outcomes: readonly Outcome[]): Effort {
	const efforts = outcomes.map((outcome): Partial<Effort> => {
		if (hasImages(outcome)) return outcome;
		return outcome.error instanceof CallFailure ? outcome.error.details : {};
	});
	return { attempts: sumOf(efforts, 'attempts'), durationMs: sumOf(efforts, 'durationMs') };
}

function sumOf<Name extends string>(
	records: ReadonlyArray<{ readonly [Key in Name]?: number }>,
	name: Name,
): number {
	return records.reduce((sum, { [name]: value = 0 }) => sum + value, 0);
}
