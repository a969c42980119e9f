/**
 * Installs what the commands of this project need. Plain JavaScript for Node.js 20 and newer, with
 * no dependencies, because it runs before anything is installed.
 *
 *   node demo/setup.mjs         the project's own packages (npm test runs this first)
 *   node demo/setup.mjs --n8n   these, and the n8n of the demo in demo/n8n
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './setup/lock.mjs';
import { ensureNativeModules } from './setup/native.mjs';
import { binaries, environment, n8nFolder, root } from './setup/paths.mjs';
import { networkProblem, run, SetupError, unreachable } from './setup/run.mjs';

export { SetupError };

/**
 * Runs `npm ci` in the project root unless package-lock.json is already installed.
 * @throws {SetupError} with one sentence for the user
 */
export async function ensureRoot() {
	if (rootIsReady()) return;
	await withLock(async () => {
		if (rootIsReady()) return;
		console.log('Installing the dependencies of this project with npm (700 MB, about a minute) …');
		const options = { cwd: root, env: environment({ withProjectBinaries: false }) };
		// Without a network, npm retries each of 900 packages before it gives up; from its cache alone
		// it either installs or fails at once.
		const probe = await run('npm', ['view', 'node', 'version'], options);
		const problem = probe.code === 0 ? undefined : networkProblem(probe.output);
		// Of the packages' own scripts only the one that fetches Node.js 24 is needed.
		const install = ['ci', '--ignore-scripts', ...(problem ? ['--offline'] : [])];
		for (const args of [install, ['rebuild', 'node']]) {
			const show = (line) => /^added /.test(line);
			const { code, output } = await run('npm', args, { ...options, show });
			if (code === 0) continue;
			throw problem ? unreachable(problem) : failure(`npm ${args[0]}`, code, output);
		}
		writeFileSync(rootStamp, hashOf([rootLock]));
	});
}

/**
 * Installs the n8n of the demo as demo/n8n/pnpm-lock.yaml pins it, unless it is installed already.
 * An interrupted installation continues where it stopped. Needs `ensureRoot` first, for Node.js 24.
 * @throws {SetupError} with one sentence for the user
 */
export async function ensureN8n() {
	if (n8nIsReady()) return;
	await withLock(async () => {
		if (n8nIsReady()) return;
		const { packageManager, dependencies } = readJson(path.join(n8nFolder, 'package.json'));
		console.log(
			`Installing n8n ${dependencies.n8n} into demo/n8n with ${packageManager}, only the first time: ` +
				'about 2.5 GB on disk, one to five minutes. If interrupted, it continues next time.',
		);
		const { code, output } = await run('npx', ['--yes', packageManager, ...PNPM_INSTALL], {
			cwd: n8nFolder,
			env: environment(),
			show: (line) => /^(Progress|Packages|Done)\b/.test(line),
		});
		if (code !== 0) throw failure('pnpm install', code, output);
		await ensureNativeModules();
		writeFileSync(n8nStamp, n8nState());
		console.log(`n8n ${dependencies.n8n} is installed.`);
	});
}

/** Packages run no install scripts. The two that need a binary get it afterwards. */
const PNPM_INSTALL = [
	'install',
	'--frozen-lockfile',
	'--ignore-scripts',
	'--reporter=append-only',
	'--config.confirmModulesPurge=false',
];

const modules = path.join(root, 'node_modules');
const rootLock = path.join(root, 'package-lock.json');
const rootStamp = path.join(modules, '.installed');
const n8nStamp = path.join(n8nFolder, 'node_modules', '.installed');

/**
 * Whether node_modules was installed from this package-lock.json: by this program, which stores its
 * hash, or by npm, whose own record of the installation is then newer.
 */
function rootIsReady() {
	const record = path.join(modules, '.package-lock.json');
	if (!existsSync(record) || !existsSync(path.join(binaries, 'node'))) return false;
	if (existsSync(rootStamp) && readFileSync(rootStamp, 'utf8') === hashOf([rootLock])) return true;
	return statSync(record).mtimeMs > statSync(rootLock).mtimeMs;
}

function n8nIsReady() {
	return existsSync(n8nStamp) && readFileSync(n8nStamp, 'utf8') === n8nState();
}

/** Changes with the pinned packages, the version of Node.js that runs them, and the machine. */
function n8nState() {
	const names = ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml'];
	const { version } = readJson(path.join(modules, 'node', 'package.json'));
	const files = names.map((name) => path.join(n8nFolder, name));
	return `${hashOf(files)} node ${version} ${process.platform} ${process.arch}`;
}

function hashOf(files) {
	const hash = createHash('sha256');
	for (const file of files) hash.update(readFileSync(file));
	return hash.digest('hex');
}

function failure(command, code, output) {
	const problem = networkProblem(output);
	if (problem) return unreachable(problem);
	const lines = output.split('\n').filter((line) => line.trim() !== '');
	const errors = lines.filter((line) => /^npm error|ERR_PNPM/.test(line)).slice(0, 15);
	const details = errors.length > 0 ? errors : lines.slice(-15);
	return new SetupError(`${command} failed with exit code ${code}:\n${details.join('\n')}`);
}

function readJson(file) {
	return JSON.parse(readFileSync(file, 'utf8'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	try {
		await ensureRoot();
		if (process.argv.includes('--n8n')) await ensureN8n();
	} catch (error) {
		if (!(error instanceof SetupError)) throw error;
		console.error(error.message);
		process.exitCode = 1;
	}
}
