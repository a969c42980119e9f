const base = require('../../jest.config.js');

/**
 * The comparison with the stored recording, which `npm test` leaves out by its name.
 * @type {import('jest').Config}
 */
module.exports = {
	...base,
	rootDir: '../..',
	roots: ['<rootDir>/test/recording'],
	testMatch: ['**/*.recording.ts'],
	testTimeout: 3_600_000,
};
