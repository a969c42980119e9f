import type { IExecuteFunctions } from 'n8n-workflow';
import { toNodeError } from '../errors';
import { imagesAskedFor } from '../request/split';
import { ExecutionCanceled } from '../transport/failures';
import { NeverSent, type Pace } from '../transport/pace';
import { Turn } from '../transport/turn';
import type { Lost, Outcome } from './assemble';
import { partsOf, type Job, type Part } from './parts';
import { perform } from './perform';
import type { Purchases } from './purchases';

interface Means {
	readonly context: IExecuteFunctions;
	readonly purchases: Purchases;
	readonly pace: Pace;
	/** Takes what became of the calls of an item. Where it rejects, the run stops. */
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
export async function buyAll(jobs: readonly Job[], means: Means): Promise<void> {
	const { context, purchases, pace } = means;
	const underWay = new Set<Promise<void>>();
	const stops: Array<{ readonly index: number; readonly error: Error }> = [];
	const stopAt = (index: number) => (error: unknown) => {
		pace.stop();
		if (error instanceof NeverSent) return;
		stops.push({ index, error: toNodeError(context.getNode(), error, index) });
	};

	const begin = async (part: Part, end: (outcome: Outcome) => Promise<void>): Promise<void> => {
		const known = await purchases.find(part).catch(lostOf(part));
		if (known) return await end(known);
		const turn = new Turn(pace);
		await turn.begin(imagesAskedFor(part.request));
		const call = buy(part, turn, means)
			.then(end)
			.catch(stopAt(part.job.itemIndex))
			.finally(() => {
				// Only now, or the next request would begin before a failure stops the run.
				turn.end();
				underWay.delete(call);
			});
		underWay.add(call);
	};
	for (const job of jobs) {
		const outcomes: Outcome[] = [];
		const parts = partsOf(job);
		let open = parts.length;
		for (const part of parts) {
			if (pace.isStopped) break;
			await begin(part, async (outcome) => {
				outcomes[part.number] = outcome;
				if (--open === 0) await means.deliver(job, outcomes);
			}).catch(stopAt(job.itemIndex));
		}
	}
	await Promise.all(underWay);
	const [first] = stops.sort((a, b) => a.index - b.index);
	if (first) throw first.error;
}

async function buy(part: Part, turn: Turn, { context, purchases }: Means): Promise<Outcome> {
	const outcome = await perform(context, part, turn).catch(lostOf(part));
	if ('images' in outcome) await purchases.remember(part, outcome);
	return outcome;
}

/** For `.catch()`: a call that failed is lost, but the end of the whole run goes on being thrown. */
function lostOf({ request }: Part) {
	return (error: unknown): Lost => {
		if (error instanceof ExecutionCanceled || error instanceof NeverSent) throw error;
		return { asked: imagesAskedFor(request), error };
	};
}
