import type { ApiError } from '../errors';
import type { Origin, RateLimiter } from './rateLimiter';

/** The place of one call among those under way; it has none before it begins and while it pauses. */
export class Slot {
	private entered: number | null = null;
	private origin: Origin = 'new';

	constructor(private readonly pace: RateLimiter) {}

	/**
	 * Waits until the pace lets a request begin, unless it has.
	 *
	 * @throws RequestNotSentError if the run stops meanwhile, ExecutionCanceledError
	 */
	async acquire(images: number): Promise<void> {
		if (this.entered !== null) return;
		const { origin } = this;
		this.origin = 'repeated';
		this.entered = await this.pace.acquire(images, origin);
	}

	release(): void {
		if (this.entered !== null) this.pace.release();
		this.entered = null;
	}

	/** The response is a success, and all that it holds was read. */
	succeeded(): void {
		if (this.entered !== null) this.pace.succeeded(this.entered);
	}

	failed({ details, hint }: ApiError): void {
		// Who has no credit left is not too fast.
		const isTooFast = (details.status === 429 || hint.isRateLimit) && !hint.isFinal;
		if (isTooFast && this.entered !== null) this.pace.refused(this.entered);
	}

	/** Ends the turn and waits before the next one. */
	async pause(milliseconds: number, { hint }: ApiError): Promise<void> {
		this.release();
		this.origin = hint.retryAfter === undefined ? 'repeated' : 'expected';
		if (this.origin === 'expected') this.pace.expect();
		await this.pace.pause(milliseconds);
	}
}
