import type { INodeExecutionData } from 'n8n-workflow';
import { CallFailure } from '../errors';
import type { TokenPrices } from '../models';
import type { ValidRequest } from '../request/validate';
import { warningsOfCount } from '../request/warnings';
import { toItems, type FoundImage } from '../response/items';
import type { JsonRecord } from '../response/json';
import { addUp, usageOf } from '../response/usage';
import type { Job } from './parts';
import type { Bought } from './perform';

/** A call that brought nothing. */
export interface Lost {
	readonly asked: number;
	readonly error: unknown;
}

/** What became of a call. */
export type Outcome = Bought | Lost;

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
export function assemble(
	{ request, itemIndex }: Job,
	outcomes: readonly Outcome[],
): INodeExecutionData[] {
	const bought = placed(outcomes);
	const lost = outcomes.filter((outcome): outcome is Lost => !isBought(outcome));
	const effort = effortOf(outcomes);
	if (bought.length === 0) throw failureOf(lost, effort);
	const { settings, model, operation, chosenSize } = request;
	const { outputBinaryField: binaryField, singleItem } = settings;
	const common = {
		...{ model, operation, chosenSize, prices: pricesOf(request), ...effort },
		warnings: [
			...new Set(bought.flatMap(({ warnings }) => warnings)),
			...warningsOfCount(sumOf(bought, 'asked'), sumOf(bought, 'came')),
			...bought.flatMap(({ missing }) => missing),
			...lost.map(missingWith),
		],
	};
	const calls: Facts[] = singleItem && bought.length > 1 ? [asOne(bought)] : bought;
	return calls.flatMap(({ images, said, partials, requestId }) =>
		toItems(
			images,
			{ ...common, said, partials, requestId },
			{ itemIndex, binaryField, singleItem },
		),
	);
}

function isBought(outcome: Outcome): outcome is Bought {
	return 'images' in outcome;
}

type Facts = Pick<Bought, 'images' | 'partials' | 'said' | 'requestId'>;

/** Each image under its position among all images of the item; those that are lost leave gaps. */
function placed(outcomes: readonly Outcome[]): Bought[] {
	let before = 0;
	return outcomes.flatMap((outcome) => {
		const from = before;
		before += isBought(outcome) ? Math.max(outcome.asked, outcome.came) : outcome.asked;
		if (!isBought(outcome)) return [];
		const images = outcome.images.map((image) => ({ ...image, index: from + image.index }));
		return [{ ...outcome, images }];
	});
}

/** Several calls as one: the tokens are those of all, and each image names its own request. */
function asOne(bought: readonly Bought[]): Facts {
	const usages = bought.map(({ images, said }) => usageOf(images, said));
	// The tokens of only some calls would be too few.
	const usage = usages.every(Boolean) ? addUp(usages) : undefined;
	const said = Object.assign({}, ...bought.map((call) => call.said).reverse()) as JsonRecord;
	return {
		images: bought.flatMap(({ images, requestId }) =>
			images.map((image): FoundImage => {
				const { usage: _, ...own } = image.said;
				return { ...image, said: own, requestId };
			}),
		),
		partials: bought.flatMap(({ partials }) => partials),
		said: { ...said, usage },
		requestId: '',
	};
}

function failureOf([first]: readonly Lost[], effort: Effort): unknown {
	const error = first?.error;
	if (!(error instanceof CallFailure)) return error;
	return new CallFailure(
		error.message,
		error.nextStep,
		{ ...error.details, ...effort },
		error.hint,
	);
}

function missingWith({ asked, error }: Lost): string {
	const message = error instanceof Error ? error.message : String(error);
	const what = asked === 1 ? 'An image is' : `${asked} images are`;
	const nextStep = error instanceof CallFailure ? ` ${error.nextStep}` : '';
	return `${what} missing. ${message.replace(/\.$/, '')}.${nextStep}`;
}

interface Effort {
	readonly attempts: number;
	readonly durationMs: number;
}

/** Requests and milliseconds of all calls together. */
function effortOf(outcomes: readonly Outcome[]): Effort {
	const efforts = outcomes.map((outcome): Partial<Effort> => {
		if (isBought(outcome)) return outcome;
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
