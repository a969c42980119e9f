import { CallFailure } from '../errors';

type Readable = import('stream').Readable;

/** Ends a request that has brought nothing for too long. */
export class Silence {
	private readonly ended = new AbortController();
	private timer: AbortSignal | undefined;
	private lastHeard = performance.now();
	private body: Readable | undefined;

	/** @param longest milliseconds */
	constructor(readonly longest: number) {
		this.watch(longest);
	}

	/** Aborted when it was silent for too long. */
	get signal(): AbortSignal {
		return this.ended.signal;
	}

	listenTo(body: Readable): void {
		this.body = body;
		this.hear();
		body.on('data', () => this.hear());
	}

	stop(): void {
		// A timer that nobody listens to is no longer held.
		this.timer?.removeEventListener('abort', this.check);
	}

	private hear(): void {
		this.lastHeard = performance.now();
	}

	private watch(milliseconds: number): void {
		this.timer = AbortSignal.timeout(Math.ceil(milliseconds));
		this.timer.addEventListener('abort', this.check, { once: true });
	}

	private readonly check = (): void => {
		// Who is not read from cannot be heard.
		if (this.body?.isPaused()) this.hear();
		const left = this.lastHeard + this.longest - performance.now();
		if (left > 0) this.watch(left);
		else this.ended.abort();
	};
}

/** The failure of a request that was silent for too long. */
export function silentFor(milliseconds: number, host: string): CallFailure {
	return new CallFailure(
		`${host} sent nothing for ${Math.ceil(milliseconds / 1000)} seconds`,
		'Check whether this n8n can reach the host',
	);
}
