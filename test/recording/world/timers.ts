import { ClientRequest } from 'node:http';

/** Milliseconds; timers as short as these only let others go first, and are waited for. */
const SHORT = 100;

/** Runs something later, in the time of the recording; returns what prevents it. */
type Later = (milliseconds: number, run: () => void) => () => void;

/**
 * Gives the timers of n8n's libraries the time of the recording.
 *
 * @returns how many short ones are about to run
 */
export function installTimers(later: Later): () => number {
	const { setTimeout: set, clearTimeout: clear } = globalThis;
	const short = new Set<unknown>();
	globalThis.setTimeout = Object.assign(
		(run: (...values: unknown[]) => void, milliseconds = 0, ...values: unknown[]) => {
			if (milliseconds > SHORT) return new Timer(() => run(...values), milliseconds, later);
			const timer = set(() => {
				short.delete(timer);
				run(...values);
			}, milliseconds);
			short.add(timer);
			return timer;
		},
		set,
	) as unknown as typeof set;
	globalThis.clearTimeout = (timer) => {
		short.delete(timer);
		if (timer instanceof Timer) timer.close();
		else clear(timer);
	};
	// How long a socket may be silent is measured by Node.js itself; the node's own deadline is shorter.
	ClientRequest.prototype.setTimeout = function () {
		return this;
	};
	return () => short.size;
}

/** What `setTimeout` returns. */
class Timer {
	private cancel: () => void;

	constructor(
		private readonly run: () => void,
		private readonly milliseconds: number,
		private readonly later: Later,
	) {
		this.cancel = later(milliseconds, run);
	}

	close(): this {
		this.cancel();
		return this;
	}

	refresh(): this {
		this.cancel();
		this.cancel = this.later(this.milliseconds, this.run);
		return this;
	}

	hasRef(): boolean {
		return true;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}
}
