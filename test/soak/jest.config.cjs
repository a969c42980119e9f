const base = require('../../jest.config.js');

/**
 * The long soak, which `npm test` leaves out by its name.
 * @type {import('jest').Config}
 */
module.exports = {
	...base,
	rootDir: '../..',
	roots: ['<rootDir>/test/soak'],
	testMatch: ['**/*.soak.ts'],
	// The names of the tests tell the seed.
	verbose: true,
};
