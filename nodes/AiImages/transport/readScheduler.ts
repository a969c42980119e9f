/**
 * Answers that are worked on at the same time. A few take no longer than many do: the work is
 * done by one thread. What the others hold meanwhile grows old before it is garbage, and then costs
 * memory and time.
 */
export const MAX_CONCURRENT_READS = 3;

/** Lets the answers of a run be worked on a few at a time, those first that began first. */
export class ReadScheduler {
	private count = 0;
	private busy = 0;
	/** Sorted by number. */
	private readonly waiting: Array<{ readonly number: number; go(granted: boolean): void }> = [];

	/** The place in line of an answer. */
	register(): number {
		return this.count++;
	}

	/** Waits for its turn. @returns false if it was dropped instead */
	async acquire(number: number): Promise<boolean> {
		if (this.busy < MAX_CONCURRENT_READS) {
			this.busy++;
			return true;
		}
		return await new Promise((go) => {
			const later = this.waiting.findIndex((other) => other.number > number);
			this.waiting.splice(later < 0 ? this.waiting.length : later, 0, { number, go });
		});
	}

	/** Whether somebody waits who goes first. */
	hasEarlierWaiting(number: number): boolean {
		return this.waiting[0] !== undefined && this.waiting[0].number < number;
	}

	/** Ends a turn. */
	release(): void {
		const next = this.waiting.shift();
		if (next) next.go(true);
		else this.busy--;
	}

	/** Ends the wait of an answer that has ended itself. */
	cancel(number: number): void {
		const at = this.waiting.findIndex((other) => other.number === number);
		if (at >= 0) this.waiting.splice(at, 1)[0]?.go(false);
	}
}

/** One order for everything that an execution of the node reads. */
export function readSchedulerFor(context: object): ReadScheduler {
	const order = SCHEDULERS.get(context) ?? new ReadScheduler();
	SCHEDULERS.set(context, order);
	return order;
}

const SCHEDULERS = new WeakMap<object, ReadScheduler>();
