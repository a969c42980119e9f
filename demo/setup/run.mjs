import { spawn } from 'node:child_process';

/** A failure whose message is the one sentence to show to the user. */
export class SetupError extends Error {}

/**
 * Runs a command to its end in a process group of its own and collects what it prints. Lines that
 * `show` accepts are passed on, and so is a sign of life every ten seconds. When this process is
 * told to end, the whole group ends first.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, show?: (line: string) => boolean, timeout?: number }} options
 *   `timeout` in milliseconds; a command that takes longer is ended
 * @returns {Promise<{ code: number, output: string }>} code 127 when the command does not exist
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
			// The group is gone already.
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
 * The system's code for "no connection" in the output of npm or pnpm, if there is one.
 * @param {string} output
 * @returns {string | undefined}
 */
export function networkProblem(output) {
	return /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT)\b/.exec(
		output,
	)?.[1];
}

/**
 * @param {string} problem what `networkProblem` has found
 */
export function unreachable(problem) {
	return new SetupError(
		`The npm registry cannot be reached (${problem}): connect this machine to the network and run the command again.`,
	);
}
