import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The folder in which n8n is installed. */
export const n8nFolder = path.join(root, 'demo', 'n8n');

/** The folder of the project's commands, Node.js 24 among them (from the npm package `node`). */
export const binaries = path.join(root, 'node_modules', '.bin');

/**
 * The environment for a child process. With `withProjectBinaries`, `node` is the project's own
 * Node.js 24; without, it is the machine's, which remains while node_modules is replaced.
 * @param {{ withProjectBinaries?: boolean }} [options]
 * @returns {NodeJS.ProcessEnv}
 */
export function environment({ withProjectBinaries = true } = {}) {
	const folders = (process.env.PATH ?? '')
		.split(path.delimiter)
		.filter((folder) => path.resolve(folder) !== binaries);
	if (withProjectBinaries) folders.unshift(binaries);
	return {
		...process.env,
		PATH: folders.join(path.delimiter),
		npm_config_update_notifier: 'false',
		// By default, npm retries for minutes before it reports that there is no network.
		npm_config_fetch_retry_mintimeout: '1000',
		npm_config_fetch_retry_maxtimeout: '5000',
	};
}
