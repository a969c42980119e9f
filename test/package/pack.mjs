import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Builds the package, packs it as `npm publish` would, and unpacks it into
 * `<target>/node_modules/<name>`, where n8n would find it. Beside it lie the two modules that the
 * package may count on in every n8n; nothing else resolves from there.
 *
 * @param {string} target an existing, empty folder
 * @returns {Promise<{ folder: string, bytes: number }>} the unpacked package, and the tarball's size
 */
export async function packInto(target) {
	const { name } = JSON.parse(await readFile('package.json', 'utf8'));
	await run('npm', ['run', 'build']);
	await run('npm', ['pack', '--ignore-scripts', '--pack-destination', target]);
	const tarball = join(
		target,
		(await readdir(target)).find((file) => file.endsWith('.tgz')),
	);
	const folder = join(target, 'node_modules', name);
	await mkdir(folder, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	for (const module of ['n8n-workflow', 'zod']) {
		await symlink(resolve('node_modules', module), join(target, 'node_modules', module));
	}
	return { folder, bytes: (await stat(tarball)).size };
}

// As a command, for the tests, which Jest runs as CommonJS: prints the result as JSON.
if (import.meta.main) {
	process.stdout.write(JSON.stringify(await packInto(process.argv[2])));
}
