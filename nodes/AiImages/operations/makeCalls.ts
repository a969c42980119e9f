import type { IExecuteFunctions } from 'n8n-workflow';
import { toNodeError } from '../errors';
import { imagesAskedFor } from '../request/split';
import { ExecutionCanceled } from '../transport/failures';
import { NeverSent, type Pace } from '../transport/pace';
import { Turn } from '../transport/turn';
import type { CompletedCalls } from './completedCalls';
import { makeCall } from './makeCall';
import { furtherParts, partsOf, type Job, type Part } from './parts';
import { hasImages, type CallResult, type FailedCall, type Outcome } from './result';

interface Means {
	readonly context: IExecuteFunctions;
	readonly completed: CompletedCalls;
	readonly pace: Pace;
	/** Takes what became of the calls of an item, in the order of the images. Where it rejects, the run stops. */
	deliver(job: Job, outcomes: readonly Outcome[]): Promise<void>;
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
export async function makeCalls(jobs: readonly Job[], means: Means): Promise<void> {
	const { context, pace } = means;
	const underWay = new Set<Promise<void>>();
	const stops: Array<{ readonly index: number; readonly error: Error }> = [];
	const stopAt = (index: number) => (error: unknown) => {
		pace.stop();
		if (error instanceof NeverSent) return;
		stops.push({ index, error: toNodeError(context.getNode(), error, index) });
	};

	/** Returns as soon as the call is under way, or has been made before. */
	const begin = async (part: Part, item: ItemCalls): Promise<void> => {
		const known = await means.completed.find(part).catch(failedCallOf(part));
		if (known && !isToBeDownloaded(known)) return await settle(part, known, item);
		const turn = new Turn(pace);
		// To download takes a place as well, but asks for no images.
		await turn.begin(known ? 0 : imagesAskedFor(part.request));
		const call = makeCall(part, turn, known, means)
			.catch(failedCallOf(part))
			.then(async (outcome) => await settle(part, outcome, item, turn))
			.catch(stopAt(part.job.itemIndex))
			.finally(() => {
				// Only now, or the next request would begin before a failure stops the run.
				turn.end();
				underWay.delete(call);
			});
		underWay.add(call);
	};

	/** Where the server could not be asked for all images at once, it is asked again for the others. */
	const settle = async (part: Part, outcome: Outcome, item: ItemCalls, turn?: Turn) => {
		const further = isOneOfSeveral(outcome) ? furtherParts(part, outcome.dropped) : [];
		const own = further.length > 0 ? { ...outcome, asked: 1 } : outcome;
		if (item.settle(part, own, further.length)) await means.deliver(part.job, item.outcomes);
		if (further.length > 0) turn?.end();
		for (const next of further) await begin(next, item);
	};

	for (const job of jobs) {
		const parts = partsOf(job);
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
	settle({ number, repetition }: Part, outcome: Outcome, further: number): boolean {
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
	return hasImages(outcome) && outcome.links.length > 0;
}

/** The number of images was left out, and what came is a single one, without any complaint. */
function isOneOfSeveral(outcome: Outcome): outcome is CallResult {
	if (!hasImages(outcome)) return false;
	const { images, links, missing, ended, asked, dropped } = outcome;
	const isSingle = images.length === 1 && links.length + missing.length === 0 && !ended;
	return isSingle && asked > 1 && dropped.includes('n');
}

/** For `.catch()`: the call failed, but the end of the whole run goes on being thrown. */
function failedCallOf({ request }: Part) {
	return (error: unknown): FailedCall => {
		if (error instanceof ExecutionCanceled || error instanceof NeverSent) throw error;
		return { asked: imagesAskedFor(request), error };
	};
}
