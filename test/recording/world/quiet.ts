import { subscribe } from 'node:diagnostics_channel';
import { stat } from 'node:fs';
import type { Socket } from 'node:net';

/** Rounds of the event loop in which nothing happens, before nothing is said to happen. */
const ROUNDS = 4;

/** The same while bytes are on their way: who does not want them now leaves them there for ever. */
const ROUNDS_WITH_BYTES = 100;

/** What keeps a process alive without doing anything. */
const IDLE = new Set([
	...['TCPSocketWrap', 'TCPServerWrap', 'TTYWrap', 'PipeWrap', 'Pipe'],
	...['Timeout', 'Immediate', 'SignalWrap', 'MessagePort', 'FSEventWrap'],
]);

/**
 * Tells when a process that talks only to itself has nothing left to do before time passes. It
 * has one thread for files, compression and images (UV_THREADPOOL_SIZE=1), so that a look at a file
 * is over only when everything is that was begun before.
 */
export class Quiet {
	private readonly sockets = new Set<Socket>();
	/** Sockets that were opened or closed. */
	private changes = 0;

	/** Begins to watch; once in a process. */
	watch(): void {
		for (const side of ['client', 'server']) {
			subscribe(`net.${side}.socket`, (message) =>
				this.add((message as { socket: Socket }).socket),
			);
		}
	}

	/**
	 * Resolves when it is quiet.
	 *
	 * @param isBusy whether something is at work that cannot be seen from here
	 * @param isOver whether nothing waits for it anymore
	 */
	async comes(isBusy: () => boolean, isOver: () => boolean): Promise<void> {
		let seen = '';
		for (let rounds = 0; rounds < (this.isUnderWay() ? ROUNDS_WITH_BYTES : ROUNDS); rounds++) {
			if (isOver()) return;
			const isActive = process.getActiveResourcesInfo().some((name) => !IDLE.has(name));
			const now = this.trace();
			if (isActive || isBusy() || now !== seen) rounds = 0;
			seen = now;
			await new Promise((resolve) => stat('/', () => setImmediate(resolve)));
		}
	}

	private add(socket: Socket): void {
		this.changes++;
		this.sockets.add(socket);
		socket.once('close', () => {
			this.changes++;
			this.sockets.delete(socket);
		});
	}

	/** Differs as soon as something was sent or received. */
	private trace(): string {
		let bytes = 0;
		for (const { bytesRead, bytesWritten } of this.sockets) bytes += bytesRead + bytesWritten;
		return `${this.changes} ${bytes}`;
	}

	private isUnderWay(): boolean {
		let difference = 0;
		for (const { bytesRead, bytesWritten } of this.sockets) difference += bytesWritten - bytesRead;
		return difference !== 0;
	}
}
