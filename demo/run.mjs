/**
 * The entry of `npm run demo`, `npm start` and `npm run screenshot`: installs what is missing, then
 * runs a program of this folder with the project's Node.js 24. Plain JavaScript
 * for Node.js 20 and newer.
 *
 *   node demo/run.mjs [--open]      demo/main.ts
 *   node demo/run.mjs --screenshot  demo/screenshot.ts
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureN8n, ensureRoot, SetupError } from './setup.mjs';
import { binaries, environment, root } from './setup/paths.mjs';

try {
	await ensureRoot();
	await ensureN8n();
} catch (error) {
	if (!(error instanceof SetupError)) throw error;
	console.error(error.message);
	process.exit(1);
}

const options = process.argv.slice(2);
const program = options.includes('--screenshot') ? 'screenshot.ts' : 'main.ts';
const child = spawn(
	path.join(binaries, 'node'),
	[path.join(root, 'demo', program), ...options],
	// Through the channel, the program learns that this process has ended, even if it was killed.
	{ cwd: root, env: environment(), stdio: ['inherit', 'inherit', 'inherit', 'ipc'] },
);
// The program cleans up and ends, and this process with it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

// A signal to npm ends npm and its shell, but does not reach what the shell has started.
const { ppid } = process;
if (process.env.npm_lifecycle_event !== undefined) {
	const watch = setInterval(() => {
		if (process.ppid === ppid) return;
		clearInterval(watch);
		child.kill('SIGTERM');
	}, 500);
}
