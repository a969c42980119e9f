import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { environment, n8nFolder, root } from './paths.mjs';
import { networkProblem, run, SetupError, unreachable } from './run.mjs';

const virtualStore = path.join(n8nFolder, 'node_modules', '.pnpm');

/**
 * Makes sure that n8n's two native packages load in Node.js 24: isolated-vm includes binaries for
 * common machines, sqlite3 downloads one. If there is none, they are compiled with the headers in
 * the npm package of this Node.js.
 * @throws {SetupError} with one sentence for the user
 */
export async function ensureNativeModules() {
	const missing = [];
	for (const name of ['isolated-vm', 'sqlite3']) {
		const folder = packageFolder(name);
		if (await loads(folder)) continue;
		if (name === 'sqlite3' && (await downloadBinary(folder))) continue;
		missing.push({ name, folder });
	}
	if (missing.length > 0) await compile(missing);
}

function packageFolder(name) {
	const entry = readdirSync(virtualStore).find((folder) => folder.startsWith(`${name}@`));
	if (!entry) throw new SetupError(`demo/n8n/pnpm-lock.yaml doesn't contain the package ${name}.`);
	return path.join(virtualStore, entry, 'node_modules', name);
}

async function loads(folder) {
	const { code } = await node(['-e', `require(${JSON.stringify(folder)})`], folder);
	return code === 0;
}

/** sqlite3's own download of its binary, which needs more than access to the npm registry. */
async function downloadBinary(folder) {
	const tool = path.join(path.dirname(folder), 'prebuild-install', 'bin.js');
	await node([tool, '-r', 'napi'], folder, { timeout: 60_000 });
	return await loads(folder);
}

async function compile(packages) {
	await requireCompiler(packages.map(({ name }) => name).join(' and '));
	const folder = mkdtempSync(path.join(os.tmpdir(), 'node-headers-'));
	try {
		const headers = await fetchHeaders(folder);
		const nodeGyp = path.join(n8nFolder, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
		for (const { name, folder: source } of packages) {
			console.log(
				`  Compiling ${name}, which has no binary for this machine (one to three minutes) …`,
			);
			const { code, output } = await node(
				[nodeGyp, 'rebuild', '--jobs=max', `--nodedir=${headers}`],
				source,
				{
					env: { npm_config_nodedir: headers },
				},
			);
			if (code !== 0 || !(await loads(source))) {
				throw new SetupError(`${name} could not be compiled:\n${output.slice(-4000)}`);
			}
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The package `node` contains only the executable; the headers are in the platform's package. */
async function fetchHeaders(folder) {
	const { version } = readJson(path.join(root, 'node_modules', 'node', 'package.json'));
	const { platform, arch } = process;
	const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
	const name = `${prefix}-${platform === 'win32' ? 'win' : platform}-${arch}`;
	writeFileSync(path.join(folder, 'package.json'), '{}');
	const { code, output } = await run(
		'npm',
		['install', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`],
		{ cwd: folder, env: environment() },
	);
	const headers = path.join(folder, 'node_modules', name);
	if (code === 0 && existsSync(path.join(headers, 'include', 'node', 'node_api.h'))) return headers;
	const problem = networkProblem(output);
	if (problem) throw unreachable(problem);
	throw new SetupError(
		`The headers of Node.js ${version} could not be installed from ${name}:\n${output.slice(-2000)}`,
	);
}

async function requireCompiler(names) {
	if (process.platform === 'win32') return;
	const tools = {
		python3: [process.env.PYTHON ?? 'python3'],
		make: [process.env.MAKE ?? 'make'],
		'a C++ compiler': process.env.CXX ? [process.env.CXX] : ['g++', 'c++', 'clang++'],
	};
	const missing = [];
	for (const [tool, commands] of Object.entries(tools)) {
		const results = await Promise.all(
			commands.map((command) => run(command, ['--version'], { cwd: root, env: environment() })),
		);
		if (results.every(({ code }) => code !== 0)) missing.push(tool);
	}
	if (missing.length === 0) return;
	throw new SetupError(
		`${names} can't be compiled on this machine, which lacks ${new Intl.ListFormat('en').format(missing)}. Install ` +
			'them (Debian and Ubuntu: apt-get install python3 make g++; macOS: xcode-select --install) and run the command again.',
	);
}

async function node(args, cwd, { env = {}, timeout } = {}) {
	return await run('node', args, { cwd, env: { ...environment(), ...env }, timeout });
}

function readJson(file) {
	return JSON.parse(readFileSync(file, 'utf8'));
}
