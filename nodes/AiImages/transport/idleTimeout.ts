import { ApiError } from '../errors';
import { formatSeconds } from '../values/format';

type Readable = import('stream').Readable;

/** Aborts a request that has received nothing for too long. */
export class IdleTimeout {
	private readonly controller = new AbortController();
	private timer: AbortSignal | undefined;
	private lastActivity = performance.now();
	private body: Readable | undefined;

	/** @param maxIdle milliseconds */
	constructor(readonly maxIdle: number) {
		this.schedule(maxIdle);
	}

	/** Aborted once nothing has arrived for `maxIdle`. */
	get signal(): AbortSignal {
		return this.controller.signal;
	}

	monitor(body: Readable): void {
		this.body = body;
		this.restart();
		body.on('data', () => this.restart());
	}

	stop(): void {
		// A timer without listeners is released.
		this.timer?.removeEventListener('abort', this.check);
	}

	private restart(): void {
		this.lastActivity = performance.now();
	}

	private schedule(milliseconds: number): void {
		this.timer = AbortSignal.timeout(Math.ceil(milliseconds));
		this.timer.addEventListener('abort', this.check, { once: true });
	}

	private readonly check = (): void => {
		// Nothing can arrive from a body that is paused by its reader.
		if (this.body?.isPaused()) this.restart();
		const left = this.lastActivity + this.maxIdle - performance.now();
		if (left > 0) this.schedule(left);
		else this.controller.abort();
	};
}

/** The error for a host that sent nothing for so many milliseconds. */
export function idleError(milliseconds: number, host: string): ApiError {
	return new ApiError(
		`No data from ${host} for ${formatSeconds(Math.ceil(milliseconds / 1000) * 1000)}`,
		'Check that n8n can reach the host',
	);
}
