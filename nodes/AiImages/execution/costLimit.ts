import { createHash } from 'node:crypto';
import { ApiError, ExecutionCanceledError, RequestNotSentError } from '../errors';
import type { CallResult } from '../output/callResult';
import { callCost } from '../output/cost';
import { estimateCost, estimateText, type CostEstimate } from '../output/costEstimate';
import { pricesFor } from '../request/prices';
import { requestedImages } from '../request/split';
import type { ValidRequest } from '../request/types';
import { mayBeBilled } from '../transport/retry';
import { formatDollars } from '../values/format';
import type { CostRecord } from './costRecord';

/** What a call in flight reserves. Ends with the first result or failure. */
export interface Reservation {
	/**
	 * Its images were generated, downloaded or not.
	 *
	 * @param sent the request that brought them, without what the API did not know
	 */
	billed(result: CallResult, sent: ValidRequest): void;
	/**
	 * It is about to be sent again.
	 *
	 * @throws the failure if that could pass the cap, because the failed attempt might be billed, too
	 */
	retry(failure: ApiError): void;
	failed(error: unknown): void;
}

/**
 * Keeps the cost of a run below the user's cap. Calls in flight reserve what they are going to cost,
 * and a call starts only if its own cost fits as well.
 *
 * The estimate of a call is what the model's maker publishes, or the most expensive earlier image of
 * its kind, whichever is higher. Where there is neither, one call has to show what its kind costs:
 * until it has ended, no other call starts. This one call can pass the cap.
 *
 * A call that does not fit waits for those in flight, which might cost less than they reserve. Later
 * calls wait behind it: which images a run generates should not depend on how fast the API responds.
 */
export class CostLimit {
	private readonly inFlight = new Set<CostEstimate>();

	/**
	 * @param cap US dollars
	 * @param record of this run; an earlier attempt of the execution might have begun it
	 */
	constructor(
		private readonly cap: number,
		private readonly record: CostRecord,
	) {}

	/**
	 * Whether a call can start.
	 *
	 * @returns `wait` if that depends on a call in flight; the error if the call would pass the cap
	 */
	check(request: ValidRequest): 'start' | 'wait' | ApiError {
		const { spent, isUnknown } = this.record;
		if (isUnknown) return unknownCosts();
		const { dollars, isComplete } = this.estimate(request);
		const isUsedUp = !isComplete && spent >= this.cap;
		if (isUsedUp || !this.fits(spent + dollars)) return capReached(this.cap, spent, dollars);
		// What a call without a complete estimate costs is only known when it has ended.
		const isMeasuring = [...this.inFlight].some((each) => !each.isComplete);
		if (isMeasuring || !this.fits(this.total + dollars)) return 'wait';
		return isComplete || this.total < this.cap ? 'start' : 'wait';
	}

	/** Reserves the cost of a call that starts. */
	reserve(request: ValidRequest): Reservation {
		const estimate = this.estimate(request);
		this.inFlight.add(estimate);
		const spend = (dollars: number) => {
			// What happens to a call later, such as a failed download, changes nothing.
			const isFirst = this.inFlight.delete(estimate);
			if (isFirst) this.record.spent += dollars;
			return isFirst;
		};
		const spendEstimate = ({ dollars, isComplete }: CostEstimate) => {
			if (spend(dollars)) this.record.isUnknown ||= !isComplete;
		};
		return {
			billed: (result, sent) => {
				const cost = callCost(result, request);
				if (cost === null) return spendEstimate(this.estimate(sent));
				spend(cost);
				this.measure(request, result, cost);
			},
			retry: (failure) => {
				if (!mayBeBilled(failure)) return;
				spendEstimate(estimate);
				const isLimitReached = !this.fits(this.total + estimate.dollars);
				if (isLimitReached || this.record.isUnknown) throw withoutRetry(failure);
				this.inFlight.add(estimate);
			},
			failed: (error) => {
				if (isUnbilled(error)) spend(0);
				else spendEstimate(estimate);
			},
		};
	}

	/** The run has succeeded: a later one starts from nothing. */
	clear(): void {
		Object.assign(this.record, { spent: 0, isUnknown: false, highest: {} });
	}

	private measure(request: ValidRequest, { images, links }: CallResult, cost: number): void {
		const { highest } = this.record;
		const kind = kindOf(request);
		// The API might not know the number of images, and generate a single one.
		const billed = Math.min(images.length + links.length, requestedImages(request));
		const perImage = cost / Math.max(1, billed);
		if (perImage <= (highest[kind]?.perImage ?? 0)) return;
		highest[kind] = { perImage, text: estimateText(request) };
	}

	private estimate(request: ValidRequest): CostEstimate {
		const published = estimateCost(request);
		const highest = this.record.highest[kindOf(request)];
		if (!highest) return published;
		// It includes its own prompt; this one can be longer.
		const text = Math.max(0, estimateText(request) - highest.text);
		const measured = highest.perImage * requestedImages(request) + text;
		return { dollars: Math.max(published.dollars, measured), isComplete: true };
	}

	/** US dollars that are spent or reserved. */
	private get total(): number {
		return [...this.inFlight].reduce((sum, { dollars }) => sum + dollars, this.record.spent);
	}

	private fits(dollars: number): boolean {
		return dollars <= this.cap + TOLERANCE;
	}
}

/** US dollars by which a sum of fractions can be off. The cheapest token costs a thousand times more. */
const TOLERANCE = 1e-9;

/**
 * Equal for requests that should cost the same per image, except for the length of their prompts.
 * Input images are billed by their size, and once per request, so the number of images matters to
 * edits.
 */
function kindOf(request: ValidRequest): string {
	const { operation, model, values, settings, images, mask, markup } = request;
	const { prompt: _, n, user: __, safetyIdentifier: ___, ...others } = values;
	const files = [...images, mask, markup].map(
		(file) => file && [file.reference, file.mediaType?.width, file.mediaType?.height],
	);
	const facts = [operation, model, others, settings.extraFields, pricesFor(request), files];
	const text = JSON.stringify(operation === 'edit' ? [...facts, n] : facts);
	return createHash('sha256').update(text).digest('hex');
}

function isUnbilled(error: unknown): boolean {
	if (error instanceof ApiError) return !mayBeBilled(error);
	return error instanceof RequestNotSentError || error instanceof ExecutionCanceledError;
}

function withoutRetry(failure: ApiError): ApiError {
	return failure.with({
		advice: `${failure.advice}. It was not retried: both requests together might exceed 'Max Cost per Run'`,
	});
}

const NOT_SENT = 'This request was not sent, so it was not billed';

function capReached(cap: number, spent: number, estimate: number): ApiError {
	const next = estimate > 0 ? `, and this request would cost about ${formatDollars(estimate)}` : '';
	return new ApiError(
		`'Max Cost per Run' is ${formatDollars(cap)}: ${formatDollars(spent)} is already spent${next}`,
		`${NOT_SENT}. Raise 'Max Cost per Run' in Options, or generate fewer or smaller images, or use a lower quality`,
	);
}

function unknownCosts(): ApiError {
	return new ApiError(
		"'Max Cost per Run' can't be applied any longer: the cost of an earlier request isn't known",
		`${NOT_SENT}. Select a 'Size' and a 'Quality' other than Auto, use a provider that reports usage, or remove 'Max Cost per Run' in Options`,
	);
}
