import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { DemoFailure } from './failure.ts';
import { root } from './paths.ts';

const execute = promisify(execFile);

/** What `npm run build` reads, relative to the package's folder. */
const SOURCES = ['nodes', 'credentials', 'package.json', 'gulpfile.js', 'tsconfig.json'];

/**
 * Builds a package if its `dist` is older than its sources, packs it as `npm publish` would, and
 * unpacks the tarball to `<nodesFolder>/node_modules/<name>`, where n8n finds community packages.
 * @param nodesFolder the folder `nodes` in n8n's user folder
 * @param packageFolder the package; by default this project
 * @throws {DemoFailure} when the build fails
 */
export async function installPackage(nodesFolder: string, packageFolder = root): Promise<void> {
	await buildIfStale(packageFolder);
	const manifest = await readFile(path.join(packageFolder, 'package.json'), 'utf8');
	const { name }: { name: string } = JSON.parse(manifest);
	const scratch = await mkdtemp(path.join(os.tmpdir(), 'n8n-pack-'));
	try {
		await npm(['pack', '--ignore-scripts', '--pack-destination', scratch], packageFolder);
		const [tarball] = await readdir(scratch);
		if (tarball === undefined) throw new DemoFailure('npm pack wrote no tarball.');
		const target = path.join(nodesFolder, 'node_modules', name);
		await mkdir(target, { recursive: true });
		await execute('tar', [
			'-xzf',
			path.join(scratch, tarball),
			'-C',
			target,
			'--strip-components=1',
		]);
	} finally {
		await rm(scratch, { recursive: true, force: true });
	}
}

async function buildIfStale(packageFolder: string): Promise<void> {
	const changed = await Promise.all(SOURCES.map((name) => newest(path.join(packageFolder, name))));
	if ((await newest(path.join(packageFolder, 'dist'))) >= Math.max(...changed)) return;
	try {
		await npm(['run', 'build'], packageFolder);
	} catch (error) {
		const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
		throw new DemoFailure(`npm run build failed:\n${stdout}${stderr}`);
	}
}

/** The newest modification time in a file or folder, in ms since 1970; 0 if it does not exist. */
async function newest(place: string): Promise<number> {
	const stats = await stat(place).catch(() => undefined);
	if (stats === undefined) return 0;
	if (!stats.isDirectory()) return stats.mtimeMs;
	const names = await readdir(place, { recursive: true });
	const times = await Promise.all(names.map((name) => stat(path.join(place, name))));
	return Math.max(stats.mtimeMs, ...times.map(({ mtimeMs }) => mtimeMs));
}

async function npm(args: string[], cwd: string): Promise<void> {
	const binaries = path.join(root, 'node_modules', '.bin');
	const env = { ...process.env, PATH: [binaries, process.env.PATH].join(path.delimiter) };
	await execute('npm', args, { cwd, env, maxBuffer: 64 * 1024 * 1024 });
}
