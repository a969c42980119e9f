import { RequestNotSentError, type ApiError } from '../errors';
import { ImageBudget } from './imageBudget';

/** How fast a run can be, for all its items together. */
export interface RateLimits {
	/** Concurrent requests. */
	readonly parallelRequests: number;
	/** Images requested within any minute; 0 = no limit. */
	readonly imagesPerMinute: number;
}

/** Clock and timer, injected for tests. */
export interface RateLimiterTimers {
	/** Milliseconds of a monotonic clock. */
	now(): number;
	/** Resolves early once `stopped` is aborted; rejects if the execution is canceled. */
	pause(milliseconds: number, stopped: AbortSignal): Promise<void>;
}

/**
 * Lets the calls of a run send their requests as soon as the limits allow it, first come, first
 * served.
 *
 * A rate limit (429) halves the number of concurrent requests, and each success adds one, up to the
 * user's limit. There are two exceptions, as in TCP (RFC 5681, section 3.1, and RFC 7661). A burst
 * of rejected requests halves the number once: those sent before a halving say nothing about the
 * speed after it. And only what was in use counts: half of the requests in flight, and one more
 * only if a call is waiting for it.
 *
 * If the API names the time of the next attempt, new calls wait until the rejected ones have been
 * served. Otherwise they would be rejected, too, or overtake the others again and again. A delay
 * that the API did not ask for holds up nobody else.
 */
export class RateLimiter {
	private readonly stopping = new AbortController();
	private readonly budget: ImageBudget;
	/** Current limit of concurrent requests. */
	private limit: number;
	private inFlight = 0;
	/** How often the limit was halved. */
	private halvings = 0;
	/** Rejected calls that wait for the time that the API named. */
	private delayed = 0;
	private readonly retries: Waiting[] = [];
	private readonly fresh: Waiting[] = [];
	private isServing = false;
	/** Only the concurrency limit holds back the next call. */
	private isFull = false;
	private wake = () => {};

	constructor(
		private readonly limits: RateLimits,
		private readonly timers: RateLimiterTimers,
	) {
		this.limit = limits.parallelRequests;
		this.budget = new ImageBudget(limits.imagesPerMinute);
	}

	/**
	 * Waits until a request can be sent.
	 *
	 * @param images how many images it requests
	 * @throws RequestNotSentError if the run stops in the meantime, ExecutionCanceledError
	 */
	async acquire(images: number): Promise<Slot> {
		return new Slot(this, await this.enter(images, this.fresh));
	}

	get isStopped(): boolean {
		return this.stopping.signal.aborted;
	}

	/** Ends every wait. From now on, no request is let in. */
	stop(): void {
		this.stopping.abort();
		this.wake();
	}

	/** For `Slot`: enters again after a delay, ahead of new calls. @returns the halvings so far */
	async reenter(images: number, delay?: number, isNamedByApi = false): Promise<number> {
		if (isNamedByApi) this.delayed++;
		if (delay !== undefined) await this.pause(delay);
		if (isNamedByApi) this.delayed--;
		return await this.enter(images, this.retries);
	}

	/** For `Slot`. */
	leave(): void {
		this.inFlight--;
		this.wake();
	}

	/** For `Slot`. @param halvings those at the time when the request was let in */
	onRateLimit(halvings: number): void {
		if (halvings !== this.halvings) return;
		this.halvings++;
		this.limit = Math.max(1, Math.floor(Math.min(this.limit, this.inFlight) / 2));
	}

	/** For `Slot`. @param halvings those at the time when the request was let in */
	onSuccess(halvings: number): void {
		const isMax = this.limit >= this.limits.parallelRequests;
		if (halvings !== this.halvings || isMax || !this.isFull) return;
		this.limit++;
		this.wake();
	}

	private async pause(milliseconds: number): Promise<void> {
		await this.timers.pause(Math.ceil(milliseconds), this.stopping.signal);
	}

	private async enter(images: number, line: Waiting[]): Promise<number> {
		return await new Promise<number>((resolve, reject) => {
			line.push({ images, resolve, reject });
			this.wake();
			void this.serve();
		});
	}

	/** Lets in one call after the other, until none is waiting. */
	private async serve(): Promise<void> {
		if (this.isServing) return;
		this.isServing = true;
		try {
			while (this.retries.length + this.fresh.length > 0) await this.serveNext();
		} catch (error) {
			for (const { reject } of [...this.retries.splice(0), ...this.fresh.splice(0)]) reject(error);
		}
		this.isServing = false;
	}

	/** Lets in the next call, or waits until that might be possible. */
	private async serveNext(): Promise<void> {
		if (this.isStopped) throw new RequestNotSentError();
		const line = this.retries.length > 0 ? this.retries : this.fresh;
		const [{ images, resolve }] = line as [Waiting];
		const now = this.timers.now();
		const wait = this.budget.waitTime(images, now);
		const isHeldBack = line === this.fresh && this.delayed > 0;
		this.isFull = !isHeldBack && this.inFlight >= this.limit;
		if (isHeldBack || this.isFull) {
			await new Promise<void>((wake) => (this.wake = wake));
		} else if (wait > 0) {
			await this.pause(wait);
		} else {
			line.shift();
			this.inFlight++;
			this.budget.spend(images, now);
			resolve(this.halvings);
		}
	}
}

/** A call that has not been let in yet. */
interface Waiting {
	readonly images: number;
	resolve(halvings: number): void;
	reject(error: unknown): void;
}

/** The place of one call among the concurrent requests. It holds none while it waits for a retry. */
export class Slot {
	private isHeld = true;

	/** @param halvings of the limiter when it let the request in */
	constructor(
		private readonly limiter: RateLimiter,
		private halvings: number,
	) {}

	/** Can be called more than once. */
	release(): void {
		if (this.isHeld) this.limiter.leave();
		this.isHeld = false;
	}

	/** To be called when a successful response has been read to its end. */
	succeeded(): void {
		this.limiter.onSuccess(this.halvings);
	}

	/** To be called when the API has refused the request. */
	failed({ details, hint }: ApiError): void {
		// Out of credit is not a rate limit: slowing down would not help.
		const isRateLimit = (details.status === 429 || hint.isRateLimit) && !hint.isFinal;
		if (isRateLimit) this.limiter.onRateLimit(this.halvings);
	}

	/**
	 * Releases the slot and acquires it again for the next attempt.
	 *
	 * @param images how many images that requests
	 * @param delay milliseconds to wait in between; absent = no wait
	 * @param isNamedByApi the API asked for this delay: new calls wait until this one has been served
	 * @throws RequestNotSentError if the run stops in the meantime, ExecutionCanceledError
	 */
	async renew(images: number, delay?: number, isNamedByApi = false): Promise<void> {
		this.release();
		this.halvings = await this.limiter.reenter(images, delay, isNamedByApi);
		this.isHeld = true;
	}
}
