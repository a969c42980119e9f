import { DemoFailure } from './host/failure.ts';

/**
 * Runs the work of a command and then disposes `cleanUp`, even after an error. Ctrl-C, a termination
 * signal and the end of the parent process abort `signal`; a second one ends the process at once. A
 * `DemoFailure` is printed as one sentence, with exit code 1.
 */
export async function untilInterrupted(
	work: (signal: AbortSignal, cleanUp: AsyncDisposableStack) => Promise<void>,
): Promise<void> {
	const abort = new AbortController();
	let since = 0;
	const interrupt = (exitCode: number) => {
		// One Ctrl-C can arrive several times: from the terminal, from npm and from the parent.
		if (abort.signal.aborted && Date.now() - since > 1000) process.exit(exitCode);
		if (abort.signal.aborted) return;
		since = Date.now();
		process.exitCode = exitCode;
		console.log('\nStopping …');
		abort.abort();
	};
	process.on('SIGINT', () => interrupt(130));
	process.on('SIGTERM', () => interrupt(143));
	process.on('SIGHUP', () => interrupt(129));
	process.on('disconnect', () => interrupt(143));

	try {
		await using cleanUp = new AsyncDisposableStack();
		await work(abort.signal, cleanUp);
	} catch (error) {
		if (!abort.signal.aborted) {
			console.error(error instanceof DemoFailure ? error.message : error);
			process.exitCode = 1;
		}
	}
	// Idle connections and the channel to the parent process would keep this one alive.
	process.exit();
}
