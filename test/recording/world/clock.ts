import promises from 'node:timers/promises';

import { Quiet } from './quiet';
import { installTimers } from './timers';

/** Where every case begins. */
const BEGINNING = Date.parse('2026-11-20T12:00:00Z');

/**
 * Milliseconds. What lies further ahead does not happen: deadlines that nobody waits for are ten
 * minutes long.
 */
const HORIZON = 100_000;

/** Real milliseconds after which a case is considered endless. */
const LONGEST = 120_000;

interface Event {
	readonly due: number;
	readonly run: () => void;
}

/**
 * Time as the cases see it. It stands still while anything happens, and jumps to the next event
 * when nothing can happen before. So pauses and deadlines take no time, and a busy machine changes
 * nothing: what is due first comes first, however long the process was asleep.
 */
export class Clock {
	private time = 0;
	private events: Event[] = [];
	private readonly quiet = new Quiet();
	/** The server's responses: how many are in progress, and how many of them sleep. */
	private responses = { working: 0, sleeping: 0 };
	private shortTimers = () => 0;

	get now(): number {
		return this.time;
	}

	/**
	 * Runs something later; what is due at the same time runs in the order of these calls.
	 *
	 * @returns what prevents it
	 */
	at(milliseconds: number, run: () => void): () => void {
		const event = { due: this.time + milliseconds, run };
		const later = this.events.findIndex(({ due }) => due > event.due);
		this.events.splice(later < 0 ? this.events.length : later, 0, event);
		return () => void (this.events = this.events.filter((other) => other !== event));
	}

	async sleep(milliseconds: number): Promise<void> {
		const { responses } = this;
		responses.sleeping++;
		await new Promise<void>((resolve) => this.at(milliseconds, resolve));
		responses.sleeping--;
	}

	/** Nothing else happens until the work is done, unless it sleeps. */
	async while(work: () => void | Promise<void>): Promise<void> {
		const { responses } = this;
		responses.working++;
		try {
			await work();
		} finally {
			responses.working--;
		}
	}

	/**
	 * Lets time pass until the work is done.
	 *
	 * @throws Error if it does not end
	 */
	async drive<Result>(work: Promise<Result>): Promise<Result> {
		let isDone = false;
		const done = () => void (isDone = true);
		work.then(done, done);
		const isTooLong = stopwatch(LONGEST);
		while (!isDone) {
			await this.quiet.comes(
				() => this.isBusy(),
				() => isDone || isTooLong(),
			);
			if (isDone) break;
			if (isTooLong()) throw new Error('The case does not end');
			const [next] = this.events;
			if (next && next.due <= this.time + HORIZON) {
				this.events.shift();
				this.time = next.due;
				next.run();
			}
		}
		return await work;
	}

	/** Forgets what is to come: the next case begins where this one began. */
	async reset(): Promise<void> {
		this.events = [];
		await this.quiet.comes(() => this.isBusy(), stopwatch(LONGEST));
		this.events = [];
		this.responses = { working: 0, sleeping: 0 };
		this.time = 0;
	}

	/**
	 * Makes it the time of the process: of dates, of what is measured, of signals with a timeout, by
	 * which the node pauses and waits, and of the test servers' pauses.
	 */
	install(): void {
		const clock = this;
		const RealDate = Date;
		globalThis.Date = class extends RealDate {
			constructor(...given: [] | ConstructorParameters<typeof RealDate>) {
				super(...((given.length ? given : [BEGINNING + clock.time]) as [number]));
			}

			static override now(): number {
				return BEGINNING + clock.time;
			}
		} as DateConstructor;
		performance.now = () => clock.time;
		AbortSignal.timeout = (milliseconds) => {
			const controller = new AbortController();
			const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
			clock.at(milliseconds, () => controller.abort(reason));
			return controller.signal;
		};
		promises.setTimeout = (async (milliseconds: number, value: unknown) => {
			await clock.sleep(milliseconds);
			return value;
		}) as typeof promises.setTimeout;
		this.shortTimers = installTimers((milliseconds, run) => this.at(milliseconds, run));
		this.quiet.watch();
	}

	private isBusy(): boolean {
		const { working, sleeping } = this.responses;
		return working > sleeping || this.shortTimers() > 0;
	}
}

/** Tells whether so many real milliseconds are over. */
function stopwatch(milliseconds: number): () => boolean {
	const end = process.hrtime.bigint() + BigInt(milliseconds) * 1_000_000n;
	return () => process.hrtime.bigint() > end;
}
