import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a service makes of a request that it answered with a ticket. */
export interface Job {
	readonly id: string;
	/** Of the profile that it belongs to. */
	readonly profile: string;
	readonly prompt: string;
	state: 'queued' | 'running' | 'done' | 'failed' | 'canceled';
	/** What `work` returned, or threw. */
	result: unknown;
	/** How often its state was asked for. */
	polls: number;
	/** Milliseconds since 1970. */
	readonly submittedAt: number;
	startedAt: number | null;
	endedAt: number | null;
}

export interface JobRequest {
	readonly profile: string;
	readonly prompt: string;
	/** Draws; called when the time of the job is over. */
	work(): Promise<unknown>;
	/** Called when the job begins to run: from then on it costs money. */
	begin(): void;
}

/** How long jobs take, in milliseconds. */
export interface Pace {
	queuedMs: number;
	runningMs: number;
}

const defaultPace: Pace = { queuedMs: 50, runningMs: 150 };

/** Most jobs kept; the oldest are forgotten first. */
const capacity = 5000;

/**
 * Jobs that take real time. A prompt can say how much: `queued 2000 ms`, `takes 500 ms`; so later
 * ones can be done before earlier ones.
 */
export class JobQueue {
	pace: Pace = { ...defaultPace };
	private readonly jobs = new Map<string, Job>();
	private readonly stops = new Map<string, AbortController>();

	submit({ profile, prompt, work, begin }: JobRequest): Job {
		const job: Job = {
			...{ id: randomUUID(), profile, prompt, state: 'queued', result: undefined, polls: 0 },
			...{ submittedAt: Date.now(), startedAt: null, endedAt: null },
		};
		this.jobs.set(job.id, job);
		if (this.jobs.size > capacity) this.jobs.delete(this.jobs.keys().next().value!);
		const stop = new AbortController();
		this.stops.set(job.id, stop);
		void this.run(job, { work, begin }, stop.signal).finally(() => this.stops.delete(job.id));
		return job;
	}

	/** A job of a profile, which is asked for. */
	find(profile: string, id: string): Job | undefined {
		const job = this.jobs.get(id);
		return job?.profile === profile ? job : undefined;
	}

	/** Ends a job at once; false = it has ended before. */
	cancel(job: Job): boolean {
		if (job.endedAt !== null) return false;
		job.state = 'canceled';
		job.endedAt = Date.now();
		this.stops.get(job.id)?.abort();
		return true;
	}

	list(): readonly Job[] {
		return [...this.jobs.values()];
	}

	/** Forgets every job, as a service does after a while; what is running ends. */
	clear(): void {
		for (const stop of this.stops.values()) stop.abort();
		this.jobs.clear();
		this.pace = { ...defaultPace };
	}

	private async run(
		job: Job,
		{ work, begin }: Pick<JobRequest, 'work' | 'begin'>,
		signal: AbortSignal,
	): Promise<void> {
		const { queuedMs, runningMs } = this.paceOf(job.prompt);
		// Those that are canceled have ended already.
		const waited = async (ms: number) =>
			await sleep(ms, true, { signal, ref: false }).catch(() => false);
		if (!(await waited(queuedMs))) return;
		job.state = 'running';
		job.startedAt = Date.now();
		begin();
		if (!(await waited(runningMs))) return;
		const outcome = await work().then(
			(result) => ({ state: 'done' as const, result }),
			(error: unknown) => ({ state: 'failed' as const, result: error }),
		);
		if (signal.aborted) return;
		Object.assign(job, outcome, { endedAt: Date.now() });
	}

	private paceOf(prompt: string): Pace {
		const queued = /\bqueued (\d+) ms\b/.exec(prompt)?.[1];
		const running = /\btakes (\d+) ms\b/.exec(prompt)?.[1];
		return {
			queuedMs: queued === undefined ? this.pace.queuedMs : Number(queued),
			runningMs: running === undefined ? this.pace.runningMs : Number(running),
		};
	}
}
