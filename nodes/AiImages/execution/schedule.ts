import { ExecutionCanceledError, RequestNotSentError, toNodeError } from '../errors';
import { succeeded, type CallResult, type FailedCall, type Outcome } from '../output/callResult';
import { requestedImages } from '../request/split';
import type { RateLimiter } from '../transport/rateLimiter';
import { runCall, type CallDependencies } from './call';
import { resumedCall } from './ticket';
import { callsOf, furtherCalls, type Call, type ItemRequest } from './calls';
import type { CostLimit } from './costLimit';

interface ScheduleDependencies extends CallDependencies {
	readonly limiter: RateLimiter;
	/** Absent: no cap. */
	readonly costLimit: CostLimit | undefined;
	/**
	 * Takes the outcomes of all calls of an item, in the order of its images. If it rejects, the run
	 * stops.
	 */
	deliver(item: ItemRequest, outcomes: readonly Outcome[]): Promise<void>;
}

/**
 * Runs the calls of all items, each as soon as its cost fits below the cap and the rate limiter has
 * a slot for it. Calls that succeeded in an earlier attempt of the execution are not repeated.
 *
 * When the run has to stop, no new request is sent. Calls in flight are billed anyway, so they are
 * awaited and their results saved.
 *
 * @throws NodeApiError | NodeOperationError of the first item that stopped the run
 */
export async function runCalls(
	items: readonly ItemRequest[],
	dependencies: ScheduleDependencies,
): Promise<void> {
	const { context, completed, limiter, costLimit } = dependencies;
	const queue = new CallQueue(items);
	const inFlight = new Set<Promise<void>>();
	const stops: Array<{ readonly index: number; readonly error: Error }> = [];
	const stopAt = (call: Call, error: unknown) => {
		limiter.stop();
		if (error instanceof RequestNotSentError) return;
		const index = call.item.itemIndex;
		stops.push({ index, error: toNodeError(context.getNode(), error, index) });
	};
	const settle = async (call: Call, outcome: Outcome) => {
		const outcomes = queue.settle(call, outcome);
		if (outcomes) await dependencies.deliver(call.item, outcomes);
	};

	/** Waits until the call can start, or is known to pass the cap. */
	const stoppedByCap = async ({ request }: Call, cap: CostLimit) => {
		for (;;) {
			const decision = cap.check(request);
			if (decision === 'start') return undefined;
			if (decision !== 'wait') return { requested: requestedImages(request), error: decision };
			await Promise.race(inFlight);
			if (limiter.isStopped) throw new RequestNotSentError();
		}
	};

	for (;;) {
		const call = limiter.isStopped ? undefined : queue.next();
		if (!call) {
			if (inFlight.size === 0) break;
			// A call in flight can add others to the queue.
			await Promise.race(inFlight);
			continue;
		}
		try {
			// Before it takes a slot: a call in flight might need that for its retry.
			const known =
				(await completed.find(call).catch(toFailedCall(call))) ??
				resumedCall(call.request) ??
				(costLimit && (await stoppedByCap(call, costLimit)));
			const saved = known && 'result' in known ? known.result : undefined;
			const ended = known && 'error' in known ? known : saved && !hasDownloads(saved) && saved;
			if (ended) {
				await settle(call, ended);
				continue;
			}
			const ticket = known && 'ticket' in known ? known.ticket : undefined;
			const reservation = known ? undefined : costLimit?.reserve(call.request);
			// What was requested before takes a slot, too, but no images of the minute's.
			const slot = await limiter.acquire(known ? 0 : requestedImages(call.request));
			const run = runCall(call, { slot, saved, ticket, reservation }, dependencies)
				.catch(toFailedCall(call))
				.then(async (outcome) => await settle(call, outcome))
				.catch((error: unknown) => stopAt(call, error))
				.finally(() => {
					// Not earlier: a failure has to stop the run before the next request is let in.
					slot.release();
					inFlight.delete(run);
				});
			inFlight.add(run);
		} catch (error) {
			stopAt(call, error);
		}
	}
	const [first] = stops.sort((a, b) => a.index - b.index);
	if (first) throw first.error;
}

/** The calls of all items, and the outcomes of those that have ended. */
class CallQueue {
	/** Take turns: the calls of all items in order, and further calls of single items. */
	private readonly lines: Array<Iterator<Call>>;
	/** The line of the last call. Its next one comes after those of the other lines. */
	private current: Iterator<Call> | undefined;
	private readonly progress = new Map<ItemRequest, ItemProgress>();

	constructor(items: readonly ItemRequest[]) {
		this.lines = [this.callsInOrder(items)];
	}

	next(): Call | undefined {
		if (this.current) this.lines.push(this.current);
		for (let line = this.lines.shift(); line; line = this.lines.shift()) {
			const { done, value } = line.next();
			if (done) continue;
			this.current = line;
			return value;
		}
		this.current = undefined;
		return undefined;
	}

	/** @returns the outcomes of all calls of the item, once this was the last one */
	settle(call: Call, outcome: Outcome): Outcome[] | undefined {
		const progress = this.progress.get(call.item) as ItemProgress;
		// If the API does not know `n`, the other images need requests of their own.
		const further = isOneOfSeveral(outcome) ? furtherCalls(call, outcome.dropped) : [];
		if (further.length > 0) this.lines.push(further.values());
		const own = further.length > 0 ? { ...outcome, requested: 1 } : outcome;
		(progress.outcomes[call.number] ??= [])[call.repetition] = own;
		progress.open += further.length - 1;
		if (progress.open > 0) return undefined;
		this.progress.delete(call.item);
		return progress.outcomes.flat();
	}

	private *callsInOrder(items: readonly ItemRequest[]): Generator<Call> {
		for (const item of items) {
			const calls = callsOf(item);
			this.progress.set(item, { open: calls.length, outcomes: [] });
			yield* calls;
		}
	}
}

interface ItemProgress {
	/** Calls that have not ended. */
	open: number;
	/** By number and repetition of the call. */
	readonly outcomes: Outcome[][];
}

function hasDownloads(outcome: Outcome): outcome is CallResult {
	return succeeded(outcome) && outcome.links.length > 0;
}

/** The number of images was left out, and the response brought a single one without any error. */
function isOneOfSeveral(outcome: Outcome): outcome is CallResult {
	if (!succeeded(outcome)) return false;
	const { images, links, missing, responseError, requested, dropped } = outcome;
	const isSingle = images.length === 1 && links.length + missing.length === 0 && !responseError;
	return isSingle && requested > 1 && dropped.includes('n');
}

/** For `.catch()`: an error of the call itself. What ends the whole run is rethrown. */
function toFailedCall({ request }: Call) {
	return (error: unknown): FailedCall => {
		if (error instanceof ExecutionCanceledError || error instanceof RequestNotSentError)
			throw error;
		return { requested: requestedImages(request), error };
	};
}
