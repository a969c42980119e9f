import { ImageBudget } from './imageBudget';

/** How fast a run may be; the same for all its items. */
export interface RateLimits {
	/** Requests under way at the same time. */
	readonly parallelRequests: number;
	/** Images asked for within a minute; 0 = no limit. */
	readonly imagesPerMinute: number;
}

/** The world, handed in. */
export interface RateLimiterTimers {
	/** Milliseconds, by a clock that never goes back. */
	now(): number;
	/** Whole milliseconds. Ends early if `stopped` is aborted, or with an error if the execution is. */
	pause(milliseconds: number, stopped: AbortSignal): Promise<void>;
}

/** The run has to stop because of another item, so that a request that waited was never sent. */
export class RequestNotSentError extends Error {
	constructor() {
		super('The run stopped before this request was sent');
		this.name = 'RequestNotSentError';
	}
}

/**
 * Lets the requests of a run begin as soon as the limits allow it, in the order in which they come.
 *
 * A refusal for too many requests (429) halves the number of requests that may be under way, and
 * each success gives one back, up to the user's limit. Two things do not count. What was sent before
 * a halving tells nothing of the speed after it: a burst that is refused as a whole is one refusal.
 * And a number that was not reached was not tried: half is half of what was under way, and nothing
 * is given back unless somebody waits for it (RFC 5681, section 3.1, and RFC 7661 do the same with TCP).
 *
 * Where a server names the time of the next attempt, new calls wait until those that were refused
 * have had their turn: they would run into the same refusal, or take the place of the others again
 * and again. A pause that no server asked for holds nobody else up.
 */
export class RateLimiter {
	private readonly stopping = new AbortController();
	private readonly budget: ImageBudget;
	/** Requests that may be under way, those that are, and how often the first was halved. */
	private limit: number;
	private underWay = 0;
	private halvings = 0;
	/** Calls that wait for the time that a server named. */
	private expected = 0;
	private readonly repeated: Waiting[] = [];
	private readonly fresh: Waiting[] = [];
	private isServing = false;
	/** Somebody waits for a place, and for nothing else. */
	private isFull = false;
	private wake = () => {};

	constructor(
		private readonly limits: RateLimits,
		private readonly tools: RateLimiterTimers,
	) {
		this.limit = limits.parallelRequests;
		this.budget = new ImageBudget(limits.imagesPerMinute);
	}

	/**
	 * Waits until a request for so many images may be sent.
	 *
	 * @returns what the two reports want to know
	 * @throws RequestNotSentError if the run stops meanwhile, or what `pause` throws
	 */
	async acquire(images: number, origin: Origin): Promise<number> {
		if (origin === 'expected') this.expected--;
		return await new Promise<number>((resolve, reject) => {
			(origin === 'new' ? this.fresh : this.repeated).push({ images, resolve, reject });
			this.wake();
			void this.serve();
		});
	}

	release(): void {
		this.underWay--;
		this.wake();
	}

	/** @param entered what `enter` returned */
	refused(entered: number): void {
		if (entered !== this.halvings) return;
		this.halvings++;
		this.limit = Math.max(1, Math.floor(Math.min(this.limit, this.underWay) / 2));
	}

	/** @param entered what `enter` returned */
	succeeded(entered: number): void {
		const isMost = this.limit >= this.limits.parallelRequests;
		if (entered !== this.halvings || isMost || !this.isFull) return;
		this.limit++;
		this.wake();
	}

	/** New calls wait until one more has entered as expected. */
	expect(): void {
		this.expected++;
	}

	/** Waits as long, or until the run stops. */
	async pause(milliseconds: number): Promise<void> {
		await this.tools.pause(Math.ceil(milliseconds), this.stopping.signal);
	}

	get isStopped(): boolean {
		return this.stopping.signal.aborted;
	}

	/** Nothing begins any more, and every wait ends. */
	stop(): void {
		this.stopping.abort();
		this.wake();
	}

	/** Lets in one after the other, until nobody waits. */
	private async serve(): Promise<void> {
		if (this.isServing) return;
		this.isServing = true;
		try {
			while (this.repeated.length + this.fresh.length > 0) await this.serveFirst();
		} catch (error) {
			for (const { reject } of [...this.repeated.splice(0), ...this.fresh.splice(0)]) reject(error);
		}
		this.isServing = false;
	}

	/** Lets the first one in, or waits until that may be possible. */
	private async serveFirst(): Promise<void> {
		if (this.isStopped) throw new RequestNotSentError();
		const line = this.repeated.length > 0 ? this.repeated : this.fresh;
		const [{ images, resolve }] = line as [Waiting];
		const now = this.tools.now();
		const wait = this.budget.wait(images, now);
		const isHeld = line === this.fresh && this.expected > 0;
		this.isFull = !isHeld && this.underWay >= this.limit;
		if (isHeld || this.isFull) {
			await new Promise<void>((wake) => (this.wake = wake));
		} else if (wait > 0) {
			await this.pause(wait);
		} else {
			line.shift();
			this.underWay++;
			this.budget.spend(images, now);
			resolve(this.halvings);
		}
	}
}

/** Where a request comes from: a new call, or one that was refused, with or without a time named. */
export type Origin = 'new' | 'repeated' | 'expected';

/** A request that is not let in yet. */
interface Waiting {
	readonly images: number;
	resolve(entered: number): void;
	reject(error: unknown): void;
}
