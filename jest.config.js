/**
 * Every test of `npm test` and `npm run test:rest` in one run, each with all its cases; the two
 * tiers are in test/tiers.
 * @type {import('jest').Config}
 */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
		],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/demo/n8n', '<rootDir>/demo/output'],
	setupFiles: ['<rootDir>/test/helpers/nodeErrors.ts'],
	maxWorkers: '100%',
	testSequencer: '<rootDir>/test/tiers/sequencer.cjs',
	// Each file that loads n8n's engine leaves 20 MB behind, and a large heap slows down all others.
	workerIdleMemoryLimit: '400MB',
	// No test takes seconds of a quiet machine but a few; what takes minutes of a busy one hangs.
	testTimeout: 300_000,
};
