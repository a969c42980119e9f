import { spawn } from 'node:child_process';

export interface ProcessGroup {
	/** Settles when the process has ended, with the reason, e.g. "exit code 1". */
	ended: Promise<string>;
	/** The last 20 000 characters that the process printed. */
	output(): string;
	/** Ends the process and all its children: asks first, and insists after `patience` ms. */
	stop(patience?: number): Promise<void>;
	/** Ends them at once. */
	kill(): Promise<void>;
}

/** Starts a long-running program as the leader of a process group, so the whole group can be ended. */
export function startProcessGroup(
	command: string,
	args: readonly string[],
	options: { cwd: string; env: NodeJS.ProcessEnv },
): ProcessGroup {
	const child = spawn(command, args, {
		...options,
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true,
	});
	let output = '';
	const collect = (chunk: string) => {
		output = (output + chunk).slice(-20_000);
	};
	child.stdout.setEncoding('utf8').on('data', collect);
	child.stderr.setEncoding('utf8').on('data', collect);

	const ended = new Promise<string>((resolve) => {
		child.once('error', (error) => resolve(error.message));
		child.once('exit', (code, signal) =>
			resolve(signal ? `signal ${signal}` : `exit code ${code}`),
		);
	});
	const kill = (signal: NodeJS.Signals) => {
		try {
			if (child.pid !== undefined) process.kill(-child.pid, signal);
		} catch {
			// The group is gone already.
		}
	};
	// Nothing is left behind even when this process ends without calling `stop`.
	const killNow = () => kill('SIGKILL');
	process.once('exit', killNow);

	return {
		ended,
		output: () => output,
		async stop(patience = 10_000) {
			kill('SIGTERM');
			const insist = setTimeout(killNow, patience);
			await ended;
			clearTimeout(insist);
			// Children that outlived their parent.
			killNow();
			process.off('exit', killNow);
		},
		async kill() {
			killNow();
			await ended;
			process.off('exit', killNow);
		},
	};
}
