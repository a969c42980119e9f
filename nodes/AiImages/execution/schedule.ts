import type { IExecuteFunctions } from 'n8n-workflow';
import { toNodeError } from '../errors';
import { requestedImages } from '../request/split';
import { ExecutionCanceledError } from '../transport/connectionError';
import { RequestNotSentError, type RateLimiter } from '../transport/rateLimiter';
import { Slot } from '../transport/slot';
import type { CompletedCalls } from './completedCalls';
import { makeCall } from './call';
import { furtherCalls, callsOf, type ItemRequest, type Call } from './calls';
import { succeeded, type CallResult, type FailedCall, type Outcome } from '../output/callResult';

interface Means {
	readonly context: IExecuteFunctions;
	readonly completed: CompletedCalls;
	readonly pace: RateLimiter;
	/** Takes what became of the calls of an item, in the order of the images. Where it rejects, the run stops. */
	deliver(job: ItemRequest, outcomes: readonly Outcome[]): Promise<void>;
}

/**
 * Makes the calls of all items, each as soon as the pace allows it, but for those that an earlier
 * attempt of this run has made.
 *
 * When the run has to stop, no new request is sent. What is under way is awaited and remembered:
 * it is billed anyway.
 *
 * @throws NodeApiError | NodeOperationError of the first item for which the run stopped
 */
export async function makeCalls(jobs: readonly ItemRequest[], means: Means): Promise<void> {
	const { context, pace } = means;
	const underWay = new Set<Promise<void>>();
	const stops: Array<{ readonly index: number; readonly error: Error }> = [];
	const stopAt = (index: number) => (error: unknown) => {
		pace.stop();
		if (error instanceof RequestNotSentError) return;
		stops.push({ index, error: toNodeError(context.getNode(), error, index) });
	};

	/** Returns as soon as the call is under way, or has been made before. */
	const begin = async (part: Call, item: ItemCalls): Promise<void> => {
		const known = await means.completed.find(part).catch(failedCallOf(part));
		if (known && !isToBeDownloaded(known)) return await settle(part, known, item);
		const turn = new Slot(pace);
		// To download takes a place as well, but asks for no images.
		await turn.acquire(known ? 0 : requestedImages(part.request));
		const call = makeCall(part, turn, known, means)
			.catch(failedCallOf(part))
			.then(async (outcome) => await settle(part, outcome, item, turn))
			.catch(stopAt(part.job.itemIndex))
			.finally(() => {
				// Only now, or the next request would begin before a failure stops the run.
				turn.release();
				underWay.delete(call);
			});
		underWay.add(call);
	};

	/** Where the server could not be asked for all images at once, it is asked again for the others. */
	const settle = async (part: Call, outcome: Outcome, item: ItemCalls, turn?: Slot) => {
		const further = isOneOfSeveral(outcome) ? furtherCalls(part, outcome.dropped) : [];
		const own = further.length > 0 ? { ...outcome, requested: 1 } : outcome;
		if (item.settle(part, own, further.length)) await means.deliver(part.job, item.outcomes);
		if (further.length > 0) turn?.release();
		for (const next of further) await begin(next, item);
	};

	for (const job of jobs) {
		const parts = callsOf(job);
		const item = new ItemCalls(parts.length);
		for (const part of parts) {
			if (pace.isStopped) break;
			await begin(part, item).catch(stopAt(job.itemIndex));
		}
	}
	// Calls that are under way may begin others.
	while (underWay.size > 0) await Promise.all(underWay);
	const [first] = stops.sort((a, b) => a.index - b.index);
	if (first) throw first.error;
}

/** What becomes of the calls of an item. */
class ItemCalls {
	private readonly settled: Outcome[][] = [];

	/** @param open how many calls are to be made */
	constructor(private open: number) {}

	/**
	 * @param further how many calls are to be made beside those that are known
	 * @returns whether it was the last one
	 */
	settle({ number, repetition }: Call, outcome: Outcome, further: number): boolean {
		(this.settled[number] ??= [])[repetition] = outcome;
		this.open += further - 1;
		return this.open === 0;
	}

	/** In the order of the images. */
	get outcomes(): Outcome[] {
		return this.settled.flat();
	}
}

function isToBeDownloaded(outcome: Outcome): outcome is CallResult {
	return succeeded(outcome) && outcome.links.length > 0;
}

/** The number of images was left out, and what came is a single one, without any complaint. */
function isOneOfSeveral(outcome: Outcome): outcome is CallResult {
	if (!succeeded(outcome)) return false;
	const { images, links, missing, responseError, requested, dropped } = outcome;
	const isSingle = images.length === 1 && links.length + missing.length === 0 && !responseError;
	return isSingle && requested > 1 && dropped.includes('n');
}

/** For `.catch()`: the call failed, but the end of the whole run goes on being thrown. */
function failedCallOf({ request }: Call) {
	return (error: unknown): FailedCall => {
		if (error instanceof ExecutionCanceledError || error instanceof RequestNotSentError)
			throw error;
		return { requested: requestedImages(request), error };
	};
}
