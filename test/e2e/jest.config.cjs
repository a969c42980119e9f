const { transform, modulePathIgnorePatterns } = require('../../jest.config.js');

/**
 * Proofs in a real n8n, which `npm test` leaves out by their names.
 * @type {import('jest').Config}
 */
module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['**/*.e2e.ts'],
	transform,
	modulePathIgnorePatterns,
	maxWorkers: 1,
	testTimeout: 300_000,
};
