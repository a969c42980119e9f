/**
 * Bodies that are read at the same time. One thread does the work, so more would not be faster. But
 * their pieces would live longer, move to the old generation of the heap, and cost memory and time.
 */
export const MAX_CONCURRENT_READS = 3;

/** Lets a few bodies of a run be read at a time, the oldest first. */
export class ReadScheduler {
	private count = 0;
	private active = 0;
	/** Sorted by ID. */
	private readonly waiting: Array<{ readonly id: number; resolve(granted: boolean): void }> = [];

	/** @returns the ID of a new body; lower IDs are read first */
	register(): number {
		return this.count++;
	}

	/** Waits until the body can be read. @returns false if it was canceled instead */
	async acquire(id: number): Promise<boolean> {
		if (this.active < MAX_CONCURRENT_READS) {
			this.active++;
			return true;
		}
		return await new Promise((resolve) => {
			const later = this.waiting.findIndex((other) => other.id > id);
			this.waiting.splice(later < 0 ? this.waiting.length : later, 0, { id, resolve });
		});
	}

	/** Whether a body with a lower ID is waiting. */
	hasEarlierWaiting(id: number): boolean {
		return this.waiting[0] !== undefined && this.waiting[0].id < id;
	}

	release(): void {
		const next = this.waiting.shift();
		if (next) next.resolve(true);
		else this.active--;
	}

	/** Stops a body that has ended from waiting. */
	cancel(id: number): void {
		const at = this.waiting.findIndex((other) => other.id === id);
		if (at >= 0) this.waiting.splice(at, 1)[0]?.resolve(false);
	}
}

/** The scheduler that all requests of one execution share. */
export function readSchedulerFor(context: object): ReadScheduler {
	const scheduler = SCHEDULERS.get(context) ?? new ReadScheduler();
	SCHEDULERS.set(context, scheduler);
	return scheduler;
}

const SCHEDULERS = new WeakMap<object, ReadScheduler>();
