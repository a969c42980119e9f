/**
 * Runs n8n's own scanner, the gate of its verification programme, over what this package ships.
 *
 *     node test/package/scan.mjs            the source, and the packed and unpacked package
 *     node test/package/scan.mjs <folder>   one unpacked package
 *
 * Exits with 1 on any violation.
 */
import { globSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ESLint } from 'eslint';
import { packInto } from './pack.mjs';

const scratch = await realpath(await mkdtemp(join(tmpdir(), 'scan-')));
// The scanner creates a temporary folder when it is imported, and leaves it behind.
process.env.TMPDIR = scratch;
const { analyzePackage, buildScanConfig, SOURCE_FILE_PATTERNS } =
	await import('@n8n/scan-community-package/scanner/scanner.mjs');
/** The default of `analyzePackage`, for a published package. */
const PACKAGE_FILE_PATTERNS = ['**/*.js', '**/*.ts', '**/*.json'];

try {
	const problems = process.argv[2] ? await scanPackage(resolve(process.argv[2])) : await scanAll();
	process.exitCode = problems.length === 0 ? 0 : 1;
	console.log(problems.join('\n') || 'No violations.');
} finally {
	await rm(scratch, { recursive: true });
}

async function scanAll() {
	const { folder, bytes } = await packInto(scratch);
	console.log(`packed: ${bytes} bytes`);
	return [
		...(await compareLintConfiguration()),
		...(await analyze('source', process.cwd(), SOURCE_FILE_PATTERNS)),
		...(await scanPackage(folder)),
	];
}

function scanPackage(folder) {
	return analyze('package', folder, PACKAGE_FILE_PATTERNS);
}

/** The scanner passes a folder in which it finds nothing, hence the count. */
async function analyze(label, folder, patterns) {
	const files = globSync(patterns, { cwd: folder, exclude: ['node_modules/**'] });
	console.log(`${label}: ${files.length} files in ${folder}`);
	if (files.length < 2) return [`${label}: no code to scan`];
	const { passed, message, details } = await analyzePackage(folder, patterns);
	return passed ? [] : [`${label}: ${message}\n${details ?? ''}`];
}

/** Our lint configuration must hold every rule of the scanner, equally strict. */
async function compareLintConfiguration() {
	const ours = new ESLint();
	const scanners = new ESLint({
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	const samples = globSync(['package.json', '{nodes,credentials}/**/*.{json,ts}']);
	const problems = [];
	for (const file of samples) {
		const { rules } = await ours.calculateConfigForFile(file);
		const required = (await scanners.calculateConfigForFile(file)).rules;
		for (const [name, [severity, ...options]] of Object.entries(required)) {
			const [ourSeverity, ...ourOptions] = rules[name] ?? [0];
			const same = JSON.stringify(options) === JSON.stringify(ourOptions);
			if (ourSeverity < severity || (severity > 0 && !same)) {
				problems.push(`eslint.config.mjs: ${name} is milder for ${file} than n8n's scanner has it`);
			}
		}
	}
	console.log(`lint configuration: compared for ${samples.length} files`);
	return problems;
}
