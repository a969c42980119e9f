import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { environment, n8nFolder } from '../../../demo/setup/paths.mjs';
import { run } from '../../../demo/setup/run.mjs';
import { folderOf } from './list.cjs';

/**
 * Installs a version of n8n unless it is there. The demo's n8n has to be installed: its sqlite3 is
 * of the same version, and compiled.
 * @param {string} version
 */
export async function ensureVersion(version) {
	const folder = folderOf(version);
	const stamp = path.join(folder, 'node_modules', '.installed');
	if (existsSync(stamp)) return;
	console.log(`Installing n8n ${version} into ${folder}: about 2 GB, only this once …`);
	mkdirSync(folder, { recursive: true });
	const { packageManager } = JSON.parse(readFileSync(path.join(n8nFolder, 'package.json'), 'utf8'));
	writeFileSync(
		path.join(folder, 'package.json'),
		JSON.stringify({ private: true, packageManager, dependencies: { n8n: version } }),
	);
	writeFileSync(path.join(folder, 'pnpm-workspace.yaml'), OVERRIDES);
	const { code, output } = await run(
		'npx',
		['--yes', packageManager, 'install', '--ignore-scripts', '--config.confirmModulesPurge=false'],
		{ cwd: folder, env: environment() },
	);
	if (code !== 0) throw new Error(`n8n ${version} cannot be installed:\n${output.slice(-4000)}`);
	copyBinary('sqlite3', 'build', folder);
	writeFileSync(stamp, version);
}

/**
 * These versions of n8n ask for ranges whose newest releases do not go together any more, and for a
 * package that lies outside of the registry.
 */
const OVERRIDES = `overrides:
  linkedom: 0.18.12
  '@langchain/langgraph': 1.0.15
  '@langchain/langgraph-checkpoint': 1.0.0
  xlsx: npm:@e965/xlsx@0.20.3
`;

/** Copies what was compiled for the demo's n8n. */
function copyBinary(name, part, folder) {
	const from = packageIn(n8nFolder, name);
	const to = packageIn(folder, name);
	if (
		path.basename(path.dirname(path.dirname(from))) !==
		path.basename(path.dirname(path.dirname(to)))
	) {
		throw new Error(`${to} is another version than ${from}, which is compiled.`);
	}
	cpSync(path.join(from, part), path.join(to, part), { recursive: true });
}

function packageIn(folder, name) {
	const store = path.join(folder, 'node_modules', '.pnpm');
	const entry = readdirSync(store).find((each) => each.startsWith(`${name}@`));
	if (!entry) throw new Error(`${folder} holds no package ${name}.`);
	return path.join(store, entry, 'node_modules', name);
}
