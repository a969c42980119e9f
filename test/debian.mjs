/**
 * Installs what tests need from Debian, without services: tests start their own processes. Plain
 * JavaScript for Node.js 20 and newer.
 *
 *   node test/debian.mjs chromium
 *   node test/debian.mjs chromium queue
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromiumPath } from '../demo/setup/chromium.cjs';
import { SetupError } from '../demo/setup.mjs';

const has = (program) => spawnSync('which', [program]).status === 0;

/** What is needed for what, and how to tell that it is there. */
const NEEDS = {
	chromium: {
		purpose: 'The editor needs Chromium',
		packages: ['chromium'],
		isThere: () => chromiumPath() !== undefined,
	},
	queue: {
		purpose: 'Queue mode needs Redis and PostgreSQL, and Edit Image GraphicsMagick',
		packages: ['redis-server', 'postgresql', 'graphicsmagick'],
		isThere: () =>
			has('redis-server') && (has('initdb') || existsSync('/usr/lib/postgresql')) && has('gm'),
	},
};

/** @throws {SetupError} if it is not there and can't be installed */
export function ensurePackages(...names) {
	for (const name of names) {
		const { purpose, packages, isThere } = NEEDS[name];
		if (isThere()) continue;
		console.log(`Installing ${packages.join(', ')} …`);
		const install = ['install', '--yes', '--no-install-recommends', ...packages];
		// The lists of a machine can be older than the packages.
		if (!aptGet(install) && !(aptGet(['update']) && aptGet(install))) {
			throw new SetupError(`${purpose}: apt-get install ${packages.join(' ')}`);
		}
	}
}

function aptGet(args) {
	const [command, ...all] =
		process.getuid?.() === 0 ? ['apt-get', ...args] : ['sudo', '-n', 'apt-get', ...args];
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const { status, stderr } = spawnSync(command, all, { env, encoding: 'utf8' });
	if (status !== 0) console.error(stderr ?? `${command} not found`);
	return status === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	try {
		ensurePackages(...process.argv.slice(2));
	} catch (error) {
		if (!(error instanceof SetupError)) throw error;
		console.error(error.message);
		process.exit(1);
	}
}
