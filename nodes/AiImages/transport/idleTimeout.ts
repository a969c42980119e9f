import { ApiError } from '../errors';

type Readable = import('stream').Readable;

/** Ends a request that has brought nothing for too long. */
export class IdleTimeout {
	private readonly ended = new AbortController();
	private timer: AbortSignal | undefined;
	private lastActivity = performance.now();
	private body: Readable | undefined;

	/** @param maxIdle milliseconds */
	constructor(readonly maxIdle: number) {
		this.watch(maxIdle);
	}

	/** Aborted when it was silent for too long. */
	get signal(): AbortSignal {
		return this.ended.signal;
	}

	monitor(body: Readable): void {
		this.body = body;
		this.restart();
		body.on('data', () => this.restart());
	}

	stop(): void {
		// A timer that nobody listens to is no longer held.
		this.timer?.removeEventListener('abort', this.check);
	}

	private restart(): void {
		this.lastActivity = performance.now();
	}

	private watch(milliseconds: number): void {
		this.timer = AbortSignal.timeout(Math.ceil(milliseconds));
		this.timer.addEventListener('abort', this.check, { once: true });
	}

	private readonly check = (): void => {
		// Who is not read from cannot be heard.
		if (this.body?.isPaused()) this.restart();
		const left = this.lastActivity + this.maxIdle - performance.now();
		if (left > 0) this.watch(left);
		else this.ended.abort();
	};
}

/** The failure of a request that was silent for too long. */
export function idleError(milliseconds: number, host: string): ApiError {
	return new ApiError(
		`${host} sent nothing for ${Math.ceil(milliseconds / 1000)} seconds`,
		'Check whether this n8n can reach the host',
	);
}
