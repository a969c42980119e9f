import type { CallFailure } from '../errors';
import { ImageBudget } from './imageBudget';

/** How fast a run may be; the same for all its items. */
export interface PaceLimits {
	/** Requests under way at the same time. */
	readonly parallelRequests: number;
	/** Images asked for within a minute; 0 = no limit. */
	readonly imagesPerMinute: number;
}

/** The world, handed in. */
export interface PaceTools {
	/** Milliseconds, by a clock that never goes back. */
	now(): number;
	/** Whole milliseconds. Ends early if `stopped` is aborted, or with an error if the execution is. */
	pause(milliseconds: number, stopped: AbortSignal): Promise<void>;
}

/** The run has to stop because of another item, so that a request that waited was never sent. */
export class NeverSent extends Error {
	constructor() {
		super('The run stopped before this request was sent');
		this.name = 'NeverSent';
	}
}

/**
 * Lets the requests of a run begin as soon as the limits allow it, in the order in which they come.
 *
 * A refusal for too many requests (429) halves the number of requests that may be under way: of
 * those that are, for a limit that was not reached says nothing (RFC 5681, section 3.1, does the
 * same with TCP). What was sent before a halving tells nothing of the speed after it. So a burst
 * that is refused as a whole counts as one refusal, and only the success of a request that began
 * after the last halving gives one back, up to the user's limit.
 *
 * A time that a server names holds for all: until then nothing begins, or each new request would
 * run into the same refusal. Who was refused goes first then, or new ones would take his place
 * again and again. A pause that no server asked for holds nobody else up.
 */
export class Pace {
	private readonly stopping = new AbortController();
	private readonly budget: ImageBudget;
	/** Requests that may be under way, those that are, and how often the first was halved. */
	private limit: number;
	private underWay = 0;
	private halvings = 0;
	private heldUntil = 0;
	private readonly repeated: Waiting[] = [];
	private readonly fresh: Waiting[] = [];
	private isServing = false;
	private wake = () => {};

	constructor(
		private readonly limits: PaceLimits,
		private readonly tools: PaceTools,
	) {
		this.limit = limits.parallelRequests;
		this.budget = new ImageBudget(limits.imagesPerMinute);
	}

	/**
	 * Waits until a request for so many images may be sent.
	 *
	 * @param isRepeated the server refused it before
	 * @returns what the two reports want to know
	 * @throws NeverSent if the run stops meanwhile, or what `pause` throws
	 */
	async enter(images: number, isRepeated: boolean): Promise<number> {
		return await new Promise<number>((resolve, reject) => {
			(isRepeated ? this.repeated : this.fresh).push({ images, resolve, reject });
			void this.serve();
		});
	}

	leave(): void {
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
		if (entered !== this.halvings || this.limit >= this.limits.parallelRequests) return;
		this.limit++;
		this.wake();
	}

	/** Nothing begins for so many milliseconds. */
	hold(milliseconds: number): void {
		this.heldUntil = Math.max(this.heldUntil, this.tools.now() + milliseconds);
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
		if (this.isStopped) throw new NeverSent();
		const line = this.repeated.length > 0 ? this.repeated : this.fresh;
		const [{ images, resolve }] = line as [Waiting];
		const now = this.tools.now();
		const wait = Math.max(this.heldUntil - now, this.budget.wait(images, now));
		if (this.underWay >= this.limit) {
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

/** A request that is not let in yet. */
interface Waiting {
	readonly images: number;
	resolve(entered: number): void;
	reject(error: unknown): void;
}

/** The place of one call among those under way; it has none before it begins and while it pauses. */
export class Turn {
	private entered: number | null = null;
	private isRepeated = false;

	constructor(private readonly pace: Pace) {}

	/**
	 * Waits until the pace lets a request begin, unless it has.
	 *
	 * @throws NeverSent if the run stops meanwhile, ExecutionCanceled
	 */
	async begin(images: number): Promise<void> {
		this.entered ??= await this.pace.enter(images, this.isRepeated);
	}

	end(): void {
		if (this.entered !== null) this.pace.leave();
		this.entered = null;
	}

	/** The server has begun to answer with success. */
	succeeded(): void {
		if (this.entered !== null) this.pace.succeeded(this.entered);
	}

	failed({ details, hint }: CallFailure): void {
		// Who has no credit left is not too fast.
		const isTooFast = details.status === 429 && !hint.isFinal;
		if (isTooFast && this.entered !== null) this.pace.refused(this.entered);
	}

	/** Ends the turn and waits before the next one. A time that the server named is waited for in line. */
	async pause(milliseconds: number, { hint }: CallFailure): Promise<void> {
		this.end();
		this.isRepeated = true;
		if (hint.retryAfter === undefined) await this.pace.pause(milliseconds);
		else this.pace.hold(milliseconds);
	}
}
