import promises from 'node:timers/promises';

import { Quiet } from './quiet';

/** Where every case begins. */
const BEGINNING = Date.parse('2026-11-20T12:00:00Z');

/**
 * Milliseconds. What lies further ahead does not happen: deadlines that nobody waits for are ten
 * minutes long.
 */
const HORIZON = 100_000;

/** Real milliseconds after which a case counts as one that does not end. */
const LONGEST = 60_000;

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
	/** Of the server's answers: those that are being made, and those of them that sleep. */
	private working = 0;
	private sleeping = 0;

	get now(): number {
		return this.time;
	}

	/** Runs something later; what is due at the same time runs in the order of these calls. */
	at(milliseconds: number, run: () => void): void {
		const event = { due: this.time + milliseconds, run };
		const later = this.events.findIndex(({ due }) => due > event.due);
		this.events.splice(later < 0 ? this.events.length : later, 0, event);
	}

	async sleep(milliseconds: number): Promise<void> {
		this.sleeping++;
		await new Promise<void>((resolve) => this.at(milliseconds, resolve));
		this.sleeping--;
	}

	/** Nothing else happens until the work is done, unless it sleeps. */
	async while(work: () => void | Promise<void>): Promise<void> {
		this.working++;
		try {
			await work();
		} finally {
			this.working--;
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
		const started = process.hrtime.bigint();
		while (!isDone) {
			await this.quiet.comes(
				() => this.working > this.sleeping,
				() => isDone,
			);
			if (isDone) break;
			const [next] = this.events;
			if (next && next.due <= this.time + HORIZON) {
				this.events.shift();
				this.time = next.due;
				next.run();
			} else if (process.hrtime.bigint() - started > BigInt(LONGEST) * 1_000_000n) {
				throw new Error('The case does not end');
			}
		}
		return await work;
	}

	/** Forgets what is to come: the next case begins where this one began. */
	async reset(): Promise<void> {
		this.events = [];
		this.working = 0;
		this.sleeping = 0;
		await this.quiet.comes(
			() => false,
			() => false,
		);
		this.events = [];
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
		this.quiet.watch();
	}
}
