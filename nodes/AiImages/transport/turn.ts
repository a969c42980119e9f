import type { CallFailure } from '../errors';
import type { Origin, Pace } from './pace';

/** The place of one call among those under way; it has none before it begins and while it pauses. */
export class Turn {
	private entered: number | null = null;
	private origin: Origin = 'new';

	constructor(private readonly pace: Pace) {}

	/**
	 * Waits until the pace lets a request begin, unless it has.
	 *
	 * @throws NeverSent if the run stops meanwhile, ExecutionCanceled
	 */
	async begin(images: number): Promise<void> {
		if (this.entered !== null) return;
		const { origin } = this;
		this.origin = 'repeated';
		this.entered = await this.pace.enter(images, origin);
	}

	end(): void {
		if (this.entered !== null) this.pace.leave();
		this.entered = null;
	}

	/** The response is a success, and all that it holds was read. */
	succeeded(): void {
		if (this.entered !== null) this.pace.succeeded(this.entered);
	}

	failed({ details, hint }: CallFailure): void {
		// Who has no credit left is not too fast.
		const isTooFast = (details.status === 429 || hint.isRateLimit) && !hint.isFinal;
		if (isTooFast && this.entered !== null) this.pace.refused(this.entered);
	}

	/** Ends the turn and waits before the next one. */
	async pause(milliseconds: number, { hint }: CallFailure): Promise<void> {
		this.end();
		this.origin = hint.retryAfter === undefined ? 'repeated' : 'expected';
		if (this.origin === 'expected') this.pace.expect();
		await this.pace.pause(milliseconds);
	}
}
