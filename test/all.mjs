/**
 * The full tier: all tests, including those that take long or need more than `npm test` installs:
 * other versions of n8n, queue mode with Redis and PostgreSQL, the workflows, the long soak test. The last line
 * has the number of tests. Plain JavaScript for Node.js 20 and newer.
 *
 *   node test/all.mjs            everything
 *   node test/all.mjs e2e soak   only these
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { ensureN8n, ensureRoot, SetupError } from '../demo/setup.mjs';
import { environment, root } from '../demo/setup/paths.mjs';
import { ensureVersion } from './e2e/versions/install.mjs';
import list from './e2e/versions/list.cjs';
import { ensurePackages } from './debian.mjs';

/** Configurations of Jest by name. */
const SUITES = {
	fast: 'jest.config.js',
	e2e: 'test/e2e/jest.config.cjs',
	full: 'test/e2e/jest.full.config.cjs',
	soak: 'test/soak/jest.config.cjs',
	recording: 'test/recording/jest.config.cjs',
};

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(SUITES);
const unknown = chosen.filter((name) => !(name in SUITES));
if (unknown.length > 0) {
	console.error(`Unknown suite: ${unknown.join(', ')}. Use ${Object.keys(SUITES).join(', ')}.`);
	process.exit(1);
}

try {
	await ensureRoot();
	if (chosen.some((name) => name === 'e2e' || name === 'full')) await ensureN8n();
	if (chosen.includes('full')) {
		for (const version of list.VERSIONS) await ensureVersion(version);
		ensurePackages('queue');
	}
	if (chosen.some((name) => name === 'e2e' || name === 'full')) ensurePackages('chromium');
} catch (error) {
	if (!(error instanceof SetupError)) throw error;
	console.error(error.message);
	process.exit(1);
}

let passed = 0;
let failed = 0;
for (const name of chosen) {
	console.log(`\n== ${name}`);
	const result = runJest(SUITES[name]);
	passed += result.passed;
	failed += result.failed;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

/** A suite that can't start fails no test, but is counted as one failure. */
function runJest(config) {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'test-all-'));
	const report = path.join(folder, 'report.json');
	const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
	const args = [jest, '--config', config, '--json', '--outputFile', report];
	const stdio = ['ignore', 'ignore', 'inherit'];
	// Other random cases in each run; a property that fails names the seed.
	const env = { ...environment(), PROPERTY_SEED: String(Date.now() % 2 ** 31) };
	const { status } = spawnSync('node', args, { cwd: root, env, stdio });
	try {
		const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
			readFileSync(report, 'utf8'),
		);
		const counted = numFailedTests + numRuntimeErrorTestSuites;
		return { passed: numPassedTests, failed: status === 0 ? counted : Math.max(counted, 1) };
	} catch {
		return { passed: 0, failed: 1 };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
