import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { environment, root } from '../../demo/setup/paths.mjs';

/**
 * Builds and packs a revision in a folder of its own, so that nothing of this checkout is touched.
 *
 * @param {string | undefined} revision this checkout, uncommitted changes included, if undefined
 * @param {string} folder does not exist
 * @returns {string} the unpacked package
 */
export function packRevision(revision, folder) {
	const source = path.join(folder, 'source');
	const target = path.join(folder, 'target');
	mkdirSync(source, { recursive: true });
	mkdirSync(target);
	if (revision) {
		const archive = path.join(folder, 'source.tar');
		git('archive', '--output', archive, revision);
		run('tar', ['-xf', archive, '-C', source], root);
	} else {
		const files = git('ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0');
		// A file that was deleted is listed as long as the deletion is not committed.
		const found = files.filter((file) => file && existsSync(path.join(root, file)));
		for (const file of found) cpSync(path.join(root, file), path.join(source, file));
	}
	symlinkSync(path.join(root, 'node_modules'), path.join(source, 'node_modules'));
	const packer = path.join(root, 'test', 'package', 'pack.mjs');
	const packed = JSON.parse(run('node', [packer, target], source));
	return packed.folder;
}

/** Records an unpacked package: hashes in `recording.txt`, texts in a file for each group. */
export function recordPackage(packed, out, only) {
	const here = path.join(root, 'test', 'recording');
	const args = ['--require', path.join(here, 'register.cjs'), path.join(here, 'run.ts')];
	args.push('--package', packed, '--out', out, '--only', only);
	// See world/quiet.ts.
	run('node', args, root, { UV_THREADPOOL_SIZE: '1', TZ: 'UTC' }, ['ignore', 'inherit', 'inherit']);
}

export function git(...args) {
	return run('git', args, root).trim();
}

function run(command, args, cwd, variables = {}, stdio = ['ignore', 'pipe', 'inherit']) {
	const env = { ...environment(), ...variables };
	const { status, stdout, error } = spawnSync(command, args, {
		...{ cwd, env, stdio },
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024,
	});
	if (error) throw error;
	if (status !== 0) throw new Error(`${command} ${args[0]} failed with exit code ${status}`);
	return stdout ?? '';
}
