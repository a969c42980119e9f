import { spawn } from 'node:child_process';

/** Its message is shown to the user, without a stack trace. */
export class SetupError extends Error {}

/**
 * Runs a command in a process group of its own and collects its output. Lines that `show` accepts
 * are printed, and after ten seconds without one, the time. If this process gets a signal to end, it
 * ends the whole group first.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, show?: (line: string) => boolean, timeout?: number }} options
 *   `timeout` in milliseconds; a command that takes longer is terminated
 * @returns {Promise<{ code: number, output: string }>} code 127 if the command doesn't exist
 */
export async function run(command, args, { cwd, env, show = () => false, timeout }) {
	const windows = process.platform === 'win32';
	const child = spawn(command, args, {
		cwd,
		env,
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: !windows,
		// npm and npx are batch files there, which only a shell can start.
		shell: windows,
	});
	const end = () => {
		try {
			if (windows) child.kill();
			else process.kill(-child.pid, 'SIGTERM');
		} catch {
			// The group has already ended.
		}
	};
	const interrupted = (signal) => {
		end();
		process.exit(signal === 'SIGINT' ? 130 : 143);
	};
	process.on('SIGINT', interrupted).on('SIGTERM', interrupted);

	let output = '';
	let rest = '';
	const started = Date.now();
	let lastShown = started;
	const collect = (chunk) => {
		output = (output + chunk).slice(-200_000);
		const lines = (rest + chunk).split(/\r?\n/);
		rest = lines.pop() ?? '';
		for (const line of lines.filter(show)) {
			console.log(`  ${line}`);
			lastShown = Date.now();
		}
	};
	child.stdout.setEncoding('utf8').on('data', collect);
	child.stderr.setEncoding('utf8').on('data', collect);

	const signOfLife = setInterval(() => {
		if (Date.now() - lastShown < 10_000) return;
		lastShown = Date.now();
		console.log(`  … ${Math.round((lastShown - started) / 1000)} s`);
	}, 1000);
	const deadline = timeout === undefined ? undefined : setTimeout(end, timeout);
	try {
		const code = await new Promise((resolve, reject) => {
			child.once('error', (error) => (error.code === 'ENOENT' ? resolve(127) : reject(error)));
			child.once('close', (exitCode) => resolve(exitCode ?? 1));
		});
		return { code, output };
	} finally {
		clearInterval(signOfLife);
		clearTimeout(deadline);
		process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
	}
}

/**
 * The system's error code for a failed connection in the output of npm or pnpm, if there is one.
 * @param {string} output
 * @returns {string | undefined}
 */
export function networkProblem(output) {
	return /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT)\b/.exec(
		output,
	)?.[1];
}

/**
 * @param {string} problem the result of `networkProblem`
 */
export function unreachable(problem) {
	return new SetupError(
		`Can't reach the npm registry (${problem}). Check the network connection and run the command again.`,
	);
}
