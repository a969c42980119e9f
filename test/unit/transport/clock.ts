import type { RateLimiterTimers } from '../../../nodes/AiImages/transport/rateLimiter';

/** A clock that the test moves on, and pauses that end by it. */
export class Clock implements RateLimiterTimers {
	private time = 0;
	private readonly pauses = new Set<{ until: number; end(error?: Error): void }>();

	now(): number {
		return this.time;
	}

	async pause(milliseconds: number, stopped: AbortSignal): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			const pause = {
				until: this.time + milliseconds,
				end: (error?: Error) => {
					this.pauses.delete(pause);
					if (error) reject(error);
					else resolve();
				},
			};
			this.pauses.add(pause);
			stopped.addEventListener('abort', () => pause.end());
		});
	}

	/** Pauses that have not ended. */
	get waiting(): number {
		return this.pauses.size;
	}

	/** Lets time pass, from the end of one pause to the next. */
	async pass(milliseconds: number): Promise<void> {
		const until = this.time + milliseconds;
		await settled();
		for (;;) {
			const [next] = [...this.pauses].sort((a, b) => a.until - b.until);
			if (!next || next.until > until) break;
			this.time = next.until;
			next.end();
			await settled();
		}
		this.time = until;
	}

	/** Ends every pause with an error, as the stop button does. */
	async cancel(error: Error): Promise<void> {
		for (const { end } of [...this.pauses]) end(error);
		await settled();
	}
}

/** Everything that can go on has gone on. */
export async function settled(): Promise<void> {
	await new Promise(setImmediate);
}
